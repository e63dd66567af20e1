"""Content that a verb can work on: read and free of errors, or else told what is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

from cnnt_site.commands.options import PROJECT, shown
from cnnt_site.model.site import Site
from cnnt_site.problems import Problems
from cnnt_site.reading.scanning import scan
from cnnt_site.reading.tree import SourceTree
from cnnt_site.reporting import Reporter, message


def read_or_tell(content: Path, lang: str) -> tuple[SourceTree, Site] | None:
    """The files and the site of a content folder; None, with its errors told, when it has any."""
    from cnnt_site.desk.survey import survey

    problems = Problems()
    tree = scan(content, problems)
    said = survey(tree, problems)
    if not problems.errors and said.site is not None:
        return tree, said.site
    tell(problems, tree, content, lang)
    print(message(lang, "check-first"), file=sys.stderr)
    return None


def tell(problems: Problems, tree: SourceTree, content: Path, lang: str) -> None:
    """Tells the problems of a content folder."""
    for paragraph in Reporter(lang, tree, PROJECT / "themes", shown(content)).problems(problems):
        print(paragraph, end="\n\n", file=sys.stderr)

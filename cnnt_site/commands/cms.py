"""`build.py cms`: a form on the web for the content, set up from the models."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS, USAGE
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """Where the form goes, and where the content is kept."""
    parser.option("--folder", type=Path, default=Path("cms"), metavar="DIR")
    parser.option("--backend", choices=("github", "gitlab", "gitea"), default="github")
    parser.option("--repository", required=True, metavar="OWNER/NAME")
    parser.option("--branch", default="main", metavar="NAME")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Writes the form into its folder, which is no part of the public site."""
    from cnnt_site.building.publishing import MANIFEST
    from cnnt_site.desk.cms import SCRIPT, cms_files
    from cnnt_site.files import replace_file
    from cnnt_site.problems import Problems
    from cnnt_site.reading.records import read
    from cnnt_site.reading.scanning import scan

    folder: Path = asked.folder
    if folder.resolve().is_relative_to(asked.content.resolve()) or (folder / MANIFEST).exists():
        print(message(lang, "cms-elsewhere", folder=shown(folder)), file=sys.stderr)
        return USAGE
    problems = Problems()
    records = read(scan(asked.content, problems), problems)
    if problems.errors:
        print(message(lang, "check-first"), file=sys.stderr)
        return PROBLEMS
    made = cms_files(records, shown(asked.content), asked.backend, asked.repository, asked.branch, lang)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        replace_file(folder / name, data)
    print(message(lang, "cms-ready", folder=shown(folder), script=SCRIPT))
    return DONE

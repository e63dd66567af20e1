"""What the verbs that print share: their options, the showroom opened, the file written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cnnt_site.building.publishing import NotPublished
from cnnt_site.commands import DONE, PROBLEMS, USAGE
from cnnt_site.commands.options import PROJECT, VerbParser, cache_folder, shown
from cnnt_site.reporting import Reporter, message

if TYPE_CHECKING:
    from cnnt_site.pipeline import Result
    from cnnt_site.printing.typesetting import Paper


def add_options(parser: VerbParser) -> None:
    """The options of a build that paper depends on too, and the file to write."""
    parser.option("--pdf", type=Path, metavar="FILE")
    parser.option("--theme", metavar="NAME")
    parser.option("--themes", type=Path, default=PROJECT / "themes", metavar="DIR")
    parser.option("--base-url", type=parser.web_address, metavar="URL")
    parser.option("--as-of", type=parser.day, metavar="DATE")
    parser.option("--cache", type=Path, metavar="DIR")


def opened(asked: argparse.Namespace, lang: str) -> Result | None:
    """The content as a showroom; None, with everything told, when it has errors or knows no address.

    Codes on paper can't be called back, so nothing is printed that would lead nowhere.
    """
    from cnnt_site.building.memory import Memory
    from cnnt_site.building.order import Order
    from cnnt_site.pipeline import open_showroom

    cache = cache_folder(asked)
    order = Order(
        asked.content,
        asked.themes,
        cache,
        theme=asked.theme,
        base_url=asked.base_url,
        as_of=asked.as_of,
        jobs=os.cpu_count() or 1,
    )
    result = open_showroom(order, Memory(cache))
    if result.showroom is None:
        reporter = Reporter(lang, result.tree, asked.themes, shown(asked.content))
        for paragraph in reporter.problems(result.problems):
            print(paragraph, end="\n\n", file=sys.stderr)
        return None
    if result.showroom.base_url is None:
        print(message(lang, "paper-needs-address"), file=sys.stderr)
        return None
    return result


def write(file: Path, make: Callable[[], Paper], count: int, lang: str, otherwise: str = "") -> int:
    """Writes what `make` makes of `count` products; `otherwise` says what can be done without typst."""
    from cnnt_site.files import replace_file
    from cnnt_site.printing.typesetting import NoTypesetter

    try:
        made = make()
    except NoTypesetter:
        print(message(lang, "no-typst"), otherwise, file=sys.stderr)
        return PROBLEMS
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, made.pdf)
    except OSError as error:
        raise NotPublished(error, file) from error
    if made.lacking:
        print(message(lang, "letter-not-printed", letter=made.lacking), file=sys.stderr)
    print(message(lang, "printed", n=count, file=shown(file), size=-(-len(made.pdf) // 1000)))
    return DONE


def unknown(lang: str, told: str, written: str, known: list[str]) -> int:
    """Tells a name that the catalogue doesn't have, with a guess."""
    from cnnt_site.problems import closest

    guess = closest(written, known)
    hint = f" {message(lang, 'guess', guess=guess)}" if guess else ""
    print(told + hint, file=sys.stderr)
    return USAGE

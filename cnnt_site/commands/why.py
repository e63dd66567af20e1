"""`build.py why PATH`: what a page was made from, and what of it has changed since the last build."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cnnt_site.commands import DONE, PROBLEMS, build
from cnnt_site.commands.options import VerbParser
from cnnt_site.reporting import message

if TYPE_CHECKING:
    from cnnt_site.desk.why import Why

MOST_LISTED = 40


def add_options(parser: VerbParser) -> None:
    """The options of a build, and what is asked about."""
    build.add_options(parser)
    parser.option("path", type=Path, metavar="PATH")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Tells why a page would be made again; for a file of the content, which pages show it."""
    from cnnt_site.building.memory import Memory
    from cnnt_site.building.source import Tools
    from cnnt_site.cache import Cache
    from cnnt_site.desk.why import shown_by, why
    from cnnt_site.pipeline import open_showroom
    from cnnt_site.printing.pictures import PaperPictures

    order = build.order_of(asked, asked.output)
    memory = Memory(order.cache)
    if not memory.left.place:
        print(message(lang, "why-no-build"), file=sys.stderr)
        return PROBLEMS
    content = _below(asked.path, order.content)
    if content is not None:
        pages = list(shown_by(memory, content))
        print(message(lang, "why-shown-by", file=content, n=len(pages)))
        _list(pages)
        return DONE
    result = open_showroom(order, memory)
    if result.showroom is None:
        return build.tell(result, 0, asked, lang)
    address = _below(asked.path, asked.output) or asked.path.as_posix()
    cache = Cache(order.cache)
    tools = Tools(cache, PaperPictures(result.showroom, result.tree, cache))
    found = why(result, memory, order, tools, address)
    print(_told(found, address, lang))
    _list(list(found.changed))
    return PROBLEMS if found.state == "unknown" else DONE


def _told(found: Why, file: str, lang: str) -> str:
    number = found.looked_at
    return {
        "unknown": message(lang, "why-unknown", file=file),
        "new": message(lang, "why-new", file=file),
        "vanished": message(lang, "why-vanished", file=file),
        "changed": message(lang, "why-changed", file=file, n=number),
        "made-otherwise": message(lang, "why-made-otherwise", file=file),
        "touched": message(lang, "why-touched", file=file),
        "stands": message(lang, "why-stands", file=file, n=number),
    }[found.state]


def _below(path: Path, folder: Path) -> str | None:
    """The path within a folder, None when it isn't there."""
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return None


def _list(lines: list[str]) -> None:
    for line in lines[:MOST_LISTED]:
        print(f"  {line}")
    if len(lines) > MOST_LISTED:
        print(f"  … (+{len(lines) - MOST_LISTED})")

"""`build.py catalogue-pdf`: the whole catalogue as a book to print, in both languages."""

from __future__ import annotations

import argparse
from pathlib import Path

from cnnt_site.commands import PROBLEMS, paper
from cnnt_site.commands.options import VerbParser, cache_folder

ORDERS = ("place", "level", "year")


def add_options(parser: VerbParser) -> None:
    """How its chapters are made."""
    parser.option("--by", choices=ORDERS, default=ORDERS[0])
    paper.add_options(parser)


def run(asked: argparse.Namespace, lang: str) -> int:
    """Sets the book and writes it."""
    from cnnt_site.cache import Cache
    from cnnt_site.printing.book import book

    result = paper.opened(asked, lang)
    if result is None or result.showroom is None:
        return PROBLEMS
    showroom = result.showroom
    return paper.write(
        asked.pdf or Path("catalogue.pdf"),
        lambda: book(showroom, result.tree, Cache(cache_folder(asked)), asked.by),
        len(showroom.catalogue.listed),
        lang,
    )

"""`build.py labels`: booth cards and shelf labels as a PDF, for a fair, a round, or chosen products."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import PROBLEMS, USAGE, paper
from cnnt_site.commands.options import VerbParser, cache_folder
from cnnt_site.pages.labels import FORMS
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """Whose cards, and in which form."""
    parser.option("fair", nargs="?", metavar="FAIR")
    parser.option("--products", metavar="ID,ID")
    parser.option("--level", metavar="LEVEL")
    parser.option("--year", type=parser.count, metavar="YEAR")
    parser.option("--form", choices=FORMS, default=FORMS[0])
    paper.add_options(parser)


def run(asked: argparse.Namespace, lang: str) -> int:
    """Sets the cards and writes them."""
    from cnnt_site.cache import Cache
    from cnnt_site.catalogue.showcases import showcase
    from cnnt_site.pages.labels import carded, sheet_address
    from cnnt_site.printing.card_sheet import card_sheet

    ways = [asked.fair is not None, asked.products is not None, asked.level is not None or asked.year is not None]
    if sum(ways) != 1 or (asked.level is None) != (asked.year is None):
        print(message(lang, "labels-of-what"), file=sys.stderr)
        return USAGE
    result = paper.opened(asked, lang)
    if result is None or result.showroom is None:
        return PROBLEMS
    showroom, catalogue = result.showroom, result.showroom.catalogue
    otherwise, name = "", "labels"
    if asked.products is not None:
        ids = [id_.strip() for id_ in asked.products.split(",") if id_.strip()]
        for id_ in ids:
            if id_ not in catalogue.entries:
                return paper.unknown(lang, message(lang, "no-such-product", written=id_), id_, list(catalogue.entries))
        chosen: list[tuple[str, str | None]] = [
            (id_, None) for id_ in ids if catalogue.entries[id_].product.withdrawn is None
        ]
    else:
        kind, id_ = ("fair", asked.fair) if asked.fair is not None else ("level-year", f"{asked.level}/{asked.year}")
        if kind == "fair" and id_ not in catalogue.records.fairs:
            return paper.unknown(lang, message(lang, "no-such-fair", written=id_), id_, list(catalogue.records.fairs))
        rounds = [f"{level}/{year}" for level, year in catalogue.by_level_year if catalogue.is_ladder(level)]
        if kind == "level-year" and id_ not in rounds:
            return paper.unknown(lang, message(lang, "no-such-round", written=id_), id_, rounds)
        chosen = list(carded(showroom, showcase(catalogue, kind, id_)))
        otherwise = message(lang, "or-print-page", page=sheet_address(showroom, kind, id_, asked.form))
        name = id_.replace("/", "-")
    if not chosen:
        print(message(lang, "nothing-to-print"), file=sys.stderr)
        return PROBLEMS
    file = asked.pdf or Path(f"{name}-{asked.form}.pdf")
    return paper.write(
        file,
        lambda: card_sheet(showroom, result.tree, Cache(cache_folder(asked)), chosen, asked.form),
        len(chosen),
        lang,
        otherwise,
    )

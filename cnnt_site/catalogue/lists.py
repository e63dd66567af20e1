"""Lists of products that may be long: how each is ordered under its headings, and cut into pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from cnnt_site.catalogue.catalogue import Section, ladder
from cnnt_site.catalogue.outlines import ProductOutline
from cnnt_site.reading.records import Records

ListKey = tuple[str, str]
"""Kind and id of the page that a list begins on."""

Parts = Mapping[str, Sequence[str]]
"""The products of a list under the keys of their headings; '' is no heading, or says that it isn't known."""


def lists(
    records: Records, programme: str, products: Mapping[str, ProductOutline], listed: Sequence[str]
) -> dict[ListKey, Parts]:
    """All lists but that of the whole catalogue, in the order of `listed`. `programme` is the showroom's.

    A level has its years, the newest first, a year and a programme have their levels, the highest first.
    """
    found: dict[ListKey, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id_ in listed:
        product = products[id_]
        if product.group:
            found["group", product.group][""].append(id_)
        for place in product.places:
            found["place", place][""].append(id_)
        for key, heading in dict.fromkeys(_certified(product, programme)):
            found[key][heading].append(id_)
    ranks: dict[str, Callable[[str], Any]] = {
        "level": lambda year: int(year or 0),
        "year": ["", *ladder(records.levels, programme)].index,
        "programme": lambda level: (records.levels[level].step if level else 0, level),
    }
    return {
        key: dict(sorted(parts.items(), key=lambda part: ranks[key[0]](part[0]), reverse=True))
        if key[0] in ranks
        else parts
        for key, parts in found.items()
    }


def _certified(product: ProductOutline, own: str) -> Iterator[tuple[ListKey, str]]:
    """The lists that a product is on by its certificates, and the heading it stands under."""
    levelled = {programme for programme, level, *_ in product.papers if level}
    for programme, level, year, *_ in product.papers:
        if programme != own:
            if level or programme not in levelled:
                yield ("programme", programme), level or ""
            continue
        if level:
            yield ("level", level), str(year or "")
        if year:
            yield ("year", str(year)), level or ""


def sizes(parts: Parts) -> tuple[int, int]:
    """How many products a list has, and how many cards: one may stand under several headings."""
    cards = sum(map(len, parts.values()))
    return (cards if len(parts) == 1 else len(set().union(*parts.values()))), cards


def cut(parts: Parts, size: int) -> Iterator[tuple[Section, ...]]:
    """What stands on each page of a list."""
    cards = [(heading, id_) for heading, ids in parts.items() for id_ in ids]
    for start in range(0, len(cards), size):
        page = groupby(cards[start : start + size], itemgetter(0))
        yield tuple((heading, len(parts[heading]), tuple(id_ for _, id_ in found)) for heading, found in page)

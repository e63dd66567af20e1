"""What pages choose or count of all products, found of outlines, so that they need not look at each product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from cnnt_site.catalogue.outlines import Paper, ProductOutline
from cnnt_site.model.taxonomy import Level

TOLD_NEWEST = 50
"""So many products or certificates a feed tells of."""

WINDOWS = 4
"""So many products stand in the windows of the home page."""

Products = Mapping[str, ProductOutline]


def recognised(products: Products, listed: Iterable[str], programme: str) -> dict[tuple[int, str], int]:
    """The certificates of a programme by year, 0 when it isn't known, and level, '' when no source states it."""
    papers = (paper for id_ in listed for paper in _own(products[id_], programme))
    return dict(sorted(Counter((year or 0, level or "") for _, level, year, *_ in papers).items()))


def certified(products: Products, listed: Iterable[str], programme: str) -> tuple[int, int]:
    """How many products have a certificate of a programme, and of how many producers these are."""
    found = [products[id_].producer for id_ in listed if any(_own(products[id_], programme))]
    return len(found), len({*found} - {None})


def undated(products: Products, listed: Iterable[str], programme: str) -> Iterator[str]:
    """The products with a certificate of a programme that doesn't say its year."""
    return (id_ for id_ in listed if any(year is None for _, _, year, *_ in _own(products[id_], programme)))


def highest(
    products: Products, by_producer: Mapping[str, Iterable[str]], levels: Mapping[str, Level], programme: str
) -> dict[str, str]:
    """The highest level of a programme that a producer has reached, without what was revoked."""
    reached: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for producer, ids in by_producer.items():
        for _, level, _, _, revoked in (paper for id_ in ids for paper in _own(products[id_], programme)):
            if level and not revoked:
                reached[producer].append((levels[level].step, level))
    return {producer: max(levels_)[1] for producer, levels_ in sorted(reached.items())}


def first_levels(products: Products, programme: str) -> dict[str, str]:
    """The level that stands on a product's card, where that is one of a programme."""
    first = ((id_, product.papers[0]) for id_, product in products.items() if product.papers)
    return {id_: level for id_, (of, level, *_) in first if of == programme and level}


def newest_in(products: Products, newest: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The first products of each place in the order of `newest`."""
    found: dict[str, list[str]] = defaultdict(list)
    for id_ in newest:
        for place in products[id_].places:
            if len(found[place]) < TOLD_NEWEST:
                found[place].append(id_)
    return {place: tuple(ids) for place, ids in sorted(found.items())}


def newest_papers(products: Products, listed: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The last certificates given, by product and number there; those without a date stand at the end."""
    aged = [(day, id_, number) for id_ in listed for number, (*_, day, _) in enumerate(products[id_].papers)]
    aged.sort(key=lambda paper: paper[:2], reverse=True)
    return tuple((id_, number) for _, id_, number in islice(aged, TOLD_NEWEST))


def windows(products: Products, newest: Iterable[str]) -> tuple[str, ...]:
    """One product a group, the newest first, each with another picture; filled up with the newest."""
    ids, chosen, seen = tuple(newest), dict[str, None](), {("", "")}
    for by_group in (True, False):
        groups: set[str | None] = set()
        for id_ in ids:
            if len(chosen) == WINDOWS:
                return tuple(chosen)
            product = products[id_]
            photo = next((file for file, is_shown in product.photos if is_shown), "")
            picture = (id_, photo) if photo else ("", product.illustration or "")
            if picture in seen or (by_group and product.group in groups):
                continue
            chosen[id_] = None
            groups.add(product.group)
            seen.add(picture)
    return tuple(chosen)


def _own(product: ProductOutline, programme: str) -> Iterator[Paper]:
    return (paper for paper in product.papers if paper[0] == programme)

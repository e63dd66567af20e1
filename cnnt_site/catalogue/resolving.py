"""Outlines to the catalogue, in one step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from cnnt_site.catalogue import lists, picking
from cnnt_site.catalogue.catalogue import BESIDE, Catalogue, Whereabouts
from cnnt_site.catalogue.entries import Entries
from cnnt_site.catalogue.outlines import FairOutline, Outlines
from cnnt_site.catalogue.photos import check_photos
from cnnt_site.catalogue.references import check_lists
from cnnt_site.catalogue.rules import check_site
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.model.site import Site
from cnnt_site.problems import Problems
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceTree


def resolve(
    records: Records, outlines: Outlines, around: Surroundings, tree: SourceTree, problems: Problems
) -> Catalogue | None:
    """The catalogue of records with these outlines; None when problems make it impossible to tell one."""
    check_lists(records, around.references, tree, problems)
    check_site(records, problems)
    for kind in FOLDERS:
        for outline in getattr(outlines, kind).values():
            problems.add(outline.problems)
        for id_ in records.ids[kind] or ():
            folder = f"{kind}/{id_}"
            if id_ not in getattr(outlines, kind):  # its record can't be read
                around.references.check_texts(records.texts_of(folder), problems)
    check_photos(outlines, tree, problems)
    if records.site is None or problems.errors:
        return None
    return _indexed(records.site, records, outlines, around)


def _indexed(site: Site, records: Records, outlines: Outlines, around: Surroundings) -> Catalogue:
    products = outlines.products
    places = {id_: Whereabouts(*producer.where) for id_, producer in outlines.producers.items()}
    listed_in = {lang: _in_order_of_names(outlines, number) for number, lang in enumerate(site.languages)}
    listed = listed_in[site.languages[0]]
    by_level: dict[str, list[str]] = defaultdict(list)
    by_year: dict[int, list[str]] = defaultdict(list)
    by_level_year: dict[tuple[str, int], list[str]] = defaultdict(list)
    by_group: dict[str, list[str]] = defaultdict(list)
    by_place: dict[str, list[str]] = defaultdict(list)
    by_producer: dict[str, list[str]] = defaultdict(list)
    level_counts = Counter[tuple[str, str, str]]()
    for id_ in listed:
        product = products[id_]
        for level in product.levels:
            by_level[level].append(id_)
        for year in product.years:
            by_year[year].append(id_)
        for round_ in product.rounds:
            by_level_year[round_].append(id_)
        for place in product.places:
            by_place[place].append(id_)
        if product.group:
            by_group[product.group].append(id_)
            level_counts.update(("group", product.group, level) for level in product.levels)
        level_counts.update(("place", place, level) for place in product.places for level in product.levels)
        if product.producer:
            by_producer[product.producer].append(id_)
    newest = tuple(sorted(listed, key=lambda id_: -products[id_].newest_year))
    found = {("browse", "1"): {"": newest}, **lists.lists(records, site.programme, products, listed)}
    choices = Counter(chain.from_iterable(products[id_].choices for id_ in listed))
    producers_by_place: dict[str, list[str]] = defaultdict(list)
    for id_, producer in outlines.producers.items():
        for place in producer.places:
            producers_by_place[place].append(id_)
    fairs: dict[str, list[str]] = defaultdict(list)
    for fair_id, fair in outlines.fairs.items():
        for product_id in _shown_at(fair, by_producer):
            fairs[product_id].append(fair_id)
    return Catalogue(
        site=site,
        records=records,
        as_of=around.as_of,
        entries=Entries(records.products, places, around),
        producer_places=places,
        producer_of={id_: product.producer for id_, product in products.items()},
        withdrawn=frozenset(id_ for id_, product in products.items() if not product.listed),
        listed=listed,
        listed_in=listed_in,
        newest=newest,
        beside_in_group=_beside(by_group, {id_: products[id_].group for id_ in listed}),
        beside_in_place=_beside(by_place, {id_: products[id_].district for id_ in listed}),
        by_level=_frozen(by_level),
        by_year=_frozen(by_year),
        by_level_year=_frozen(by_level_year),
        by_group=_frozen(by_group),
        by_place=_frozen(by_place),
        by_producer=_frozen(by_producer),
        producers_by_place=_frozen(producers_by_place),
        reachable=tuple(id_ for id_, producer in outlines.producers.items() if producer.reachable),
        choices=Counter(dict(sorted(choices.items()))),
        sizes={key: lists.sizes(parts) for key, parts in found.items()},
        slices={
            (*key, number): page
            for key, parts in found.items()
            for number, page in enumerate(lists.cut(parts, site.page_size), 1)
        },
        level_counts=dict(level_counts),
        recognised=picking.recognised(products, listed, site.programme),
        certified=picking.certified(products, listed, site.programme),
        undated=tuple(picking.undated(products, listed, site.programme)),
        highest=picking.highest(products, by_producer, records.levels, site.programme),
        first_levels=picking.first_levels(products, site.programme),
        newest_in=picking.newest_in(products, newest),
        newest_papers=picking.newest_papers(products, listed),
        windows=picking.windows(products, newest),
        namesakes=_namesakes(records),
        fairs_by_product=_frozen(fairs),
    )


def _in_order_of_names(outlines: Outlines, language: int) -> tuple[str, ...]:
    """The listed products by their names in the language of that number."""
    named = ((product.keys[language], id_) for id_, product in outlines.products.items() if product.listed)
    return tuple(id_ for _, id_ in sorted(named))


def _beside(lists: Mapping[str, Sequence[str]], own: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """By product the next few in the one of `lists` that is its own."""
    found = {}
    for key, ids in lists.items():
        round_the_end = (*ids, *ids[:BESIDE])
        for number, id_ in enumerate(ids):
            if own[id_] == key:
                others = round_the_end[number + 1 : number + 1 + BESIDE]
                short = len(ids) <= BESIDE  # then the end is met twice, and the product itself
                found[id_] = tuple(other for other in dict.fromkeys(others) if other != id_) if short else others
    return found


def _shown_at(fair: FairOutline, by_producer: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every product of a fair, once."""
    booths = (id_ for producer, own in fair.booths for id_ in own or by_producer.get(producer or "", ()))
    return iter(dict.fromkeys((*booths, *fair.products)))


def _namesakes(records: Records) -> frozenset[str]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for id_, district in records.districts.items():
        for name in set(district.short.values()):
            by_name[name].append(id_)
    return frozenset(id_ for ids in by_name.values() if len(ids) > 1 for id_ in ids)


def _frozen(index: dict[Any, list[str]]) -> dict[Any, tuple[str, ...]]:
    """The index in the order of its keys, so that it is no other one when a product comes first that didn't."""
    return {key: tuple(ids) for key, ids in sorted(index.items())}

"""Records to catalogue, in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from cnnt_site.catalogue import choices
from cnnt_site.catalogue.catalogue import BESIDE, Catalogue, Entry, Recognition, Whereabouts
from cnnt_site.catalogue.places import MergedCommunes, whereabouts
from cnnt_site.catalogue.references import check_references
from cnnt_site.catalogue.rules import check_rules
from cnnt_site.catalogue.validity import standing
from cnnt_site.model.fair import Fair
from cnnt_site.model.product import Product
from cnnt_site.model.site import Site
from cnnt_site.problems import Problems
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceTree
from cnnt_site.vietnamese import sort_key

Key = TypeVar("Key", str, int)


def resolve(records: Records, tree: SourceTree, as_of: date, problems: Problems) -> Catalogue | None:
    """The catalogue on the day `as_of`; None when problems make it impossible to tell one."""
    check_references(records, tree, problems)
    check_rules(records, tree, as_of, problems)
    site = records.site
    if site is None or problems.errors:
        return None
    merged = MergedCommunes(records)
    producer_places = {
        id_: whereabouts(records, merged, producer.place, producer.place_now)
        for id_, producer in records.producers.items()
    }
    entries: dict[str, Entry] = {}
    for id_, product in records.products.items():
        where = _product_place(records, merged, producer_places, product)
        entries[id_] = Entry(id_, product, where, _recognitions(records, site, product, where, as_of))
    listed = tuple(
        sorted(
            (id_ for id_, entry in entries.items() if entry.product.withdrawn is None),
            key=lambda id_: (sort_key(_name(entries[id_].product, site)), id_),
        )
    )
    return _indexed(site, records, as_of, entries, producer_places, listed)


def _name(product: Product, site: Site) -> str:
    return next((product.name[language] for language in site.languages if language in product.name), "")


def _product_place(
    records: Records, merged: MergedCommunes, producer_places: dict[str, Whereabouts], product: Product
) -> Whereabouts:
    """The product's own place, else its producer's; the commune of today likewise."""
    producer = producer_places.get(product.producer or "")
    if product.place is None and producer is not None:
        own = whereabouts(records, merged, None, product.place_now)
        return producer if own.commune_now is None else _moved(producer, own)
    own = whereabouts(records, merged, product.place, product.place_now)
    stated_by_producer = producer is not None and not producer.now_derived and producer.commune_now is not None
    if producer is not None and stated_by_producer and (own.commune_now is None or own.now_derived):
        return _moved(own, producer)
    return own


def _moved(then: Whereabouts, now: Whereabouts) -> Whereabouts:
    return Whereabouts(then.address, then.commune_then, then.district, then.province, now.commune_now, now.now_derived)


def _recognitions(
    records: Records, site: Site, product: Product, where: Whereabouts, as_of: date
) -> tuple[Recognition, ...]:
    found = []
    for certificate in product.certificates:
        level = records.levels[certificate.level] if certificate.level else None
        programme = level.programme if level else certificate.programme or site.programme
        found.append(
            Recognition(
                certificate=certificate,
                programme=programme,
                level=certificate.level,
                step=level.step if level else 0,
                ladder=programme == site.programme,
                district=certificate.place or where.district,
                standing=standing(certificate, as_of, site.validity_rule, site.soon_days),
            )
        )
    return tuple(sorted(found, key=_first_shown))


def _first_shown(recognition: Recognition) -> tuple[bool, bool, bool, int, int]:
    """Own programme first, then what still stands, then the highest level, then the newest."""
    state = recognition.standing.state
    return (
        not recognition.ladder,
        state in ("revoked", "superseded"),
        state == "expired",
        -recognition.step,
        -(recognition.year or 0),
    )


def _indexed(
    site: Site,
    records: Records,
    as_of: date,
    entries: dict[str, Entry],
    producer_places: dict[str, Whereabouts],
    listed: tuple[str, ...],
) -> Catalogue:
    by_level: dict[str, list[str]] = defaultdict(list)
    by_year: dict[int, list[str]] = defaultdict(list)
    by_level_year: dict[tuple[str, int], list[str]] = defaultdict(list)
    by_group: dict[str, list[str]] = defaultdict(list)
    by_programme: dict[str, list[str]] = defaultdict(list)
    by_place: dict[str, list[str]] = defaultdict(list)
    by_producer: dict[str, list[str]] = defaultdict(list)
    for id_ in listed:
        entry = entries[id_]
        rounds = dict.fromkeys((r.level, r.year) for r in entry.recognitions)
        for level in _each(level for level, _ in rounds):
            by_level[level].append(id_)
        for year in _each(r.year for r in entry.recognitions if r.ladder):
            by_year[year].append(id_)
        for round_level, round_year in rounds:
            if round_level is not None and round_year is not None:
                by_level_year[round_level, round_year].append(id_)
        for programme in _each(r.programme for r in entry.recognitions):
            by_programme[programme].append(id_)
        if entry.product.group:
            by_group[entry.product.group].append(id_)
        if entry.product.producer:
            by_producer[entry.product.producer].append(id_)
        places = {entry.where.district, entry.where.province, entry.where.commune_now}
        places.update(r.district for r in entry.recognitions)
        for place in _each(places):
            by_place[place].append(id_)
    producers_by_place: dict[str, list[str]] = defaultdict(list)
    for id_, where in producer_places.items():
        for place in _each({where.district, where.province, where.commune_now}):
            producers_by_place[place].append(id_)
    fairs: dict[str, list[str]] = defaultdict(list)
    for fair_id, fair in records.fairs.items():
        for product_id in _shown_at(fair, by_producer):
            fairs[product_id].append(fair_id)
    return Catalogue(
        site=site,
        records=records,
        as_of=as_of,
        entries=entries,
        producer_places=producer_places,
        listed=listed,
        newest=tuple(sorted(listed, key=lambda id_: -entries[id_].newest_year)),
        beside_in_group=_beside(by_group, lambda id_: entries[id_].product.group),
        beside_in_place=_beside(by_place, lambda id_: entries[id_].where.district),
        by_level=_frozen(by_level),
        by_year=_frozen(by_year),
        by_level_year=_frozen(by_level_year),
        by_group=_frozen(by_group),
        by_programme=_frozen(by_programme),
        by_place=_frozen(by_place),
        by_producer=_frozen(by_producer),
        producers_by_place=_frozen(producers_by_place),
        choices=choices.count((entries[id_] for id_ in listed), records.producers),
        namesakes=_namesakes(records),
        fairs_by_product=_frozen(fairs),
    )


def _beside(lists: Mapping[str, Sequence[str]], own: Callable[[str], str | None]) -> dict[str, tuple[str, ...]]:
    """By product the next few in the one of `lists` that is its own."""
    found = {}
    for key, ids in lists.items():
        round_the_end = (*ids, *ids[:BESIDE])
        for number, id_ in enumerate(ids):
            if own(id_) == key:
                others = round_the_end[number + 1 : number + 1 + BESIDE]
                found[id_] = tuple(other for other in dict.fromkeys(others) if other != id_)
    return found


def _shown_at(fair: Fair, by_producer: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every product of a fair, once."""
    booths = (
        product for booth in fair.booths for product in booth.products or by_producer.get(booth.producer or "", ())
    )
    return iter(dict.fromkeys((*booths, *fair.products)))


def _namesakes(records: Records) -> frozenset[str]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for id_, district in records.districts.items():
        for name in set(district.short.values()):
            by_name[name].append(id_)
    return frozenset(id_ for ids in by_name.values() if len(ids) > 1 for id_ in ids)


def _each(keys: Iterable[Key | None]) -> list[Key]:
    """Every key that is there, once."""
    return sorted({key for key in keys if key is not None})


def _frozen(index: dict[Any, list[str]]) -> dict[Any, tuple[str, ...]]:
    return {key: tuple(ids) for key, ids in index.items()}

"""The state of the catalogue: what is missing, what ends soon, what may be there twice, and how much there is.

Plain values, worded by `report`. Everything but the counts is found in the records alone, so that it
is told even while the content has errors.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.validity import standing
from cnnt_site.desk.counts import Counts, count_all, name_of
from cnnt_site.desk.fields import fields_of
from cnnt_site.desk.twins import Twins, find_twins
from cnnt_site.model.site import Site
from cnnt_site.reading.layout import FOLDERS, LISTED, WITH_PHOTOS
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceTree


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that is missing or empty: where it is written ("certificates.2.note", or the file "en.md").

    `words` is the key of its description, '' where it has none.
    """

    field: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that somebody should look at: its name, its file in the content folder, and what it lacks.

    `language` is the one that it lacks it in, '' for any.
    """

    name: str
    file: str
    lacks: tuple[Lack, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Expiry:
    """A certificate with its last day; `by_rule` when that follows from the rule of site.yaml."""

    name: str
    file: str
    level: str
    year: int | None
    number: str | None
    until: date
    by_rule: bool


@dataclass(frozen=True, slots=True)
class State:
    """All of it, on the day `as_of`. `counts` is None while errors keep the catalogue from being told."""

    as_of: date
    days: int
    untranslated: tuple[Mention, ...]
    without_picture: tuple[Mention, ...]
    photos_incomplete: tuple[Mention, ...]
    unused_photos: tuple[Mention, ...]
    without_consent: tuple[Mention, ...]
    ending: tuple[Expiry, ...]
    ended: tuple[Expiry, ...]
    without_number: tuple[Mention, ...]
    twins: tuple[Twins, ...]
    counts: Counts | None


def describe(
    records: Records, tree: SourceTree, catalogue: Catalogue | None, as_of: date, days: int | None = None
) -> State | None:
    """The state on the day `as_of`; certificates end soon within `days`, or as site.yaml says. None without it."""
    site = records.site
    if site is None:
        return None
    within = site.soon_days if days is None else days
    expiries = sorted(_expiries(records, site, as_of), key=lambda each: (each.until, each.file, each.year or 0))
    soon = as_of + timedelta(days=within)
    return State(
        as_of=as_of,
        days=within,
        untranslated=tuple(_untranslated(records, site)),
        without_picture=tuple(_without_picture(records, site)),
        photos_incomplete=tuple(_photos_incomplete(records, site)),
        unused_photos=tuple(_unused_photos(records, tree)),
        without_consent=tuple(_without_consent(records, site)),
        ending=tuple(each for each in expiries if as_of <= each.until <= soon),
        ended=tuple(each for each in expiries if each.until < as_of),
        without_number=tuple(_without_number(records, site)),
        twins=find_twins(records),
        counts=None if catalogue is None else count_all(catalogue),
    )


def _standing(records: Records) -> Iterator[tuple[str, Any]]:
    """Products that are shown, with their files."""
    for id_, product in records.products.items():
        if product.withdrawn is None:
            yield f"products/{id_}/product.yaml", product


def _untranslated(records: Records, site: Site) -> Iterator[Mention]:
    for file, folder, record in _all_records(records, site):
        for language in site.languages:
            if lacks := untranslated(records, folder, record, language):
                yield Mention(name_of(record, site), file, lacks, language)


def untranslated(records: Records, folder: str, record: Any, language: str) -> tuple[Lack, ...]:
    """What a record doesn't say in a language, its long text included; `folder` is where it stands, '' for none."""
    told_in, lacks = records.told_in.get(folder, ()), tuple(_lacking(record, language))
    return (*lacks, Lack(f"{language}.md")) if told_in and language not in told_in else lacks


def _all_records(records: Records, site: Site) -> Iterator[tuple[str, str, Any]]:
    """Every record with its file and, where it has one, its folder."""
    yield "site.yaml", "", site
    for kind, (path, _) in LISTED.items():
        yield from ((path, "", record) for record in getattr(records, kind).values())
    yield from (("statistics.yaml", "", statistic) for statistic in records.statistics)
    for kind, (name, _) in FOLDERS.items():
        for id_, record in getattr(records, kind).items():
            if getattr(record, "withdrawn", None) is None:
                yield f"{kind}/{id_}/{name}", f"{kind}/{id_}", record


def _lacking(record: Any, language: str, before: str = "") -> Iterator[Lack]:
    """The fields that are told in some language but not in this one."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if not value or field.kind == "slug":
            continue
        if field.by_language:
            each = value if field.many else (value,)
            if any(words and language not in words for words in each):
                yield Lack(before + field.name, field.words)
        elif field.record is not None:
            for number, inner in enumerate(value if field.many else (value,), start=1):
                place = f"{before}{field.name}.{number}." if field.many else f"{before}{field.name}."
                yield from _lacking(inner, language, place)


def _without_picture(records: Records, site: Site) -> Iterator[Mention]:
    for file, product in _standing(records):
        if not product.photos:
            yield Mention(name_of(product, site), file, () if product.illustration else (Lack("illustration"),))


def _photos_incomplete(records: Records, site: Site) -> Iterator[Mention]:
    """Photos whose credit, permission or description is missing or empty."""
    for kind in WITH_PHOTOS:
        for id_, record in getattr(records, kind).items():
            for photo in record.photos:
                lacks = tuple(Lack(each) for each in ("licence", "alt", "permission") if not getattr(photo, each))
                if lacks:
                    name = f"{name_of(record, site)}: {photo.file}"
                    yield Mention(name, f"{kind}/{id_}/{FOLDERS[kind][0]}", lacks)


def _unused_photos(records: Records, tree: SourceTree) -> Iterator[Mention]:
    for path in tree.files:
        parts = path.split("/")
        if len(parts) == 4 and parts[0] in WITH_PHOTOS and parts[2] == "photos":
            record = getattr(records, parts[0]).get(parts[1])
            if record is None or all(photo.file != parts[3] for photo in record.photos):
                yield Mention(parts[3], path)


def _without_consent(records: Records, site: Site) -> Iterator[Mention]:
    for id_, producer in records.producers.items():
        kinds = tuple(Lack(each.kind) for each in producer.contacts if each.consent is None or each.consent.withdrawn)
        if kinds:
            yield Mention(name_of(producer, site), f"producers/{id_}/producer.yaml", kinds)


def _expiries(records: Records, site: Site, as_of: date) -> Iterator[Expiry]:
    for file, product in _standing(records):
        for certificate in product.certificates:
            stands = standing(certificate, as_of, site.validity_rule, site.soon_days)
            if stands.until is not None and certificate.ending is None:
                level = records.levels.get(certificate.level or "")
                yield Expiry(
                    name=name_of(product, site),
                    file=file,
                    level=name_of(level, site) if level else "",
                    year=certificate.year,
                    number=certificate.number,
                    until=stands.until,
                    by_rule=stands.by_rule,
                )


def _without_number(records: Records, site: Site) -> Iterator[Mention]:
    """Products of which a certificate of the showroom's programme has no number."""
    for file, product in _standing(records):
        own = [each for each in product.certificates if _is_own(each.level, each.programme, records, site)]
        if not own or any(certificate.number is None for certificate in own):
            yield Mention(name_of(product, site), file, () if own else (Lack("certificates"),))


def _is_own(level: str | None, programme: str | None, records: Records, site: Site) -> bool:
    known = records.levels.get(level or "")
    return (known.programme if known else programme or site.programme) == site.programme


def as_plain(state: State | None) -> Any:
    """The state as values that JSON can hold; days as `2026-11-24`."""

    def plain(value: Any) -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if isinstance(value, tuple):
            return [plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(state)

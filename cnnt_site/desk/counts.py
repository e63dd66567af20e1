"""How much the catalogue holds, by level, year, place and group, and beside the official totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cnnt_site.catalogue.catalogue import Catalogue, Entry, Recognition
from cnnt_site.model.site import Site


@dataclass(frozen=True, slots=True)
class Count:
    """How many products a level, year, place or group has."""

    id: str
    name: str
    products: int


@dataclass(frozen=True, slots=True)
class Beside:
    """An official total of a province that has records here, and how many recognitions of that level and time.

    `here` is None where the period isn't told by years.
    """

    period: str
    area: str
    what: str
    figure: int
    here: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What the catalogue holds, withdrawn products left out."""

    products: int
    producers: int
    levels: tuple[Count, ...]
    years: tuple[Count, ...]
    places: tuple[Count, ...]
    groups: tuple[Count, ...]
    official: tuple[Beside, ...]


def name_of(record: Any, site: Site) -> str:
    """What a record is called in the original language, else in any."""
    words: Mapping[str, str] = next(
        (getattr(record, each) for each in ("name", "title", "label", "represents") if hasattr(record, each)), {}
    )
    return next((words[language] for language in site.languages if language in words), "")


def count_all(catalogue: Catalogue) -> Counts:
    """All counts of a catalogue."""
    records, site = catalogue.records, catalogue.site

    def counted(index: Mapping[Any, Iterable[str]], ids: Iterable[Any], names: Mapping[Any, Any]) -> tuple[Count, ...]:
        return tuple(
            Count(str(id_), name_of(names[id_], site) if id_ in names else str(id_), len(tuple(index.get(id_, ()))))
            for id_ in ids
        )

    places = {**records.provinces, **records.districts, **records.communes}
    levels = [*catalogue.ladder(), *(level for level in records.levels if not catalogue.is_ladder(level))]
    return Counts(
        products=len(catalogue.listed),
        producers=len(catalogue.by_producer),
        levels=counted(catalogue.by_level, levels, records.levels),
        years=counted(catalogue.by_year, sorted(catalogue.by_year), {}),
        places=counted(catalogue.by_place, (id_ for id_ in places if id_ in catalogue.by_place), places),
        groups=counted(catalogue.by_group, records.groups, records.groups),
        official=tuple(_official(catalogue)),
    )


def _official(catalogue: Catalogue) -> Iterator[Beside]:
    """Official totals of a level, each beside the count of the same level, years and province here."""
    site = catalogue.site
    provinces = {name: id_ for id_, each in catalogue.records.provinces.items() for name in each.short.values()}
    held = [
        (entry, each) for id_ in catalogue.listed for entry in (catalogue.entries[id_],) for each in entry.recognitions
    ]
    tally = Counter((each.level, each.year, _province(catalogue, entry, each)) for entry, each in held)
    for statistic in catalogue.records.statistics:
        period, area = (next(iter(words.values()), "") for words in (statistic.period, statistic.area))
        if statistic.level is None or area not in provinces:
            continue
        years = _years(period)
        here = sum(
            number
            for (level, year, where), number in tally.items()
            if level == statistic.level and year in (years or ()) and where == provinces[area]
        )
        what = next((statistic.what[each] for each in site.languages if each in statistic.what), "")
        yield Beside(period, area, what, statistic.figure, None if years is None else here)


def _province(catalogue: Catalogue, entry: Entry, recognition: Recognition) -> str | None:
    district = catalogue.records.districts.get(recognition.district or "")
    return district.province if district else entry.where.province


def _years(period: str) -> range | None:
    """The years of a period written `2020` or `2012–2021`; None for one told otherwise."""
    found = re.fullmatch(r"(\d{4})(?:\s*[–-]\s*(\d{4}))?", period)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else None

"""Years of recognition: the timeline and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, Card, Link
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class YearStem:
    """A year of the timeline. A year without products keeps its place and has no page."""

    year: int
    href: str | None
    count: int
    height: int
    current: bool


@dataclass(frozen=True, slots=True)
class YearsView:
    """All years; `unknown` counts the products whose certificate gives no year."""

    stems: tuple[YearStem, ...]
    unknown: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The products of a year at one level; `href` leads to the list of that level and year."""

    badge: Badge
    href: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: `total` products with `recognitions` certificates of the ladder."""

    year: int
    stems: tuple[YearStem, ...]
    levels: tuple[LevelGroup, ...]
    total: int
    recognitions: int
    previous: Link | None
    next: Link | None


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of years in a language."""
    yield Draft(showroom.routes.of("years", "", lang), _years, (lang,))
    for year in sorted(showroom.catalogue.by_year):
        yield Draft(showroom.routes.of("year", str(year), lang), _year, (lang, year))


def year_stems(teller: Teller, current: int = 0) -> tuple[YearStem, ...]:
    """Every year from the first to the last; `height` is 1 to 10 by its share of the fullest year."""
    counts = {year: len(ids) for year, ids in teller.catalogue.by_year.items()}
    if not counts:
        return ()
    most = max(counts.values())
    return tuple(
        YearStem(
            year=year,
            href=teller.href("year", str(year)) if year in counts else None,
            count=counts.get(year, 0),
            height=-(-counts.get(year, 0) * 10 // most),
            current=year == current,
        )
        for year in range(min(counts), max(counts) + 1)
    )


def _years(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("years", "", lang)
    teller = Teller(showroom, lang, address)
    entries = showroom.catalogue.entries
    undated = [
        id_ for id_ in showroom.catalogue.listed if any(r.ladder and r.year is None for r in entries[id_].recognitions)
    ]
    view = YearsView(year_stems(teller), teller.cards(undated))
    return PagePlan(
        address, "years.html", lang, frame(teller, About(kind="years", title=teller.word("nav.years"))), view
    )


def _year(showroom: Showroom, lang: str, year: int) -> PagePlan:
    address = showroom.routes.of("year", str(year), lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    products = catalogue.by_year[year]
    groups = [
        LevelGroup(
            badge=teller.level_badge(id_, year),
            href=teller.href("level-year", f"{id_}/{year}"),
            cards=teller.cards(catalogue.by_level_year[id_, year]),
        )
        for id_ in reversed(catalogue.ladder())
        if (id_, year) in catalogue.by_level_year
    ]
    held = {id_: [r for r in catalogue.entries[id_].recognitions if r.ladder and r.year == year] for id_ in products}
    unknown = [id_ for id_, found in held.items() if any(r.level is None for r in found)]
    if unknown:
        badge = Badge("unknown", 0, teller.own_phrase("level.unknown"), year, True)
        groups.append(LevelGroup(badge, None, teller.cards(unknown)))
    years = sorted(catalogue.by_year)
    place = years.index(year)

    def beside(step: int) -> Link | None:
        other = place + step
        return teller.link("year", str(years[other]), Phrase(str(years[other]))) if 0 <= other < len(years) else None

    view = YearView(
        year=year,
        stems=year_stems(teller, year),
        levels=tuple(groups),
        total=len(products),
        recognitions=sum(len(found) for found in held.values()),
        previous=beside(-1),
        next=beside(1),
    )
    about = About(
        kind="year",
        id=str(year),
        title=teller.word("year.title", year=year),
        crumbs=(teller.link("years", "", teller.own_phrase("nav.years")),),
    )
    return PagePlan(address, "year.html", lang, frame(teller, about), view)

"""Years of recognition: the timeline and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.listing import ListPart
from cnnt_site.pages.parts import Badge, Card, Link, Pager
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
    """A year: `total` products with `recognitions` certificates of the ladder. `levels` are those of its first page."""

    year: int
    stems: tuple[YearStem, ...]
    levels: tuple[LevelGroup, ...]
    total: int
    recognitions: int
    pager: Pager
    previous: Link | None
    next: Link | None


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of years in a language."""
    yield Draft(showroom.routes.of("years", "", lang), _years, (lang,))
    for year in sorted(showroom.catalogue.by_year):
        yield from listing.drafts(showroom, lang, "year", str(year), _year, (year,))


def year_stems(teller: Teller, current: int = 0) -> tuple[YearStem, ...]:
    """Every year from the first to the last; `height` is 1 to 10 by its share of the fullest year."""
    counts = {year: teller.catalogue.size("year", str(year)) for year in teller.catalogue.by_year}
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
    view = YearsView(year_stems(teller), teller.cards(showroom.catalogue.undated))
    return PagePlan(
        address, "years.html", lang, frame(teller, About(kind="years", title=teller.word("nav.years"))), view
    )


def _year(showroom: Showroom, lang: str, year: int, number: int) -> PagePlan:
    address = showroom.routes.of(*page_of_list("year", str(year), number), lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    crumbs = (teller.link("years", "", teller.own_phrase("nav.years")),)
    levels = tuple(
        LevelGroup(
            badge=teller.level_badge(id_, year)
            if id_
            else Badge("unknown", 0, teller.own_phrase("level.unknown"), year, True),
            href=teller.href("level-year", f"{id_}/{year}") if id_ else None,
            cards=teller.cards(ids),
        )
        for id_, _, ids in catalogue.slice("year", str(year), number)
    )
    if number > 1:
        parts = tuple(_level_part(teller, year, group) for group in levels)
        name = teller.own_phrase("year.title", year=year)
        return listing.further(teller, "year", str(year), number, name, crumbs, parts)
    years = sorted(catalogue.by_year)
    place = years.index(year)

    def beside(step: int) -> Link | None:
        other = place + step
        return teller.link("year", str(years[other]), Phrase(str(years[other]))) if 0 <= other < len(years) else None

    view = YearView(
        year=year,
        stems=year_stems(teller, year),
        levels=levels,
        total=catalogue.size("year", str(year)),
        recognitions=sum(count for (of, _), count in catalogue.recognised.items() if of == year),
        pager=listing.pager(teller, "year", str(year), number),
        previous=beside(-1),
        next=beside(1),
    )
    about = About(
        kind="year",
        id=str(year),
        title=teller.word("year.title", year=year),
        crumbs=crumbs,
    )
    return PagePlan(address, "year.html", lang, frame(teller, about), view)


def _level_part(teller: Teller, year: int, group: LevelGroup) -> ListPart:
    """The products of a year at one level on a later page of its list."""
    label = group.badge.label
    all_of_it = teller.own_phrase("level.list", level=label.text, year=year)
    return ListPart(label, group.badge, Link(all_of_it, group.href) if group.href else None, group.cards)

"""Levels of the ladder: the overview, a page each, and the lists of one level in one year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cnnt_site.addresses.scheme import page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.listing import ListPart
from cnnt_site.pages.parts import Badge, Card, Link, Pager, Scan, Tools
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.pages.tools import tools


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder with the levels that share it; `count` is the number of products on it."""

    step: int
    links: tuple[Link, ...]
    count: int
    note: Phrase | None
    current: bool


@dataclass(frozen=True, slots=True)
class LevelsView:
    """All levels; `programmes` lead to the programmes beside the ladder."""

    rungs: tuple[Rung, ...]
    programmes: tuple[Link, ...]
    selection_href: str | None


@dataclass(frozen=True, slots=True)
class YearGroup:
    """Products of a level in one year; the year is None, and without a page, when it is unknown."""

    year: int | None
    href: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level. `years` are those of the first page of its products."""

    badge: Badge
    note: Phrase | None
    since: date | None
    until: date | None
    rungs: tuple[Rung, ...]
    years: tuple[YearGroup, ...]
    total: int
    pager: Pager
    selection_href: str | None


@dataclass(frozen=True, slots=True)
class LevelYearView:
    """The products of one level in one year: what a fair asks for."""

    badge: Badge
    year: int
    level: Link
    year_link: Link
    cards: tuple[Card, ...]
    fairs: tuple[Link, ...]
    scan: Scan
    tools: Tools | None


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of levels in a language."""
    yield Draft(showroom.routes.of("levels", "", lang), _levels, (lang,))
    for id_ in showroom.catalogue.ladder():
        yield from listing.drafts(showroom, lang, "level", id_, _level)
    for id_, year in sorted(showroom.catalogue.by_level_year):
        if showroom.catalogue.is_ladder(id_):
            address = showroom.routes.of("level-year", f"{id_}/{year}", lang)
            yield Draft(address, _level_year, (lang, id_, year))


def rungs(teller: Teller, current: str = "") -> tuple[Rung, ...]:
    """The ladder, lowest step first."""
    catalogue = teller.catalogue
    levels = catalogue.records.levels
    steps: dict[int, list[str]] = {}
    for id_ in catalogue.ladder():
        steps.setdefault(levels[id_].step, []).append(id_)
    found = []
    for step, ids in sorted(steps.items()):
        products = {product for id_ in ids for product in catalogue.by_level.get(id_, ())}
        links = tuple(
            teller.link(
                "level",
                id_,
                teller.must_say(levels[id_].label),
                catalogue.size("level", id_),
                current=id_ == current,
            )
            for id_ in sorted(ids, key=lambda id_: -catalogue.size("level", id_))
        )
        note = next((levels[id_].note for id_ in ids if levels[id_].note), {})
        found.append(Rung(step, links, len(products), teller.say(note), current in ids))
    return tuple(found)


def selection_href(teller: Teller) -> str | None:
    """The way to the page on how products are selected, if the catalogue has one."""
    address = teller.showroom.routes.find("page", "selection", teller.lang)
    return teller.to(address) if address else None


def programme_links(teller: Teller) -> tuple[Link, ...]:
    """Links to the programmes beside the ladder."""
    catalogue = teller.catalogue
    return tuple(
        teller.link("programme", id_, teller.must_say(programme.name))
        for id_, programme in sorted(catalogue.records.programmes.items(), key=lambda item: (item[1].order, item[0]))
        if id_ != catalogue.site.programme
    )


def _levels(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("levels", "", lang)
    teller = Teller(showroom, lang, address)
    view = LevelsView(rungs(teller), programme_links(teller), selection_href(teller))
    return PagePlan(
        address, "levels.html", lang, frame(teller, About(kind="levels", title=teller.word("nav.levels"))), view
    )


def _level(showroom: Showroom, lang: str, id_: str, number: int) -> PagePlan:
    address = showroom.routes.of(*page_of_list("level", id_, number), lang)
    teller = Teller(showroom, lang, address)
    catalogue, level = showroom.catalogue, showroom.catalogue.records.levels[id_]
    badge, crumbs = teller.level_badge(id_), (teller.link("levels", "", teller.own_phrase("nav.levels")),)
    years = tuple(
        YearGroup(
            year=int(year) if year else None,
            href=teller.href("level-year", f"{id_}/{year}") if year else None,
            cards=teller.cards(ids),
        )
        for year, _, ids in catalogue.slice("level", id_, number)
    )
    if number > 1:
        parts = tuple(_year_part(teller, badge, group) for group in years)
        return listing.further(teller, "level", id_, number, badge.label, crumbs, parts)
    view = LevelView(
        badge=badge,
        note=teller.say(level.note),
        since=level.since,
        until=level.until,
        rungs=rungs(teller, id_),
        years=years,
        total=catalogue.size("level", id_),
        pager=listing.pager(teller, "level", id_, number),
        selection_href=selection_href(teller),
    )
    about = About(
        kind="level",
        id=id_,
        title=view.badge.label.text,
        description=view.note.text if view.note else "",
        crumbs=crumbs,
    )
    return PagePlan(address, "level.html", lang, frame(teller, about), view)


def _year_part(teller: Teller, badge: Badge, group: YearGroup) -> ListPart:
    """The products of a level in one year on a later page of its list."""
    if group.year is None or group.href is None:
        return ListPart(teller.own_phrase("level.year_unknown"), None, None, group.cards)
    all_of_it = teller.own_phrase("level.list", level=badge.label.text, year=group.year)
    return ListPart(Phrase(str(group.year)), None, Link(all_of_it, group.href), group.cards)


def _level_year(showroom: Showroom, lang: str, id_: str, year: int) -> PagePlan:
    key = f"{id_}/{year}"
    address = showroom.routes.of("level-year", key, lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    badge = teller.level_badge(id_, year)
    level = teller.link("level", id_, badge.label)
    view = LevelYearView(
        badge=badge,
        year=year,
        level=level,
        year_link=teller.link("year", str(year), Phrase(str(year))),
        cards=teller.cards(catalogue.by_level_year[id_, year]),
        fairs=tuple(
            teller.link("fair", fair_id, teller.must_say(fair.name))
            for fair_id, fair in catalogue.records.fairs.items()
            if fair.selection is not None and (fair.selection.level, fair.selection.year) == (id_, year)
        ),
        scan=teller.scan("level-year", key),
        tools=tools(teller, "level-year", key, teller.own_phrase("level.list", level=badge.label.text, year=year)),
    )
    about = About(
        kind="level-year",
        id=key,
        title=f"{badge.label.text} {year}",
        crumbs=(teller.link("levels", "", teller.own_phrase("nav.levels")), level),
    )
    return PagePlan(address, "level_year.html", lang, frame(teller, about), view)

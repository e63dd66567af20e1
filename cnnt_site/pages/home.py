"""The gate that offers the languages, and each language's home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.pages import structured
from cnnt_site.pages.browse import search_box
from cnnt_site.pages.fair import fair_order
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.group import GroupTile, group_tiles
from cnnt_site.pages.level import Rung, rungs
from cnnt_site.pages.parts import Card, Link, SearchBox
from cnnt_site.pages.place import TileSheet, tile_sheets
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.pages.year import YearStem, year_stems

NEWEST = 4
FAIRS = 3


@dataclass(frozen=True, slots=True)
class GateLanguage:
    """One language of the gate or of 404.html; its texts are in that language."""

    code: str
    name: str
    site_name: str
    tagline: str
    description: str
    home: str
    browse: str
    catalogue: str
    not_found: str


@dataclass(frozen=True, slots=True)
class GateView:
    """`index.html`: every language says itself what the showroom is."""

    languages: tuple[GateLanguage, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page. `windows` are chosen from the data: the newest product of each group."""

    title: str
    lede: str
    search: SearchBox
    windows: tuple[Card, ...]
    rungs: tuple[Rung, ...]
    newest: tuple[Card, ...]
    groups: tuple[GroupTile, ...]
    sheets: tuple[TileSheet, ...]
    years: tuple[YearStem, ...]
    fairs: tuple[Link, ...]
    product_total: int
    producer_total: int
    statistics_href: str
    reading_href: str | None
    selection_href: str | None
    organisers_href: str | None


def plan_gate() -> Draft:
    """The language-neutral front page."""
    return Draft("index.html", _gate)


def _gate(showroom: Showroom) -> PagePlan:
    lang = showroom.catalogue.languages[0]
    teller = Teller(showroom, lang, "index.html")
    site = showroom.catalogue.site
    about = About(
        kind="home",
        title=teller.must_say(site.name).text,
        structured=(*structured.website(teller), *structured.dataset(teller)),
    )
    return PagePlan("index.html", "gate.html", lang, frame(teller, about), GateView(gate_languages(teller)))


def gate_languages(teller: Teller) -> tuple[GateLanguage, ...]:
    """Every language of the site, for pages that belong to none."""
    found = []
    for code in teller.catalogue.languages:
        there = Teller(teller.showroom, code, teller.here)
        site = teller.catalogue.site
        found.append(
            GateLanguage(
                code=code,
                name=there.word("lang.name"),
                site_name=there.must_say(site.name).text,
                tagline=there.must_say(site.tagline).text,
                description=there.must_say(site.description).text,
                home=there.href("home"),
                browse=there.href("browse", "1"),
                catalogue=there.word("catalogue.title"),
                not_found=there.word("nf.text"),
            )
        )
    return tuple(found)


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The home page of a language."""
    yield Draft(showroom.routes.of("home", "", lang), _home, (lang,))


def _home(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("home", "", lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    home = catalogue.site.home
    view = HomeView(
        title=teller.must_say(home.title).text,
        lede=teller.must_say(home.lede).text,
        search=search_box(teller),
        windows=teller.cards(catalogue.windows),
        rungs=rungs(teller),
        newest=teller.cards(catalogue.newest[:NEWEST]),
        groups=group_tiles(teller),
        sheets=tile_sheets(teller),
        years=year_stems(teller),
        fairs=tuple(
            teller.link("fair", id_, teller.must_say(catalogue.records.fairs[id_].name))
            for id_ in fair_order(catalogue)[:FAIRS]
        ),
        product_total=len(catalogue.listed),
        producer_total=len(catalogue.by_producer),
        statistics_href=teller.href("statistics"),
        reading_href=_page(teller, "reading-a-certificate"),
        selection_href=_page(teller, "selection"),
        organisers_href=_page(teller, "fair-organisers"),
    )
    about = About(
        kind="home",
        title=teller.must_say(catalogue.site.name).text,
        structured=(*structured.website(teller), *structured.dataset(teller)),
    )
    return PagePlan(address, "home.html", lang, frame(teller, about), view)


def _page(teller: Teller, id_: str) -> str | None:
    """The way to a text page that a catalogue may have or not."""
    address = teller.showroom.routes.find("page", id_, teller.lang)
    return teller.to(address) if address else None

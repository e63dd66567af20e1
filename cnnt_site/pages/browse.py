"""The catalogue, a page of cards at a time, with the ready-made lists beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.noting import once
from cnnt_site.pages import facets, listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, Card, Link, Pager, SearchBox
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet, with the number of products that have it.

    `words` are what it is called in addresses, that of this language first; `href` is its ready-made list,
    None when there is none; `step` draws the lotus of a level; `under` is the choice it stands below.
    """

    id: str
    words: tuple[str, ...]
    label: Phrase
    count: int
    href: str | None
    step: int
    under: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the catalogue: `key` is level, group, place, commune, year, validity, kind or programme."""

    key: str
    words: tuple[str, ...]
    choices: tuple[Choice, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """The ready-made lists."""
        return tuple(Link(one.label, one.href, one.count) for one in self.choices if one.href is not None)


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A page of the catalogue. `words` are what `sort`, `page` and `text` are called in addresses, and the sorts."""

    cards: tuple[Card, ...]
    pager: Pager
    facets: tuple[Facet, ...]
    search: SearchBox
    sorts: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """All pages of the catalogue in a language: the newest recognitions first."""
    yield from listing.drafts(showroom, lang, "browse", "1", _catalogue_page, ())


def _catalogue_page(showroom: Showroom, lang: str, number: int) -> PagePlan:
    address = showroom.routes.of("browse", str(number), lang)
    teller = Teller(showroom, lang, address)
    title = listing.title(teller, teller.word("catalogue.title"), number)
    about = About(kind="browse", id=str(number), title=title)
    view = CatalogueView(
        cards=listing.shown(teller, "browse", "1", number),
        pager=listing.pager(teller, "browse", "1", number),
        facets=panel(teller),
        search=search_box(teller),
        sorts=facets.SORTS,
        words={key: facets.address_words(key, lang) for key in ("sort", "page", "text", *facets.SORTS)},
    )
    return PagePlan(address, "catalogue.html", lang, frame(teller, about), view)


def search_box(teller: Teller) -> SearchBox:
    """What the search box of a page needs."""
    levels = map(teller.level_badge, teller.catalogue.records.levels)
    unknown = Badge("unknown", 0, teller.own_phrase("level.unknown"), None, ladder=True)
    return SearchBox(teller.to(f"{facets.INDEX}{teller.lang}.js"), (*levels, unknown))


def panel(teller: Teller) -> tuple[Facet, ...]:
    """The facets of the catalogue as the pages of a folder tell them."""
    return once(teller.showroom, ("panel", teller.lang, teller.folder), lambda: _panel(teller))


def _panel(teller: Teller) -> tuple[Facet, ...]:
    return tuple(
        Facet(key, facets.address_words(key, teller.lang), tuple(_choice(teller, option) for option in found))
        for key, found in facets.options(teller.showroom).items()
    )


def _choice(teller: Teller, option: facets.Option) -> Choice:
    return Choice(
        id=option.id,
        words=facets.address_words(option.id, teller.lang, option.words),
        label=teller.must_say(option.label),
        count=option.count,
        href=teller.href(*option.page) if option.page else None,
        step=option.step,
        under=option.under,
    )

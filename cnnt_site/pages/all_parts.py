"""All parts of a theme in all their states, on one page: for makers of themes, on a sample site only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.group import GroupTile, group_tiles
from cnnt_site.pages.level import Rung, rungs
from cnnt_site.pages.parts import Badge, Card, Link, Pager
from cnnt_site.pages.place import TileSheet, tile_sheets
from cnnt_site.pages.producer import ProducerRow, producer_rows
from cnnt_site.pages.product import ProductView, product_view
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.pages.year import YearStem, year_stems


@dataclass(frozen=True, slots=True)
class AllPartsView:
    """What the sample holds, part by part, each as the pages themselves get it.

    `levels` are the marks of all levels with a year, `validities` one product for every state that a
    certificate can be in, `notices` the keys of all notices that products have.
    """

    levels: tuple[Badge, ...]
    validities: tuple[ProductView, ...]
    products: tuple[ProductView, ...]
    cards: tuple[Card, ...]
    rungs: tuple[Rung, ...]
    groups: tuple[GroupTile, ...]
    sheets: tuple[TileSheet, ...]
    years: tuple[YearStem, ...]
    producers: tuple[ProducerRow, ...]
    links: tuple[Link, ...]
    pager: Pager
    notices: tuple[str, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The page of a language; none on a site that isn't a sample."""
    if showroom.catalogue.site.purpose == "sample":
        yield Draft(showroom.routes.of("all-parts", "", lang), _all_parts, (lang,))


def _all_parts(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("all-parts", "", lang)
    teller, catalogue = Teller(showroom, lang, address), showroom.catalogue
    products = tuple(product_view(teller, catalogue.entries[id_]) for id_ in catalogue.listed)
    states: dict[str, ProductView] = {}
    for product in products:
        if product.main:
            states.setdefault(product.main.validity.state, product)
    levels = tuple(teller.level_badge(id_, catalogue.site.updated.year) for id_ in catalogue.records.levels)
    view = AllPartsView(
        levels=levels,
        validities=tuple(states.values()),
        products=products,
        cards=teller.cards(catalogue.listed),
        rungs=rungs(teller, levels[0].level),
        groups=group_tiles(teller),
        sheets=tile_sheets(teller),
        years=year_stems(teller),
        producers=tuple(producer_rows(teller, catalogue.records.producers)),
        links=tuple(teller.link("level", id_, teller.level_badge(id_).label, 12) for id_ in catalogue.ladder()),
        pager=listing.pager(teller, "browse", "1", 1),
        notices=tuple(dict.fromkeys(notice for product in products for notice in product.notices)),
    )
    about = About(kind="all-parts", title=teller.word("all_parts.title"), indexed=False)
    return PagePlan(address, "all_parts.html", lang, frame(teller, about), view)

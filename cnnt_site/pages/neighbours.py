"""Products of other showrooms, listed beside our own: whose they are is said, and each leads back to its home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cnnt_site.catalogue.fallback import Phrase, pick
from cnnt_site.model.neighbour import ForeignCatalogue, ForeignProduct
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A product of another showroom; `href` is its page there."""

    name: Phrase
    producer: Phrase | None
    level: Phrase | None
    year: int | None
    href: str


@dataclass(frozen=True, slots=True)
class ForeignShop:
    """Another showroom; `host` is where it stands, `updated` the day of its data."""

    name: Phrase
    home: str
    host: str
    updated: str | None
    rows: tuple[ForeignRow, ...]


@dataclass(frozen=True, slots=True)
class NeighboursView:
    """All other showrooms that this one lists."""

    shops: tuple[ForeignShop, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The page of other showrooms, when there are any."""
    address = showroom.routes.find("neighbours", "", lang)
    if address is not None:
        yield Draft(address, _neighbours, (lang,))


def _neighbours(showroom: Showroom, lang: str) -> PagePlan:
    teller = Teller(showroom, lang, showroom.routes.of("neighbours", "", lang))
    shops = tuple(_shop(teller, catalogue) for catalogue in showroom.catalogue.records.neighbours)
    about = About(kind="neighbours", title=teller.word("nav.neighbours"), description=teller.word("neighbours.note"))
    return PagePlan(teller.here, "neighbours.html", lang, frame(teller, about), NeighboursView(shops))


def _shop(teller: Teller, catalogue: ForeignCatalogue) -> ForeignShop:
    return ForeignShop(
        name=teller.must_say(catalogue.name),
        home=catalogue.home,
        host=urlsplit(catalogue.home).netloc,
        updated=catalogue.updated,
        rows=tuple(_row(teller, product) for product in catalogue.products),
    )


def _row(teller: Teller, product: ForeignProduct) -> ForeignRow:
    """A product as told: the name of its level only where that level is one of ours."""
    level = teller.catalogue.records.levels.get(product.level or "")
    return ForeignRow(
        name=_said(teller, product.name) or Phrase(""),
        producer=_said(teller, product.producer),
        level=teller.must_say(level.label) if level else None,
        year=product.year,
        href=product.address,
    )


def _said(teller: Teller, words: dict[str, str]) -> Phrase | None:
    """A text in this page's language, else in one of ours, else in whatever it has."""
    found = pick(words, teller.lang, (*teller.catalogue.languages, *words))
    return None if found is None else Phrase(found[0], "" if found[1] == teller.lang else found[1])

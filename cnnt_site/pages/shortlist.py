"""The visitor's own list: a page that a script fills from what the visitor saved on this device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import page_count
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller

COMPARED = 4
"""How many products stand side by side at most."""

DATA_SIZE = 150
"""About how many products a data file holds: what a phone fetches for one saved product."""


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """The list is in the browser; this is where its script finds the rest.

    `data` is the way to the data files up to their number ("../data/shortlist/vi-"), `data_files` how
    many there are, `compared` how many products may be compared at once.
    """

    data: str
    data_files: int
    compared: int


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The page of a language."""
    yield Draft(showroom.routes.of("shortlist", "", lang), _shortlist, (lang,))


def _shortlist(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("shortlist", "", lang)
    teller = Teller(showroom, lang, address)
    about = About(
        kind="shortlist", title=teller.word("list.title"), description=teller.word("list.local"), indexed=False
    )
    view = ShortlistView(teller.to(data_address(lang, "")), data_files(showroom), COMPARED)
    return PagePlan(address, "shortlist.html", lang, frame(teller, about), view)


def data_files(showroom: Showroom) -> int:
    """How many data files the products of the catalogue are spread over."""
    return page_count(len(showroom.catalogue.listed), DATA_SIZE)


def data_address(lang: str, number: int | str) -> str:
    """The address of a data file."""
    return f"data/shortlist/{lang}-{number}{'.js' if number != '' else ''}"

"""Programmes beside the ladder, such as OCOP: never mixed into its levels or counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.listing import ListPart
from cnnt_site.pages.parts import Card, Pager
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class ProgrammeLevel:
    """A level of the programme with its products; the last may be those whose level no source states.

    `total` are all its products, `cards` those on the first page of the programme's.
    """

    label: Phrase
    total: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme."""

    name: Phrase
    short: Phrase
    about: Phrase | None
    levels: tuple[ProgrammeLevel, ...]
    total: int
    pager: Pager


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of programmes in a language."""
    for id_ in showroom.catalogue.records.programmes:
        if id_ != showroom.catalogue.site.programme:
            yield from listing.drafts(showroom, lang, "programme", id_, _programme)


def _programme(showroom: Showroom, lang: str, id_: str, number: int) -> PagePlan:
    catalogue, programme = showroom.catalogue, showroom.catalogue.records.programmes[id_]
    address = showroom.routes.of(*page_of_list("programme", id_, number), lang)
    teller = Teller(showroom, lang, address)
    name = teller.must_say(programme.name)
    levels = tuple(
        ProgrammeLevel(
            label=teller.must_say(catalogue.records.levels[level].label)
            if level
            else teller.own_phrase("level.unknown"),
            total=total,
            cards=teller.cards(ids),
        )
        for level, total, ids in catalogue.slice("programme", id_, number)
    )
    if number > 1:
        parts = tuple(ListPart(level.label, None, None, level.cards) for level in levels)
        return listing.further(teller, "programme", id_, number, name, (), parts)
    view = ProgrammeView(
        name=name,
        short=teller.must_say(programme.short),
        about=teller.say(programme.about),
        levels=levels,
        total=catalogue.size("programme", id_),
        pager=listing.pager(teller, "programme", id_, number),
    )
    description = view.about.text if view.about else ""
    about = About(kind="programme", id=id_, title=view.name.text, description=description)
    return PagePlan(address, "programme.html", lang, frame(teller, about), view)

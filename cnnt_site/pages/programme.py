"""Programmes beside the ladder, such as OCOP: never mixed into its levels or counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Entry
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.browse import programme_total
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Card
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class ProgrammeLevel:
    """A level of the programme with its products; the last may be those whose level no source states."""

    label: Phrase
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme."""

    name: Phrase
    short: Phrase
    about: Phrase | None
    levels: tuple[ProgrammeLevel, ...]
    total: int


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of programmes in a language."""
    for id_ in showroom.catalogue.records.programmes:
        if id_ != showroom.catalogue.site.programme:
            yield Draft(showroom.routes.of("programme", id_, lang), _programme, (lang, id_))


def _programme(showroom: Showroom, lang: str, id_: str) -> PagePlan:
    catalogue, programme = showroom.catalogue, showroom.catalogue.records.programmes[id_]
    address = showroom.routes.of("programme", id_, lang)
    teller = Teller(showroom, lang, address)
    own = [(level.step, key) for key, level in catalogue.records.levels.items() if level.programme == id_]
    groups = [
        ProgrammeLevel(
            teller.must_say(catalogue.records.levels[key].label), teller.cards(catalogue.by_level.get(key, ()))
        )
        for _, key in sorted(own, reverse=True)
    ]
    unknown = [product for product in catalogue.listed if _without_level(catalogue.entries[product], id_)]
    if unknown:
        groups.append(ProgrammeLevel(teller.own_phrase("level.unknown"), teller.cards(unknown)))
    view = ProgrammeView(
        name=teller.must_say(programme.name),
        short=teller.must_say(programme.short),
        about=teller.say(programme.about),
        levels=tuple(group for group in groups if group.cards),
        total=programme_total(teller, id_),
    )
    description = view.about.text if view.about else ""
    about = About(kind="programme", id=id_, title=view.name.text, description=description)
    return PagePlan(address, "programme.html", lang, frame(teller, about), view)


def _without_level(entry: Entry, programme: str) -> bool:
    """Whether a product holds certificates of a programme, but none that names its level."""
    held = [r.level for r in entry.recognitions if r.programme == programme]
    return bool(held) and not any(held)

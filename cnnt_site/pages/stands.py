"""The stands of a showcase as pages show them: booth by booth, zone by zone."""

from __future__ import annotations

from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Entry
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import Showcase, Stand
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.parts import Badge, ContactLine
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.teller import Teller
from cnnt_site.vietnamese import slug


@dataclass(frozen=True, slots=True)
class StandRow:
    """A product of a stand. `withdrawn`: it has left the showroom, and its page says so."""

    id: str
    code: str
    name: Phrase
    href: str
    badge: Badge | None
    picture: Picture | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class StandPanel:
    """A stand. `number` is its booth's, None where none is known; `name` the producer's, None of a common booth."""

    anchor: str
    number: str | None
    name: Phrase | None
    href: str | None
    place: Phrase | None
    contacts: tuple[ContactLine, ...]
    rows: tuple[StandRow, ...]


@dataclass(frozen=True, slots=True)
class ZonePanel:
    """The stands of a zone. `name` is None for those that stand in none."""

    anchor: str
    name: Phrase | None
    stands: tuple[StandPanel, ...]


def zones(teller: Teller, shown: Showcase) -> tuple[ZonePanel, ...]:
    """The zones of a showcase that have stands, in its order; those without a zone come last."""
    names = teller.catalogue.records.fairs[shown.id].zones if shown.kind == "fair" else {}
    order = [*names, None]
    found: dict[str | None, list[StandPanel]] = {zone: [] for zone in order}
    for number, stand in enumerate(shown.stands, start=1):
        found[stand.zone].append(_panel(teller, number, stand))
    return tuple(
        ZonePanel(
            teller.word("fair.zone_anchor", zone=zone or "0"),
            teller.must_say(names[zone]) if zone else None,
            tuple(found[zone]),
        )
        for zone in order
        if found[zone]
    )


def _panel(teller: Teller, number: int, stand: Stand) -> StandPanel:
    catalogue = teller.catalogue
    producer = catalogue.records.producers.get(stand.producer or "")
    return StandPanel(
        anchor=teller.word("fair.booth_anchor", booth=slug(stand.number) if stand.number else f"0-{number}"),
        number=stand.number,
        name=teller.must_say(producer.name) if producer else None,
        href=teller.href("producer", stand.producer) if stand.producer else None,
        place=teller.short_place(catalogue.producer_places[stand.producer]) if stand.producer else None,
        contacts=contact_lines(producer) if producer else (),
        rows=tuple(_row(teller, catalogue.entries[id_]) for id_ in stand.products),
    )


def _row(teller: Teller, entry: Entry) -> StandRow:
    pictures = teller.product_pictures(entry.id)
    return StandRow(
        id=entry.id,
        code=teller.showroom.routes.code("product", entry.id),
        name=teller.must_say(entry.product.name),
        href=teller.href("product", entry.id),
        badge=teller.badge(entry.main) if entry.main else None,
        picture=pictures[0] if pictures else None,
        withdrawn=entry.product.withdrawn is not None,
    )

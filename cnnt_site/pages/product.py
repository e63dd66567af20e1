"""Product pages, and the page a withdrawn product leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from cnnt_site.catalogue.catalogue import BESIDE, Entry
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.model.product import Award
from cnnt_site.model.source import Source
from cnnt_site.pages import structured
from cnnt_site.pages.contacts import contact_lines, ways
from cnnt_site.pages.framed import embed_of
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import (
    Badge,
    Card,
    CertificateBlock,
    ContactLine,
    Embed,
    Link,
    PlaceLines,
    Prose,
    Scan,
    SourceLine,
    Ways,
)
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


class Station(NamedTuple):
    """A step of the ladder, and whether and when the product reached it."""

    step: int
    label: Phrase
    year: int | None
    reached: bool


class Fact(NamedTuple):
    """A row of the facts table; its word is `fact.<key>`."""

    key: str
    value: Phrase


@dataclass(frozen=True, slots=True)
class AwardLine:
    """Another distinction, with its source."""

    text: Phrase
    source: SourceLine | None


@dataclass(frozen=True, slots=True)
class ProducerCard:
    """The producer beside a product. `highest` is its highest level in the showroom's programme."""

    name: Phrase
    href: str
    kind: Phrase | None
    count: int
    highest: Phrase | None
    place: PlaceLines
    contacts: tuple[ContactLine, ...]
    ways: Ways


class ProductView(NamedTuple):
    """A product. `other_name` is its name in the other language; `main` the certificate to show first."""

    id: str
    name: Phrase
    other_name: Phrase | None
    summary: Phrase | None
    badge: Badge | None
    main: CertificateBlock | None
    others: tuple[CertificateBlock, ...]
    path: tuple[Station, ...]
    pictures: tuple[Picture, ...]
    group: Link | None
    producer: ProducerCard | None
    place: PlaceLines
    members: tuple[Phrase, ...]
    facts: tuple[Fact, ...]
    awards: tuple[AwardLine, ...]
    story: Prose | None
    sources: tuple[SourceLine, ...]
    same_group: tuple[Card, ...]
    same_place: tuple[Card, ...]
    same_place_link: Link | None
    fairs: tuple[Link, ...]
    permalink: str
    scan: Scan
    embed: Embed
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """What stays of a withdrawn product."""

    name: Phrase
    date: date
    reason: Phrase | None
    producer: Link | None
    group: Link | None
    same_group: tuple[Card, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of all products in a language."""
    for id_ in showroom.catalogue.entries:
        yield Draft(showroom.routes.of("product", id_, lang), _product, (lang, id_))


def _product(showroom: Showroom, lang: str, id_: str) -> PagePlan:
    entry = showroom.catalogue.entries[id_]
    if entry.product.withdrawn is not None:
        return _withdrawn(showroom, lang, entry)
    address = showroom.routes.of("product", id_, lang)
    teller = Teller(showroom, lang, address)
    view = product_view(teller, entry)
    about = About(
        kind="product",
        id=entry.id,
        title=view.name.text,
        description=_description(teller, view),
        crumbs=_crumbs(teller, view.group),
        told=languages_of(showroom, entry.product.name, f"products/{entry.id}"),
        structured=structured.product(teller, entry),
        permalink=showroom.absolute(showroom.routes.of("permalink", entry.id, "")),
    )
    return PagePlan(address, "product.html", lang, frame(teller, about), view)


def product_view(teller: Teller, entry: Entry) -> ProductView:
    """All that the page of a product shows."""
    catalogue, product = teller.catalogue, entry.product
    blocks = [teller.certificate(recognition) for recognition in entry.recognitions]
    group = catalogue.records.groups.get(product.group or "")
    district = entry.where.district
    story = teller.story(f"products/{entry.id}")
    return ProductView(
        id=entry.id,
        name=teller.must_say(product.name),
        other_name=teller.say_elsewhere(product.name),
        summary=teller.say(product.summary),
        badge=teller.badge(entry.main) if entry.main else None,
        main=blocks[0] if blocks else None,
        others=tuple(blocks[1:]),
        path=_path(teller, entry),
        pictures=teller.product_pictures(entry.id),
        group=teller.link("group", product.group, teller.must_say(group.label)) if group and product.group else None,
        producer=producer_card(teller, product.producer) if product.producer else None,
        place=teller.place_lines(entry.where),
        members=tuple(teller.must_say(member) for member in product.members),
        facts=facts(teller, entry),
        awards=tuple(_award(teller, award) for award in product.awards),
        story=story,
        sources=teller.sources(_all_sources(entry)),
        same_group=teller.cards(catalogue.beside_in_group.get(entry.id, ())),
        same_place=teller.cards(catalogue.beside_in_place.get(entry.id, ())),
        same_place_link=teller.place_link(district) if district else None,
        fairs=tuple(
            teller.link("fair", fair, teller.must_say(catalogue.records.fairs[fair].name))
            for fair in catalogue.fairs_by_product.get(entry.id, ())
        ),
        permalink=teller.to(teller.showroom.routes.of("permalink", entry.id, "")),
        scan=teller.scan("product", entry.id),
        embed=embed_of(teller, "product", entry.id, teller.must_say(product.name)),
        notices=_notices(teller, entry, story),
    )


def _path(teller: Teller, entry: Entry) -> tuple[Station, ...]:
    """The steps of the ladder, lowest first; a step that several levels share takes the level reached."""
    levels = teller.catalogue.records.levels
    steps: dict[int, list[str]] = {}
    for id_ in teller.catalogue.ladder():
        steps.setdefault(levels[id_].step, []).append(id_)
    stations = []
    for step, ids in sorted(steps.items()):
        reached = [r for r in entry.recognitions if r.level in ids and r.standing.state != "revoked"]
        shown = reached[0].level if reached and reached[0].level else ids[-1]
        years = [r.year for r in reached if r.year]
        stations.append(Station(step, teller.must_say(levels[shown].label), min(years, default=None), bool(reached)))
    return tuple(stations) if any(station.reached for station in stations) else ()


def facts(teller: Teller, entry: Entry) -> tuple[Fact, ...]:
    """The facts that are known of a product, in the order of the record."""
    found = []
    for field in fields(entry.product.facts):
        value = getattr(entry.product.facts, field.name)
        if field.name == "price_vnd":
            if value is not None:
                found.append(Fact("price", teller.own_phrase("fact.price_vnd", n=value)))
        elif value:
            found.append(Fact(field.name, teller.must_say(value)))
    return tuple(found)


def _award(teller: Teller, award: Award) -> AwardLine:
    return AwardLine(teller.must_say(award.text), teller.source(award.source) if award.source else None)


def _all_sources(entry: Entry) -> list[Source]:
    product = entry.product
    certificates = [certificate.source for certificate in product.certificates if certificate.source]
    return [*certificates, *product.sources, *(award.source for award in product.awards if award.source)]


def _notices(teller: Teller, entry: Entry, story: Prose | None) -> tuple[str, ...]:
    """Keys of the notices above a product, by what is missing or over."""
    found = []
    if teller.lang not in entry.product.name or (story is not None and story.lang):
        found.append("notice.no_translation")
    state = entry.main.standing.state if entry.main else ""
    if state == "expired":
        found.append("notice.expired")
    if state == "revoked":
        found.append("notice.withdrawn")
    return tuple(found)


def _description(teller: Teller, view: ProductView) -> str:
    if view.summary is not None and not view.summary.lang:
        return view.summary.text
    parts = [
        view.name.text,
        view.producer.name.text if view.producer else "",
        view.badge.label.text if view.badge else "",
    ]
    return " · ".join(part for part in parts if part)


def _crumbs(teller: Teller, group: Link | None) -> tuple[Link, ...]:
    products = teller.link("browse", "1", teller.own_phrase("nav.products"))
    return (products, group) if group else (products,)


def languages_of(showroom: Showroom, name: dict[str, str], folder: str) -> tuple[str, ...]:
    """The languages in which a record is whole: it has a name there, and a text if it has one at all."""
    told_in = showroom.catalogue.records.told_in.get(folder, ())
    return tuple(code for code in showroom.catalogue.languages if code in name and (not told_in or code in told_in))


def producer_card(teller: Teller, id_: str) -> ProducerCard:
    """A producer beside one of its products."""
    catalogue = teller.catalogue
    producer = catalogue.records.producers[id_]
    kind = catalogue.records.producer_kinds.get(producer.kind or "")
    return ProducerCard(
        name=teller.must_say(producer.name),
        href=teller.href("producer", id_),
        kind=teller.say(kind.label) if kind else None,
        count=len(catalogue.by_producer.get(id_, ())),
        highest=highest_level(teller, id_),
        place=teller.place_lines(catalogue.producer_places[id_]),
        contacts=contact_lines(producer),
        ways=ways(teller, id_),
    )


def highest_level(teller: Teller, producer: str) -> Phrase | None:
    """The name of the highest level that a producer has reached, None when there is none."""
    level = teller.catalogue.highest.get(producer)
    return teller.must_say(teller.catalogue.records.levels[level].label) if level else None


def _withdrawn(showroom: Showroom, lang: str, entry: Entry) -> PagePlan:
    address = showroom.routes.of("product", entry.id, lang)
    teller = Teller(showroom, lang, address)
    product, records = entry.product, showroom.catalogue.records
    assert product.withdrawn is not None
    producer = records.producers.get(product.producer or "")
    group = records.groups.get(product.group or "")
    view = WithdrawnView(
        name=teller.must_say(product.name),
        date=product.withdrawn.date,
        reason=teller.say(product.withdrawn.reason),
        producer=teller.link("producer", product.producer, teller.must_say(producer.name))
        if producer and product.producer
        else None,
        group=teller.link("group", product.group, teller.must_say(group.label)) if group and product.group else None,
        same_group=teller.cards(showroom.catalogue.by_group.get(product.group or "", ())[:BESIDE]),
    )
    about = About(kind="product", id=entry.id, title=view.name.text, crumbs=_crumbs(teller, view.group), indexed=False)
    return PagePlan(address, "withdrawn.html", lang, frame(teller, about), view)

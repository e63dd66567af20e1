"""Producers: the list by letter, and a page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import structured
from cnnt_site.pages.contacts import contact_lines, ways
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, Card, ContactLine, Link, PlaceLines, Prose, SourceLine, Validity, Ways
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.product import highest_level, languages_of
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class ProducerRow:
    """A producer in a list."""

    name: Phrase
    href: str
    kind: Phrase | None
    place: Phrase | None
    count: int
    highest: Phrase | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The producers whose names begin with a letter of the Vietnamese alphabet."""

    letter: str
    producers: tuple[ProducerRow, ...]


@dataclass(frozen=True, slots=True)
class ProducersView:
    """All producers by letter."""

    letters: tuple[Letter, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate of one of the producer's products."""

    product: Link
    badge: Badge
    number: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class ProducerView:
    """A producer."""

    id: str
    name: Phrase
    other_name: Phrase | None
    aliases: tuple[str, ...]
    kind: Phrase | None
    highest: Phrase | None
    place: PlaceLines
    contacts: tuple[ContactLine, ...]
    ways: Ways
    cards: tuple[Card, ...]
    certificates: tuple[CertificateRow, ...]
    story: Prose | None
    pictures: tuple[Picture, ...]
    sources: tuple[SourceLine, ...]
    notices: tuple[str, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The list of producers and the page of each, in a language."""
    yield Draft(showroom.routes.of("producers", "", lang), _list, (lang,))
    for id_ in showroom.catalogue.records.producers:
        yield Draft(showroom.routes.of("producer", id_, lang), _producer, (lang, id_))


def producer_rows(teller: Teller, ids: Iterable[str]) -> list[ProducerRow]:
    """Producers in the order of their names."""
    catalogue = teller.catalogue
    rows = []
    for id_ in ids:
        producer = catalogue.records.producers[id_]
        kind = catalogue.records.producer_kinds.get(producer.kind or "")
        rows.append(
            ProducerRow(
                name=teller.must_say(producer.name),
                href=teller.href("producer", id_),
                kind=teller.say(kind.label) if kind else None,
                place=teller.short_place(catalogue.producer_places[id_]),
                count=len(catalogue.by_producer.get(id_, ())),
                highest=highest_level(teller, id_),
            )
        )
    return sorted(rows, key=lambda row: (sort_key(row.name.text), row.href))


def first_letter(name: str) -> str:
    """The letter of the Vietnamese alphabet that a name begins with: marks of tone off, Ă Â Đ Ê Ô Ơ Ư kept."""
    import unicodedata

    for character in name:
        if character.isalpha():
            bare = unicodedata.normalize("NFD", character.upper())
            kept = "".join(mark for mark in bare if mark not in "\u0300\u0301\u0303\u0309\u0323")
            return unicodedata.normalize("NFC", kept)
    return "#"


def _list(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("producers", "", lang)
    teller = Teller(showroom, lang, address)
    rows = producer_rows(teller, showroom.catalogue.records.producers)
    letters = tuple(
        Letter(letter, tuple(found)) for letter, found in groupby(rows, lambda row: first_letter(row.name.text))
    )
    about = About(kind="producers", title=teller.word("nav.producers"))
    return PagePlan(address, "producers.html", lang, frame(teller, about), ProducersView(letters, len(rows)))


def _producer(showroom: Showroom, lang: str, id_: str) -> PagePlan:
    address = showroom.routes.of("producer", id_, lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    producer = catalogue.records.producers[id_]
    kind = catalogue.records.producer_kinds.get(producer.kind or "")
    products = catalogue.by_producer.get(id_, ())
    story = teller.story(f"producers/{id_}")
    missing = lang not in producer.name or (story is not None and story.lang)
    view = ProducerView(
        id=id_,
        name=teller.must_say(producer.name),
        other_name=teller.say_elsewhere(producer.name),
        aliases=producer.aliases,
        kind=teller.say(kind.label) if kind else None,
        highest=highest_level(teller, id_),
        place=teller.place_lines(catalogue.producer_places[id_]),
        contacts=contact_lines(producer),
        ways=ways(teller, id_),
        cards=teller.cards(products),
        certificates=tuple(_certificates(teller, products)),
        story=story,
        pictures=teller.producer_pictures(id_),
        sources=teller.sources(producer.sources),
        notices=("notice.no_translation",) if missing else (),
    )
    about = About(
        kind="producer",
        id=id_,
        title=view.name.text,
        crumbs=(teller.link("producers", "", teller.own_phrase("nav.producers")),),
        told=languages_of(showroom, producer.name, f"producers/{id_}"),
        structured=structured.producer(teller, id_),
    )
    return PagePlan(address, "producer.html", lang, frame(teller, about), view)


def _certificates(teller: Teller, products: Iterable[str]) -> Iterator[CertificateRow]:
    for id_ in products:
        entry = teller.catalogue.entries[id_]
        link = teller.link("product", id_, teller.must_say(entry.product.name))
        for r in entry.recognitions:
            yield CertificateRow(link, teller.badge(r), r.certificate.number, teller.validity(r.standing))

"""The permanent page of a product, `p/<id>.html`: what a QR code points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Entry
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, ContactLine, Validity
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class PermalinkName:
    """The product's name in one language, and its page there; `language` is that language's own name."""

    code: str
    language: str
    name: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class PermalinkView:
    """`p/<id>.html`, what a QR code points at: the answer in one small page, in all languages at once."""

    id: str
    names: tuple[PermalinkName, ...]
    badge: Badge | None
    validity: Validity | None
    producer: Phrase | None
    place: Phrase | None
    contacts: tuple[ContactLine, ...]
    withdrawn: bool


def plan(showroom: Showroom) -> Iterator[Draft]:
    """The permanent page of every product, withdrawn ones too."""
    for id_ in showroom.catalogue.entries:
        yield Draft(showroom.routes.of("permalink", id_, ""), _permalink, (id_,))


def _permalink(showroom: Showroom, id_: str) -> PagePlan:
    entry, original = showroom.catalogue.entries[id_], showroom.catalogue.languages[0]
    address = showroom.routes.of("permalink", id_, "")
    teller = Teller(showroom, original, address)
    producer = showroom.catalogue.records.producers.get(entry.product.producer or "")
    view = PermalinkView(
        id=id_,
        names=tuple(_permalink_name(showroom, address, code, entry) for code in showroom.catalogue.languages),
        badge=teller.badge(entry.main) if entry.main else None,
        validity=teller.validity(entry.main.standing) if entry.main else None,
        producer=teller.say(producer.name) if producer else None,
        place=teller.short_place(entry.where),
        contacts=teller.contacts(producer) if producer else (),
        withdrawn=entry.product.withdrawn is not None,
    )
    about = About(kind="product", id=id_, title=teller.must_say(entry.product.name).text, indexed=False)
    return PagePlan(address, "permalink.html", original, frame(teller, about), view)


def _permalink_name(showroom: Showroom, here: str, code: str, entry: Entry) -> PermalinkName:
    there = Teller(showroom, code, here)
    name = there.must_say(entry.product.name)
    return PermalinkName(code, there.word("lang.name"), name, there.href("product", entry.id))

"""The permanent pages below `p/`: what a QR code points at, in all languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import PageKey, code_key, coded_pages
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.noting import once
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.days import Days, days
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, ContactLine, Frame, Validity
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class PermalinkName:
    """A name in one language, and the page there; `language` is that language's own name."""

    code: str
    language: str
    name: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class PermalinkView:
    """`p/<id>.html` of a product, and the same page under its short code: the answer at a glance."""

    id: str
    code: str
    names: tuple[PermalinkName, ...]
    badge: Badge | None
    validity: Validity | None
    producer: Phrase | None
    place: Phrase | None
    contacts: tuple[ContactLine, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ShowcaseLinkView:
    """The page at the short code of a fair, or of the list of a level and year (`badge`, no days)."""

    code: str
    names: tuple[PermalinkName, ...]
    badge: Badge | None
    when: Days | None
    venue: Phrase | None


def plan(showroom: Showroom) -> Iterator[Draft]:
    """The permanent page of every product, withdrawn ones too, by id and again by code; then showcases."""
    of = showroom.routes.of
    for page in coded_pages(showroom.catalogue):
        key = code_key(page)
        if page.kind == "product":
            yield Draft(of("permalink", page.id, ""), _product, ("permalink", page.id, page.id))
            yield Draft(of(*key, ""), _product, (*key, page.id))
        else:
            yield Draft(of(*key, ""), _showcase, (page.kind, page.id))


def _product(showroom: Showroom, kind: str, key: str, id_: str) -> PagePlan:
    """The page at one of a product's two permanent addresses: below each stands the same."""
    address, original = showroom.routes.of(kind, key, ""), showroom.catalogue.languages[0]
    told = once(showroom, ("permalink", id_), lambda: _told(Teller(showroom, original, address), id_))
    return PagePlan(address, "permalink.html", original, *told)


def _told(teller: Teller, id_: str) -> tuple[Frame, PermalinkView]:
    showroom, entry = teller.showroom, teller.catalogue.entries[id_]
    producer = teller.catalogue.records.producers.get(entry.product.producer or "")
    names = _names(showroom, teller.here, PageKey("product", id_), lambda there: there.must_say(entry.product.name))
    view = PermalinkView(
        id=id_,
        code=showroom.routes.code("product", id_),
        names=names,
        badge=teller.badge(entry.main) if entry.main else None,
        validity=teller.validity(entry.main.standing) if entry.main else None,
        producer=teller.say(producer.name) if producer else None,
        place=teller.short_place(entry.where),
        contacts=contact_lines(producer) if producer else (),
        withdrawn=entry.product.withdrawn is not None,
    )
    about = About(kind="product", id=id_, title=teller.must_say(entry.product.name).text, indexed=False)
    return frame(teller, about), view


def _showcase(showroom: Showroom, kind: str, id_: str) -> PagePlan:
    page, original = PageKey(kind, id_), showroom.catalogue.languages[0]
    address = showroom.routes.of("code", code_key(page).id, "")
    teller = Teller(showroom, original, address)
    fair = showroom.catalogue.records.fairs.get(page.id) if page.kind == "fair" else None
    level, _, year = page.id.rpartition("/")

    def name(there: Teller) -> Phrase:
        if fair is not None:
            return there.must_say(fair.name)
        return there.own_phrase("level.list", level=there.level_badge(level).label.text, year=int(year))

    names = _names(showroom, address, page, name)
    view = ShowcaseLinkView(
        code=showroom.routes.code(page.kind, page.id),
        names=names,
        badge=None if fair else teller.level_badge(level, int(year)),
        when=days(fair, showroom.catalogue.as_of) if fair else None,
        venue=teller.say(fair.venue) if fair else None,
    )
    about = About(kind=page.kind, id=page.id, title=names[0].name.text, indexed=False)
    return PagePlan(address, "showcase_link.html", original, frame(teller, about), view)


def _names(showroom: Showroom, here: str, page: PageKey, name: Callable[[Teller], Phrase]) -> tuple[PermalinkName, ...]:
    found = []
    for code in showroom.catalogue.languages:
        there = Teller(showroom, code, here)
        found.append(PermalinkName(code, there.word("lang.name"), name(there), there.href(page.kind, page.id)))
    return tuple(found)

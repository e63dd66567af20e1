"""Atom feeds of each language: what the showroom holds, its certificates, and the products of each place (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from cnnt_site.catalogue.catalogue import Recognition
from cnnt_site.catalogue.picking import TOLD_NEWEST
from cnnt_site.pages.framing import certificate_feed
from cnnt_site.pages.place import feed_address
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class News:
    """An entry of a feed. `key` names it for good, `href` leads to its page, `published` is None if unknown."""

    key: str
    title: str
    href: str
    summary: str
    published: date | None = None


def plan(showroom: Showroom) -> Iterator[tuple[str, ...]]:
    """What the feeds tell of, each in its language."""
    for lang in showroom.catalogue.languages:
        yield "products", lang
        yield "certificates", lang
        yield from (("place", lang, place) for place in showroom.catalogue.by_place)


def files(showroom: Showroom, what: str, lang: str, place: str = "") -> Iterator[tuple[str, bytes]]:
    """One feed with its address."""
    catalogue = showroom.catalogue
    if what == "products":
        teller = Teller(showroom, lang, f"{lang}/feed.xml")
        subtitle, page = teller.must_say(catalogue.site.tagline).text, teller.href("home")
        feed = _feed(teller, f"feed:{lang}", subtitle, page, _products(teller, catalogue.newest[:TOLD_NEWEST]))
    elif what == "certificates":
        teller = Teller(showroom, lang, certificate_feed(lang))
        subtitle, page = teller.word("feed.certificates"), teller.href("levels")
        feed = _feed(teller, f"certificates:{lang}", subtitle, page, _certificates(teller))
    else:
        teller = Teller(showroom, lang, feed_address(showroom, place, lang))
        name, page = teller.place_name(place).text, teller.href("place", place)
        feed = _feed(teller, f"place:{place}:{lang}", name, page, _products(teller, catalogue.newest_in[place]))
    yield teller.here, feed


def _products(teller: Teller, ids: Iterable[str]) -> Iterator[News]:
    for id_ in ids:
        name = teller.must_say(teller.catalogue.entries[id_].product.name).text
        yield News(f"product:{id_}", name, teller.href("product", id_), _summary(teller, id_))


def _certificates(teller: Teller) -> Iterator[News]:
    """The last certificates given; the same round of a product twice is told apart by its number."""
    for id_, number in teller.catalogue.newest_papers:
        entry = teller.catalogue.entries[id_]
        recognition = entry.recognitions[number]
        name = teller.must_say(entry.product.name).text
        issuer = teller.say(recognition.certificate.issued_by)
        key = f"certificate:{entry.id}:{recognition.programme}:{recognition.level}:{recognition.year}:{number}"
        title = f"{name}: {_level_year(teller, recognition)}"
        page = teller.href("product", entry.id) + "#certificate"
        yield News(key, title, page, issuer.text if issuer else title, recognition.certificate.issued_on)


def _feed(teller: Teller, key: str, subtitle: str, page: str, news: Iterable[News]) -> bytes:
    """A feed; the day of the data is the only one that is known of every entry."""
    showroom, site = teller.showroom, teller.catalogue.site
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": teller.lang})
    _add(feed, "id", _urn(showroom, key))
    _add(feed, "title", teller.must_say(site.name).text)
    _add(feed, "subtitle", subtitle)
    _add(feed, "updated", _noon(site.updated))
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", (teller.say(site.office) or teller.must_say(site.name)).text)
    own = showroom.absolute(teller.here) or teller.here.rpartition("/")[2]
    _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", teller.resolve(page), "text/html")
    for item in news:
        element = ElementTree.SubElement(feed, "entry")
        _add(element, "id", _urn(showroom, item.key))
        _add(element, "title", item.title)
        _add(element, "updated", _noon(site.updated))
        if item.published is not None:
            _add(element, "published", _noon(item.published))
        _link(element, "alternate", teller.resolve(item.href), "text/html")
        _add(element, "summary", item.summary)
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _summary(teller: Teller, id_: str) -> str:
    """What is certified of a product, then what it is."""
    entry = teller.catalogue.entries[id_]
    summary = teller.say(entry.product.summary)
    certified = "; ".join(_level_year(teller, recognition) for recognition in entry.recognitions)
    return ". ".join(part for part in (certified, summary.text if summary else "") if part)


def _level_year(teller: Teller, recognition: Recognition) -> str:
    badge = teller.badge(recognition)
    return f"{badge.label}, {badge.year}" if badge.year else badge.label.text


def _urn(showroom: Showroom, key: str) -> str:
    """An id that needs no address, and stays when the site moves."""
    site = showroom.catalogue.site
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site.province} {site.programme} {key}").urn


def _noon(day: date) -> str:
    """A day as the instant that Atom wants."""
    return f"{day.isoformat()}T12:00:00+07:00"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _link(parent: ElementTree.Element, rel: str, href: str, type_: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href, "type": type_})

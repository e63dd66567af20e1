"""News feeds: `vi/feed.xml` and `en/feed.xml`, the newest recognitions first (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

LONGEST = 50
_ATOM = "http://www.w3.org/2005/Atom"


def files(showroom: Showroom) -> Iterator[tuple[str, bytes]]:
    """One feed a language."""
    for lang in showroom.catalogue.languages:
        address = f"{lang}/feed.xml"
        yield address, _feed(showroom, lang, address)


def _feed(showroom: Showroom, lang: str, address: str) -> bytes:
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    updated = _noon(catalogue.site.updated)
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    _add(feed, "id", _urn(showroom, f"feed:{lang}"))
    _add(feed, "title", teller.must_say(catalogue.site.name).text)
    _add(feed, "subtitle", teller.must_say(catalogue.site.tagline).text)
    _add(feed, "updated", updated)
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", (teller.say(catalogue.site.office) or teller.must_say(catalogue.site.name)).text)
    _link(feed, "self", showroom.absolute(address) or "feed.xml", "application/atom+xml")
    _link(feed, "alternate", teller.resolve(teller.href("home")), "text/html")
    for id_ in catalogue.newest[:LONGEST]:
        entry = catalogue.entries[id_]
        element = ElementTree.SubElement(feed, "entry")
        _add(element, "id", _urn(showroom, f"product:{id_}"))
        _add(element, "title", teller.must_say(entry.product.name).text)
        _add(element, "updated", updated)
        _link(element, "alternate", teller.resolve(teller.href("product", id_)), "text/html")
        _add(element, "summary", _summary(teller, id_))
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _summary(teller: Teller, id_: str) -> str:
    """What is certified of a product, then what it is."""
    entry = teller.catalogue.entries[id_]
    parts = []
    for recognition in entry.recognitions:
        badge = teller.badge(recognition)
        parts.append(f"{badge.label}, {badge.year}" if badge.year else badge.label.text)
    summary = teller.say(entry.product.summary)
    certified = "; ".join(parts)
    return ". ".join(part for part in (certified, summary.text if summary else "") if part)


def _urn(showroom: Showroom, key: str) -> str:
    """An id that needs no address, and stays when the site moves."""
    site = showroom.catalogue.site
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site.province} {site.programme} {key}").urn


def _noon(day: date) -> str:
    """A day as the instant that Atom wants; the day of the data is all that is known."""
    return f"{day.isoformat()}T12:00:00+07:00"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _link(parent: ElementTree.Element, rel: str, href: str, type_: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href, "type": type_})

"""What search engines want to be told: robots.txt and the map of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Protocol
from xml.etree import ElementTree

from cnnt_site.pages.showroom import Showroom

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
MOST_ADDRESSES = 10_000
"""So many stand in one sitemap; 50,000 and 50 MB it may hold (sitemaps.org), but all of it is in memory at once."""


class Listed(Protocol):
    """What a page says of itself to search engines."""

    @property
    def canonical(self) -> str | None:
        """Its full address, None when it isn't to be found."""

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Its address in each language, by the language's code."""


def files(showroom: Showroom, pages: Iterable[Listed]) -> Iterator[tuple[str, bytes]]:
    """robots.txt always; a sitemap when the base address is known, in several files when there are many pages."""
    yield "robots.txt", _robots(showroom)
    if showroom.base_url is not None:
        yield from _sitemaps(showroom.base_url, (_told(page) for page in pages if page.canonical is not None))


def _robots(showroom: Showroom) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    sitemap = showroom.absolute("sitemap.xml")
    if sitemap:
        lines.append(f"Sitemap: {sitemap}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _sitemaps(base_url: str, pages: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    parts = iter(lambda: list(islice(pages, MOST_ADDRESSES)), [])
    first, second = next(parts, []), next(parts, None)
    if second is None:
        yield "sitemap.xml", _written("urlset", first)
        return
    index = list[bytes]()
    for number, part in enumerate(chain((first, second), parts), start=1):
        address = f"sitemap-{number}.xml"
        yield address, _written("urlset", part)
        index.append(_element("sitemap", base_url + address))
    yield "sitemap.xml", _written("sitemapindex", index)


def _told(page: Listed) -> bytes:
    return _element("url", page.canonical, page.alternates)


def _element(name: str, address: str | None, alternates: Iterable[tuple[str, str]] = ()) -> bytes:
    """One address, as it stands in a sitemap or in the list of sitemaps."""
    element = ElementTree.Element(name)
    ElementTree.SubElement(element, "loc").text = address
    for code, href in alternates:
        ElementTree.SubElement(element, "xhtml:link", {"rel": "alternate", "hreflang": code, "href": href})
    ElementTree.indent(element, " ", 1)
    told: bytes = ElementTree.tostring(element, encoding="utf-8")
    return b" " + told + b"\n"


def _written(name: str, elements: Iterable[bytes]) -> bytes:
    spaces = f' xmlns="{_SITEMAP}"' + (f' xmlns:xhtml="{_XHTML}"' if name == "urlset" else "")
    start = f"<?xml version='1.0' encoding='utf-8'?>\n<{name}{spaces}>\n"
    return b"".join((start.encode(), *elements, f"</{name}>\n".encode()))

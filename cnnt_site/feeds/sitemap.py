"""What search engines want to be told: robots.txt and the map of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.etree import ElementTree

from cnnt_site.pages.showroom import Showroom

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
MOST_ADDRESSES = 50_000
"""More than these a sitemap may not hold (sitemaps.org)."""


class Listed(Protocol):
    """What a page says of itself to search engines."""

    @property
    def canonical(self) -> str | None:
        """Its full address, None when it isn't to be found."""

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Its address in each language, by the language's code."""


def files(showroom: Showroom, pages: Iterable[Listed]) -> Iterator[tuple[str, bytes]]:
    """robots.txt always; a sitemap when the base address is known."""
    yield "robots.txt", _robots(showroom)
    if showroom.base_url is not None:
        yield from _sitemaps(showroom.base_url, [page for page in pages if page.canonical is not None])


def _robots(showroom: Showroom) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    sitemap = showroom.absolute("sitemap.xml")
    if sitemap:
        lines.append(f"Sitemap: {sitemap}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _sitemaps(base_url: str, pages: list[Listed]) -> Iterator[tuple[str, bytes]]:
    parts = [pages[start : start + MOST_ADDRESSES] for start in range(0, len(pages), MOST_ADDRESSES)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _sitemap(parts[0])
        return
    index = ElementTree.Element("sitemapindex", {"xmlns": _SITEMAP})
    for number, part in enumerate(parts, start=1):
        address = f"sitemap-{number}.xml"
        ElementTree.SubElement(ElementTree.SubElement(index, "sitemap"), "loc").text = base_url + address
        yield address, _sitemap(part)
    yield "sitemap.xml", _written(index)


def _sitemap(pages: list[Listed]) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for page in pages:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = page.canonical
        for code, href in page.alternates:
            link = {"rel": "alternate", "hreflang": code, "href": href}
            ElementTree.SubElement(url, "xhtml:link", link)
    return _written(root)


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"

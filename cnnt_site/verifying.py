"""The last look before publishing: every link leads to a file or anchor that is there, no page is too heavy."""

from __future__ import annotations

import html
import posixpath
import re
import zlib
from collections.abc import Collection, Iterator
from urllib.parse import unquote, urlsplit

from cnnt_site.problems import Problems, Spot

BUDGETS = {"home.html": 12_000, "catalogue.html": 18_000, "product.html": 12_000, "fair.html": 16_000}
"""The most bytes that a page may send, compressed, by its template: what a phone on slow data bears."""

BUDGET = 18_000
"""The same for other pages."""

_LINK = re.compile(rb'(?<!<base)\s(?:href|src|action|poster)="([^"]*)"')
_SOURCE_SET = re.compile(rb'\ssrcset="([^"]*)"')
_ID = re.compile(rb'\sid="([^"]*)"')


class Verifier:
    """Takes pages one by one, keeping only what links and anchors need."""

    def __init__(self) -> None:
        self._anchors: dict[str, frozenset[str]] = {}
        self._wanted: dict[tuple[str, str], str] = {}

    def look(self, address: str, template: str, page: bytes, problems: Problems) -> None:
        """Notes the anchors that `page` has and the files and anchors it wants; tells one that is too heavy."""
        weight, most = len(zlib.compress(page, 6)), BUDGETS.get(template, BUDGET)
        if weight > most:
            problems.warn("page-too-heavy", Spot(f"output/{address}"), size=-(-weight // 1000), most=most // 1000)
        ids = [found.decode() for found in _ID.findall(page)]
        self._anchors[address] = frozenset(map(html.unescape, ids))
        for link in set(_links(page)):
            target = _target(address, link)
            if target is not None:
                self._wanted.setdefault(target, address)

    def tell(self, files: Collection[str], problems: Problems) -> None:
        """Tells every link to a file that isn't among `files`, or to an anchor that its page lacks."""
        for (target, anchor), page in self._wanted.items():
            if target not in files:
                problems.error("dead-link", Spot(f"output/{page}"), target=target)
            elif anchor and target in self._anchors and anchor not in self._anchors[target]:
                problems.error("dead-anchor", Spot(f"output/{page}"), target=target, anchor=anchor)


def _links(page: bytes) -> Iterator[str]:
    for found in _LINK.findall(page):
        yield html.unescape(found.decode())
    for found in _SOURCE_SET.findall(page):
        for candidate in html.unescape(found.decode()).split(","):
            if candidate.strip():
                yield candidate.split()[0]


def _target(address: str, link: str) -> tuple[str, str] | None:
    """The file and anchor that a link of the page at `address` means; None for links to elsewhere."""
    try:
        parts = urlsplit(link)
    except ValueError:  # https://[… : no address, but not one of ours either
        return None
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return (address, unquote(parts.fragment)) if parts.fragment else None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(parts.path)))
    if parts.path.endswith("/"):
        path = posixpath.join(path, "index.html")
    return path, unquote(parts.fragment)

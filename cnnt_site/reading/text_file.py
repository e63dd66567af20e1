"""Markdown files: read, bounded, and searched for what must not stand in them.

Turning them into HTML is `markdown_text`'s work, later and only for pages that are made anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.encoding import decode

LARGEST = 60_000
MOST_BRACKETS = 500
"""Python-Markdown takes quadratic time on unmatched brackets: 500 stay under a quarter of a second."""

LINK_KINDS = ("product", "producer", "place", "level", "group", "fair", "page")

_CODE = re.compile(r"(`+).*?\1|^(?: {4}|\t).*$", re.M)
_RAW_HTML = re.compile(r"<(?!https?://|mailto:)(?=[A-Za-z/!?])")
_INTERNAL = re.compile(r"\]\(\s*(" + "|".join(LINK_KINDS) + r"):([^)\s]*)")
_ANY_LINK = re.compile(r"\]\(\s*<?([A-Za-z][A-Za-z0-9+.-]*):")
_PICTURE = re.compile(r"!\[")
_ALLOWED_SCHEMES = {"http", "https", "mailto", "tel", *LINK_KINDS}


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link of a text to another record: `[…](product:tranh-sen)`."""

    kind: str
    id: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Text:
    """A long text in one language, as written."""

    path: str
    source: str

    def links(self) -> Iterator[InternalLink]:
        """Links to other records, with their places."""
        for match in _INTERNAL.finditer(_without_code(self.source)):
            yield InternalLink(match[1], match[2], _spot(self.path, self.source, match.start(1)))


def parse(path: str, data: bytes, problems: Problems) -> Text | None:
    """The text of a Markdown file; None when it is empty or can't be read, which is told."""
    if len(data) > LARGEST:
        problems.error("text-too-long", Spot(path), size=len(data) // 1000, most=LARGEST // 1000)
        return None
    source = decode(path, data, problems)
    if source is None:
        return None
    source = unicodedata.normalize("NFC", source)
    for sign in "[<":
        if source.count(sign) > MOST_BRACKETS:
            one_too_many = next(islice((at for at, letter in enumerate(source) if letter == sign), MOST_BRACKETS, None))
            spot = _spot(path, source, one_too_many)
            problems.error("text-too-many-brackets", spot, sign=sign, most=MOST_BRACKETS)
            return None
    prose = _without_code(source)
    for match in _RAW_HTML.finditer(prose):
        written = prose[match.start() : match.start() + 20].split("\n")[0]
        problems.error("raw-html", _spot(path, source, match.start()), written=written)
    for match in _PICTURE.finditer(prose):
        problems.error("picture-in-text", _spot(path, source, match.start()))
    for match in _ANY_LINK.finditer(prose):
        if match[1].lower() not in _ALLOWED_SCHEMES:
            problems.error("forbidden-link", _spot(path, source, match.start(1)), scheme=match[1])
    return Text(path, source) if source.strip() else None


def _without_code(source: str) -> str:
    """The text with code blanked out, so that places in it stay the same."""
    return _CODE.sub(lambda match: " " * len(match[0]), source)


def _spot(path: str, source: str, offset: int) -> Spot:
    line = source.count("\n", 0, offset) + 1
    return Spot(path, line=line, column=offset - (source.rfind("\n", 0, offset) + 1) + 1)

"""Markdown files: read, bounded, and searched for what must not stand in them.

Turning them into HTML is `markdown_text`'s work, later and only for pages that are made anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cnnt_site.model.kinds import INVISIBLE
from cnnt_site.problems import Problems, Spot, closest
from cnnt_site.reading.encoding import decode
from cnnt_site.vietnamese import nfc

LARGEST = 60_000
MOST_BRACKETS = 500
"""Unmatched brackets and backticks take quadratic time or worse: 500 stay under a quarter of a second."""

DEEPEST = 20
"""Lists and quotations within each other; the parser calls itself for each."""

LINK_KINDS = ("product", "producer", "place", "level", "group", "fair", "page")

MOST_HEADINGS = 200
"""Names for them must differ, and a page of so many has no reader."""

_HEADING = re.compile(r"^ {0,3}(?:#{1,6}|=+[ \t]*$|-+[ \t]*$)", re.M)
_NESTED = re.compile(rf"^(?:[ \t]*(?:[-*+>]|[0-9]{{1,9}}\.)(?=[ \t>])){{{DEEPEST}}}|^ {{{4 * DEEPEST}}}", re.M)
_CODE = re.compile(r"(`+).*?\1|^(?: {4}|\t).*$", re.M)
_RAW_HTML = re.compile(r"<(?!https?://|mailto:)(?=[A-Za-z/!?])")
_TARGET = re.compile(r"(?:\]\(|^[ \t]*\[[^]\n]*\]:(?=\s*\S+ *(?:\s[\"'(].*)?$))\s*<?([^)\s>]*)", re.M)
"""Where a link leads, both in `[words](target)` and in a line `[name]: target`."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PICTURE = re.compile(r"!\[[^]]*\](?:\([^)]*\))?")
_SCHEMES = ("http", "https", "mailto", "tel")


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
        """Links to other records, with their places; those within code too, as Markdown may see them elsewhere."""
        for match in _TARGET.finditer(self.source):
            kind, _, id_ = match[1].partition(":")
            if kind in LINK_KINDS:
                yield InternalLink(kind, id_, _spot(self.path, self.source, match.start(1)))


def parse(path: str, data: bytes, problems: Problems) -> Text | None:
    """The text of a Markdown file; None when it is empty or can't be read, which is told."""
    if len(data) > LARGEST:
        problems.error("text-too-long", Spot(path), size=len(data) // 1000, most=LARGEST // 1000)
        return None
    source = decode(path, data, problems)
    if source is None:
        return None
    if not source.strip():
        problems.warn("empty-file", Spot(path))
        return None
    source = unicodedata.normalize("NFC", source)
    for sign in "[<`":
        if source.count(sign) > MOST_BRACKETS:
            one_too_many = next(islice((at for at, letter in enumerate(source) if letter == sign), MOST_BRACKETS, None))
            spot = _spot(path, source, one_too_many)
            problems.error("text-too-many-brackets", spot, sign=sign, most=MOST_BRACKETS)
            return None
    headings = list(islice(_HEADING.finditer(source), MOST_HEADINGS + 1))
    if len(headings) > MOST_HEADINGS:
        spot = _spot(path, source, headings[-1].start())
        problems.error("text-too-many-brackets", spot, sign=headings[-1][0].strip()[0], most=MOST_HEADINGS)
        return None
    nested = _NESTED.search(source.replace("\t", "    "))
    if nested:
        problems.error("text-too-deep", Spot(path, line=source.count("\n", 0, nested.start()) + 1), most=DEEPEST)
        return None
    _check_prose(path, source, problems)
    if nfc(source) != source:
        word = next(word for word in source.split() if nfc(word) != word)
        spot = _spot(path, source, source.index(word))
        problems.warn("lookalike-letter", spot, written=word, guess=nfc(word))
    return Text(path, nfc(source))


def _check_prose(path: str, source: str, problems: Problems) -> None:
    """Tells what may not stand in a text."""
    prose = _blanked(_CODE, source)
    opened = False
    for match in _RAW_HTML.finditer(prose):
        if opened and prose.startswith("</", match.start()):
            continue  # the end of what has been told
        opened = True
        written = prose[match.start() : match.start() + 20].split("\n")[0]
        problems.error("raw-html", _spot(path, source, match.start()), written=written)
    for match in _PICTURE.finditer(prose):
        problems.error("picture-in-text", _spot(path, source, match.start()))
    prose = _blanked(_PICTURE, prose)
    for match in _TARGET.finditer(prose):
        _check_target(match[1], _spot(path, source, match.start(1)), problems)
    for match in INVISIBLE.finditer(source):
        spot = _spot(path, source, match.start())
        problems.error("invisible-character", spot, character=f"U+{ord(match[0]):04X}")


def _check_target(written: str, spot: Spot, problems: Problems) -> None:
    """Where a link leads: an address with its scheme, another record, or a heading of the same text."""
    scheme = _SCHEME.match(written)
    if scheme is not None and scheme[1].lower() not in _SCHEMES and scheme[1] not in LINK_KINDS:
        guess = closest(scheme[1], (*_SCHEMES, *LINK_KINDS))
        problems.error("forbidden-link", spot, scheme=scheme[1], guess=guess and guess + written[len(scheme[1]) :])
    elif scheme is None and not written.startswith("#"):
        guess = f"https://{written}" if written.startswith("www.") else ""
        problems.error("link-without-scheme", spot, written=written, guess=guess)


def _blanked(pattern: re.Pattern[str], source: str) -> str:
    """The text with what matches blanked out, so that places in it stay the same."""
    return pattern.sub(lambda match: " " * len(match[0]), source)


def _spot(path: str, source: str, offset: int) -> Spot:
    line = source.count("\n", 0, offset) + 1
    return Spot(path, line=line, column=offset - (source.rfind("\n", 0, offset) + 1) + 1)

"""The last look before publishing: every link leads to a file or anchor that is there."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from cnnt_site.problems import Problems, Spot

Target = tuple[str, str]
"""A file and an anchor in it ('' for the file as such)."""

_TIE = re.compile(rb' (href|src|action|poster|srcset|id)="([^"]*)"')
_BLANKS = bytes.maketrans(b"\t\n\f\r", b"    ")
"""With one kind of blank a page is looked through in half the time."""


class Ties(NamedTuple):
    """How a page hangs together with others: the anchors it has, and what it wants that others must have."""

    anchors: str
    wanted: tuple[Target, ...]


def look(address: str, page: bytes, known: Container[str]) -> Ties:
    """The ties of a page, without those to files that are `known` to be there."""
    folder = posixpath.dirname(address)
    links, ids = _said_in(page)
    wanted = []
    for link in links:
        target = target_of(folder, link)
        if target is None:
            continue
        file, anchor = target[0] or address, target[1]
        is_there = anchor in ids if file == address else not anchor and file in known
        if not is_there:
            wanted.append((file, anchor))
    return Ties("\n".join(ids), tuple(wanted))


def tell_dead_links(
    wanted: Mapping[str, Iterable[Target]],
    files: Container[str],
    anchors: Callable[[str], str | None],
    problems: Problems,
) -> None:
    """Tells what pages want of files that aren't among `files`, and of anchors that their page lacks.

    `wanted` is by the pages' addresses; `anchors` gives those of a page, as in `Ties`, None for another file. What
    many pages want is told once.
    """
    first: dict[Target, str] = {}
    for page in sorted(wanted):
        for each in wanted[page]:
            first.setdefault(each, page)
    for (target, anchor), page in first.items():
        if target not in files:
            problems.error("dead-link", Spot(f"output/{page}"), target=target)
        elif anchor:
            there = anchors(target)
            if there is not None and anchor not in there.split("\n"):
                problems.error("dead-anchor", Spot(f"output/{page}"), target=target, anchor=anchor)


@lru_cache(maxsize=1)
def _said_in(page: bytes) -> tuple[Collection[bytes], Collection[str]]:
    """The links and the anchors of a page; two pages that are one file are looked through once."""
    found = dict.fromkeys(_TIE.findall(page.replace(b"<base href", b"<base", 1).translate(_BLANKS)))
    ids = dict.fromkeys(html.unescape(value.decode()) for name, value in found if name == b"id")
    return dict.fromkeys(_links(found)), ids


def _links(found: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for name, value in found:
        if name == b"srcset":
            yield from (candidate.split()[0] for candidate in value.split(b",") if candidate.strip())
        elif name != b"id":
            yield value


@lru_cache(maxsize=4096)
def target_of(folder: str, written: bytes) -> Target | None:
    """The file and anchor that a link of a page in `folder` means; '' is the page itself; None for elsewhere."""
    try:
        parts = urlsplit(html.unescape(written.decode()))
    except ValueError:  # https://[… : no address, but not one of ours either
        return None
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return ("", unquote(parts.fragment)) if parts.fragment else None
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if parts.path.endswith("/"):
        path = posixpath.join(path, "index.html")
    return path, unquote(parts.fragment)

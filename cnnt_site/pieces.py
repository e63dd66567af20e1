"""Feeds: what isn't a page, made in pieces. Loaded only when there is something of it to be made or planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cnnt_site.addresses.scheme import PageKey, coded_pages
from cnnt_site.feeds import address_book, atom, booth_lists, oembed, offline, open_data, qr_codes, shortlist
from cnnt_site.pages.showroom import Arguments, Showroom
from cnnt_site.printing import social
from cnnt_site.search import filling
from cnnt_site.source import Files, Piece, Source, Tools


class Feed(NamedTuple):
    """What isn't a page. `plan(showroom)` says which pieces it has, `files(source, tools, *arguments)` makes one.

    The plan is asked each time, and asks little; a piece may look at anything of the source, and is made again
    when what it looked at has changed. A piece may make fragments, too: `join(source, file, fragments)` puts a
    file together from the bytes of all of its fragments, in the order of their addresses.
    """

    plan: Callable[[Showroom], Iterable[Arguments]]
    files: Callable[..., Files]
    join: Callable[[Source, str, Iterable[bytes]], Files] | None = None


def _alone(_: Showroom) -> Iterator[Arguments]:
    """The plan of a feed that is one piece."""
    yield ()


def _coded(showroom: Showroom) -> Iterator[Arguments]:
    """What has a short code. Before the base address is known a code leads nowhere."""
    return iter(() if showroom.base_url is None else coded_pages(showroom.catalogue))


def _beside_code(source: Source, tools: Tools, kind: str, id_: str) -> Files:
    """What stands beside a page with a short code: its QR drawing, oEmbed documents, and card for link previews."""
    showroom, page = source.showroom, PageKey(kind, id_)
    yield qr_codes.file(showroom, page, tools.cache)
    yield from oembed.files(showroom, page)
    yield social.file(showroom, page, tools.pictures, tools.cache)


def _search(source: Source, tools: Tools, what: str, *block: Any) -> Files:
    """Fragments of a block of the search index: its rows, or its long texts."""
    made = filling.text_files if what == "texts" else filling.row_files
    return made(source.showroom, *block)


def _index(source: Source, file: str, fragments: Iterable[bytes]) -> Files:
    """The search index, put together from all rows, or a block of its long texts."""
    return filling.join(source.showroom, source.synonyms, file, fragments)


def _data(_: Source, file: str, fragments: Iterable[bytes]) -> Files:
    """A file of open data, put together from its fragments."""
    return open_data.join(file, fragments)


FEEDS: Mapping[str, Feed] = {
    "search": Feed(filling.plan, _search, _index),
    "open-data": Feed(open_data.plan, lambda source, tools, *of: open_data.files(source.showroom, *of), _data),
    "shortlist": Feed(shortlist.plan, lambda source, tools, *of: shortlist.files(source.showroom, *of)),
    "atom": Feed(atom.plan, lambda source, tools, *of: atom.files(source.showroom, *of)),
    "address-book": Feed(address_book.plan, lambda source, tools, *of: address_book.files(source.showroom, *of)),
    "booth-lists": Feed(
        booth_lists.plan, lambda source, tools, *of: booth_lists.files(source.showroom, tools.cache, *of)
    ),
    "offline": Feed(_alone, lambda source, tools: offline.files(source.showroom)),
    "coded": Feed(_coded, _beside_code),
}


def plan_pieces(showroom: Showroom) -> Iterator[Piece]:
    """Every piece of every feed."""
    for name, feed in FEEDS.items():
        yield from (Piece(name, tuple(arguments)) for arguments in feed.plan(showroom))

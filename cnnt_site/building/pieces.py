"""Feeds: what isn't a page, made in pieces. Each is loaded when something of it is to be made or planned."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cnnt_site.addresses.scheme import PageKey, coded_pages
from cnnt_site.building.source import Files, Piece, Source, Tools
from cnnt_site.pages.showroom import Arguments, Showroom


class Feed(NamedTuple):
    """What isn't a page. `plan(showroom)` says which pieces it has, `files(source, tools, *arguments)` makes one.

    The plan is asked each time, and asks little; a piece may look at anything of the source, and is made again
    when what it looked at has changed. A piece may make fragments, too: `join(source, file, fragments)` puts a
    file together from the bytes of all of its fragments, in the order of their addresses.
    """

    plan: Callable[[Showroom], Iterable[Arguments]]
    files: Callable[..., Files]
    join: Callable[[Source, str, Iterable[bytes]], Files] | None = None


def _search() -> Feed:
    from cnnt_site.search import filling

    def files(source: Source, tools: Tools, what: str, *block: Any) -> Files:
        made = filling.text_files if what == "texts" else filling.row_files
        return made(source.showroom, *block)

    def join(source: Source, file: str, fragments: Iterable[bytes]) -> Files:
        return filling.join(source.showroom, source.synonyms, file, fragments)

    return Feed(filling.plan, files, join)


def _open_data() -> Feed:
    from cnnt_site.feeds import open_data

    return Feed(
        open_data.plan,
        lambda source, tools, *of: open_data.files(source.showroom, *of),
        lambda source, file, fragments: open_data.join(file, fragments),
    )


def _shortlist() -> Feed:
    from cnnt_site.feeds import shortlist

    return Feed(shortlist.plan, lambda source, tools, *of: shortlist.files(source.showroom, *of))


def _atom() -> Feed:
    from cnnt_site.feeds import atom

    return Feed(atom.plan, lambda source, tools, *of: atom.files(source.showroom, *of))


def _address_book() -> Feed:
    from cnnt_site.feeds import address_book

    return Feed(address_book.plan, lambda source, tools, *of: address_book.files(source.showroom, *of))


def _booth_lists() -> Feed:
    from cnnt_site.feeds import booth_lists

    return Feed(booth_lists.plan, lambda source, tools, *of: booth_lists.files(source.showroom, tools.cache, *of))


def _offline() -> Feed:
    from cnnt_site.feeds import offline

    return Feed(lambda showroom: [()], lambda source, tools: offline.files(source.showroom))


def _coded() -> Feed:
    """What stands beside a page with a short code: its QR drawing, oEmbed documents, and card for link previews."""
    from cnnt_site.feeds import oembed, qr_codes
    from cnnt_site.printing import social

    def plan(showroom: Showroom) -> Iterable[Arguments]:
        """Before the base address is known a code leads nowhere."""
        return () if showroom.base_url is None else coded_pages(showroom.catalogue)

    def files(source: Source, tools: Tools, kind: str, id_: str) -> Files:
        showroom, page = source.showroom, PageKey(kind, id_)
        yield qr_codes.file(showroom, page, tools.cache)
        yield from oembed.files(showroom, page)
        yield social.file(showroom, page, tools.pictures, tools.cache)

    return Feed(plan, files)


FEEDS: Mapping[str, Callable[[], Feed]] = {
    "search": _search,
    "open-data": _open_data,
    "shortlist": _shortlist,
    "atom": _atom,
    "address-book": _address_book,
    "booth-lists": _booth_lists,
    "offline": _offline,
    "coded": _coded,
}


@functools.cache
def feed(name: str) -> Feed:
    """One of the feeds. Raises KeyError for another name."""
    return FEEDS[name]()


def plan_pieces(showroom: Showroom) -> Iterator[Piece]:
    """Every piece of every feed."""
    for name in FEEDS:
        yield from (Piece(name, tuple(arguments)) for arguments in feed(name).plan(showroom))

"""Making the files of the site one by one, each with the notes of what was looked at for it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

from cnnt_site.addresses.routes import Routes
from cnnt_site.addresses.scheme import PageKey, coded_pages
from cnnt_site.cache import Cache
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.feeds import (
    address_book,
    atom,
    booth_lists,
    hosts,
    oembed,
    offline,
    open_data,
    qr_codes,
    shortlist,
    sitemap,
)
from cnnt_site.noting import Cell, Glass, Notes
from cnnt_site.pages.framing import site_view
from cnnt_site.pages.showroom import Arguments, Draft, Showroom
from cnnt_site.pictures.album import Album
from cnnt_site.printing import social
from cnnt_site.printing.pictures import PaperPictures
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.records import Records
from cnnt_site.rendering import Renderer
from cnnt_site.search import filling
from cnnt_site.search.synonyms import Synonyms
from cnnt_site.themes import Theme
from cnnt_site.verifying import Ties, look
from cnnt_site.weighing import Demand, demand, tell_heavy_page


@dataclass(frozen=True, slots=True)
class Source:
    """All that files are made from. `synonyms` are the words that the content adds to the search."""

    showroom: Showroom
    synonyms: Synonyms


CONTAINERS = (Source, Showroom, Catalogue, Records, Routes, Album, Theme)
"""What composers look into part by part; everything else is looked at as a whole."""

Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What feeds may use beside the source: results kept by content, and what is in the content's pictures.

    A picture is found by the address that a view names, which holds the hash of what is in it.
    """

    cache: Cache
    pictures: PaperPictures


class Feed(NamedTuple):
    """What isn't a page. `plan(showroom)` says which pieces it has, `files(source, tools, *arguments)` makes one.

    The plan is asked each time, and asks little; a piece may look at anything of the source, and is made again
    when what it looked at has changed.
    """

    plan: Callable[[Showroom], Iterable[Arguments]]
    files: Callable[..., Files]


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
    """The search index, or one block of its texts."""
    if what == "texts":
        return filling.text_files(source.showroom, *block)
    return filling.files(source.showroom, source.synonyms)


FEEDS: Mapping[str, Feed] = {
    "search": Feed(filling.plan, _search),
    "open-data": Feed(open_data.plan, lambda source, tools, *of: open_data.files(source.showroom, *of)),
    "shortlist": Feed(shortlist.plan, lambda source, tools, *of: shortlist.files(source.showroom, *of)),
    "atom": Feed(atom.plan, lambda source, tools, *of: atom.files(source.showroom, *of)),
    "address-book": Feed(address_book.plan, lambda source, tools, *of: address_book.files(source.showroom, *of)),
    "booth-lists": Feed(
        booth_lists.plan, lambda source, tools, *of: booth_lists.files(source.showroom, tools.cache, *of)
    ),
    "offline": Feed(_alone, lambda source, tools: offline.files(source.showroom)),
    "coded": Feed(_coded, _beside_code),
}

DRAWN_BY = {"coded": "marks.html"}
"""Templates that feeds draw with."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Files of a feed that are made together, as a `Draft` is a page."""

    feed: str
    arguments: Arguments

    @property
    def name(self) -> str:
        """What the piece is called among all that is made; lists of what is in it are no part of that."""
        return " ".join([self.feed, *(str(part) for part in self.arguments if not isinstance(part, tuple))])

    @property
    def call(self) -> tuple[Any, ...]:
        """The way in which the piece is made."""
        return self.feed, *self.arguments


Task = Draft | Piece
"""What is made by itself."""


def task_of(name: str, call: tuple[Any, ...]) -> Task | None:
    """The page or piece that was made under `name` in the way of `call`; None for what was never planned."""
    if not call:
        return None
    way, *arguments = call
    if way in FEEDS:
        return Piece(way, tuple(arguments))
    module, dot, function = str(way).rpartition(".")
    return Draft(name, getattr(import_module(module), function), tuple(arguments)) if dot else None


def plan_pieces(showroom: Showroom) -> Iterator[Piece]:
    """Every piece of every feed."""
    for name, feed in FEEDS.items():
        yield from (Piece(name, tuple(arguments)) for arguments in feed.plan(showroom))


class Facts(NamedTuple):
    """What the rest of the site has to know of a page.

    `alternates` are languages and addresses, none for a page that search engines may not list.
    """

    ties: Ties
    demand: Demand
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    untranslated: bool


class Made(NamedTuple):
    """What files were made from, and what there is to tell of them; `facts` when they are a page."""

    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]
    facts: Facts | None


class Maker:
    """Makes the files of one source. When those that belong together were taken, `finished` tells of them.

    `known` are addresses that are sure to be there, so that links to them need no second look.
    """

    def __init__(self, source: Source, tools: Tools, known: Container[str] = frozenset()) -> None:
        self.known = known
        self.notes, self._problems = Notes(), Problems()
        self._facts: Facts | None = None
        self.glass = Glass(source, CONTAINERS, self.notes)
        self._source: Source = self.glass.seen
        self.showroom = self._source.showroom
        self._tools = tools
        for words in source.showroom.words.values():
            words.problems = self._problems
        sites = {lang: site_view(self.showroom, lang) for lang in self.showroom.catalogue.languages}
        self.renderer = Renderer(self.showroom, sites, tools.cache, self._problems)
        self.glass.add_part("sites", sites)
        self.glass.add_part("templates", self.renderer.template_digests)
        self.notes.take()

    def make(self, task: Task) -> Files:
        """The files of a page or a piece, made as they are taken, so that never all of them are in memory."""
        if isinstance(task, Draft):
            return self._page(task)
        if task.feed in DRAWN_BY:
            self.notes.add(("templates", DRAWN_BY[task.feed]))
        return FEEDS[task.feed].files(self._source, self._tools, *task.arguments)

    def _page(self, draft: Draft) -> Files:
        """Composes and renders a page, and looks at its links and its weight."""
        plan = draft.compose(self.showroom, *draft.arguments)
        data = self.renderer.render(plan)
        self.notes.add(("sites", plan.lang))
        self.notes.add(("templates", plan.template))
        if data is not None:
            ties, frame = look(plan.address, data, self.known), plan.frame
            tell_heavy_page(plan.address, plan.template, data, self._problems)
            wanted = demand(plan.address, plan.template, data)
            others = tuple((other.hreflang, other.href) for other in frame.alternates) if frame.canonical else ()
            self._facts = Facts(ties, wanted, frame.canonical, others, frame.untranslated)
            yield plan.address, data

    def sitemap(self, pages: Iterable[Facts]) -> Files:
        """The map of all pages for search engines."""
        return sitemap.files(self.showroom, pages)

    def host_files(self, places: Iterable[str]) -> Files:
        """The rules for hosts. `places` are the folders and files at the root of the site."""
        return hosts.files(self.showroom, places)

    def finished(self) -> Made:
        """What there is to tell of the files taken since the last time."""
        facts, self._facts = self._facts, None
        return Made(self.notes.take(), self._problems.take(), facts)

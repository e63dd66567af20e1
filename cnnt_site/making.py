"""Making the files of the site one by one, each with the notes of what was looked at for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cnnt_site.addresses.routes import Routes
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
from cnnt_site.pages.showroom import Draft, Showroom
from cnnt_site.pictures.album import Album
from cnnt_site.printing import social
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceTree
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
    """What feeds may use beside the source: the content's files by path, results kept by content, processors."""

    tree: SourceTree
    cache: Cache
    jobs: int


FEEDS: Mapping[str, Callable[[Source, Tools], Files]] = {
    "search": lambda source, tools: filling.files(source.showroom, source.synonyms),
    "open-data": lambda source, tools: open_data.files(source.showroom),
    "shortlist": lambda source, tools: shortlist.files(source.showroom),
    "atom": lambda source, tools: atom.files(source.showroom),
    "address-book": lambda source, tools: address_book.files(source.showroom),
    "codes": lambda source, tools: qr_codes.files(source.showroom, tools.cache),
    "booth-lists": lambda source, tools: booth_lists.files(source.showroom, tools.cache),
    "offline": lambda source, tools: offline.files(source.showroom),
    "oembed": lambda source, tools: oembed.files(source.showroom),
    "social": lambda source, tools: social.files(source.showroom, tools.tree, tools.cache, tools.jobs),
}
"""What isn't a page: each makes its files from the source, of which it may look at anything.

A file of the content is only opened where the album, which is looked at, says what is in it.
"""

DRAWN_BY = {"social": "marks.html"}
"""Templates that feeds draw with."""


class Facts(NamedTuple):
    """What the rest of the site has to know of a page.

    `alternates` are languages and addresses, none for a page that search engines may not list.
    """

    ties: Ties
    demand: Demand
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    untranslated: bool


@dataclass(frozen=True, slots=True)
class Made:
    """Files that were made together. `call` says by what; `facts` are there when it is a page."""

    call: tuple[Any, ...]
    files: Iterable[tuple[str, bytes]]
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: Facts | None = None


def call_of(draft: Draft) -> tuple[Any, ...]:
    """What names the way in which a page is made."""
    return (f"{draft.compose.__module__}.{draft.compose.__qualname__}", *draft.arguments)


class Maker:
    """Makes pages and feeds of one source, the problems of each with it.

    `known` are addresses that are sure to be there, so that links to them need no second look.
    """

    def __init__(self, source: Source, tools: Tools, known: Collection[str]) -> None:
        self.notes, self._problems = Notes(), Problems()
        self.glass = Glass(source, CONTAINERS, self.notes)
        self._source: Source = self.glass.seen
        self.showroom = self._source.showroom
        self._tools, self._known = tools, known
        for words in source.showroom.words.values():
            words.problems = self._problems
        sites = {lang: site_view(self.showroom, lang) for lang in self.showroom.catalogue.languages}
        self.renderer = Renderer(self.showroom, sites, tools.cache, self._problems)
        self.glass.add_part("sites", sites)
        self.glass.add_part("templates", self.renderer.template_digests)
        self.notes.take()

    def page(self, draft: Draft) -> Made:
        """Composes and renders a page, and looks at its links and its weight."""
        plan = draft.compose(self.showroom, *draft.arguments)
        data = self.renderer.render(plan)
        self.notes.add(("sites", plan.lang))
        self.notes.add(("templates", plan.template))
        facts = None
        if data is not None:
            ties, frame = look(plan.address, data, self._known), plan.frame
            tell_heavy_page(plan.address, plan.template, data, self._problems)
            wanted = demand(plan.address, plan.template, data)
            others = tuple((other.hreflang, other.href) for other in frame.alternates) if frame.canonical else ()
            facts = Facts(ties, wanted, frame.canonical, others, frame.untranslated)
        files = ((plan.address, data),) if data is not None else ()
        return Made(call_of(draft), files, self.notes.take(), self._problems.take(), facts)

    def feed(self, name: str) -> Files:
        """The files of a feed. When all were taken, `finished` says what they were made from."""
        if name in DRAWN_BY:
            self.notes.add(("templates", DRAWN_BY[name]))
        return FEEDS[name](self._source, self._tools)

    def sitemap(self, pages: Iterable[Facts]) -> Files:
        """The map of all pages for search engines."""
        return sitemap.files(self.showroom, pages)

    def host_files(self, places: Iterable[str]) -> Files:
        """The rules for hosts. `places` are the folders and files at the root of the site."""
        return hosts.files(self.showroom, places)

    def finished(self, *call: Any) -> Made:
        """What files, made by `call` and taken one by one, were made from."""
        return Made(call, (), self.notes.take(), self._problems.take())

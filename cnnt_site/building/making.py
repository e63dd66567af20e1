"""Making the files of the site one by one, each with the notes of what was looked at for it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from cnnt_site.addresses.ledger import Ledger
from cnnt_site.addresses.routes import Routes
from cnnt_site.building.source import FEED, Files, Piece, Source, Task, Tools
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.noting import Glass, Note, Notes
from cnnt_site.pages.framing import site_view
from cnnt_site.pages.showroom import Draft, Showroom
from cnnt_site.pictures.album import Album
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.records import Records
from cnnt_site.rendering import Renderer
from cnnt_site.themes import Theme
from cnnt_site.verifying import Ties, look
from cnnt_site.weighing import Demand, demand, tell_heavy_page

CONTAINERS = (Source, Showroom, Catalogue, Records, Routes, Ledger, Album, Theme)
"""What composers look into part by part; everything else is looked at as a whole."""

DRAWN_BY = {"coded": "marks.html"}
"""Templates that feeds draw with."""


def task_of(name: str, call: tuple[Any, ...]) -> Task | None:
    """The page or piece that was made under `name` in the way of `call`; None for what was never planned."""
    if call[:1] == (FEED,):
        return Piece(call[1], call[2:])
    module, dot, function = str(call[0]).rpartition(".") if call else ("", "", "")
    return Draft(name, getattr(import_module(module), function), call[1:]) if dot else None


class Facts(NamedTuple):
    """What the rest of the site has to know of a page.

    `canonical` is its full address, `alternates` are languages and addresses; there are none for a page that search
    engines may not list, or are to find elsewhere.
    """

    ties: Ties
    demand: Demand
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    untranslated: bool


class Made(NamedTuple):
    """What files were made from, and what there is to tell of them; `facts` when they are a page."""

    notes: tuple[Note, ...]
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
        from cnnt_site.building.pieces import feed

        return feed(task.feed).files(self._source, self._tools, *task.arguments)

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
            own = frame.canonical if frame.canonical == self.showroom.absolute(plan.address) else None
            others = tuple((other.hreflang, other.href) for other in frame.alternates) if own else ()
            self._facts = Facts(ties, wanted, own, others, frame.untranslated)
            yield plan.address, data

    def join(self, piece: Piece, fragments: Iterable[bytes]) -> Files:
        """The files of a piece that is put together from what others made."""
        from cnnt_site.building.pieces import feed

        put_together = feed(piece.feed).join
        assert put_together is not None
        return put_together(self._source, str(piece.arguments[1]), fragments)

    def sitemap(self, pages: Iterable[Facts]) -> Files:
        """The map of all pages for search engines."""
        from cnnt_site.feeds import sitemap

        return sitemap.files(self.showroom, pages)

    def host_files(self, places: Iterable[str]) -> Files:
        """The rules for hosts. `places` are the folders and files at the root of the site."""
        from cnnt_site.feeds import hosts

        return hosts.files(self.showroom, places)

    def finished(self) -> Made:
        """What there is to tell of the files taken since the last time."""
        facts, self._facts = self._facts, None
        return Made(self.notes.take(), self._problems.take(), facts)

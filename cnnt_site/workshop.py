"""The workshop: makes every file of the site that doesn't stand as it is, and puts it where it is wanted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from cnnt_site import publishing
from cnnt_site.cache import Cache
from cnnt_site.making import Maker, Source, Tools, plan_pieces
from cnnt_site.memory import Memory, Unit, lost_anchors, stands
from cnnt_site.noting import Cell, fingerprint
from cnnt_site.pages.site_plan import plan_pages
from cnnt_site.pictures import renditions
from cnnt_site.placing import Place
from cnnt_site.printing.pictures import PaperPictures
from cnnt_site.problems import Problems
from cnnt_site.publishing import Fate
from cnnt_site.reading.tree import SourceTree
from cnnt_site.verifying import tell_dead_links
from cnnt_site.weighing import tell_heavy_files, tell_heavy_pictures
from cnnt_site.workers import Job, Share, make_all, shared

Progress = Callable[[str, int, int], None]


WORTH_WORKERS = 200
"""So many tasks must wait for it to be worth to start other processes."""


@dataclass(slots=True)
class Workshop:
    """One making of all files. `sums` and `fates` are what publishing wants to know; `files` those held in memory."""

    memory: Memory
    place: Place
    progress: Progress
    units: dict[str, Unit] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    cells: dict[Cell, int] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = dict(self.memory.cells)

    def make(self, source: Source, tree: SourceTree, cache: Cache, jobs: int, problems: Problems) -> Maker:
        """Makes everything, and tells all problems of what stands, whenever it was made."""
        showroom = source.showroom
        drafts = list(plan_pages(showroom))
        pictures = list(showroom.album.pictures.values())
        assets = showroom.theme.addresses
        renditions_of = {f"picture {p.path}": (p, [file.address for file in p.renditions()]) for p in pictures}
        known = {draft.address for draft in drafts}.union(assets.values(), *(own for _, own in renditions_of.values()))
        tools = Tools(cache, PaperPictures(showroom, tree, cache))
        maker = Maker(source, tools, known)
        there = self.place.there(self.memory.folder, self.memory.outputs)
        changed = self.memory.changed_cells(maker.glass)

        def due(name: str, call: tuple[Any, ...]) -> bool:
            """Whether a unit must be made; one that stands is taken over."""
            unit = self.memory.units.get(name)
            if unit is None or not stands(unit, call, changed, there):
                return True
            self._keep(name, unit)
            return False

        unmade = [p for name, (p, own) in renditions_of.items() if due(name, ("picture", *own))]
        sizes: dict[str, int] = {}
        for done, (p, files) in enumerate(renditions.make_all(unmade, tree, cache, jobs), start=1):
            sizes.update((address, len(data)) for address, data in files)
            self._add(f"picture {p.path}", ("picture", *(address for address, _ in files)), files, maker)
            self.progress("files", done, len(unmade))
        waiting = [draft for draft in drafts if due(draft.name, draft.call)]
        pieces = [piece for piece in plan_pieces(showroom) if due(piece.name, piece.call)]
        job = Job(source, tools, known, self.place, [*shared(waiting), *shared(pieces)])
        done = 0
        for share in make_all(job, maker, jobs, WORTH_WORKERS):
            self._take(share)
            done += len(share.units)
            self.progress("pages", done, len(waiting) + len(pieces))
            if pieces and done == len(waiting) and share.units[-1].name == waiting[-1].name:
                self._show_early()
        if due("theme", ("theme", *assets.values())):
            files = tuple((assets[name], data) for name, data in showroom.theme.assets.items())
            self._add("theme", ("theme", *assets.values()), files, maker)

        owners = {address: p for p, own in renditions_of.values() for address in own}

        def weigh(address: str) -> tuple[int, bool]:
            """The bytes of a picture, and whether it is a photograph; one that stands is looked up in the cache."""
            owner = owners.get(address)
            if owner is not None and address not in sizes:
                sizes.update(
                    (file, len(data)) for file, data in renditions.make(owner, tree.files[owner.source], cache)
                )
            return sizes.get(address, 0), owner is not None and owner.kind == "photo"

        self._weigh([draft.address for draft in waiting], weigh)
        listed = [self.units[draft.address].facts for draft in drafts if draft.address in self.units]
        pages = [facts for facts in listed if facts is not None]
        call = ("sitemap", fingerprint([(facts.canonical, facts.alternates) for facts in pages]))
        if due("sitemap", call):
            self._add("sitemap", call, maker.sitemap(pages), maker)
        places = sorted({folder + slash for folder, slash, _ in (address.partition("/") for address in self.sums)})
        if due("hosts", ("hosts", *places)):
            self._add("hosts", ("hosts", *places), maker.host_files(places), maker)
        for unit in self.units.values():
            problems.add(unit.problems)
        if not problems.errors:
            self._verify([draft.address for draft in waiting], problems)
            demands = ((name, unit.facts.demand) for name, unit in sorted(self.units.items()) if unit.facts is not None)
            tell_heavy_files(demands, {assets[name]: data for name, data in showroom.theme.assets.items()}, problems)
        return maker

    def settle(self, maker: Maker) -> None:
        """Remembers what was made, once it is published."""
        self.memory.settle(self.units, self.cells, maker.glass)
        if self.place.output is not None:
            self.memory.folder = self.place.name
            self.memory.outputs = publishing.stamps(self.place.output, self.sums)
        else:
            self.memory.outputs = dict.fromkeys(self.sums, ())

    def _show_early(self) -> None:
        """Hands over the pages of a site that is held in memory, unless one is broken."""
        if self.files and not any(
            problem.severity == "error" for unit in self.units.values() for problem in unit.problems
        ):
            self.memory.early(self.files)

    def _add(self, name: str, call: tuple[Any, ...], files: Iterable[tuple[str, bytes]], maker: Maker) -> None:
        share = Share()
        share.add(name, call, files, maker, self.place)
        self._take(share)

    def _take(self, share: Share) -> None:
        """Takes over what was made, its cells by the numbers that they have here."""
        numbers = [self.cells.setdefault(cell, len(self.cells)) for cell in share.cells]
        for unit in share.units:
            cells = array("I", sorted(numbers[number] for number in unit.cells))
            self.fates.update(unit.fates)
            self.files.update(unit.files)
            self._keep(unit.name, Unit(unit.call, cells, unit.sums, unit.problems, unit.facts))

    def _keep(self, name: str, unit: Unit) -> None:
        self.units[name] = unit
        self.sums.update(unit.sums)

    def _weigh(self, made: list[str], weigh: Callable[[str], tuple[int, bool]]) -> None:
        """Looks at the first pictures of the pages just made; what there is to tell stays with the page."""
        for name in made:
            unit, found = self.units[name], Problems()
            if unit.facts is not None and unit.facts.demand.pictures:
                tell_heavy_pictures(name, unit.facts.demand, weigh, found)
                self.units[name] = unit._replace(problems=(*unit.problems, *found))

    def _verify(self, made: list[str], problems: Problems) -> None:
        """Looks at the links of the pages just made; at all links when something that others may want is gone."""
        ties = {name: unit.facts.ties for name, unit in self.units.items() if unit.facts is not None}
        before = self.memory.units
        gone = any(address not in self.sums for unit in before.values() for address in unit.sums)
        if not before or gone or any(lost_anchors(before.get(name), self.units[name]) for name in made):
            made = list(ties)
        tell_dead_links(ties, made, self.sums, problems)

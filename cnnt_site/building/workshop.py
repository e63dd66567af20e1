"""The workshop: makes every file of the site that doesn't stand as it is, and puts it where it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any

from cnnt_site.building.fragments import Fragments
from cnnt_site.building.left import Left
from cnnt_site.building.making import Facts, Maker, task_of
from cnnt_site.building.memory import Memory, Unit
from cnnt_site.building.news import Known, News
from cnnt_site.building.placing import Place
from cnnt_site.building.publishing import Fate
from cnnt_site.building.source import Piece, Source, Task, Tools, is_join
from cnnt_site.building.workers import Job, Placed, Share, make_all, packed
from cnnt_site.cache import Cache
from cnnt_site.pages.facets import is_layer
from cnnt_site.pictures import renditions
from cnnt_site.pictures.measured import Measured
from cnnt_site.printing.pictures import PaperPictures
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.tree import SourceTree
from cnnt_site.verifying import tell_dead_links
from cnnt_site.weighing import tell_heavy_files, tell_heavy_pictures

Progress = Callable[[str, int, int], None]

WORTH_WORKERS = 200
"""So many tasks must wait for it to be worth to start other processes."""

PLAN, PICTURE, THEME, SITEMAP, HOSTS = "plan", "picture ", "theme", "sitemap", "hosts"
"""Names of units that aren't planned: of the plan itself, of a picture before its path, and of files for all pages."""

PICTURES = "showroom.album.pictures"
"""Where pictures stand in the source."""


class Workshop:
    """One making of all files of `source`.

    `sums` are of the files that were made, `fates` of those among them that were published before, `files` holds them
    when the site is held in memory.
    """

    def __init__(
        self,
        source: Source,
        tree: SourceTree,
        cache: Cache,
        memory: Memory,
        place: Place,
        jobs: int,
        progress: Progress = lambda stage, done, total: None,
    ) -> None:
        self.sums: dict[str, str] = {}
        self.fates: dict[str, Fate] = {}
        self.files: dict[str, bytes] = {}
        self._source, self._tree, self._cache, self._jobs = source, tree, cache, jobs
        self._memory, self._place, self.progress = memory, place, progress
        self._tools = Tools(cache, PaperPictures(source.showroom, tree, cache))
        self.maker = Maker(source, self._tools)
        if not place.is_of(memory.left.place):
            memory.forget_units()
        self._news = News(memory)
        self._sizes: dict[str, int] = {}
        self._fragments = Fragments(memory)
        self._due = memory.made_from(memory.changed_cells(self.maker.glass))
        touched = set(place.touched(memory.left.outputs))
        if touched:
            self._due.update(name for name, unit in memory.units() if not touched.isdisjoint(unit.sums))

    def make(self, problems: Problems) -> None:
        """Makes everything that is due, and tells all problems of what stands, whenever it was made."""
        theme, news = self._source.showroom.theme, self._news
        self._make_pictures()
        self._make_planned()
        self._make_joined()
        assets = ((theme.addresses[name], data) for name, data in theme.assets.items())
        self._make_if_due(THEME, (THEME, *theme.addresses.values()), assets)
        if news.listed or self._memory.call(SITEMAP) is None or SITEMAP in self._due:
            self._add(SITEMAP, (SITEMAP,), self.maker.sitemap(facts for _, facts in self._all_facts()))
        if news.moved or self._memory.call(HOSTS) is None or HOSTS in self._due:
            places = self._places()
            self._make_if_due(HOSTS, (HOSTS, *places), self.maker.host_files(places))
        for told in news.told.values():
            problems.add(told)
        if not problems.errors:
            self._verify(problems)
            self._weigh_files(problems)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._news.counts["pages"]

    @property
    def untranslated(self) -> int:
        """How many pages there are that had to borrow words of another language."""
        return self._news.counts["untranslated"]

    @property
    def gone(self) -> set[str]:
        """The addresses of files that nobody makes any longer."""
        return self._news.left.difference(self.sums)

    def standing(self) -> Iterator[str]:
        """The addresses of files that weren't made, for they stand as they are."""
        return (at for at in self._memory.addresses() if at not in self._news.left and at not in self.sums)

    def settle(self, now: Left) -> None:
        """Remembers what was made, once it is published; `now` is how that left everything."""
        memory, news, gone = self._memory, self._news, self.gone
        self._fragments.settle()
        memory.put("told", news.told)
        memory.put("counts", dict(news.counts))
        if memory.is_held and not gone and self.files.keys() <= memory.files.keys():
            memory.files.update(self.files)
        elif memory.is_held:
            memory.files = {**{at: data for at, data in memory.files.items() if at not in gone}, **self.files}
        memory.save(news.gone, self.maker.glass, now)

    def __contains__(self, address: object) -> bool:
        """Whether there is a file of this address, once all is made."""
        return address in self.sums or (address not in self._news.left and self._memory.has(str(address)))

    # What is made

    def _make_pictures(self) -> None:
        if self.maker.glass.is_same(PICTURES) and not any(name.startswith(PICTURE) for name in self._due):
            return
        calls = {
            PICTURE + path: (PICTURE, *(file.address for file in picture.renditions()))
            for path, picture in self._pictures.items()
        }
        unmade = [
            self._pictures[name.removeprefix(PICTURE)] for name, call in calls.items() if self._is_due(name, call)
        ]
        for done, (picture, files) in enumerate(
            renditions.make_all(unmade, self._tree, self._cache, self._jobs), start=1
        ):
            self._sizes.update((address, len(data)) for address, data in files)
            self._add(PICTURE + picture.path, calls[PICTURE + picture.path], files)
            self.progress("files", done, len(unmade))
        self._drop(name for name in self._memory.calls() if name.startswith(PICTURE) and name not in calls)

    def _make_planned(self) -> None:
        as_before = self._memory.call(PLAN) is not None and PLAN not in self._due
        catalogue = self._source.showroom.catalogue
        shares = packed(self._due_as_planned() if as_before else self._due_anew(), catalogue, WORTH_WORKERS)
        job = Job(self._source, self._tools, self.maker.known, self._place, shares)
        total = sum(share.count for share in shares)
        pages = sum(share.count for share in shares if share.are_pages)
        done = 0
        for share in make_all(job, self.maker, self._jobs, WORTH_WORKERS):
            self._take(share)
            done += len(share.units)
            self.progress("pages", done, total)
            if done == pages < total and shares[0].are_pages:
                self._show_early()

    def _due_as_planned(self) -> list[Task]:
        """The tasks that are due, while the plan is that of before."""
        self.maker.known = Known(self._memory, self._source.showroom.theme.addresses.values())
        tasks = map(self._task, sorted(self._due))
        return [task for task in tasks if task is not None and not is_join(task)]

    def _due_anew(self) -> list[Task]:
        """The tasks that are due, of a plan made anew; what it no longer has is gone."""
        from cnnt_site.building.pieces import plan_pieces
        from cnnt_site.pages.site_plan import plan_pages

        drafts, pieces = list(plan_pages(self.maker.showroom)), list(plan_pieces(self.maker.showroom))
        self.maker.notes.widen()
        self._add(PLAN, (), ())
        tasks: list[Task] = [*drafts, *pieces]
        names = {task.name for task in tasks}
        known = ((name, task_of(name, call)) for name, call in self._memory.calls().items() if name not in names)
        self._drop(name for name, task in known if task is not None and not is_join(task))
        pictures = (file.address for picture in self._pictures.values() for file in picture.renditions())
        assets = self._source.showroom.theme.addresses.values()
        self.maker.known = {*(draft.address for draft in drafts), *assets, *pictures}
        return [task for task in tasks if self._is_due(task.name, task.call)]

    def _make_joined(self) -> None:
        """Puts files together whose fragments are others than before, or that are due for something else."""
        if not self._fragments.have_changed and not any(is_join(self._task(name)) for name in self._due):
            return
        for piece in self._fragments.joins():
            self._make_if_due(piece.name, piece.call, self.maker.join(piece, self._of(piece)))
        self._drop(self._fragments.joined_no_more())

    def _of(self, piece: Piece) -> Iterator[bytes]:
        """The fragments that a piece joins; what the disk refused to keep is made again."""
        for name, address, body in self._fragments.of(piece):
            task = self._task(name)
            assert task is not None
            yield dict(self.maker.make(task))[address] if body is None else body

    def _task(self, name: str) -> Task | None:
        return task_of(name, self._memory.call(name) or ())

    def _is_due(self, name: str, call: tuple[Any, ...]) -> bool:
        """Whether a unit must be made: what it looked at has changed, or it was made in another way."""
        return name in self._due or self._memory.call(name) != call

    def _make_if_due(self, name: str, call: tuple[Any, ...], files: Iterable[tuple[str, bytes]]) -> None:
        if self._is_due(name, call):
            self._add(name, call, files)

    def _add(self, name: str, call: tuple[Any, ...], files: Iterable[tuple[str, bytes]]) -> None:
        share = Share()
        share.add(name, call, files, self.maker, self._place)
        self._take(share)

    def _take(self, share: Share) -> None:
        """Takes over what was made."""
        self._memory.learn(share.paths, share.groups)
        for placed in share.units:
            self.sums.update(placed.sums)
            self.fates.update(placed.fates)
            self.files.update(placed.files)
            problems = (*placed.problems, *self._heavy_pictures(placed))
            unit = Unit(placed.call, placed.sums, problems, placed.facts)
            self._news.made(placed.name, self._memory.unit(placed.name), unit)
            self._memory.take(placed.name, unit, placed.notes)
            self._fragments.take(placed.name, placed.fragments)

    def _drop(self, names: Iterable[str]) -> None:
        """Takes note that units are gone."""
        for name in names:
            self._news.dropped(name, self._memory.unit(name))
            self._fragments.take(name, {})

    def _show_early(self) -> None:
        """Hands over the pages of a site that is held in memory, unless one is broken."""
        if self.files and not any(problem.severity == "error" for said in self._news.told.values() for problem in said):
            self._memory.early(self.files)

    # What is seen when all is there

    @cached_property
    def _pictures(self) -> dict[str, Measured]:
        """The pictures of the album by their paths."""
        return dict(self._source.showroom.album.pictures)

    @cached_property
    def _owners(self) -> dict[str, Measured]:
        """The picture of every rendition by its address."""
        return {file.address: picture for picture in self._pictures.values() for file in picture.renditions()}

    def _addresses(self) -> Iterator[str]:
        return chain(self.standing(), self.sums)

    def _places(self) -> list[str]:
        """The folders and files at the root of the site, without the rules for hosts."""
        rules = self._memory.unit(HOSTS)
        own = rules.sums if rules is not None else ()
        return sorted(
            {folder + slash for folder, slash, _ in (at.partition("/") for at in self._addresses() if at not in own)}
        )

    def _all_facts(self) -> Iterator[tuple[str, Facts]]:
        """Names and facts of all pages in the order of their names, loaded one by one."""
        for name, unit in self._memory.units():
            if unit.facts is not None and name not in self._news.gone:
                yield name, unit.facts

    def _heavy_pictures(self, placed: Placed) -> Iterator[Problem]:
        """Looks at the first pictures of a page; what there is to tell stays with it."""
        found = Problems()
        if placed.facts is not None and placed.facts.demand.pictures:
            tell_heavy_pictures(placed.name, placed.facts.demand, self._weigh, found)
        return iter(found)

    def _weigh(self, address: str) -> tuple[int, bool]:
        """The bytes of a picture, and whether it is a photograph; one that stands is looked up in the cache."""
        owner = self._owners.get(address)
        if owner is not None and address not in self._sizes:
            files = renditions.make(owner, self._tree.files[owner.source], self._cache)
            self._sizes.update((file, len(data)) for file, data in files)
        return self._sizes.get(address, 0), owner is not None and owner.kind == "photo"

    def _verify(self, problems: Problems) -> None:
        """Looks at the links of the pages just made; at all links when something that others may want is gone."""
        wanted = self._news.wanted
        if self._news.lost_anchors or not all(map(is_layer, self.gone)):
            wanted = {name: facts.ties.wanted for name, facts in self._all_facts()}

        def anchors(address: str) -> str | None:
            unit = self._memory.unit(address)
            return unit.facts.ties.anchors if unit is not None and unit.facts is not None else None

        tell_dead_links(wanted, self, anchors, problems)

    def _weigh_files(self, problems: Problems) -> None:
        """Weighs styles and scripts, when any page asks for others than before."""
        if self._news.demanded:
            theme, found = self._source.showroom.theme, Problems()
            assets = {theme.addresses[name]: data for name, data in theme.assets.items()}
            tell_heavy_files(((name, facts.demand) for name, facts in self._all_facts()), assets, found)
            self._memory.put("heavy files", tuple(found))
        problems.add(self._memory.part("heavy files", ()))

"""Making on all cores: processes that make their share of the files and put them where they belong.

Only sums and notes come back, no page. A process that was forked finds everything in its memory, one
that was spawned is sent it once; both then work alike.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from cnnt_site.compressing import with_compressed
from cnnt_site.making import Facts, Files, Made, Maker, Source, Tools
from cnnt_site.noting import Cell
from cnnt_site.pages.showroom import Draft
from cnnt_site.placing import Place
from cnnt_site.problems import Problem
from cnnt_site.processes import processes
from cnnt_site.publishing import Fate

MOST_AT_ONCE = 100
"""Pages in one share: few enough that all cores end together."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made: pages and feeds, from what, and where to."""

    source: Source
    tools: Tools
    known: Collection[str]
    place: Place
    drafts: Sequence[Draft]
    feeds: Sequence[str]

    def maker(self) -> Maker:
        """A maker for one process."""
        return Maker(self.source, self.tools, self.known)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit that was made and put where it belongs; `cells` are numbers in the `Share` it came with.

    `files` has the bytes by address when the place is this program's memory.
    """

    name: str
    call: tuple[object, ...]
    cells: array[int]
    sums: dict[str, str]
    fates: dict[str, Fate]
    problems: tuple[Problem, ...]
    facts: Facts | None
    files: dict[str, bytes]


@dataclass(slots=True)
class Share:
    """Some units, and all the cells that any of them was made from."""

    cells: dict[Cell, int] = field(default_factory=dict)
    units: list[Placed] = field(default_factory=list)

    def add(self, name: str, made: Made, place: Place) -> None:
        """Puts a unit's files where they belong. Raises OSError when the disk refuses."""
        self._put(name, made.files, lambda: made, place)

    def add_files(self, name: str, files: Files, maker: Maker, place: Place, *call: object) -> None:
        """The same for files that are made as they are taken, so that never all of them are in memory."""
        self._put(name, files, lambda: maker.finished(*call), place)

    def _put(self, name: str, files: Iterable[tuple[str, bytes]], made_of: Callable[[], Made], place: Place) -> None:
        sums: dict[str, str] = {}
        fates: dict[str, Fate] = {}
        held: dict[str, bytes] = {}
        for address, data in with_compressed(files, place.compressed):
            sums[address], fates[address] = place.put(address, data)
            if place.held:
                held[address] = data
        made = made_of()
        numbers = array("I", [self.cells.setdefault(cell, len(self.cells)) for cell in made.cells])
        self.units.append(Placed(name, made.call, numbers, sums, fates, made.problems, made.facts, held))


def make_all(job: Job, maker: Maker, jobs: int, worth: int) -> Iterator[Share]:
    """Makes everything, in this process or, when at least `worth` pages wait, in `jobs` others.

    What workers that were killed didn't come to is made here.
    """
    gc.set_threshold(20_000, 50, 100)
    starts = range(0, len(job.drafts), MOST_AT_ONCE)
    if jobs < 2 or len(job.drafts) < worth:
        yield from (_make(job, maker, task) for task in (*starts, *job.feeds))
        return
    tasks: list[int | str] = [*job.feeds, *starts]
    done = 0
    with processes(jobs, _begin, job) as pool:
        try:
            for share in pool.map(_work, tasks):
                yield share
                done += 1
        except BrokenProcessPool:
            pass  # a worker was killed, as systems do when memory runs out: one process needs less of it
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    yield from (_make(job, maker, task) for task in tasks[done:])


def _make(job: Job, maker: Maker, task: int | str) -> Share:
    share = Share()
    if isinstance(task, str):
        share.add_files(f"feed {task}", maker.feed(task), maker, job.place, task)
    else:
        for draft in job.drafts[task : task + MOST_AT_ONCE]:
            share.add(draft.address, maker.page(draft), job.place)
    return share


_working: tuple[Job, Maker] | None = None
"""What this worker process makes, set once when it begins."""


def _begin(job: Job) -> None:
    global _working
    gc.set_threshold(20_000, 50, 100)
    _working = job, job.maker()


def _work(task: int | str) -> Share:
    assert _working is not None
    return _make(*_working, task)

"""Making on all cores: processes that make their share of the files and put them where they belong.

Only sums and notes come back, no page. A process that was forked finds everything in its memory, one
that was spawned is sent it once; both then work alike.
"""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from cnnt_site.blocks import FRAGMENT
from cnnt_site.building.making import Facts, Maker, task_of
from cnnt_site.building.placing import Place
from cnnt_site.building.publishing import Fate
from cnnt_site.building.source import Piece, Source, Task, Tools
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.compressing import with_compressed
from cnnt_site.noting import Group, Note, number_of
from cnnt_site.pages.showroom import Draft
from cnnt_site.problems import Problem
from cnnt_site.processes import spread

MOST_AT_ONCE = 25
"""Pages in one share, or products: few enough that all cores end together."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Tasks that wait for their turn: so many, pages or not, and all of them as bytes, for many wait long."""

    count: int
    are_pages: bool
    data: bytes

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Packed:
        """Packs tasks of one kind."""
        data = marshal.dumps([(task.name, task.call) for task in tasks])
        return cls(len(tasks), isinstance(tasks[0], Draft), zlib.compress(data, 1))

    def tasks(self) -> Iterator[Task]:
        """The tasks themselves."""
        for name, call in marshal.loads(zlib.decompress(self.data)):  # noqa: S302 (ours)
            task = task_of(name, call)
            assert task is not None
            yield task


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made, from what, and where to.

    `shares` are made each by one process.
    """

    source: Source
    tools: Tools
    known: Container[str]
    place: Place
    shares: Sequence[Packed]

    def maker(self) -> Maker:
        """A maker for one process."""
        return Maker(self.source, self.tools, self.known)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit that was made and put where it belongs; `notes` are the numbers of what was looked at for it.

    `files` has the bytes by address when the place is this program's memory, `fragments` those of what isn't a file.
    """

    name: str
    call: tuple[object, ...]
    notes: array[int]
    sums: dict[str, str]
    fates: dict[str, Fate]
    problems: tuple[Problem, ...]
    facts: Facts | None
    files: dict[str, bytes]
    fragments: dict[str, bytes]


@dataclass(slots=True)
class Share:
    """Some units, the parts of the source that were looked into for them, and what is in groups of notes."""

    units: list[Placed] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    groups: dict[int, array[int]] = field(default_factory=dict)

    def add(
        self, name: str, call: tuple[object, ...], files: Iterable[tuple[str, bytes]], maker: Maker, place: Place
    ) -> None:
        """Puts a unit's files where they belong. Raises OSError when the disk refuses."""
        sums: dict[str, str] = {}
        fates: dict[str, Fate] = {}
        held: dict[str, bytes] = {}
        fragments: dict[str, bytes] = {}
        for address, data in with_compressed(_whole(files, fragments), place.compressed):
            sums[address], fate = place.put(address, data)
            if fate is not None:
                fates[address] = fate
            if place.held:
                held[address] = data
        made = maker.finished()
        notes = self._numbers(made.notes)
        self.units.append(Placed(name, call, notes, sums, fates, made.problems, made.facts, held, fragments))

    def _numbers(self, notes: Iterable[Note]) -> array[int]:
        """The numbers of notes, each once."""
        numbers = set()
        for note in notes:
            numbers.add(number := number_of(note))
            if not isinstance(note, Group):
                self.paths.add(note[0])
            elif number not in self.groups:
                self.groups[number] = self._numbers(note.notes)
        return array("q", sorted(numbers))


def _whole(files: Iterable[tuple[str, bytes]], fragments: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files; what is only a fragment of one goes into `fragments`."""
    for address, data in files:
        if FRAGMENT in address:
            fragments[address] = data
        else:
            yield address, data


def together(drafts: Sequence[Draft], catalogue: Catalogue) -> list[Draft]:
    """The same pages in another order: those that show the same products beside each other, so that it is loaded once.

    Only how long it takes hangs on that. Pages of a list stand where their first product does, those of a fair or round
    and those of no product by themselves.
    """
    ranks = {id_: rank for rank, id_ in enumerate(catalogue.listed)}

    def place(draft: Draft) -> tuple[int, str]:
        kind, arguments = draft.compose.__module__.rpartition(".")[2], draft.arguments
        of = next((part for part in arguments if part in catalogue.entries), None)
        if of is None and arguments and isinstance(number := arguments[-1], int):
            sections = catalogue.slice(kind, str(arguments[-2] if len(arguments) > 2 else 1), number)
            of = sections[0][2][0] if sections else None
        if of is not None:
            return ranks.get(str(of), -1), ""
        return -1, " ".join(str(part) for part in arguments if part not in catalogue.languages)

    return sorted(drafts, key=place)


def packed(tasks: Sequence[Task], catalogue: Catalogue, worth: int) -> list[Packed]:
    """Tasks in shares: pages first, or when at least `worth` tasks wait, so that they are spread, first the long ones.

    Those are what feeds make.
    """
    pages = [task for task in tasks if isinstance(task, Draft)]
    pieces = [task for task in tasks if not isinstance(task, Draft)]
    if len(tasks) < worth:
        return [Packed.of(share) for share in _shares([*pages, *pieces])]
    return [Packed.of(share) for share in _shares([*pieces, *together(pages, catalogue)])]


def _shares(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Tasks in shares, no two kinds in one: what feeds make of all products is done by several processes."""
    for _, alike in groupby(tasks, key=lambda task: task.feed if isinstance(task, Piece) else ""):
        share, weight = list[Task](), 0
        for task in alike:
            share.append(task)
            weight += task.weight if isinstance(task, Piece) else 1
            if weight >= MOST_AT_ONCE:
                yield share
                share, weight = [], 0
        if share:
            yield share


def make_all(job: Job, maker: Maker, jobs: int, worth: int) -> Iterator[Share]:
    """Makes everything share by share, in this process alone or, when at least `worth` tasks wait, in `jobs`."""
    if sum(share.count for share in job.shares) < worth:
        jobs = 1
    yield from spread(_work, range(len(job.shares)), jobs, partial(_make, job, maker), _begin, (job,))


def _make(job: Job, maker: Maker, number: int) -> Share:
    share = Share()
    for task in job.shares[number].tasks():
        share.add(task.name, task.call, maker.make(task), maker, job.place)
    return share


_working: tuple[Job, Maker] | None = None
"""What this worker process makes, set once when it begins."""


def _begin(job: Job) -> None:
    global _working
    _working = job, job.maker()


def _work(number: int) -> Share:
    assert _working is not None
    return _make(*_working, number)

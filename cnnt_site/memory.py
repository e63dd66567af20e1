"""What the last good build knew: of every file what it was made from, so that what still stands is not made again.

Nothing of it is loaded before somebody asks for it, so that a small change of a large catalogue is a small build.
"""

from __future__ import annotations

import marshal
import pickle
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, cast

from cnnt_site import publishing
from cnnt_site.making import Facts
from cnnt_site.noting import Cell, Glass, changed_cells
from cnnt_site.placing import Place
from cnnt_site.problems import Problem
from cnnt_site.program import program_version
from cnnt_site.publishing import Stamps
from cnnt_site.reading.folders import Folders
from cnnt_site.reading.records import unread
from cnnt_site.shelf import Shelf
from cnnt_site.store import MEMORY, Store, Stored
from cnnt_site.unpickling import BROKEN, loads

READINGS = "readings.db"
"""The name of the file with what was read from folders of records."""

PRINTS = "prints "
"""What the names of parts begin with that hold the prints of a part of the source."""

Call = tuple[Any, ...]


class Unit(NamedTuple):
    """Files that were made together: how, the sum of each file, what there was to tell, and of a page its facts."""

    call: Call
    sums: dict[str, str]
    problems: tuple[Problem, ...]
    facts: Facts | None


class Memory:
    """What is remembered in `folder`; without one in this process only, `files` being those of a site held in memory.

    `early` is told the pages of a site in memory that are made anew while search, data and feeds are still to come.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folders: Folders = unread(Shelf(folder and folder / READINGS))
        self.files: dict[str, bytes] = {}
        self.early: Callable[[Mapping[str, bytes]], None] = lambda files: None
        self.store = Store(folder and folder / MEMORY)
        self._parts: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._paths: set[str] = set()
        self._ours = False

    # Parts

    def part(self, name: str, default: Any = None) -> Any:
        """What was put under `name`: texts, numbers, bytes, days, tuples, dicts, sets, and records of ours."""
        if name not in self._parts:
            kept = self._ask().part(name)
            self._parts[name] = None if kept is None else loads(kept[0]) if len(kept) == 2 else kept[0]
        found = self._parts[name]
        return default if found is None else found

    def put(self, name: str, value: Any) -> None:
        """Remembers a part, once all is saved."""
        self._parts[name] = value
        self._changed.add(name)

    # What is in the output

    @property
    def is_held(self) -> bool:
        """Whether the site itself is held in memory."""
        return self.store.path is None

    @property
    def place(self) -> str:
        """Where the files of the last build were put."""
        return str(self.part("place", ""))

    @property
    def outputs(self) -> Stamps:
        """How these files were left."""
        return cast("Stamps", self.part("outputs", {}))

    def addresses(self) -> Iterable[str]:
        """The addresses of these files."""
        return self.files.keys() if self.files else publishing.addresses(self.outputs)

    def has(self, address: str) -> bool:
        """Whether there is such a file."""
        folder, _, name = address.rpartition("/")
        return address in self.files or name in self.outputs.get(folder, ())

    def publish(self, place: Place, made: Iterable[str], left: Iterable[str], files: Mapping[str, bytes]) -> None:
        """Takes note of files that were put into `place`, and of others that have left it."""
        if place.output is None:
            self.files = {**{address: data for address, data in self.files.items() if address not in left}, **files}
            return
        outputs = self.outputs
        publishing.stamp(place.output, chain(made, left), outputs)
        self.put("outputs", outputs)
        self.put("manifest", publishing.stamp_of(place.output, publishing.MANIFEST))
        self.put("place", place.name)

    # Units

    def unit(self, name: str) -> Unit | None:
        """A unit by its name, None when it isn't known."""
        kept = self._ask().unit(name)
        return None if kept is None else _unit(kept.call, kept.body)

    def units(self) -> Iterator[tuple[str, Unit]]:
        """All units with their names."""
        return ((name, _unit(call, body)) for name, call, body in self._ask().units())

    def call(self, name: str) -> Call | None:
        """How a unit was made, None when it isn't known."""
        call = self._ask().call(name)
        return None if call is None else marshal.loads(call)  # noqa: S302 (ours)

    def calls(self) -> dict[str, Call]:
        """How each unit was made, by its name."""
        return {name: marshal.loads(call) for name, call in self._ask().calls()}  # noqa: S302 (ours)

    def cells_of(self, name: str) -> list[Cell]:
        """What a unit was made from."""
        return self._ask().cells_of(name)

    def cells(self) -> Iterator[Cell]:
        """Everything that units were made from."""
        return self._ask().cells()

    def made_from(self, cells: Iterable[Cell]) -> set[str]:
        """Names of units that were made from any of `cells`."""
        return self._ask().made_from(cells)

    def changed_cells(self, glass: Glass) -> set[Cell]:
        """The cells that aren't as they were when something was made from them."""
        return {
            cell
            for path in self.part("paths", ())
            if not glass.is_same(path)
            for cell in changed_cells(path, self.part(PRINTS + path), glass.prints(path))
        }

    def number(self, cell: Cell) -> int:
        """The number of a cell, for `take`."""
        self._paths.add(cell[0].partition("#")[0])
        return self._ask().number(cell)

    def take(self, name: str, unit: Unit, cells: Iterable[int]) -> None:
        """Learns a unit that was made from `cells`, by their numbers; it is lasting once all is saved."""
        call, body = marshal.dumps(unit.call, 2), pickle.dumps((unit.sums, unit.problems, unit.facts), 5)
        self._ask().put(name, Stored(call, array("I", sorted(cells)), body))

    # All of it

    def save(self, gone: Iterable[str], glass: Glass) -> None:
        """Makes lasting what was learnt in a build that went well, and that the units named in `gone` are no more."""
        for path in self._paths.union(self.part("paths", ())):
            prints = None if glass.is_same(path) and path not in self._paths else glass.prints(path)
            if prints is not None and any(changed_cells(path, self.part(PRINTS + path), prints)):
                self.put(PRINTS + path, prints)
        self.put("paths", tuple(sorted(self._paths.union(self.part("paths", ())))))
        self.put("version", program_version())
        self._ask().save({name: _plain(self._parts[name]) for name in self._changed}, gone)
        self._begin()

    def discard(self) -> None:
        """Forgets what was learnt since the last `save`."""
        self.store.discard()
        for name in self._changed:
            self._parts.pop(name)
        self._begin()

    def forget_units(self) -> None:
        """Begins anew with units, as if nothing had ever been made."""
        self.store.forget()
        self._parts.clear()
        self._begin()

    def _begin(self) -> None:
        self._changed.clear()
        self._paths.clear()

    def _ask(self) -> Store:
        """The store, once it is known that it was left by this very program."""
        if not self._ours:
            self._ours = True
            try:
                kept = self.store.part("version")
            except (sqlite3.Error, *BROKEN):
                kept = None
            if kept != (program_version(),):
                self.store.forget()
        return self.store


def _plain(value: Any) -> tuple[Any, ...]:
    """A value as plain ones: what isn't made of plain ones alone is pickled, and marked as such."""
    try:
        marshal.dumps(value)
    except ValueError:
        return pickle.dumps(value, 5), "pickled"
    return (value,)


def _unit(call: bytes, body: bytes) -> Unit:
    return Unit(marshal.loads(call), *loads(body))  # noqa: S302 (ours)

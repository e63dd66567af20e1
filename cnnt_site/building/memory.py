"""What the last good build knew: of every file what it was made from, so that what still stands is not made again.

Nothing of it is loaded before somebody asks for it, so that a small change of a large catalogue is a small build.
"""

from __future__ import annotations

import marshal
import pickle
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from cnnt_site.building import left
from cnnt_site.building.left import MEMORY, Left
from cnnt_site.building.making import Facts
from cnnt_site.building.store import Store, Stored
from cnnt_site.noting import Cell, Glass, cells_of, changed_cells, number_of
from cnnt_site.problems import Problem
from cnnt_site.reading.folders import Folders
from cnnt_site.reading.records import unread
from cnnt_site.shelf import Shelf
from cnnt_site.unpickling import BROKEN, loads

READINGS = "readings.db"
"""The name of the file with what was read from folders of records."""

PRINTS = "prints "
"""What the names of parts begin with that hold the prints of a part of the source."""

_FRAGMENT = "fragment "
"""What the names of parts begin with that are fragments of files."""

WHOLE = "whole"
"""The name of the part that says which build the others were left by."""

Call = tuple[Any, ...]


class Unit(NamedTuple):
    """Files that were made together: how, the sum of each file, what there was to tell, and of a page its facts."""

    call: Call
    sums: dict[str, str]
    problems: tuple[Problem, ...]
    facts: Facts | None


class Memory:
    """What is remembered in `folder`; without one in this process only, `files` being those of a site held in memory.

    `left` is how the last good build ended, where that was read already. `early` is told the pages of a site in memory
    that are made anew while search, data and feeds are still to come.
    """

    def __init__(self, folder: Path | None = None, last: Left | None = None) -> None:
        self.left = last or (left.read(folder) if folder is not None else Left())
        self.folders: Folders = unread(Shelf(folder and folder / READINGS))
        self.files: dict[str, bytes] = {}
        self.early: Callable[[Mapping[str, bytes]], None] = lambda files: None
        self._folder = folder
        self._store = Store(folder and folder / MEMORY, known=bool(self.left.asked))
        self._parts: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._paths: set[str] = set()
        if self.left.asked and folder is not None and not self._is_whole():
            self.forget_units()

    # Parts

    def part(self, name: str, default: Any = None) -> Any:
        """What was put under `name`: texts, numbers, bytes, days, tuples, dicts, sets, and records of ours."""
        if name not in self._parts:
            kept = self._store.part(name)
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
        return self._folder is None

    def addresses(self) -> Iterable[str]:
        """The addresses of the files of the last good build."""
        return self.files or self.left.outputs

    def has(self, address: str) -> bool:
        """Whether there is such a file."""
        return address in self.files or address in self.left.outputs

    # Units

    def unit(self, name: str) -> Unit | None:
        """A unit by its name, None when it isn't known."""
        kept = self._store.unit(name)
        return None if kept is None else _unit(kept.call, kept.body)

    def units(self) -> Iterator[tuple[str, Unit]]:
        """All units with their names."""
        return ((name, _unit(call, body)) for name, call, body in self._store.units())

    def call(self, name: str) -> Call | None:
        """How a unit was made, None when it isn't known."""
        call = self._store.call(name)
        return None if call is None else marshal.loads(call)  # noqa: S302 (ours)

    def calls(self) -> dict[str, Call]:
        """How each unit was made, by its name."""
        return {name: marshal.loads(call) for name, call in self._store.calls()}  # noqa: S302 (ours)

    def looked_at(self, name: str) -> set[int]:
        """The numbers of all cells that a unit was made from."""
        return self._store.looked_at(name)

    def cells(self) -> Iterator[Cell]:
        """Everything that units may have been made from."""
        return chain.from_iterable(cells_of(path, self.part(PRINTS + path)) for path in self.part("paths", ()))

    def made_from(self, cells: Iterable[Cell]) -> set[str]:
        """Names of units that were made from any of `cells`."""
        return self._store.made_from(map(number_of, cells))

    def changed_cells(self, glass: Glass) -> set[Cell]:
        """The cells that aren't as they were when something was made from them."""
        return {
            cell
            for path in self.part("paths", ())
            if not glass.is_same(path)
            for cell in changed_cells(path, self.part(PRINTS + path), glass.prints(path))
        }

    def learn(self, paths: Iterable[str], groups: Mapping[int, array[int]]) -> None:
        """Learns into which parts of the source somebody looked, and what is in groups that `take` is told of."""
        self._paths.update(path.partition("#")[0] for path in paths)
        for number, notes in groups.items():
            self._store.group(number, notes)

    def take(self, name: str, unit: Unit, notes: array[int]) -> None:
        """Learns a unit that was made from `notes`, by their numbers; it is lasting once all is saved."""
        call, body = marshal.dumps(unit.call, 2), pickle.dumps((unit.sums, unit.problems, unit.facts), 5)
        self._store.put(name, Stored(call, notes, body))

    # Fragments of files

    def fragment(self, address: str) -> bytes | None:
        """What was kept of a file, None when it isn't there."""
        try:
            kept = self._store.part(_FRAGMENT + address)
        except sqlite3.Error:
            return None
        return None if kept is None else kept[0]

    def keep_fragments(self, fragments: Mapping[str, bytes], gone: Iterable[str]) -> None:
        """Keeps fragments by their addresses in the place of those before, and lets go of others."""
        told = {_FRAGMENT + address: (body,) for address, body in fragments.items()}
        self._store.replace(told, (_FRAGMENT + address for address in gone))

    # All of it

    def save(self, gone: Iterable[str], glass: Glass, now: Left) -> None:
        """Makes lasting what was learnt in a build that went well, and that the units named in `gone` are no more.

        `now` is how that build left everything.
        """
        known = frozenset(self.part("paths", ()))
        for path in self._paths | known:
            if path in known and glass.is_same(path):
                continue
            prints = glass.prints(path)
            if any(changed_cells(path, self.part(PRINTS + path), prints)):
                self.put(PRINTS + path, prints)
        if not self._paths <= known:
            self.put("paths", tuple(sorted(self._paths | known)))
        self.put(WHOLE, now.reading)
        self._store.save({name: _plain(self._parts[name]) for name in self._changed}, gone)
        self._leave(now)

    def discard(self) -> None:
        """Forgets what was learnt since the last `save`."""
        self._store.discard()
        for name in self._changed:
            self._parts.pop(name)
        self._leave(self.left)

    def forget_units(self) -> None:
        """Begins anew with units, as if nothing had ever been made."""
        self._store.forget()
        self._parts.clear()
        self._leave(Left())

    def _leave(self, now: Left) -> None:
        """Begins anew, with how things are now."""
        self._changed.clear()
        self._paths.clear()
        self.left, before = now, self.left
        if self._folder is None:
            return
        with suppress(OSError):
            self.left = replace(now, memory=left.memory_stamp(self._folder))
        if self.left.memory != before.memory or now is not before:
            left.write(self._folder, self.left)

    def _is_whole(self) -> bool:
        """Whether the store is the one that was left, and can be read."""
        try:
            return bool(self.part(WHOLE) == self.left.reading)
        except (sqlite3.Error, *BROKEN):
            return False


def _plain(value: Any) -> tuple[Any, ...]:
    """A value as plain ones: what isn't made of plain ones alone is pickled, and marked as such."""
    try:
        marshal.dumps(value)
    except ValueError:
        return pickle.dumps(value, 5), "pickled"
    return (value,)


def _unit(call: bytes, body: bytes) -> Unit:
    return Unit(marshal.loads(call), *loads(body))  # noqa: S302 (ours)

"""What a build leaves for the next one: parts by name, and every unit with the cells that it was made from.

One file that may be deleted at any time. It is only written when a build has gone well, in one
transaction, so a killed build leaves the state before it.
"""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from cnnt_site.noting import Cell
from cnnt_site.shelf import opened, remove

_SCHEMA = """
CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS unit (number INTEGER PRIMARY KEY, name TEXT UNIQUE, call BLOB, cells BLOB, body BLOB);
CREATE TABLE IF NOT EXISTS cell (number INTEGER PRIMARY KEY, name BLOB UNIQUE, units BLOB);
"""

SPILL = 2_000
"""So many units wait before they are written: a build that is killed before has written nothing."""


class Stored(NamedTuple):
    """A unit: its call and its body as bytes, and the numbers of its cells."""

    call: bytes
    cells: array[int]
    body: bytes


class Store:
    """The file at `path`, opened when it is first asked for something; in memory only when there is no path.

    One that isn't `known` to be as it was left is taken away first. Raises sqlite3.Error where it is broken.
    """

    def __init__(self, path: Path | None, *, known: bool) -> None:
        self.path, self._known = path, known
        self._connection: sqlite3.Connection | None = None
        self._begin()

    def _begin(self) -> None:
        """Nothing has been put or numbered yet."""
        self._waiting: dict[str, Stored] = {}
        self._numbers: dict[bytes, int] = {}
        self._new: list[tuple[int, bytes]] = []
        self._joined: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        self._left: defaultdict[int, set[int]] = defaultdict(set)
        self._next, self._any, self._units, self._had_units = -1, True, -1, False
        self._refused = False

    # Parts

    def part(self, name: str) -> Any:
        """A part of texts, numbers, bytes, tuples, lists and dicts; None when there is none."""
        found = self._ask("SELECT body FROM part WHERE name = ?", name)
        return marshal.loads(found[0][0]) if found else None  # noqa: S302 (ours, as its stamp says)

    def write(self, parts: Mapping[str, Any]) -> None:
        """Puts parts in the place of those of the same names."""
        told = ((name, marshal.dumps(value)) for name, value in parts.items())
        self._open().executemany("INSERT OR REPLACE INTO part VALUES (?, ?)", told)

    def replace(self, parts: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Puts parts there at once, and takes others away; a disk that refuses costs only speed."""
        try:
            self.write(parts)
            self._open().executemany("DELETE FROM part WHERE name = ?", ((name,) for name in gone))
        except sqlite3.Error:
            self._refused = True

    # Units and their cells

    def unit(self, name: str) -> Stored | None:
        """A unit by its name."""
        if name in self._waiting:
            return self._waiting[name]
        found = self._ask("SELECT call, cells, body FROM unit WHERE name = ?", name) if self._any_units() else ()
        return Stored(found[0][0], array("I", found[0][1]), found[0][2]) if found else None

    def units(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Names, calls and bodies of all units."""
        kept = self._open().execute("SELECT name, call, body FROM unit")
        yield from (row for row in kept if row[0] not in self._waiting)
        yield from ((name, unit.call, unit.body) for name, unit in self._waiting.items())

    def call(self, name: str) -> bytes | None:
        """The call of a unit."""
        if name in self._waiting:
            return self._waiting[name].call
        found = self._ask("SELECT call FROM unit WHERE name = ?", name) if self._any_units() else ()
        return found[0][0] if found else None

    def calls(self) -> Iterator[tuple[str, bytes]]:
        """Names and calls of all units."""
        kept = self._open().execute("SELECT name, call FROM unit")
        yield from (row for row in kept if row[0] not in self._waiting)
        yield from ((name, unit.call) for name, unit in self._waiting.items())

    def made_from(self, cells: Iterable[Cell]) -> set[str]:
        """Names of the units that were made from any of `cells`."""
        numbers: set[int] = set()
        for cell in cells:
            for (units,) in self._ask("SELECT units FROM cell WHERE name = ?", _named(cell)):
                numbers.update(array("I", units))
        return {self._ask("SELECT name FROM unit WHERE number = ?", number)[0][0] for number in numbers}

    def cells_of(self, name: str) -> list[Cell]:
        """The cells that a unit was made from."""
        unit = self.unit(name)
        asked = (self._ask("SELECT name FROM cell WHERE number = ?", number) for number in (unit.cells if unit else ()))
        return [marshal.loads(found[0][0]) for found in asked]  # noqa: S302

    def cells(self) -> Iterator[Cell]:
        """Every cell that any unit was made from."""
        return (marshal.loads(name) for (name,) in self._open().execute("SELECT name FROM cell"))  # noqa: S302

    def number(self, cell: Cell) -> int:
        """The number of a cell, a new one when it has none."""
        name = _named(cell)
        number = self._numbers.get(name)
        if number is None:
            if self._next < 0:
                self._next = self._ask("SELECT ifnull(max(number), -1) + 1 FROM cell")[0][0]
                self._any = self._next > 0
            found = self._ask("SELECT number FROM cell WHERE name = ?", name) if self._any else ()
            if found:
                number = found[0][0]
            else:
                number = self._next
                self._next += 1
                self._new.append((number, name))
            self._numbers[name] = number
        return number

    def put(self, name: str, unit: Stored) -> None:
        """Puts a unit in the place of that of the same name."""
        self._waiting[name] = unit
        if len(self._waiting) >= SPILL and not self._refused:
            try:
                self._spill(())
            except sqlite3.Error:
                self._refused = True

    def save(self, parts: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Makes all lasting: units that were put, `parts`, and that there are no longer units named as in `gone`.

        A disk that refuses costs only speed.
        """
        try:
            if self._refused:
                raise sqlite3.OperationalError("what was written may be lost")
            self._spill(gone)
            self._note_at_cells()
            self.write(parts)
            self._open().commit()
        except sqlite3.Error:
            self.forget()
        else:
            if self.path is not None:
                self.close()
        self._begin()

    def discard(self) -> None:
        """Forgets all that was put and written since the last `save`."""
        if self._connection is not None:
            self._connection.rollback()
            if self.path is not None:
                self.close()
        self._begin()

    # The file

    def close(self) -> None:
        """Lets go of the file; what wasn't saved is lost."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """Removes everything."""
        self.close()
        if self.path is not None:
            remove(self.path)
        self._begin()

    def _spill(self, gone: Iterable[str]) -> None:
        """Writes the units that wait, and takes those out that are gone."""
        connection, rows = self._open(), []
        for name, unit in chain(self._waiting.items(), ((name, None) for name in gone)):
            known = self._ask("SELECT number, cells FROM unit WHERE name = ?", name) if self._any_units() else ()
            before = set(array("I", known[0][1])) if known else set()
            now = set(unit.cells) if unit is not None else set()
            if known:
                number = known[0][0]
            else:
                self._units += 1
                number = self._units
            for cell in now - before:
                self._joined[cell].append(number)
            for cell in before - now:
                self._left[cell].add(number)
            if unit is None:
                connection.execute("DELETE FROM unit WHERE number = ?", (number,))
            else:
                rows.append((number, name, unit.call, unit.cells.tobytes(), unit.body))
        connection.executemany("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO cell VALUES (?, ?, x'')", self._new)
        self._new.clear()
        self._had_units = self._had_units or bool(rows)
        self._waiting.clear()

    def _any_units(self) -> bool:
        """Whether a unit can be known: asking for each is slow where there are none yet."""
        if self._units < 0:
            self._units = self._ask("SELECT ifnull(max(number), 0) FROM unit")[0][0]
            self._had_units = self._units > 0
        return self._had_units

    def _note_at_cells(self) -> None:
        """Writes down at each cell which units it went into, or no longer does."""
        connection = self._open()
        for cell in self._joined.keys() | self._left.keys():
            units = set(array("I", self._ask("SELECT units FROM cell WHERE number = ?", cell)[0][0]))
            units.update(self._joined.get(cell, ()))
            told = array("I", sorted(units - self._left.get(cell, set()))).tobytes()
            connection.execute("UPDATE cell SET units = ? WHERE number = ?", (told, cell))
        self._joined.clear()
        self._left.clear()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            if self.path is not None and not self._known:
                remove(self.path)
            self._known = True
            self._connection = opened(self.path, _SCHEMA)
        return self._connection

    def _ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self._open().execute(question, values).fetchall()


def _named(cell: Cell) -> bytes:
    """A cell as bytes, the same ones in every process."""
    return marshal.dumps(cell, 2)

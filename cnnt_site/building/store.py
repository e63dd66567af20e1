"""What a build leaves for the next one: parts by name, and every unit with what was looked at for it.

One file that may be deleted at any time. It is only written when a build has gone well, in one
transaction, so a killed build leaves the state before it. Of what was looked at only numbers are kept
(`noting.number_of`), and beside each the users: units by their numbers here, and groups.
"""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from cnnt_site.shelf import opened, remove

_SCHEMA = """
CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS unit (number INTEGER PRIMARY KEY, name TEXT UNIQUE, call BLOB, notes BLOB, body BLOB);
CREATE TABLE IF NOT EXISTS grouped (number INTEGER PRIMARY KEY, notes BLOB);
CREATE TABLE IF NOT EXISTS used (note INTEGER, users BLOB);
CREATE INDEX IF NOT EXISTS by_note ON used (note);
"""

SPILL = 2_000
"""So many units wait before they are written: a build that is killed before has written nothing."""

MOST_NOTED = 20_000
"""So many users of notes wait before they are written."""


class Stored(NamedTuple):
    """A unit: its call and its body as bytes, and the numbers of what was looked at for it."""

    call: bytes
    notes: array[int]
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
        """Nothing has been put yet."""
        self._waiting: dict[str, Stored] = {}
        self._groups: set[int] = set()
        self._new_groups: list[tuple[int, bytes]] = []
        self._joined: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))
        self._noted = 0
        self._left: defaultdict[int, set[int]] = defaultdict(set)
        self._units, self._units_before = -1, -1
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

    # Units and what was looked at for them

    def unit(self, name: str) -> Stored | None:
        """A unit by its name."""
        if name in self._waiting:
            return self._waiting[name]
        found = self._ask("SELECT call, notes, body FROM unit WHERE name = ?", name) if self._has_units() else ()
        return Stored(found[0][0], array("q", found[0][1]), found[0][2]) if found else None

    def units(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Names, calls and bodies of all units, in the order of the names' bytes."""
        kept = self._open().execute("SELECT name, call, body FROM unit ORDER BY name")
        before = (row for row in kept if row[0] not in self._waiting)
        waiting = ((name, unit.call, unit.body) for name, unit in sorted(self._waiting.items()))
        return merge(before, waiting, key=itemgetter(0))

    def call(self, name: str) -> bytes | None:
        """The call of a unit."""
        if name in self._waiting:
            return self._waiting[name].call
        found = self._ask("SELECT call FROM unit WHERE name = ?", name) if self._has_units() else ()
        return found[0][0] if found else None

    def calls(self) -> Iterator[tuple[str, bytes]]:
        """Names and calls of all units."""
        kept = self._open().execute("SELECT name, call FROM unit")
        yield from (row for row in kept if row[0] not in self._waiting)
        yield from ((name, unit.call) for name, unit in self._waiting.items())

    def made_from(self, notes: Iterable[int]) -> set[str]:
        """Names of the units that were made from any of these notes, or from groups that have one."""
        numbers, seen, following = set[int](), set[int](), list(notes)
        while following:
            note = following.pop()
            if note not in seen:
                seen.add(note)
                users = self._users(note)
                numbers.update(user for user in users if user >= 0)
                following += (user for user in users if user < 0)
        return {self._ask("SELECT name FROM unit WHERE number = ?", number)[0][0] for number in numbers}

    def looked_at(self, name: str) -> set[int]:
        """The numbers of all cells that a unit was made from."""
        unit = self.unit(name)
        found, following = set[int](), list(unit.notes if unit else ())
        while following:
            note = following.pop()
            if note >= 0:
                found.add(note)
            else:
                following += self._group(note)
        return found

    def group(self, number: int, notes: array[int]) -> None:
        """Learns what is in a group."""
        if number in self._groups:
            return
        self._groups.add(number)
        if self._had_units() and self._ask("SELECT 1 FROM grouped WHERE number = ?", number):
            return
        self._new_groups.append((number, notes.tobytes()))
        for note in notes:
            self._join(note, number)

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
            self._note_who_left()
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
            known = self._ask("SELECT number, notes FROM unit WHERE name = ?", name) if self._has_units() else ()
            before = set(array("q", known[0][1])) if known else set()
            now = set(unit.notes) if unit is not None else set()
            if known:
                number = known[0][0]
            else:
                self._units += 1
                number = self._units
            for note in now - before:
                self._join(note, number)
            for note in before - now:
                self._left[note].add(number)
            if unit is None:
                connection.execute("DELETE FROM unit WHERE number = ?", (number,))
            else:
                rows.append((number, name, unit.call, unit.notes.tobytes(), unit.body))
        connection.executemany("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?)", rows)
        self._waiting.clear()
        self._write_notes()

    def _write_notes(self) -> None:
        """Writes who uses what, and new groups; a disk that refuses costs only speed."""
        joined = ((note, users.tobytes()) for note, users in self._joined.items())
        if not self._refused:
            try:
                self._open().executemany("INSERT INTO used VALUES (?, ?)", joined)
                self._open().executemany("INSERT INTO grouped VALUES (?, ?)", self._new_groups)
            except sqlite3.Error:
                self._refused = True
        self._joined.clear()
        self._new_groups.clear()
        self._noted = 0

    def _had_units(self) -> bool:
        """Whether a unit was known before: asking for each is slow where there are none."""
        if self._units < 0:
            self._units = self._units_before = self._ask("SELECT ifnull(max(number), 0) FROM unit")[0][0]
        return self._units_before > 0

    def _has_units(self) -> bool:
        """Whether a unit may be known by now."""
        return self._had_units() or self._units > self._units_before

    def _join(self, note: int, user: int) -> None:
        self._joined[note].append(user)
        self._noted += 1
        if self._noted >= MOST_NOTED:
            self._write_notes()
        if note in self._left:
            self._left[note].discard(user)

    def _note_who_left(self) -> None:
        """Takes users away from the notes that they no longer use, and groups that nobody uses."""
        connection = self._open()
        while self._left:
            note, left = self._left.popitem()
            users = self._users(note) - left
            connection.execute("DELETE FROM used WHERE note = ?", (note,))
            if users:
                connection.execute("INSERT INTO used VALUES (?, ?)", (note, array("q", sorted(users)).tobytes()))
            elif note < 0:
                for inside in self._group(note):
                    self._left[inside].add(note)
                connection.execute("DELETE FROM grouped WHERE number = ?", (note,))

    def _users(self, note: int) -> set[int]:
        rows = self._ask("SELECT users FROM used WHERE note = ?", note)
        return {user for (users,) in rows for user in array("q", users)}

    def _group(self, number: int) -> array[int]:
        """What is in a group."""
        return array("q", self._ask("SELECT notes FROM grouped WHERE number = ?", number)[0][0])

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            if self.path is not None and not self._known:
                remove(self.path)
            self._known = True
            self._connection = opened(self.path, _SCHEMA)
        return self._connection

    def _ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self._open().execute(question, values).fetchall()

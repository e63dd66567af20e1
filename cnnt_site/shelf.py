"""A shelf of results by name, in one file that may be deleted at any time.

Every body carries a sum of its name and itself, so what is damaged, cut or stands at a wrong place is
simply a miss. A shelf decides how fast a build is, never what it makes: whoever takes something from
it must know by its content that it is what is wanted.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

_SUM = 8
# With rows by number: where names are the order of the table itself, looking for one reads the bodies beside it.
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body BLOB)"


class Shelf:
    """The file at `path`, opened when it is first needed; in memory when there is no path or the disk refuses.

    A process that was forked or was sent a shelf opens the file for itself, and sees what was committed.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def get(self, name: str) -> bytes | None:
        """What was put under `name`, or None when there is nothing whole."""
        try:
            found = self._connection().execute("SELECT body FROM kept WHERE name = ?", (name,)).fetchone()
        except sqlite3.Error:
            return None
        return None if found is None else _checked(name, found[0])

    def below(self, start: str) -> Iterator[tuple[str, bytes]]:
        """All whole bodies whose names begin with `start`, by name."""
        try:
            found = self._connection().execute(
                "SELECT name, body FROM kept WHERE name >= ? AND name < ?", (start, start + "\U0010ffff")
            )
            for name, body in found:
                checked = _checked(name, body)
                if checked is not None:
                    yield name, checked
        except sqlite3.Error:
            return

    def put(self, bodies: Iterable[tuple[str, bytes]]) -> None:
        """Keeps bodies by name; other processes see them after `commit`."""
        summed = ((name, _sum(name, body) + body) for name, body in bodies)
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?)", summed)

    def remove(self, names: Iterable[str]) -> None:
        """Lets go of names."""
        self._write("DELETE FROM kept WHERE name = ?", ((name,) for name in names))

    def commit(self) -> None:
        """Makes what was put lasting."""
        try:
            self._connection().commit()
        except sqlite3.Error:
            self._forget()

    def close(self) -> None:
        """Lets go of the file; what wasn't committed is lost."""
        if self._opened is not None and self._opened[0] == os.getpid():
            self._opened[1].close()
        self._opened = None

    def __reduce__(self) -> tuple[type[Shelf], tuple[Path | None]]:
        return Shelf, (self.path,)

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """A disk that refuses costs only speed."""
        try:
            self._connection().executemany(statement, rows)
        except sqlite3.Error:
            self._forget()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None or (self._opened[0] != os.getpid() and self.path is not None):
            self._opened = os.getpid(), opened(self.path, _SCHEMA)
        return self._opened[1]

    def _forget(self) -> None:
        """Goes on in memory, without the file."""
        self.close()
        if self.path is not None:
            remove(self.path)
            self.path = None


def opened(path: Path | None, schema: str) -> sqlite3.Connection:
    """A database that leaves no bytes of what was taken out of it. Raises sqlite3.Error for one that is broken.

    Without a path, or where nothing can be written, it is in memory only.
    """
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _opened(str(path), schema)
        except (sqlite3.Error, OSError):
            remove(path)
    return _opened(":memory:", schema)


def _opened(where: str, schema: str) -> sqlite3.Connection:
    connection = sqlite3.connect(where, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        connection.executescript(schema)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def remove(path: Path) -> None:
    """Takes a database away as far as the disk lets it."""
    for name in (path, path.with_name(f"{path.name}-journal")):
        try:
            name.unlink(missing_ok=True)
        except OSError:
            continue


def _sum(name: str, body: bytes) -> bytes:
    return blake2b(body, digest_size=_SUM, key=name.encode()[-64:]).digest()


def _checked(name: str, kept: Any) -> bytes | None:
    if not isinstance(kept, bytes) or kept[:_SUM] != _sum(name, kept[_SUM:]):
        return None
    return kept[_SUM:]

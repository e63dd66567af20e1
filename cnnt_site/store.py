"""What a build leaves for the next one: parts by name, in one file that may be deleted at any time.

Everything is written in one transaction, so a killed build leaves the state before it. Every body
carries its sum: a damaged one is a `Damaged`, and the build begins again without any of it.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

MEMORY = "memory.db"
"""The name of the file in the folder of reusable results."""

_SUM = 8
_SCHEMA = "CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID"


class Damaged(Exception):
    """What was kept isn't what was written."""


class Store:
    """The file at `path`, opened when it is first asked for something."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    def part(self, name: str) -> Any:
        """A part of texts, numbers, bytes, tuples, lists and dicts; None when there is none."""
        found = self._ask("SELECT body FROM part WHERE name = ?", (name,))
        return marshal.loads(_checked(found[0][0])) if found else None  # noqa: S302 (ours, and its sum is right)

    def write(self, parts: Mapping[str, Any]) -> None:
        """Writes parts, all at once; a disk that refuses costs only speed."""
        try:
            with self._open() as connection:
                told = ((name, _summed(marshal.dumps(value))) for name, value in parts.items())
                connection.executemany("INSERT OR REPLACE INTO part VALUES (?, ?)", told)
        except (sqlite3.Error, OSError):
            self.forget()

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """Removes everything."""
        self.close()
        for name in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            try:
                name.unlink(missing_ok=True)
            except OSError:
                continue

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, check_same_thread=False)
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA secure_delete = ON")  # what was taken out of content leaves no bytes here
            self._connection.execute(_SCHEMA)
        return self._connection

    def _ask(self, question: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if self._connection is None and not self.path.exists():
            return []
        try:
            return self._open().execute(question, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise Damaged(str(error)) from error


def _summed(body: bytes) -> bytes:
    return blake2b(body, digest_size=_SUM).digest() + body


def _checked(body: Any) -> bytes:
    if not isinstance(body, bytes) or blake2b(body[_SUM:], digest_size=_SUM).digest() != body[:_SUM]:
        raise Damaged
    return body[_SUM:]

"""How the files of the output were left, by folder: compared with what is there without opening any."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

Stamps = dict[str, tuple[str, bytes]]
"""By folder, '' for the root: the names of its files, one a line, and size and time of each after the other."""

_ROW = 16
_NOWHERE = (-1, 0)


class Outputs:
    """The files that the last build left."""

    def __init__(self, stamps: Stamps | None = None) -> None:
        self.stamps = stamps or {}

    def touched(self, output: Path) -> list[str]:
        """The addresses of files that are no longer as they were left."""
        found: list[str] = []
        for folder, (listed, left) in self.stamps.items():
            names = listed.split("\n")
            now = _stamps(output / folder, names)
            if now != left:
                rows = enumerate(range(0, len(left), _ROW))
                found += [_join(folder, names[n]) for n, at in rows if now[at : at + _ROW] != left[at : at + _ROW]]
        return found

    def renewed(self, output: Path, addresses: Iterable[str]) -> Outputs:
        """The same after files at `addresses` were written or taken away."""
        stamps, changed = dict(self.stamps), dict[str, list[str]]()
        for address in addresses:
            folder, _, name = address.rpartition("/")
            changed.setdefault(folder, []).append(name)
        for folder, names in changed.items():
            listed, left = stamps.pop(folder, ("", b""))
            rows = {name: left[n * _ROW : (n + 1) * _ROW] for n, name in enumerate(listed.split("\n")) if name}
            now = _stamps(output / folder, names)
            rows.update((name, now[n * _ROW : (n + 1) * _ROW]) for n, name in enumerate(names))
            there = {name: row for name, row in sorted(rows.items()) if row != _row(*_NOWHERE)}
            if there:
                stamps[folder] = "\n".join(there), b"".join(there.values())
        return Outputs(stamps)

    def only(self, address: str) -> Outputs:
        """That file alone, as one that was never there when it isn't known."""
        folder, _, name = address.rpartition("/")
        listed, left = self.stamps.get(folder, ("", b""))
        rows = {each: left[n * _ROW : (n + 1) * _ROW] for n, each in enumerate(listed.split("\n"))}
        return Outputs({folder: (name, rows.get(name) or _row(0, 0))})

    def places(self) -> set[str]:
        """What stands at the root of the output: folders with a slash, and files."""
        roots = {folder.partition("/")[0] + "/" for folder in self.stamps if folder}
        return roots.union(self.stamps[""][0].split("\n") if "" in self.stamps else ())

    def __iter__(self) -> Iterator[str]:
        return (_join(folder, name) for folder, (names, _) in self.stamps.items() for name in names.split("\n"))

    def __contains__(self, address: str) -> bool:
        folder, _, name = address.rpartition("/")
        if folder not in self._names:
            self._names[folder] = frozenset(self.stamps.get(folder, ("", b""))[0].split("\n"))
        return bool(name) and name in self._names[folder]

    def __len__(self) -> int:
        return sum(len(left) for _, left in self.stamps.values()) // _ROW

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        return {}


def stamp_of(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, None when it isn't there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _stamps(folder: Path, names: Sequence[str]) -> bytes:
    """The stamps of files of a folder, a row for each; one of its own for a file that isn't there."""
    at = None
    with suppress(OSError):  # a folder that isn't there has none of them
        at = os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    start = "" if at is not None else f"{folder}/"
    numbers: list[int] = []
    try:
        for name in names:
            try:
                status = os.stat(start + name, dir_fd=at)
            except OSError:
                numbers += _NOWHERE
            else:
                numbers += (status.st_size, status.st_mtime_ns)
    finally:
        if at is not None:
            os.close(at)
    return array("q", numbers).tobytes()


def _row(size: int, time: int) -> bytes:
    return array("q", (size, time)).tobytes()


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name

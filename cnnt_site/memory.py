"""What the last good build knew: of every file what it was made from, so that what still stands is not made again."""

from __future__ import annotations

import io
import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, is_dataclass
from typing import Any, NamedTuple

from cnnt_site.making import Facts
from cnnt_site.noting import Cell, Glass, fingerprint
from cnnt_site.problems import Problem
from cnnt_site.reading.records import Reading, read_folder
from cnnt_site.reading.tree import SourceFile, SourceTree, Stamp
from cnnt_site.store import Damaged, Store

PLAIN, PICKLED = ("stamps", "outputs", "folder"), ("readings", "cells", "prints", "units")
"""The parts of a memory by the way in which they are kept."""

_PLAIN = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("markupsafe", "Markup"),
}
"""What a memory holds beside records of ours."""


class Unit(NamedTuple):
    """Files that are made together: how, from which cells (by number), and the sum of each file."""

    call: tuple[Any, ...]
    cells: array[int]
    sums: dict[str, str]
    problems: tuple[Problem, ...]
    facts: Facts | None


@dataclass(slots=True)
class Memory:
    """All that is known from the build before, by name of unit, path or folder.

    `readings` have a key that names all that they were read from. `outputs` are the stamps of what was
    published into the place named `folder`; `files` are there instead when the site is held in memory, and
    `early` is then told the pages of a build that are made anew while search, data and feeds are still to come.
    """

    stamps: dict[str, tuple[Stamp, bytes]] = field(default_factory=dict)
    readings: dict[str, tuple[bytes, Reading]] = field(default_factory=dict)
    cells: dict[Cell, int] = field(default_factory=dict)
    prints: list[Any] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    outputs: dict[str, Stamp] = field(default_factory=dict)
    folder: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    early: Callable[[Mapping[str, bytes]], None] = lambda files: None

    def changed_cells(self, glass: Glass) -> set[int]:
        """Numbers of the cells that aren't as they were."""
        return {number for cell, number in self.cells.items() if glass.fingerprint(cell) != self.prints[number]}

    def settle(self, units: dict[str, Unit], cells: dict[Cell, int], glass: Glass) -> None:
        """Takes over the units of a build that went well, with the cells that they were made from."""
        self.cells = cells
        used = sorted({number for unit in units.values() for number in unit.cells})
        by_number = {number: cell for cell, number in self.cells.items()}
        self.units = units
        self.prints = [None] * len(self.cells)
        for number in used:
            self.prints[number] = glass.fingerprint(by_number[number])
        if len(self.cells) > 2 * len(used):
            self._renumber(used)

    def _renumber(self, used: list[int]) -> None:
        place = {old: new for new, old in enumerate(used)}
        self.prints = [self.prints[old] for old in used]
        self.cells = {cell: place[old] for cell, old in self.cells.items() if old in place}
        self.units = {
            name: Unit(u.call, array("I", [place[old] for old in u.cells]), u.sums, u.problems, u.facts)
            for name, u in self.units.items()
        }


class Readings:
    """Folders read, or known from before. `now` is what is to be remembered."""

    def __init__(self, before: Mapping[str, tuple[bytes, Reading]]) -> None:
        self._before = before
        self.now: dict[str, tuple[bytes, Reading]] = {}

    def read(
        self,
        tree: SourceTree,
        folders: Sequence[tuple[str, str]],
        languages: tuple[str, ...],
        written: tuple[str, ...],
    ) -> Iterator[Reading]:
        """Each folder's reading, in order."""
        files: dict[str, list[SourceFile]] = {}
        for path, file in tree.files.items():
            parts = path.split("/")
            if len(parts) == 3:
                files.setdefault(f"{parts[0]}/{parts[1]}", []).append(file)
        for kind, name in folders:
            folder = f"{kind}/{name}"
            try:
                told = [(file.path, file.digest()) for file in files.get(folder, ())]
            except OSError:
                yield read_folder(tree, kind, name, languages, written)
                continue
            key = fingerprint((languages, written, told))
            known = self._before.get(folder)
            reading = known[1] if known and known[0] == key else read_folder(tree, kind, name, languages, written)
            self.now[folder] = key, reading
            yield reading


class _Unpickler(pickle.Unpickler):
    """Makes records of ours and plain values, and calls nothing else: a cache may have come with a folder from afar."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may be made. Raises UnpicklingError for anything else."""
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("cnnt_site.") else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def recall(store: Store, version: str) -> Memory:
    """The memory that a program of the same version left; an empty one when there is none, or it is damaged."""
    try:
        if store.part("version") != version:
            return Memory()
        plain = {name: store.part(name) for name in PLAIN}
        pickled = {name: _Unpickler(io.BytesIO(store.part(name))).load() for name in PICKLED}
        return Memory(**plain, **pickled)
    except (Damaged, TypeError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        store.forget()
        return Memory()


def remember(store: Store, version: str, memory: Memory, more: Mapping[str, Any]) -> None:
    """Writes a memory down for the next run, and `more` parts with it."""
    plain = {name: getattr(memory, name) for name in PLAIN}
    pickled = {name: pickle.dumps(getattr(memory, name), 5) for name in PICKLED}
    store.write({"version": version, **plain, **pickled, **more})


def stands(unit: Unit | None, call: tuple[Any, ...], changed: Set[int], there: Mapping[str, Any]) -> bool:
    """Whether a unit need not be made again: made in the same way, of the same cells, and its files are there."""
    return (
        unit is not None
        and unit.call == call
        and changed.isdisjoint(unit.cells)
        and all(address in there for address in unit.sums)
    )


def lost_anchors(before: Unit | None, now: Unit) -> bool:
    """Whether a page no longer has an anchor that it had."""
    if before is None or before.facts is None:
        return False
    anchors = now.facts.ties.anchors.split("\n") if now.facts else []
    return not set(before.facts.ties.anchors.split("\n")) <= set(anchors)

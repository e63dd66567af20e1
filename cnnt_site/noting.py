"""Noting what was looked at: how the program knows by itself what a page depends on.

A page is composed from a `Glass`, which looks and behaves like the showroom behind it but notes every
part that is read: one record of a mapping, its keys, the whole of it, or a single value. Nothing of
the showroom can be reached without being noted, so no list of dependencies is kept by hand and none
can be forgotten. A result stands for as long as the fingerprints of the cells it was made from do.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any, TypeVar, cast

from cnnt_site.recent import Recent

T = TypeVar("T")

Cell = tuple[str, Any]
"""A part that can be looked at: the path to it ("catalogue.entries") and a key, None for a single value."""

KEYS, ALL = "#keys", "#all"
"""Added to the path of a mapping: its keys in their order, and all that is in it."""

ABSENT = b"absent"
"""The fingerprint of what isn't there."""


MOST_SHARED = 512
"""So many shared results are held at once, and no more than twice as many, so that memory stays bounded."""


class Group:
    """What was looked at for a result that several composers share: cells, and groups within it.

    `number` names it by what is in it, the same in every process and at every build; it is below 0.
    """

    __slots__ = ("notes", "number")

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        self.number = ~_hashed(sorted(map(number_of, notes)))


Note = Cell | Group
"""What is noted."""


def number_of(note: Note) -> int:
    """What a note is known by: a group's own number; a cell's is at least 0, the same in every process."""
    return note.number if isinstance(note, Group) else _number_of_cell(note)


@lru_cache(maxsize=1 << 13)
def _number_of_cell(cell: Cell) -> int:
    return _hashed(cell)


def _hashed(value: Any) -> int:
    """63 bits: should two cells ever share a number, what was made from one is made again for the other, too."""
    return int.from_bytes(blake2b(marshal.dumps(value, 2), digest_size=8).digest(), "big") >> 1


class Notes:
    """What was looked at since the last `take`, and results that several composers share.

    A list, so that what one result was made from is its end, and nothing of what stands before is copied.
    """

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.add = self.notes.append
        self._shared = Recent[tuple[Any, tuple[Note, ...]]](MOST_SHARED)

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` returns, made once a key; each time it is noted what was looked at for it."""
        known = self._shared.get(key)
        if known is None:
            before = len(self.notes)
            value = make()
            noted = tuple(dict.fromkeys(self.notes[before:]))
            del self.notes[before:]
            known = self._shared.put(key, (value, noted if len(noted) < 2 else (Group(noted),)))
        self.notes += known[1]
        return cast("T", known[0])

    def widen(self) -> None:
        """Notes of every mapping that was looked into that all of it was: for what goes over whole mappings anyway."""
        self.notes[:] = [(path if key is None else path + ALL, None) for path, key in _cells(self.notes)]

    def take(self) -> tuple[Note, ...]:
        """Returns what was noted and begins anew."""
        taken = tuple(dict.fromkeys(self.notes))
        self.notes.clear()
        return taken


def _cells(notes: Iterable[Note]) -> Iterator[Cell]:
    for note in notes:
        if isinstance(note, Group):
            yield from _cells(note.notes)
        else:
            yield note


class Watched(Mapping[Any, Any]):
    """A mapping that notes which of its keys are asked for."""

    __slots__ = ("_add", "_all", "_keys", "_path", "_real")

    def __init__(self, real: Mapping[Any, Any], path: str, add: Callable[[Cell], None]) -> None:
        self._real, self._path, self._add = real, path, add
        self._keys, self._all = (path + KEYS, None), (path + ALL, None)

    def __getitem__(self, key: Any) -> Any:
        self._add((self._path, key))
        return self._real[key]

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: D102
        self._add((self._path, key))
        return self._real.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._add((self._path, key))
        return key in self._real

    def __iter__(self) -> Iterator[Any]:
        self._add(self._keys)
        return iter(self._real)

    def __len__(self) -> int:
        self._add(self._keys)
        return len(self._real)

    def items(self) -> Any:  # noqa: D102
        self._add(self._all)
        return self._real.items()

    def values(self) -> Any:  # noqa: D102
        self._add(self._all)
        return self._real.values()


class Kept(Mapping[Any, Any]):
    """A mapping of an earlier build, known to be the same now; `load` brings it when somebody looks into it.

    Another process is sent the mapping itself.
    """

    def __init__(self, load: Callable[[], Mapping[Any, Any]]) -> None:
        self._load = load

    @cached_property
    def real(self) -> Mapping[Any, Any]:
        """The mapping itself."""
        return self._load()

    def __getitem__(self, key: Any) -> Any:
        return self.real[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.real)

    def __len__(self) -> int:
        return len(self.real)

    def __contains__(self, key: object) -> bool:
        return key in self.real

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _as_it_is, (self.real,)


def _as_it_is(value: T) -> T:
    return value


class Glass:
    """A value seen through notes. `containers` are the classes whose fields are looked at one by one.

    `seen` is the value as composers get it.
    """

    def __init__(self, value: Any, containers: tuple[type, ...], notes: Notes) -> None:
        self.notes = notes
        self._parts: dict[str, Any] = {}
        self._prints: dict[str, Any] = {}
        self.seen: Any = self._watch(cast("Any", value), containers, "")

    def add_part(self, path: str, part: Mapping[str, Any]) -> None:
        """Adds a mapping that isn't in the value but looked at beside it, such as templates."""
        self._parts[path] = part

    def is_same(self, path: str) -> bool:
        """Whether the part at `path` is known to be that of the build before."""
        return isinstance(self._parts.get(path), Kept)

    def prints(self, path: str) -> Any:
        """What the part at `path` is: of a mapping a short value for every key, equal for equal ones; else its own."""
        if path not in self._prints:
            self._prints[path] = self._look(self._parts.get(path, ABSENT))
        return self._prints[path]

    def _look(self, part: Any) -> Any:
        if not isinstance(part, Mapping):
            return fingerprint(part)
        prints = getattr(part, "prints", None)
        return {key: fingerprint(value) for key, value in part.items()} if prints is None else prints

    def _watch(self, value: T, containers: tuple[type, ...], path: str) -> T:
        inside: dict[str, Any] = {}
        single: dict[str, Cell] = {}
        for field in fields(cast("Any", value)):
            part, inner = getattr(value, field.name), f"{path}.{field.name}" if path else field.name
            if isinstance(part, containers):
                inside[field.name] = self._watch(part, containers, inner)
                continue
            self._parts[inner] = part
            if isinstance(part, Mapping):
                inside[field.name] = Watched(part, inner, self.notes.add)
            else:
                single[field.name] = (inner, None)
        seen: Any = object.__new__(_watched_class(type(value), value, single, self.notes))
        for name, part in inside.items():
            object.__setattr__(seen, name, part)
        return cast("T", seen)


def cells_of(path: str, prints: Any) -> Iterator[Cell]:
    """All cells of the part at `path`, by what `Glass.prints` said of it."""
    yield from ((path, key) for key in (prints if isinstance(prints, dict) else ()))
    yield from ((path + aspect, None) for aspect in ("", KEYS, ALL))


def changed_cells(path: str, before: Any, now: Any) -> Iterator[Cell]:
    """The cells of the part at `path` that aren't as they were, by what `Glass.prints` said of it then and now."""
    then, there = (prints if isinstance(prints, dict) else {} for prints in (before, now))
    if before == now and list(then) == list(there):
        return
    yield from ((path, key) for key in then.keys() | there.keys() if then.get(key, ABSENT) != there.get(key, ABSENT))
    yield from ((path, None), (path + ALL, None))
    if list(then) != list(there):
        yield path + KEYS, None


def once(seen: object, key: Any, make: Callable[[], T]) -> T:
    """What `make` returns; for a value behind a glass it is made once a key and shared."""
    notes: Notes | None = getattr(seen, "_notes", None)
    return make() if notes is None else notes.once(key, make)


def _watched_class(cls: type[T], value: T, single: Mapping[str, Cell], notes: Notes) -> type[T]:
    """A subclass for one record: its `single` fields note that they are read, the others are set as they are."""

    def watched(name: str, cell: Cell) -> property:
        part, add = getattr(value, name), notes.add

        def look(self: object) -> Any:
            add(cell)
            return part

        return property(look)

    body: dict[str, Any] = {name: watched(name, cell) for name, cell in single.items()}
    return cast("type[T]", type(f"Watched{cls.__name__}", (cls,), {"__slots__": (), "_notes": notes, **body}))


def fingerprint(value: Any) -> Any:
    """A small value as itself, a large one as 16 bytes; made of texts, numbers, dates, tuples, dicts and records.

    Different values have different fingerprints. Equal ones that were made in different ways may have
    different ones, too, which costs time and nothing else.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str) and len(value) < 100:
        return value
    if type(value) is tuple and len(value) < 4 and all(type(part) is str and len(part) < 30 for part in value):
        return value
    if isinstance(value, frozenset | set):
        value = sorted(value)
    own = getattr(value, "fingerprint", None)
    return own if own is not None else blake2b(pickle.dumps(value, 5), digest_size=16).digest()

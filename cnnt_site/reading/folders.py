"""Folders of records, read when their files have changed, else found on a shelf when somebody looks at them.

What stays in memory of a folder is a line: what it was read from, and short values that are equal for
equal records and texts. So a catalogue of any size is known without holding it.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from os import urandom
from pathlib import Path
from typing import Any, NamedTuple

from cnnt_site.noting import fingerprint
from cnnt_site.problems import Problem
from cnnt_site.processes import spread
from cnnt_site.program import program_version
from cnnt_site.reading.tree import SourceTree
from cnnt_site.recent import Recent
from cnnt_site.shelf import Shelf
from cnnt_site.unpickling import BROKEN, loads

MOST_HELD = 512
"""So many folders are held at once, and no more than twice as many, so that memory stays bounded."""

AT_ONCE = 50
"""Folders that a process reads before it hands them over."""

_INDEX = "index"


class Asked(NamedTuple):
    """What a folder is read for: `languages` are the site's, `written` those that texts are looked for in."""

    languages: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a part of a folder says, its record or its long texts by language: a function of bytes and of what is asked.

    `said` is None for a record that can't be told.
    """

    said: Any
    problems: tuple[Problem, ...]


ReadPart = Callable[[SourceTree, str, Asked], Reading]
"""Reads a part of a folder ("products/tranh-sen")."""

RECORD, TEXTS = 0, 1
"""The parts of a folder, each kept by itself: who shows a name needn't load the text as well."""

_NOTHING_TOLD = (b"", b"")


class Line(NamedTuple):
    """What is known of a folder without its readings.

    `written` are the digests of its record's file and of its texts, `key` names both. `record` is the print of the
    record, None when there is none, `texts` those of its texts by language. `told` are the problems of both parts,
    pickled; empty when there are none.
    """

    written: tuple[bytes, bytes]
    record: Any
    texts: dict[str, Any]
    told: tuple[bytes, bytes]
    key: bytes = b""


_NEW = Line((b"", b""), None, {}, _NOTHING_TOLD)
"""That of a folder that is about to be read."""


@dataclass(slots=True)
class Folders:
    """All folders of records, as last read.

    `read_parts` reads a folder's record and its texts, `files` is the name of each kind's record file; `fresh` are the
    folders that were new or had changed since the time before, `gone` those that were there no longer. `name` tells one
    reading of them all from another.
    """

    shelf: Shelf
    read_parts: tuple[ReadPart, ReadPart]
    files: Mapping[str, str]
    tree: SourceTree = field(default_factory=lambda: SourceTree(Path()))
    asked: Asked = field(default_factory=lambda: Asked((), ()))
    lines: dict[str, Line] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    name: bytes = b""
    _held: tuple[Recent[Reading], Recent[Reading]] = field(default_factory=lambda: _none_held())

    def read(
        self, tree: SourceTree, asked: Asked, jobs: int, progress: Callable[[int, int], None]
    ) -> dict[str, list[str]]:
        """Reads what has changed since the last time. Returns the names of each kind's folders, in order."""
        before = self.lines if self.lines and self.asked == asked else self._recalled(asked)
        self.tree, self.asked, self.lines, self._held = tree, asked, {}, _none_held()
        names = {kind: tree.names_in(kind) for kind in self.files}
        stands, fresh = bool(self.name) and self.name == tree.since, list[_Task]()
        for folder in (f"{kind}/{name}" for kind in names for name in names[kind]):
            line = before.get(folder)
            if line is not None and stands and f"{folder}/" not in tree.fresh:
                self.lines[folder] = line
                continue
            written = self._written(folder)
            if line is None or line.written != written:
                fresh.append(_Task(folder, written, line))
            self.lines[folder] = line or _NEW
        self.fresh = tuple(task.folder for task in fresh)
        self.gone = tuple(folder for folder in before if folder not in self.lines)
        if fresh or self.gone or not self.name:
            self.name = urandom(16)
        self._read_anew(fresh, jobs, progress)
        return names

    def said(self, folder: str, part: int) -> Any:
        """What a part of a folder says. Raises KeyError for a folder that isn't there."""
        reading = self._held[part].get(folder)
        if reading is None:
            reading = self._kept(folder, part) or self.read_parts[part](self.tree, folder, self.asked)
            self._held[part].put(folder, reading)
        return reading.said

    def problems(self) -> Iterator[Problem]:
        """What is wrong with any of them."""
        for line in self.lines.values():
            if line.told != _NOTHING_TOLD:
                for told in filter(None, line.told):
                    yield from loads(told)

    def _read_anew(self, fresh: list[_Task], jobs: int, progress: Callable[[int, int], None]) -> None:
        parts = (tuple(fresh[start : start + AT_ONCE]) for start in range(0, len(fresh), AT_ONCE))
        only = self.tree.only
        shares = [_Share(self.read_parts, only(task.folder for task in part), self.asked, part) for part in parts]
        done = 0
        for read in spread(_read_share, shares, jobs):
            self.lines.update((folder, line) for folder, line, _ in read)
            self.shelf.put(row for _, _, rows in read for row in rows)
            done += len(read)
            progress(done, len(fresh))
        if fresh or self.gone:
            self.shelf.remove(_name(folder, part) for folder in self.gone for part in (RECORD, TEXTS))
            if self.shelf.path is not None:  # else there is no later run
                lines = {folder: tuple(line) for folder, line in self.lines.items()}
                self.shelf.put([(_INDEX, marshal.dumps((program_version(), tuple(self.asked), self.name, lines)))])
            self.shelf.commit()

    def _recalled(self, asked: Asked) -> dict[str, Line]:
        """The lines of an earlier run of this very program."""
        body = self.shelf.get(_INDEX)
        said: tuple[Any, ...] = marshal.loads(body) if body else ()  # noqa: S302 (its sum is right)
        if said[:2] != (program_version(), tuple(asked)):
            self.name = b""
            return {}
        _, _, self.name, lines = said
        return {folder: Line(*line) for folder, line in lines.items()}

    def _kept(self, folder: str, part: int) -> Reading | None:
        """The reading of a part, None when the shelf doesn't have it."""
        key, body = self.lines[folder].written[part], self.shelf.get(_name(folder, part))
        if body is None or not body.startswith(key):
            return None
        try:
            found = loads(body[len(key) :])
        except BROKEN:
            return None
        return found if isinstance(found, Reading) else None

    def _written(self, folder: str) -> tuple[bytes, bytes]:
        """Digests of what a folder's reading is made from; those of files that can't be read are all alike."""
        record = self._digest(folder, self.files[folder.partition("/")[0]])
        return record, b"".join(self._digest(folder, f"{language}.md") for language in self.asked.written)

    def _digest(self, folder: str, name: str) -> bytes:
        """16 bytes that name what is in a file: none or other ones when there is no file, or it can't be read."""
        try:
            return self.tree.digest(f"{folder}/", name) or b"no such file"
        except OSError:
            return b"not readable"


def _none_held() -> tuple[Recent[Reading], Recent[Reading]]:
    return Recent(MOST_HELD), Recent(MOST_HELD)


@dataclass(frozen=True, slots=True)
class _Task:
    folder: str
    written: tuple[bytes, bytes]
    before: Line | None


@dataclass(frozen=True, slots=True)
class _Share:
    """Some folders for one process, with all that it needs to read them."""

    read_parts: tuple[ReadPart, ReadPart]
    tree: SourceTree
    asked: Asked
    tasks: tuple[_Task, ...]


def _read_share(share: _Share) -> list[tuple[str, Line, list[tuple[str, bytes]]]]:
    """Of each folder its line, and its parts that had to be read anew for the shelf."""
    tree, found = share.tree, []
    for task in share.tasks:
        line, rows = task.before or _NEW, []
        for part in (RECORD, TEXTS):
            if task.before is None or task.before.written[part] != task.written[part]:
                reading = share.read_parts[part](tree, task.folder, share.asked)
                rows.append((_name(task.folder, part), task.written[part] + pickle.dumps(reading, 5)))
                line = _renewed(line, part, reading)
        key = blake2b(b" ".join(task.written), digest_size=16).digest()
        found.append((task.folder, line._replace(written=task.written, key=key), rows))
    return found


def _renewed(line: Line, part: int, reading: Reading) -> Line:
    told, said = pickle.dumps(reading.problems, 5) if reading.problems else b"", reading.said
    if part == RECORD:
        return line._replace(record=None if said is None else fingerprint(said), told=(told, line.told[TEXTS]))
    return line._replace(texts={lang: fingerprint(text) for lang, text in said.items()}, told=(line.told[RECORD], told))


def _name(folder: str, part: int) -> str:
    """The name of a part on the shelf."""
    return f"{folder}/texts" if part == TEXTS else folder


class FolderRecords(Mapping[str, Any]):
    """The records of one kind by id, each found when it is asked for. `prints` are equal for equal records."""

    def __init__(self, folders: Folders, kind: str) -> None:
        self._folders, self._start = folders, f"{kind}/"
        self.prints: dict[str, Any] = {
            folder[len(self._start) :]: line.record
            for folder, line in folders.lines.items()
            if folder.startswith(self._start) and line.record is not None
        }

    def __getitem__(self, id_: str) -> Any:
        if id_ not in self.prints:
            raise KeyError(id_)
        return self._folders.said(self._start + id_, RECORD)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.prints

    def __iter__(self) -> Iterator[str]:
        return iter(self.prints)

    def __len__(self) -> int:
        return len(self.prints)


class FolderTexts(Mapping[str, Any]):
    """The long texts by the paths of their files; found and compared like records."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self.prints: dict[str, Any] = {
            f"{folder}/{lang}.md": text for folder, line in folders.lines.items() for lang, text in line.texts.items()
        }

    def __getitem__(self, path: str) -> Any:
        if path not in self.prints:
            raise KeyError(path)
        folder, _, name = path.rpartition("/")
        return self._folders.said(folder, TEXTS)[name.removesuffix(".md")]

    def __contains__(self, path: object) -> bool:
        return path in self.prints

    def __iter__(self) -> Iterator[str]:
        return iter(self.prints)

    def __len__(self) -> int:
        return len(self.prints)

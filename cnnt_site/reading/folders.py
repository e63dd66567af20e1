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
from pathlib import Path
from typing import Any, NamedTuple

from cnnt_site.noting import fingerprint
from cnnt_site.problems import Problem
from cnnt_site.processes import spread
from cnnt_site.program import program_version
from cnnt_site.reading.tree import SourceFile, SourceTree
from cnnt_site.shelf import Shelf
from cnnt_site.unpickling import BROKEN, loads

MOST_HELD = 1_024
"""So many folders are held at once, so that memory stays bounded."""

AT_ONCE = 50
"""Folders that a process reads before it hands them over."""

_INDEX = "index"


class Asked(NamedTuple):
    """What a folder is read for: `languages` are the site's, `written` those that texts are looked for in."""

    languages: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record's folder says: a function of the bytes of its files and of what is asked."""

    record: Any
    texts: dict[str, Any]
    problems: tuple[Problem, ...]
    text_problems: tuple[Problem, ...]


ReadFolder = Callable[[SourceTree, str, Asked, Reading | None], Reading]
"""Reads a folder ("products/tranh-sen"); with a reading of before only its texts, for its record is the same."""


class Line(NamedTuple):
    """What is known of a folder without its reading.

    `written` are the digests of its record's file and of its texts. `record` is the print of the record, None when
    there is none, `texts` those of its texts by language. `told` are its problems, pickled; empty when there are none.
    """

    written: tuple[bytes, bytes]
    record: Any
    texts: dict[str, Any]
    told: bytes

    @property
    def key(self) -> bytes:
        """Names what was read."""
        return blake2b(b" ".join(self.written), digest_size=16).digest()


@dataclass(slots=True)
class Folders:
    """All folders of records, as last read.

    `files` is the name of each kind's record file; `fresh` are the folders that were new or had changed since the
    time before, `gone` those that were there no longer.
    """

    shelf: Shelf
    read_folder: ReadFolder
    files: Mapping[str, str]
    tree: SourceTree = field(default_factory=lambda: SourceTree(Path()))
    asked: Asked = field(default_factory=lambda: Asked((), ()))
    lines: dict[str, Line] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    _held: dict[str, Reading] = field(default_factory=dict)

    def read(
        self, tree: SourceTree, asked: Asked, jobs: int, progress: Callable[[int, int], None]
    ) -> dict[str, list[str]]:
        """Reads what has changed since the last time. Returns the names of each kind's folders, in order."""
        before = self.lines if self.lines and self.asked == asked else self._recalled(asked)
        self.tree, self.asked, self.lines = tree, asked, {}
        self._held.clear()
        names: dict[str, list[str]] = {kind: [] for kind in self.files}
        fresh: list[_Task] = []
        grouped = tree.grouped(self.files)
        for folder, files in grouped.items():
            kind, _, name = folder.partition("/")
            names[kind].append(name)
            written, line = self._written(kind, files), before.get(folder)
            if line is not None and line.written == written:
                self.lines[folder] = line
                continue
            same_record = line is not None and line.written[0] == written[0] != b""
            known = self._kept(folder, before[folder]) if same_record else None
            fresh.append(_Task(folder, written, files, known))
        self.fresh = tuple(task.folder for task in fresh)
        self.gone = tuple(folder for folder in before if folder not in grouped)
        self._read_anew(fresh, jobs, progress)
        self.lines = {f"{kind}/{name}": self.lines[f"{kind}/{name}"] for kind in names for name in names[kind]}
        return names

    def reading(self, folder: str) -> Reading:
        """What a folder says. Raises KeyError for one that isn't there."""
        found = self._held.get(folder)
        if found is None:
            found = self._kept(folder, self.lines[folder]) or self.read_folder(self.tree, folder, self.asked, None)
            if len(self._held) >= MOST_HELD:
                self._held.clear()
            self._held[folder] = found
        return found

    def problems(self) -> Iterator[Problem]:
        """What is wrong with any of them."""
        for line in self.lines.values():
            if line.told:
                yield from loads(line.told)

    def _read_anew(self, fresh: list[_Task], jobs: int, progress: Callable[[int, int], None]) -> None:
        shares = [
            _Share(self.read_folder, self.tree.root, self.asked, tuple(fresh[start : start + AT_ONCE]))
            for start in range(0, len(fresh), AT_ONCE)
        ]
        done = 0
        for read in spread(_read_share, shares, jobs):
            for task, (line, _) in zip(fresh[done:], read, strict=False):
                self.lines[task.folder] = line
            self.shelf.put(
                (task.folder, line.key + body) for task, (line, body) in zip(fresh[done:], read, strict=False)
            )
            done += len(read)
            progress(done, len(fresh))
        if fresh or self.gone:
            lines = {folder: tuple(line) for folder, line in self.lines.items()}
            self.shelf.remove(self.gone)
            self.shelf.put([(_INDEX, marshal.dumps((program_version(), tuple(self.asked), lines)))])
            self.shelf.commit()

    def _recalled(self, asked: Asked) -> dict[str, Line]:
        """The lines of an earlier run of this very program."""
        body = self.shelf.get(_INDEX)
        version, then, lines = marshal.loads(body) if body is not None else ("", (), {})  # noqa: S302 (its sum is right)
        return (
            {folder: Line(*line) for folder, line in lines.items()}
            if (version, then) == (program_version(), tuple(asked))
            else {}
        )

    def _kept(self, folder: str, line: Line) -> Reading | None:
        """The reading of a line, None when the shelf doesn't have it."""
        body = self.shelf.get(folder)
        if body is None or not body.startswith(line.key):
            return None
        try:
            found = loads(body[len(line.key) :])
        except BROKEN:
            return None
        return found if isinstance(found, Reading) else None

    def _written(self, kind: str, files: Mapping[str, SourceFile]) -> tuple[bytes, bytes]:
        """Digests of what a folder's reading is made from; those of files that can't be read are all alike."""
        record = _digest(files.get(self.files[kind]))
        return record, b"".join(_digest(files.get(f"{language}.md")) for language in self.asked.written)


@dataclass(frozen=True, slots=True)
class _Task:
    folder: str
    written: tuple[bytes, bytes]
    files: Mapping[str, SourceFile]
    before: Reading | None


@dataclass(frozen=True, slots=True)
class _Share:
    """Some folders for one process, with all that it needs to read them."""

    read_folder: ReadFolder
    root: Path
    asked: Asked
    tasks: tuple[_Task, ...]


def _read_share(share: _Share) -> list[tuple[Line, bytes]]:
    """Of each folder its line, and its reading pickled."""
    tree = SourceTree(share.root, {file.path: file for task in share.tasks for file in task.files.values()})
    found = []
    for task in share.tasks:
        reading = share.read_folder(tree, task.folder, share.asked, task.before)
        told = (*reading.problems, *reading.text_problems)
        line = Line(
            task.written,
            None if reading.record is None else fingerprint(reading.record),
            {lang: fingerprint(text) for lang, text in reading.texts.items()},
            pickle.dumps(told, 5) if told else b"",
        )
        found.append((line, pickle.dumps(reading, 5)))
    return found


def _digest(file: SourceFile | None) -> bytes:
    """16 bytes that name what is in a file: none or other ones when there is no file, or it can't be read."""
    if file is None:
        return b"no such file"
    try:
        return file.digest()
    except OSError:
        return b"not readable"


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
        return self._folders.reading(self._start + id_).record

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
        return self._folders.reading(folder).texts[name.removesuffix(".md")]

    def __contains__(self, path: object) -> bool:
        return path in self.prints

    def __iter__(self) -> Iterator[str]:
        return iter(self.prints)

    def __len__(self) -> int:
        return len(self.prints)

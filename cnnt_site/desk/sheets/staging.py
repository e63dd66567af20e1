"""Putting many files into content at once: all are written beside it first, tried, and only then moved.

When the disk refuses in the middle, what was moved is put back. When the process dies there, a journal is
left that says what was moved: the next command puts it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from cnnt_site.files import UNFINISHED, move_into_place, replace_file
from cnnt_site.reading.tree import SourceFile, SourceTree

_JOURNAL = "journal.json"
_BEFORE = ".before"


@dataclass(frozen=True, slots=True)
class Staged:
    """New files of a content folder: the names under which they lie in `folder`, by their path in the content."""

    folder: Path
    files: Mapping[str, str]

    def over(self, tree: SourceTree) -> SourceTree:
        """The content as it would be with these files."""
        found = {path: self.folder / name for path, name in self.files.items()}
        new = {path: SourceFile(path, str(real), real.stat().st_size) for path, real in found.items()}
        return tree.over(new)

    def move(self, root: Path) -> None:
        """Moves all files into the content folder, or none. Raises OSError when the disk refuses."""
        cache = self.folder.parent
        self._write_journal(root.resolve())
        folder = cache / UNFINISHED
        os.replace(self.folder, folder)
        try:
            for path, name in self.files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                move_into_place(folder / name, root / path)
            (folder / _JOURNAL).unlink()
        except BaseException:
            take_back(cache)
            raise
        shutil.rmtree(folder, ignore_errors=True)

    def _write_journal(self, root: Path) -> None:
        made: set[str] = set()
        for path, name in self.files.items():
            target = root / path
            if target.exists():
                shutil.copyfile(target, self.folder / f"{name}{_BEFORE}")
            made |= {str(folder) for folder in target.parents if not folder.exists()}
        sums = {path: [name, _sum(self.folder / name)] for path, name in self.files.items()}
        journal = {"root": str(root), "files": sums, "made": sorted(made, reverse=True)}
        (self.folder / _JOURNAL).write_text(json.dumps(journal), "utf-8")


def take_back(cache: Path) -> bool:
    """Puts back what an import moved that never came to its end; whether there was one.

    A file that was changed since is left alone.
    """
    folder = cache / UNFINISHED
    journal = folder / _JOURNAL
    found = journal.is_file()
    if found:
        said = json.loads(journal.read_text("utf-8"))
        for path, (name, moved) in said["files"].items():
            target, before = Path(said["root"], path), folder / f"{name}{_BEFORE}"
            if not target.is_file() or _sum(target) != moved:
                continue
            if before.exists():
                replace_file(target, before.read_bytes())
            else:
                target.unlink()
        for made in map(Path, said["made"]):
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@contextmanager
def staged(cache: Path, files: Mapping[str, bytes], copies: Mapping[str, Path]) -> Iterator[Staged]:
    """Writes new files into a folder of its own below `cache`, which goes when this ends."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="import-", dir=cache))
    try:
        written: dict[str, str] = {}
        for path, data in sorted(files.items()):
            written[path] = str(len(written))
            (folder / written[path]).write_bytes(data)
        for path, source in sorted(copies.items()):
            written[path] = str(len(written))
            shutil.copyfile(source, folder / written[path])
        yield Staged(folder, written)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

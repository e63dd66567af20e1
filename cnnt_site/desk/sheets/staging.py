"""Putting many files into content at once: all are written beside it first, tried, and only then moved.

When the disk refuses in the middle, what was moved is put back, so content is as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from cnnt_site.files import move_into_place
from cnnt_site.reading.tree import SourceFile, SourceTree


@dataclass(frozen=True, slots=True)
class Staged:
    """New files of a content folder, by their path in it and where they lie until they are moved."""

    files: Mapping[str, Path]

    def over(self, tree: SourceTree) -> SourceTree:
        """The content as it would be with these files."""
        new = {path: SourceFile(path, str(real), real.stat().st_size) for path, real in self.files.items()}
        return SourceTree(tree.root, dict(sorted({**tree.files, **new}.items())))

    def move(self, root: Path) -> None:
        """Moves all files into the content folder, or none. Raises OSError when the disk refuses."""
        before: dict[Path, bytes | None] = {}
        made: list[Path] = []
        try:
            for path, real in self.files.items():
                target = root / path
                before[target] = target.read_bytes() if target.exists() else None
                made += [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
                target.parent.mkdir(parents=True, exist_ok=True)
                move_into_place(real, target)
        except BaseException:
            for target, data in before.items():
                if data is None:
                    target.unlink(missing_ok=True)
                elif target.read_bytes() != data:
                    target.write_bytes(data)
            for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
                if folder.exists():
                    folder.rmdir()
            raise


@contextmanager
def staged(cache: Path, files: Mapping[str, bytes], copies: Mapping[str, Path]) -> Iterator[Staged]:
    """Writes new files into a folder of its own below `cache`, which goes when this ends."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="import-", dir=cache))
    try:
        written: dict[str, Path] = {}
        for path, data in sorted(files.items()):
            written[path] = folder / str(len(written))
            written[path].write_bytes(data)
        for path, source in sorted(copies.items()):
            written[path] = folder / str(len(written))
            shutil.copyfile(source, written[path])
        yield Staged(written)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

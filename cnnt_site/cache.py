"""A store of results by content, in a folder that may be deleted at any time.

Every entry begins with the hash of what follows, so a cut or damaged one is simply a miss. The cache
decides how fast a build is, never what it writes. The time of an entry's file is when it was last used,
to the day: several content folders and branches may share a cache, and none knows what the others need.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

DAY = 24 * 60 * 60
KEPT = 30 * DAY
"""Seconds for which an entry stays that nobody uses."""

PRUNED = "pruned"
"""A file whose time is that of the last pruning."""

_SUM = 32


def digest(*parts: bytes) -> str:
    """A name for the given bytes in their order: 64 hexadecimal digits, lengths included in the sum."""
    summed = hashlib.sha256()
    for part in parts:
        summed.update(len(part).to_bytes(8, "big"))
        summed.update(part)
    return summed.hexdigest()


class Cache:
    """Entries below `folder` by their key, a digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._now = time.time()

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, or None when there is nothing whole."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                data, used = file.read(), os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if self._now - used > DAY:
            with suppress(OSError):
                os.utime(path)
        body = data[_SUM:]
        return body if hashlib.sha256(body).digest() == data[:_SUM] else None

    def has(self, key: str) -> bool:
        """Whether something, whole or not, was put under `key`."""
        return self._path(key).exists()

    def put(self, key: str, body: bytes) -> None:
        """Keeps `body`; a disk that refuses costs speed, not the build."""
        path = self._path(key)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hashlib.sha256(body).digest() + body)
            os.replace(temporary, path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def prune(self, in_use: Callable[[], Iterable[str]]) -> None:
        """Removes, once a day, what nobody used for so long; a disk that refuses keeps it.

        `in_use` gives keys of what this build would need, though it had no need to look at it.
        """
        mark = self.folder / PRUNED
        try:
            last = mark.stat().st_mtime if mark.exists() else None
            if last is None or self._now - last > DAY:
                mark.touch()
        except OSError:
            return
        if last is None or self._now - last <= DAY:
            return
        for key in in_use():
            with suppress(OSError):
                os.utime(self._path(key))
        for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    if self._now - entry.stat().st_mtime > KEPT:
                        Path(entry.path).unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

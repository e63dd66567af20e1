"""A store of results by content, in a folder that may be deleted at any time.

Every entry begins with the hash of what follows, so a cut or damaged one is simply a miss. The cache
decides how fast a build is, never what it writes.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

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

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, or None when there is nothing whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        body = data[_SUM:]
        return body if hashlib.sha256(body).digest() == data[:_SUM] else None

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

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

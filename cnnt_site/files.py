"""Writing files so that a reader sees the old bytes or the new ones, never half."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

UNFINISHED = "import-unfinished"
"""The folder below the cache that stands there while files are moved into content."""

_TRIES = 10
_PAUSE = 0.05


def replace_file(path: Path, data: bytes) -> None:
    """Puts `data` at `path` by a temporary file beside it. Raises OSError when the disk refuses."""
    temporary = path.with_name(f".{path.name}.tmp")  # one name, so that one that was left behind is written over
    try:
        temporary.write_bytes(data)
        move_into_place(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def move_into_place(ready: Path | str, path: Path | str) -> None:
    """Moves a finished file to `path` on the same disk, over what is there.

    Windows refuses while another program holds the file open, so it is tried a few times.
    """
    for attempt in range(_TRIES):
        try:
            os.replace(ready, path)
            return
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE * (attempt + 1))

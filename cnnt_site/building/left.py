"""What the last good build left: how content, themes and output were, so that it is known when nothing has changed.

One file, read at once before anything else; one that is damaged, or not of this very program, is as good as none.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cnnt_site.building.outputs import Outputs
from cnnt_site.program import program_version
from cnnt_site.reading.tree import Listed

LEFT, MEMORY = "left", "memory.db"
"""The names of this file, and of the one that holds what was made from what."""

_SUM = 16


@dataclass(frozen=True, slots=True)
class Left:
    """A good build, as it ended.

    `asked` is what was ordered, `numbers` are products, pages and untranslated pages, `told` the problems, pickled.
    `reading` names the reading of `content`; `content` and `themes` are folders as in `SourceTree.listed`. `place` is
    where the files were put, `outputs` how, `manifest` the stamp of their list. `memory` is the stamp of the memory.
    """

    asked: tuple[str | bool | None, ...] = ()
    numbers: tuple[int, int, int] = (0, 0, 0)
    told: bytes = b""
    reading: bytes = b""
    content: Mapping[str, Listed] = field(default_factory=dict)
    themes: Mapping[str, Listed] = field(default_factory=dict)
    place: str = ""
    outputs: Outputs = field(default_factory=Outputs)
    manifest: tuple[int, int] | None = None
    memory: tuple[int, int] = (0, 0)


def read(folder: Path) -> Left:
    """What was left in the folder of reusable results; nothing unless the memory there belongs to it."""
    try:
        data = (folder / LEFT).read_bytes()
        version, values = marshal.loads(data[_SUM:]) if data[:_SUM] == _sum(data[_SUM:]) else ("", {})  # noqa: S302
        if version != program_version() or values["memory"] != memory_stamp(folder):
            return Left()
    except (OSError, ValueError, EOFError, TypeError):
        return Left()
    for name in ("content", "themes"):
        values[name] = {path: Listed(*row) for path, row in values[name].items()}
    return Left(**{**values, "outputs": Outputs(values["outputs"])})


def write(folder: Path, left: Left) -> None:
    """Leaves it for the next build. A disk that refuses costs only speed."""
    values: dict[str, Any] = {each.name: getattr(left, each.name) for each in fields(left)}
    for name in ("content", "themes"):
        values[name] = {path: tuple(row) for path, row in values[name].items()}
    data = marshal.dumps((program_version(), {**values, "outputs": left.outputs.stamps}))
    with suppress(OSError):
        ready = folder / f"{LEFT}.tmp"
        ready.write_bytes(_sum(data) + data)
        os.replace(ready, folder / LEFT)


def memory_stamp(folder: Path) -> tuple[int, int]:
    """Size and time of the memory in a folder. Raises OSError when there is none."""
    status = (folder / MEMORY).stat()
    return status.st_size, status.st_mtime_ns


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()

"""Files compressed beforehand, beside the ones they are of: small hosts then send the smaller ones as they are.

The bytes are the same each time with the same version of zlib and of brotli; no clock and no system is in them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from typing import Literal

from cnnt_site.headers import COMPRESSED

Compressed = Literal["no", "gzip", "brotli"]
"""Nothing beforehand; `.gz`; `.gz` and `.br`."""

ENDINGS: dict[Compressed, tuple[str, ...]] = {"no": (), "gzip": (".gz",), "brotli": (".br", ".gz")}
"""What stands beside a file that is worth it, the smallest first."""

WORTH = 1_000
"""Bytes: what is smaller fits one packet of the network anyway."""

_TEXTS = tuple(f".{ending}" for ending in COMPRESSED)


class NoBrotli(Exception):
    """brotli isn't installed."""


def ready(how: Compressed) -> None:
    """Raises NoBrotli when it is wanted and missing."""
    if how == "brotli":
        try:
            import brotli  # noqa: F401
        except ImportError:
            raise NoBrotli from None


def with_compressed(files: Iterable[tuple[str, bytes]], how: Compressed) -> Iterator[tuple[str, bytes]]:
    """Each file by its address, and after it what it is when compressed."""
    for address, data in files:
        yield address, data
        if len(data) >= WORTH and address.endswith(_TEXTS):
            for ending in ENDINGS[how]:
                yield address + ending, _made(ending, data)


def original(address: str) -> str:
    """The address of the file that a compressed one stands beside; any other is its own."""
    return next((address.removesuffix(ending) for ending in ENDINGS["brotli"] if address.endswith(ending)), address)


def _made(ending: str, data: bytes) -> bytes:
    if ending == ".gz":
        made = gzip.compress(data, 9, mtime=0)
        return made[:9] + b"\xff" + made[10:]  # the sign of no system
    import brotli

    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT)
    return packed

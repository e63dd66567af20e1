"""Blocks of ids: what goes over all products is made block by block, and only what changed is made again.

A large file then consists of fragments, one or more for each block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

FRAGMENT = "#"
"""Stands in the address of a fragment, after that of the file which is put together from all of its fragments."""

SIZE = 64
"""Ids in a block on average, unless something else is asked for."""


def blocks(ids: Iterable[str], size: int = 0) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids in blocks of about `size`, each with a name: '' for the first, which is always there, else its first id.

    The ids themselves say where a block ends, at twice the size at last, so that one that comes or goes changes its own
    block and perhaps the next.
    """
    name, block, size = "", list[str](), size or SIZE
    for id_ in ids:
        if block and (len(block) == 2 * size or crc32(block[-1].encode()) % size == 0):
            yield name, tuple(block)
            name, block = id_, []
        block.append(id_)
    yield name, tuple(block)

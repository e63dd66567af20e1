"""Files that are put together from fragments, so that a small change of a large file makes one fragment anew.

Pieces of feeds make fragments; they are kept in the memory and named by the address of their file, `FRAGMENT` and
something that puts them in order. Once all pieces are made, another piece joins the fragments of each file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cnnt_site.blocks import FRAGMENT
from cnnt_site.building.memory import Memory
from cnnt_site.building.source import JOIN, Piece
from cnnt_site.cache import digest

_PART = "fragments"
_SUM = 32

Sums = dict[str, dict[str, str]]
"""By the name of the piece that made it and the address of a fragment, its sum."""


class Fragments:
    """All fragments that stand, those of the last build and what was taken since."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._before: Sums = memory.part(_PART, {})
        self._now = dict(self._before)

    def take(self, name: str, made: Mapping[str, bytes]) -> None:
        """The piece of that name now has these fragments; none when it makes none, or is gone."""
        before = self._now.pop(name, {})
        if made:
            self._now[name] = {address: _sum(body) for address, body in made.items()}
        if before or made:
            self._memory.keep_fragments(made, before.keys() - made.keys())

    @property
    def have_changed(self) -> bool:
        """Whether any is another than at the last build."""
        return self._now != self._before

    def joins(self) -> list[Piece]:
        """The pieces that put files together."""
        return _joins(self._now)

    def joined_no_more(self) -> Iterator[str]:
        """The names of pieces that put files together of which nothing is left."""
        now = {piece.name for piece in self.joins()}
        return (piece.name for piece in _joins(self._before) if piece.name not in now)

    def of(self, piece: Piece) -> Iterator[tuple[str, str, bytes | None]]:
        """The fragments that a piece joins: who made each, its address, and its body unless the disk refused it."""
        file = f"{piece.arguments[1]}{FRAGMENT}"
        found = ((at, name) for name, sums in self._now.items() for at in sums if at.startswith(file))
        for address, name in sorted(found):
            body = self._memory.fragment(address)
            yield name, address, body if body is not None and _sum(body) == self._now[name][address] else None

    def settle(self) -> None:
        """Remembers them, once all is published."""
        if self.have_changed:
            self._memory.put(_PART, self._now)


def _sum(body: bytes) -> str:
    return digest(body)[:_SUM]


def _joins(sums: Sums) -> list[Piece]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, made in sums.items():
        for address, sum_ in made.items():
            found.setdefault((name.partition(" ")[0], address.partition(FRAGMENT)[0]), {})[address] = sum_
    return [_join(feed, file, own) for (feed, file), own in sorted(found.items())]


def _join(feed: str, file: str, sums: Mapping[str, str]) -> Piece:
    return Piece(feed, (JOIN, file, tuple(sum_ for _, sum_ in sorted(sums.items()))))

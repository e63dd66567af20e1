"""All that files are made from, and what is made by itself: pages, and pieces of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnt_site.cache import Cache
from cnnt_site.pages.showroom import Arguments, Draft, Showroom
from cnnt_site.search.synonyms import Synonyms

if TYPE_CHECKING:
    from cnnt_site.printing.pictures import PaperPictures


@dataclass(frozen=True, slots=True)
class Source:
    """All that files are made from. `synonyms` are the words that the content adds to the search."""

    showroom: Showroom
    synonyms: Synonyms


FEED = "feed"
"""What the call of a piece begins with."""

Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What feeds may use beside the source: results kept by content, and what is in the content's pictures.

    A picture is found by the address that a view names, which holds the hash of what is in it.
    """

    cache: Cache
    pictures: PaperPictures


JOIN = "join"
"""The first argument of a piece that puts such files together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Files of a feed that are made together, as a `Draft` is a page."""

    feed: str
    arguments: Arguments

    @property
    def name(self) -> str:
        """What the piece is called among all that is made; lists of what is in it are no part of that."""
        return " ".join([self.feed, *(str(part) for part in self.arguments if not isinstance(part, tuple))])

    @property
    def call(self) -> tuple[Any, ...]:
        """The way in which the piece is made."""
        return FEED, self.feed, *self.arguments

    @property
    def weight(self) -> int:
        """About how many products it tells of."""
        return max((len(part) for part in self.arguments if isinstance(part, tuple)), default=1)


Task = Draft | Piece
"""What is made by itself."""


def is_join(task: Task | None) -> bool:
    """Whether something is made of what other pieces made."""
    return isinstance(task, Piece) and task.arguments[:1] == (JOIN,)

"""Lists that may stand on several pages: which pages those are, how they lead on, and those that follow the first.

A page looks at no more of a list than it shows, so that it stays as it is while the others change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from cnnt_site.addresses.scheme import page_count, page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, Card, Link, Pager
from cnnt_site.pages.showroom import Arguments, Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller

ALL_OFFERED = 12
"""A list of so many pages still offers all of them on each."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """What stands under a heading of a list: None for a list without any. `badge` draws a level beside it.

    `more` leads to all that stands under the heading, where that has a page of its own.
    """

    heading: Phrase | None
    badge: Badge | None
    more: Link | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A page that follows the first one of a list. `kind` is that of the first page, `total` counts the products."""

    kind: str
    name: Phrase
    total: int
    parts: tuple[ListPart, ...]
    pager: Pager


def drafts(
    showroom: Showroom,
    lang: str,
    kind: str,
    id_: str,
    compose: Callable[..., PagePlan],
    arguments: Arguments | None = None,
) -> Iterator[Draft]:
    """The pages of a list. `compose` gets language, `arguments` (the id when there are none) and the page's number."""
    total = page_count(showroom.catalogue.cards(kind, id_), showroom.catalogue.site.page_size)
    for number in range(1, total + 1):
        address = showroom.routes.of(*page_of_list(kind, id_, number), lang)
        yield Draft(address, compose, (lang, *((id_,) if arguments is None else arguments), number))


def shown(teller: Teller, kind: str, id_: str, number: int) -> tuple[Card, ...]:
    """The products on a page of a list without headings."""
    parts = teller.catalogue.slice(kind, id_, number)
    return teller.cards(chain.from_iterable(ids for _, _, ids in parts))


def pager(teller: Teller, kind: str, id_: str, number: int) -> Pager:
    """Where a page of a list stands among the others."""
    size, length = teller.catalogue.site.page_size, teller.catalogue.cards(kind, id_)
    total = page_count(length, size)

    def href(page: int) -> str:
        return teller.href(*page_of_list(kind, id_, page))

    return Pager(
        first=min((number - 1) * size + 1, length),
        last=min(number * size, length),
        total=length,
        number=number,
        pages=tuple(Link(Phrase(str(page)), href(page), None, page == number) for page in offered(number, total)),
        previous=href(number - 1) if number > 1 else None,
        next=href(number + 1) if number < total else None,
    )


def offered(number: int, total: int) -> Iterator[int]:
    """The pages that page `number` of `total` leads to: a phone has no room for hundreds.

    >>> list(offered(7, 8))
    [1, 2, 3, 4, 5, 6, 7, 8]
    >>> list(offered(57, 209))
    [1, 10, 20, 30, 40, 50, 55, 56, 57, 58, 59, 60, 70, 80, 90, 100, 200, 209]
    """
    for page in range(1, total + 1):
        away = abs(page - number)
        is_round = page % 100 == 0 or (page % 10 == 0 and away < 50)
        if total <= ALL_OFFERED or page in (1, total) or away <= 2 or is_round:
            yield page


def title(teller: Teller, name: str, number: int) -> str:
    """The title of a page of a list that is called `name`."""
    return name if number == 1 else teller.word("page.of_list", name=name, n=number)


def further(
    teller: Teller,
    kind: str,
    id_: str,
    number: int,
    name: Phrase,
    crumbs: tuple[Link, ...],
    parts: tuple[ListPart, ...],
) -> PagePlan:
    """A page that follows the first one of a list: nothing but its part of the list and the way on."""
    view = ListView(kind, name, teller.catalogue.size(kind, id_), parts, pager(teller, kind, id_, number))
    key = page_of_list(kind, id_, number)
    above = (*crumbs, teller.link(kind, id_, name))
    about = About(kind=key.kind, id=key.id, title=title(teller, name.text, number), crumbs=above)
    return PagePlan(teller.here, "list.html", teller.lang, frame(teller, about), view)

"""The catalogue, a page of cards at a time, with the ready-made lists beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cnnt_site.addresses.scheme import page_count
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Card, Link, Pager
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the catalogue: `key` is level, programme, group, place or year."""

    key: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A page of the catalogue."""

    cards: tuple[Card, ...]
    pager: Pager
    facets: tuple[Facet, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """All pages of the catalogue in a language: the newest recognitions first."""
    catalogue = showroom.catalogue
    for number in range(1, page_count(len(catalogue.listed), catalogue.site.page_size) + 1):
        yield Draft(showroom.routes.of("browse", str(number), lang), _catalogue_page, (lang, number))


def _catalogue_page(showroom: Showroom, lang: str, number: int) -> PagePlan:
    address = showroom.routes.of("browse", str(number), lang)
    teller = Teller(showroom, lang, address)
    shown, pager = paged(teller, "browse", "", showroom.catalogue.newest, number)
    title = teller.word("catalogue.title")
    if number > 1:
        title = f"{title}, {teller.word('page.n', n=number)}"
    about = About(kind="browse", id=str(number), title=title)
    view = CatalogueView(teller.cards(shown), pager, facets(teller))
    return PagePlan(address, "catalogue.html", lang, frame(teller, about), view)


def paged(teller: Teller, kind: str, id_: str, ids: Sequence[str], number: int) -> tuple[Sequence[str], Pager]:
    """The ids of page `number` of a list, and its pager. `id_` is '' for the catalogue itself."""
    size = teller.catalogue.site.page_size
    total = page_count(len(ids), size)

    def href(page: int) -> str:
        first = id_ or "1"
        return teller.href(kind, first if page == 1 else f"{id_}/{page}".lstrip("/"))

    shown = ids[(number - 1) * size : number * size]
    return shown, Pager(
        first=(number - 1) * size + 1 if shown else 0,
        last=(number - 1) * size + len(shown),
        total=len(ids),
        number=number,
        pages=tuple(Link(Phrase(str(page)), href(page), None, page == number) for page in range(1, total + 1)),
        previous=href(number - 1) if number > 1 else None,
        next=href(number + 1) if number < total else None,
    )


def facets(teller: Teller) -> tuple[Facet, ...]:
    """Links to every ready-made list, with its count."""
    catalogue = teller.catalogue
    records = catalogue.records

    levels = tuple(
        teller.link("level", id_, teller.must_say(records.levels[id_].label), len(catalogue.by_level.get(id_, ())))
        for id_ in reversed(catalogue.ladder())
    )
    groups = tuple(
        teller.link("group", id_, teller.must_say(group.short or group.label), len(catalogue.by_group.get(id_, ())))
        for id_, group in sorted(records.groups.items(), key=lambda item: (item[1].order, item[0]))
    )
    districts = (id_ for id_ in records.districts if id_ in catalogue.by_place)
    by_count = sorted(districts, key=lambda id_: (-len(catalogue.by_place[id_]), id_))
    places = tuple(teller.place_link(id_, len(catalogue.by_place[id_]), short=True) for id_ in by_count)
    years = tuple(
        teller.link("year", str(year), Phrase(str(year)), len(catalogue.by_year[year]))
        for year in sorted(catalogue.by_year, reverse=True)
    )
    programmes = tuple(
        teller.link("programme", id_, teller.must_say(programme.short), programme_total(teller, id_))
        for id_, programme in records.programmes.items()
        if id_ != catalogue.site.programme
    )
    found = (("level", levels), ("group", groups), ("place", places), ("year", years), ("programme", programmes))
    return tuple(Facet(key, links) for key, links in found if links)


def programme_total(teller: Teller, programme: str) -> int:
    """How many listed products hold a certificate of a programme."""
    return len(teller.catalogue.by_programme.get(programme, ()))

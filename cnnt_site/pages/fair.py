"""Fairs: the list and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import showcase
from cnnt_site.model.fair import Fair
from cnnt_site.pages import structured
from cnnt_site.pages.days import Days, days
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Badge, Link, Prose, Scan, SourceLine, Tools
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.product import languages_of
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.stands import ZonePanel, zones
from cnnt_site.pages.teller import Teller
from cnnt_site.pages.tools import tools


@dataclass(frozen=True, slots=True)
class FairRow:
    """A fair in the list."""

    name: Phrase
    href: str
    when: Days
    venue: Phrase | None
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class FairsView:
    """All fairs, the newest first."""

    fairs: tuple[FairRow, ...]


@dataclass(frozen=True, slots=True)
class FairView:
    """A fair. `booth_count` is the size of all of it, `zones` hold what stands there of this showroom.

    `of_round` says that no source tells what stood there: the stands are those of the round
    (`selection`) whose certificates were given there.
    """

    id: str
    name: Phrase
    other_name: Phrase | None
    when: Days
    venue: Phrase | None
    organiser: Phrase | None
    booth_count: int | None
    booths: int
    products: int
    badge: Badge | None
    selection: Link | None
    story: Prose | None
    photos: tuple[Picture, ...]
    zones: tuple[ZonePanel, ...]
    of_round: bool
    sources: tuple[SourceLine, ...]
    scan: Scan
    tools: Tools | None
    notices: tuple[str, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of fairs in a language."""
    yield Draft(showroom.routes.of("fairs", "", lang), _fairs, (lang,))
    for id_ in showroom.catalogue.records.fairs:
        yield Draft(showroom.routes.of("fair", id_, lang), _fair, (lang, id_))


def _fairs(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("fairs", "", lang)
    teller = Teller(showroom, lang, address)
    fairs = showroom.catalogue.records.fairs
    rows = tuple(_row(teller, id_, fairs[id_]) for id_ in fair_order(showroom.catalogue))
    return PagePlan(
        address, "fairs.html", lang, frame(teller, About(kind="fairs", title=teller.word("nav.fairs"))), FairsView(rows)
    )


def fair_order(catalogue: Catalogue) -> list[str]:
    """Fairs by their days, the newest first; one without a day stands by the year of its round."""

    def day(id_: str) -> str:
        fair = catalogue.records.fairs[id_]
        return fair.start or fair.end or (str(fair.selection.year) if fair.selection else "")

    return sorted(catalogue.records.fairs, key=lambda id_: (day(id_), id_), reverse=True)


def _badge(teller: Teller, fair: Fair) -> Badge | None:
    return teller.level_badge(fair.selection.level, fair.selection.year) if fair.selection else None


def _row(teller: Teller, id_: str, fair: Fair) -> FairRow:
    return FairRow(
        name=teller.must_say(fair.name),
        href=teller.href("fair", id_),
        when=days(fair, teller.catalogue.as_of),
        venue=teller.say(fair.venue),
        badge=_badge(teller, fair),
    )


def _fair(showroom: Showroom, lang: str, id_: str) -> PagePlan:
    address = showroom.routes.of("fair", id_, lang)
    teller = Teller(showroom, lang, address)
    fair = showroom.catalogue.records.fairs[id_]
    story = teller.story(f"fairs/{id_}")
    missing = lang not in fair.name or (story is not None and story.lang)
    shown = showcase(showroom.catalogue, "fair", id_)
    view = FairView(
        id=id_,
        name=teller.must_say(fair.name),
        other_name=teller.say_elsewhere(fair.name),
        when=days(fair, showroom.catalogue.as_of),
        venue=teller.say(fair.venue),
        organiser=teller.say(fair.organiser),
        booth_count=fair.booth_count,
        booths=len(fair.booths),
        products=sum(showroom.catalogue.entries[product].product.withdrawn is None for product in shown.products()),
        badge=_badge(teller, fair),
        selection=_selection(teller, fair),
        story=story,
        photos=teller.photographs("fairs", id_, fair.photos),
        zones=zones(teller, shown),
        of_round=shown.of_round,
        sources=teller.sources(fair.sources),
        scan=teller.scan("fair", id_),
        tools=tools(teller, "fair", id_, teller.must_say(fair.name)),
        notices=("notice.no_translation",) if missing else (),
    )
    about = About(
        kind="fair",
        id=id_,
        title=view.name.text,
        crumbs=(teller.link("fairs", "", teller.own_phrase("nav.fairs")),),
        told=languages_of(showroom, fair.name, f"fairs/{id_}"),
        structured=structured.fair(teller, id_),
    )
    return PagePlan(address, "fair.html", lang, frame(teller, about), view)


def _selection(teller: Teller, fair: Fair) -> Link | None:
    """The list of the round, when the catalogue has products of it."""
    if fair.selection is None:
        return None
    level, year = fair.selection.level, fair.selection.year
    address = teller.showroom.routes.find("level-year", f"{level}/{year}", teller.lang)
    if address is None:
        return None
    label = teller.level_badge(level).label
    count = len(teller.catalogue.by_level_year[level, year])
    return Link(Phrase(f"{label.text} {year}", label.lang), teller.to(address), count)

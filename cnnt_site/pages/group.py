"""Product groups: the overview and the pages of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.listing import ListPart
from cnnt_site.pages.parts import Card, Link, Pager
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class GroupTile:
    """A group as a tile."""

    label: Phrase
    href: str
    count: int
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class GroupsView:
    """All groups."""

    tiles: tuple[GroupTile, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A page of a group's products."""

    label: Phrase
    picture: Picture | None
    cards: tuple[Card, ...]
    pager: Pager
    level_counts: tuple[Link, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The pages of groups in a language."""
    yield Draft(showroom.routes.of("groups", "", lang), _groups, (lang,))
    for id_ in showroom.catalogue.records.groups:
        yield from listing.drafts(showroom, lang, "group", id_, _group)


def _groups(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("groups", "", lang)
    teller = Teller(showroom, lang, address)
    about = About(kind="groups", title=teller.word("nav.categories"))
    return PagePlan(address, "groups.html", lang, frame(teller, about), GroupsView(group_tiles(teller)))


def group_tiles(teller: Teller) -> tuple[GroupTile, ...]:
    """Groups in their order."""
    catalogue = teller.catalogue
    return tuple(
        GroupTile(
            label=teller.must_say(group.short or group.label),
            href=teller.href("group", id_),
            count=catalogue.size("group", id_),
            picture=teller.illustration(group.illustration),
        )
        for id_, group in sorted(catalogue.records.groups.items(), key=lambda item: (item[1].order, item[0]))
    )


def _group(showroom: Showroom, lang: str, id_: str, number: int) -> PagePlan:
    address = showroom.routes.of(*page_of_list("group", id_, number), lang)
    teller = Teller(showroom, lang, address)
    catalogue, group = showroom.catalogue, showroom.catalogue.records.groups[id_]
    crumbs = (teller.link("browse", "1", teller.own_phrase("nav.products")),)
    cards, name = listing.shown(teller, "group", id_, number), teller.must_say(group.label)
    if number > 1:
        return listing.further(teller, "group", id_, number, name, crumbs, (ListPart(None, None, None, cards),))
    counts = ((level, catalogue.level_counts.get(("group", id_, level))) for level in reversed(catalogue.ladder()))
    view = GroupView(
        label=name,
        picture=teller.illustration(group.illustration),
        cards=cards,
        pager=listing.pager(teller, "group", id_, number),
        level_counts=tuple(
            teller.link("level", level, teller.must_say(catalogue.records.levels[level].label), count)
            for level, count in counts
            if count
        ),
    )
    about = About(kind="group", id=id_, title=name.text, crumbs=crumbs)
    return PagePlan(address, "group.html", lang, frame(teller, about), view)

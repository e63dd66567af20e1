"""Places: the tile map with all lists, and a page for each province, former district and commune of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cnnt_site.addresses.scheme import page_of_list
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.model.place import Commune, District, Place, Province
from cnnt_site.pages import listing
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.listing import ListPart
from cnnt_site.pages.parts import Card, Link, Pager, SourceLine
from cnnt_site.pages.producer import ProducerRow, first_letter, producer_rows
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.vietnamese import sort_key

SHADES = 4

MOST_PRODUCERS = 100
"""More producers than these a place's page doesn't list: a phone would have to load them all."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A place of the schematic map; `shade` 0 to 4 by its share of products, 0 for none."""

    label: Phrase
    href: str
    row: int
    column: int
    count: int
    shade: int
    current: bool


@dataclass(frozen=True, slots=True)
class MapStep:
    """What a shade of the map means: from `least` to `most` products."""

    shade: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class TileSheet:
    """The schematic map of one former province, and the key to its shades."""

    title: Phrase
    rows: int
    columns: int
    tiles: tuple[Tile, ...]
    steps: tuple[MapStep, ...]


@dataclass(frozen=True, slots=True)
class ProvinceList:
    """A province with its former districts."""

    province: Link
    districts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CommuneGroup:
    """Communes of today that begin with a letter."""

    letter: str
    communes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PlacesView:
    """All places."""

    sheets: tuple[TileSheet, ...]
    provinces: tuple[ProvinceList, ...]
    communes: tuple[CommuneGroup, ...]
    commune_total: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """A former commune that a commune of today was made of."""

    name: str
    district: Link


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A sourced sentence."""

    text: Phrase
    source: SourceLine


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place. `kind` is province, district or commune; `historic` says that the unit has ended.

    `cards` are those of the first page of its products; `producers` is empty where there are too many.
    """

    kind: str
    name: Phrase
    historic: bool
    since: date | None
    until: date | None
    province: Link | None
    former_names: tuple[Phrase, ...]
    successors: tuple[Link, ...]
    predecessors: tuple[Link, ...]
    parts: tuple[PartLine, ...]
    districts: tuple[Link, ...]
    communes: tuple[Link, ...]
    sheet: TileSheet | None
    level_counts: tuple[Link, ...]
    statements: tuple[StatementLine, ...]
    cards: tuple[Card, ...]
    pager: Pager
    producers: tuple[ProducerRow, ...]
    producer_total: int
    producers_href: str
    source: SourceLine | None
    feed: str | None


def feed_address(showroom: Showroom, id_: str, lang: str) -> str:
    """Where the feed of a place's products stands."""
    return showroom.routes.of("place", id_, lang).removesuffix(".html") + ".xml"


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The page of all places and the page of each, in a language."""
    yield Draft(showroom.routes.of("places", "", lang), _places, (lang,))
    records = showroom.catalogue.records
    for kind, ids in (("province", records.provinces), ("district", records.districts), ("commune", records.communes)):
        for id_ in ids:
            yield from listing.drafts(showroom, lang, "place", id_, _place, (kind, id_))


def tile_sheets(teller: Teller, current: str = "") -> tuple[TileSheet, ...]:
    """A sheet for each province whose districts have tiles."""
    catalogue = teller.catalogue
    districts = catalogue.records.districts
    counts = {id_: catalogue.size("place", id_) for id_ in districts}
    most = max(counts.values(), default=0)
    sheets = []
    for province in catalogue.records.provinces:
        tiles = tuple(
            Tile(
                label=teller.must_say(district.short or district.name),
                href=teller.href("place", id_),
                row=district.tile.row,
                column=district.tile.column,
                count=counts[id_],
                shade=-(-counts[id_] * SHADES // most) if counts[id_] else 0,
                current=id_ == current,
            )
            for id_, district in sorted(districts.items(), key=_reading_order)
            if district.province == province and district.tile is not None
        )
        if tiles:
            rows, columns = max(tile.row for tile in tiles), max(tile.column for tile in tiles)
            sheets.append(TileSheet(teller.place_name(province, short=True), rows, columns, tiles, _steps(most)))
    return tuple(sheets)


def _steps(most: int) -> tuple[MapStep, ...]:
    """The ranges of the shades when the fullest place has `most` products; few products need fewer shades."""
    ranges = ((shade, (shade - 1) * most // SHADES + 1, shade * most // SHADES) for shade in range(1, SHADES + 1))
    return tuple(MapStep(*each) for each in ranges if each[1] <= each[2])


def _reading_order(item: tuple[str, District]) -> tuple[int, int]:
    tile = item[1].tile
    return (tile.row, tile.column) if tile else (0, 0)


def _sorted_links(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (sort_key(_bare(link.label.text)), link.href)))


def _bare(name: str) -> str:
    """A place's name without the word for its kind, for sorting: "xã Mới" stands under M."""
    for kind in ("thành phố ", "thị trấn ", "thị xã ", "huyện ", "quận ", "phường ", "xã ", "tỉnh "):
        if name.casefold().startswith(kind):
            return name[len(kind) :]
    return name


def _places(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("places", "", lang)
    teller = Teller(showroom, lang, address)
    catalogue, records = showroom.catalogue, showroom.catalogue.records

    def linked(id_: str) -> Link:
        return teller.place_link(id_, catalogue.size("place", id_))

    provinces = tuple(
        ProvinceList(
            linked(id_),
            _sorted_links(linked(d) for d, district in records.districts.items() if district.province == id_),
        )
        for id_ in records.provinces
    )
    communes = _sorted_links(linked(id_) for id_ in records.communes)
    letters = tuple(
        CommuneGroup(letter, tuple(found))
        for letter, found in groupby(communes, lambda link: first_letter(_bare(link.label.text)))
    )
    view = PlacesView(tile_sheets(teller), provinces, letters, len(communes))
    return PagePlan(
        address, "places.html", lang, frame(teller, About(kind="places", title=teller.word("nav.places"))), view
    )


def _place(showroom: Showroom, lang: str, kind: str, id_: str, number: int) -> PagePlan:
    address = showroom.routes.of(*page_of_list("place", id_, number), lang)
    teller = Teller(showroom, lang, address)
    catalogue, records = showroom.catalogue, showroom.catalogue.records
    kinds: dict[str, Mapping[str, Place]] = {
        "province": records.provinces,
        "district": records.districts,
        "commune": records.communes,
    }
    place = kinds[kind][id_]
    province = None if isinstance(place, Province) else place.province
    crumbs = [teller.link("places", "", teller.own_phrase("nav.places"))]
    if province:
        crumbs.append(teller.place_link(province))
    cards, name = listing.shown(teller, "place", id_, number), teller.must_say(place.name)
    if number > 1:
        parts = (ListPart(None, None, None, cards),)
        return listing.further(teller, "place", id_, number, _capital(name), tuple(crumbs), parts)
    producers = catalogue.producers_by_place.get(id_, ())
    sheets = {s.title: s for s in tile_sheets(teller, id_)}
    communes: Iterable[str] = ()
    if isinstance(place, Province):
        communes = (c for c, commune in records.communes.items() if commune.province == id_)
    view = PlaceView(
        kind=kind,
        name=name,
        historic=place.until is not None and place.until < catalogue.as_of,
        since=place.since,
        until=place.until,
        province=teller.place_link(province) if province else None,
        former_names=tuple(teller.must_say(former.name) for former in place.former_names)
        if isinstance(place, District)
        else (),
        successors=_successors(teller, id_, place),
        predecessors=tuple(teller.place_link(p) for p, record in records.provinces.items() if record.successor == id_),
        parts=tuple(PartLine(part.name, teller.place_link(part.district)) for part in place.parts)
        if isinstance(place, Commune)
        else (),
        districts=_sorted_links(
            teller.place_link(d, catalogue.size("place", d))
            for d, record in records.districts.items()
            if record.province == id_
        ),
        communes=_sorted_links(teller.place_link(c, catalogue.size("place", c)) for c in communes),
        sheet=sheets.get(teller.place_name(province or id_, short=True)),
        level_counts=_level_counts(teller, id_),
        statements=tuple(
            StatementLine(teller.must_say(statement.text), teller.source(statement.source))
            for statement in place.statements
        ),
        cards=cards,
        pager=listing.pager(teller, "place", id_, number),
        producers=tuple(producer_rows(teller, producers)) if len(producers) <= MOST_PRODUCERS else (),
        producer_total=len(producers),
        producers_href=teller.href("producers"),
        source=teller.source(place.source) if place.source else None,
        feed=teller.to(feed_address(showroom, id_, lang)) if catalogue.size("place", id_) else None,
    )
    about = About(kind="place", id=id_, title=_capital(name).text, crumbs=tuple(crumbs))
    return PagePlan(address, "place.html", lang, frame(teller, about), view)


def _capital(name: Phrase) -> Phrase:
    """A place's name as a title writes it."""
    return Phrase(name.text[:1].upper() + name.text[1:], name.lang)


def _successors(teller: Teller, id_: str, place: Place) -> tuple[Link, ...]:
    """The communes of today that hold land of a former district; the province a former one went to."""
    if isinstance(place, Province):
        return (teller.place_link(place.successor),) if place.successor else ()
    if isinstance(place, Commune):
        return ()
    catalogue = teller.catalogue
    heirs = (
        c for c, commune in catalogue.records.communes.items() if any(part.district == id_ for part in commune.parts)
    )
    return _sorted_links(teller.place_link(c, catalogue.size("place", c)) for c in heirs)


def _level_counts(teller: Teller, place: str) -> tuple[Link, ...]:
    """How many of a place's products hold a certificate of each level of the ladder."""
    catalogue = teller.catalogue
    found = []
    for id_ in catalogue.ladder():
        count = catalogue.level_counts.get(("place", place, id_))
        if count:
            found.append(teller.link("level", id_, teller.must_say(catalogue.records.levels[id_].label), count))
    return tuple(found)

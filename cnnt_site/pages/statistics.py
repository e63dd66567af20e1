"""Statistics: our own counts by table, and official totals with their sources, never mixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import structured
from cnnt_site.pages.browse import panel
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Link, SourceLine
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class CountRow:
    """Recognitions of a year by level; the year is None where the certificate gives none."""

    year: int | None
    href: str | None
    cells: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CountTable:
    """Recognitions by year (rows) and level (columns)."""

    columns: tuple[Phrase, ...]
    rows: tuple[CountRow, ...]
    totals: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """An official total."""

    period: Phrase
    level: Phrase | None
    figure: int
    what: Phrase
    source: SourceLine


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """The official totals of one area."""

    area: Phrase
    rows: tuple[PublishedRow, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """The open data of one `kind`: products, certificates, producers, places or fairs."""

    kind: str
    csv: str
    json: str
    schema: str


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The statistics page."""

    products: int
    recognitions: int
    producers: int
    table: CountTable
    by_place: tuple[Link, ...]
    by_group: tuple[Link, ...]
    programmes: tuple[Link, ...]
    published: tuple[PublishedGroup, ...]
    downloads: tuple[Download, ...]
    package_href: str
    dcat_href: str


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The statistics page of a language."""
    yield Draft(showroom.routes.of("statistics", "", lang), _statistics, (lang,))


def _statistics(showroom: Showroom, lang: str) -> PagePlan:
    address = showroom.routes.of("statistics", "", lang)
    teller = Teller(showroom, lang, address)
    catalogue = showroom.catalogue
    table = count_table(teller)
    by_key = {facet.key: facet.links for facet in panel(teller)}
    products, producers = catalogue.certified
    view = StatisticsView(
        products=products,
        recognitions=table.total,
        producers=producers,
        table=table,
        by_place=by_key.get("place", ()),
        by_group=by_key.get("group", ()),
        programmes=by_key.get("programme", ()),
        published=_published(teller),
        downloads=tuple(
            Download(kind, *(teller.to(f"data/{kind}.{ending}") for ending in ("csv", "json", "schema.json")))
            for kind in structured.DATA_KINDS
        ),
        package_href=teller.to("data/datapackage.json"),
        dcat_href=teller.to("data/dcat.jsonld"),
    )
    about = About(kind="statistics", title=teller.word("stat.title"))
    return PagePlan(address, "statistics.html", lang, frame(teller, about), view)


def count_table(teller: Teller) -> CountTable:
    """Recognitions of the ladder by year and level; the last column is the level that no source states."""
    catalogue = teller.catalogue
    counts = dict(catalogue.recognised.items())
    columns = [*catalogue.ladder(), *([""] if any(not level for _, level in counts) else [])]
    rows = []
    for year in sorted({year for year, _ in counts}, reverse=True):
        cells = tuple(counts.get((year, level), 0) for level in columns)
        rows.append(CountRow(year or None, teller.href("year", str(year)) if year else None, cells, sum(cells)))
    totals = tuple(sum(row.cells[number] for row in rows) for number in range(len(columns)))
    names = tuple(
        teller.must_say(catalogue.records.levels[level].label) if level else teller.own_phrase("level.unknown")
        for level in columns
    )
    return CountTable(names, tuple(rows), totals, sum(totals))


def _published(teller: Teller) -> tuple[PublishedGroup, ...]:
    groups: dict[Phrase, list[PublishedRow]] = {}
    levels = teller.catalogue.records.levels
    for statistic in teller.catalogue.records.statistics:
        row = PublishedRow(
            period=teller.must_say(statistic.period),
            level=teller.must_say(levels[statistic.level].label) if statistic.level else None,
            figure=statistic.figure,
            what=teller.must_say(statistic.what),
            source=teller.source(statistic.source),
        )
        groups.setdefault(teller.must_say(statistic.area), []).append(row)
    return tuple(PublishedGroup(area, tuple(rows)) for area, rows in groups.items())

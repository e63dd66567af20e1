"""The booth list of a showcase: who stands where with what, as rows for paper and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import PageKey
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import showcase, showcases
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.labels import PRINT, carded, showcase_title
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller

LISTS = "data/showcases/"

COLUMNS = (
    "booth",
    "zone",
    "producer",
    "place",
    "product",
    "product_other",
    "level",
    "year",
    "number",
    "valid_until",
    "phone",
    "code",
    "address",
)
"""The columns in their order; their headings are the words `list.<column>`."""


@dataclass(frozen=True, slots=True)
class BoothRow:
    """A product of a showcase in a list; what isn't known is empty. Phones are those given with consent."""

    booth: str
    zone: str
    producer: str
    place: str
    product: str
    product_other: str
    level: str
    year: str
    number: str
    valid_until: str
    phone: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class BoothListView:
    """The page that prints the list."""

    title: Phrase
    back: str
    csv: str
    xlsx: str
    rows: tuple[BoothRow, ...]


def plan(showroom: Showroom) -> Iterator[Draft]:
    """The list of every showcase that has something to list."""
    for shown in showcases(showroom.catalogue):
        if any(carded(showroom, shown)):
            yield Draft(page_address(showroom, shown.kind, shown.id), _page, (shown.kind, shown.id))


def page_address(showroom: Showroom, kind: str, id_: str) -> str:
    """Where the list of a showcase is printed from."""
    return f"{PRINT}{showroom.routes.code(kind, id_)}-list.html"


def file_address(showroom: Showroom, kind: str, id_: str, ending: str) -> str:
    """Where the list stands as a file, `csv` or `xlsx`."""
    return f"{LISTS}{showroom.routes.code(kind, id_)}.{ending}"


def rows(teller: Teller, kind: str, id_: str) -> tuple[BoothRow, ...]:
    """The rows of a showcase's list."""
    shown = showcase(teller.catalogue, kind, id_)
    zones = teller.catalogue.records.fairs[id_].zones if kind == "fair" else {}
    return tuple(
        _row(teller, product, stand.number or "", teller.must_say(zones[stand.zone]).text if stand.zone else "")
        for stand in shown.stands
        for product in stand.products
        if teller.catalogue.entries[product].product.withdrawn is None
    )


def headings(teller: Teller) -> tuple[str, ...]:
    """What stands above the columns."""
    return tuple(teller.word(f"list.{column}") for column in COLUMNS)


def _row(teller: Teller, id_: str, booth: str, zone: str) -> BoothRow:
    entry = teller.catalogue.entries[id_]
    main, producer = entry.main, teller.catalogue.records.producers.get(entry.product.producer or "")
    phones = [line.value for line in contact_lines(producer) if line.kind == "phone"] if producer else []
    other, place = teller.say_elsewhere(entry.product.name), teller.short_place(entry.where)
    until, scan = main.standing.until if main else None, teller.scan("product", id_)
    return BoothRow(
        booth=booth,
        zone=zone,
        producer=teller.must_say(producer.name).text if producer else "",
        place=place.text if place else "",
        product=teller.must_say(entry.product.name).text,
        product_other=other.text if other else "",
        level=teller.badge(main).label.text if main else "",
        year=str(main.year or "") if main else "",
        number=(main.certificate.number or "") if main else "",
        valid_until=until.isoformat() if until else "",
        phone=", ".join(phones),
        code=scan.code,
        address=scan.typed or "",
    )


def _page(showroom: Showroom, kind: str, id_: str) -> PagePlan:
    address = page_address(showroom, kind, id_)
    teller = Teller(showroom, showroom.catalogue.languages[0], address)
    title = showcase_title(teller, PageKey(kind, id_))
    view = BoothListView(
        title=title,
        back=teller.href(kind, id_),
        csv=teller.to(file_address(showroom, kind, id_, "csv")),
        xlsx=teller.to(file_address(showroom, kind, id_, "xlsx")),
        rows=rows(teller, kind, id_),
    )
    about = About(kind=kind, id=id_, title=f"{teller.word('list.booths')}: {title.text}", indexed=False)
    return PagePlan(address, "print_list.html", teller.lang, frame(teller, about), view)

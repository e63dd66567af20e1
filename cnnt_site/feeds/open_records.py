"""The records of the open data: the contract with everybody who reads it.

JSON Schemas are generated from these, with their docstrings as descriptions; CSV files have their
fields as columns. A field that changes its meaning or goes raises `FORMAT`; a new one doesn't. null and
empty mean that no source states it. Contacts of producers are not given away: consent is for pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

FORMAT = 1
DATA = "data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSource:
    """Where a statement was published. `date` is as exact as the source: year, month or day."""

    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCertificate:
    """One recognition. `state` is that of the day `as_of`; null means that no source states it."""

    programme: str
    level: str | None
    year: int | None
    number: str | None
    decision_number: str | None
    decision_date: date | None
    issued_by: dict[str, str]
    issued_on: date | None
    valid_until: date | None
    state: str
    state_until: date | None
    state_by_rule: bool
    printed_name: str | None
    printed_producer: str | None
    printed_address: str | None
    source: OpenSource | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMaker:
    """The maker of a product."""

    id: str
    name: dict[str, str]
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWhereabouts:
    """The place then (`district`, until 30 June 2025, and `province`) and the commune of today."""

    address: str | None
    commune_then: str | None
    district: str | None
    province: str | None
    commune_now: str | None
    commune_now_derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProduct:
    """A product of the showroom. `pages`: its addresses by language, from the root; `code`: as on cards."""

    id: str
    code: str
    permalink: str
    pages: dict[str, str]
    name: dict[str, str]
    summary: dict[str, str]
    group: str | None
    producer: OpenMaker | None
    place: OpenWhereabouts
    members: tuple[dict[str, str], ...]
    certificates: tuple[OpenCertificate, ...]
    sources: tuple[OpenSource, ...]
    withdrawn: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecognition:
    """A certificate by itself: `product` is the id of what it is for."""

    product: str
    certificate: OpenCertificate


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProducer:
    """A producer: `aliases` are other names that sources give it, `products` the ids of what it makes."""

    id: str
    pages: dict[str, str]
    name: dict[str, str]
    aliases: tuple[str, ...]
    kind: str | None
    place: OpenWhereabouts
    products: tuple[str, ...]
    sources: tuple[OpenSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """A former commune that a commune of today was made of, and the district it lay in."""

    name: str
    district: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """A province, a former district or a commune of today; `kind` says which. `until` is its last day."""

    id: str
    kind: str
    pages: dict[str, str]
    name: dict[str, str]
    province: str | None
    official_code: str | None
    since: date | None
    until: date | None
    parts: tuple[OpenPart, ...]
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBooth:
    """A booth of a fair with what it shows."""

    number: str | None
    zone: str | None
    producer: str | None
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFair:
    """A fair; days are as exact as the source. `level` and `year` are the round that it belongs to."""

    id: str
    code: str
    pages: dict[str, str]
    name: dict[str, str]
    start: str | None
    end: str | None
    venue: dict[str, str]
    organiser: dict[str, str]
    level: str | None
    year: int | None
    booth_count: int | None
    booths: tuple[OpenBooth, ...]
    sources: tuple[OpenSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHead:
    """What every file begins with. `base_url` null: addresses are from the site's root, wherever that is.

    `licence` says in words how the data may be used, `licence_id` (SPDX) and `licence_url` when it is a common licence.
    """

    format: int
    name: dict[str, str]
    licence: dict[str, str]
    licence_id: str | None
    licence_url: str | None
    updated: date
    as_of: date
    base_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCatalogue(OpenHead):
    """`products.json`: all products, withdrawn ones too."""

    products: tuple[OpenProduct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProductFile(OpenHead):
    """`products/<id>.json`: one product by itself."""

    product: OpenProduct


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCertificates(OpenHead):
    """`certificates.json`: every certificate of every product."""

    certificates: tuple[OpenRecognition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProducers(OpenHead):
    """`producers.json`: all producers."""

    producers: tuple[OpenProducer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlaces(OpenHead):
    """`places.json`: provinces, the districts of before July 2025, the communes of today."""

    places: tuple[OpenPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFairs(OpenHead):
    """`fairs.json`: all fairs with their booths."""

    fairs: tuple[OpenFair, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its files are named by `name`, `file` is what the JSON holds."""

    name: str
    file: Any
    record: Any


KINDS = {
    kind.name: kind
    for kind in (
        Kind("products", OpenCatalogue, OpenProduct),
        Kind("certificates", OpenCertificates, OpenRecognition),
        Kind("producers", OpenProducers, OpenProducer),
        Kind("places", OpenPlaces, OpenPlace),
        Kind("fairs", OpenFairs, OpenFair),
    )
}
"""Every kind by its name."""

"""The catalogue as open data: `data/products.json`, `data/products.csv`, and the schema of both.

The records here are the contract: the JSON Schema is generated from them, the CSV has their fields
as columns, one row a certificate.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cnnt_site.catalogue.catalogue import Catalogue, Entry, Recognition
from cnnt_site.model.source import Source
from cnnt_site.pages.showroom import Showroom

FORMAT = 1
"""Raised when a field changes its meaning or goes; a new field doesn't raise it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
class OpenProducer:
    """The maker of a product."""

    id: str
    name: dict[str, str]
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
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
    producer: OpenProducer | None
    place: OpenPlace
    members: tuple[dict[str, str], ...]
    certificates: tuple[OpenCertificate, ...]
    sources: tuple[OpenSource, ...]
    withdrawn: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCatalogue:
    """The whole file."""

    format: int
    name: dict[str, str]
    licence: dict[str, str]
    updated: date
    as_of: date
    base_url: str | None
    products: tuple[OpenProduct, ...]


def files(showroom: Showroom) -> Iterator[tuple[str, bytes]]:
    """The data files with their addresses."""
    data = open_catalogue(showroom)
    yield "data/products.json", _json(asdict(data))
    yield "data/products.csv", _csv(showroom, data)
    yield "data/products.schema.json", _json(schema())


def open_catalogue(showroom: Showroom) -> OpenCatalogue:
    """The catalogue as it is given away."""
    catalogue = showroom.catalogue
    return OpenCatalogue(
        format=FORMAT,
        name=catalogue.site.name,
        licence=catalogue.site.licence,
        updated=catalogue.site.updated,
        as_of=catalogue.as_of,
        base_url=showroom.base_url,
        products=tuple(_product(showroom, entry) for entry in catalogue.entries.values()),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of `products.json`, with the docstrings above as descriptions."""
    from pydantic import TypeAdapter

    made: dict[str, Any] = TypeAdapter(OpenCatalogue).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _product(showroom: Showroom, entry: Entry) -> OpenProduct:
    catalogue, product, where = showroom.catalogue, entry.product, entry.where
    return OpenProduct(
        id=entry.id,
        code=showroom.routes.code("product", entry.id),
        permalink=showroom.routes.of("permalink", entry.id, ""),
        pages={code: showroom.routes.of("product", entry.id, code) for code in catalogue.languages},
        name=product.name,
        summary=product.summary,
        group=product.group,
        producer=_producer(catalogue, product.producer) if product.producer else None,
        place=OpenPlace(
            address=where.address,
            commune_then=where.commune_then,
            district=where.district,
            province=where.province,
            commune_now=where.commune_now,
            commune_now_derived=where.now_derived,
        ),
        members=product.members,
        certificates=tuple(_certificate(recognition) for recognition in entry.recognitions),
        sources=tuple(_source(source) for source in product.sources),
        withdrawn=product.withdrawn.date if product.withdrawn else None,
    )


def _producer(catalogue: Catalogue, id_: str) -> OpenProducer:
    producer = catalogue.records.producers[id_]
    return OpenProducer(id=id_, name=producer.name, kind=producer.kind)


def _certificate(recognition: Recognition) -> OpenCertificate:
    record, standing = recognition.certificate, recognition.standing
    decision, printed = record.decision, record.printed
    return OpenCertificate(
        programme=recognition.programme,
        level=recognition.level,
        year=record.year,
        number=record.number,
        decision_number=decision.number if decision else None,
        decision_date=decision.date if decision else None,
        issued_by=record.issued_by,
        issued_on=record.issued_on,
        valid_until=record.valid_until,
        state=standing.state,
        state_until=standing.until,
        state_by_rule=standing.by_rule,
        printed_name=printed.name if printed else None,
        printed_producer=printed.producer if printed else None,
        printed_address=printed.address if printed else None,
        source=_source(record.source) if record.source else None,
    )


def _source(source: Source) -> OpenSource:
    return OpenSource(url=source.url, date=source.date)


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=date.isoformat) + "\n").encode("utf-8")


def _csv(showroom: Showroom, data: OpenCatalogue) -> bytes:
    """One row a certificate (one row without, for a product that has none); marked as UTF-8 for Excel."""
    target = io.StringIO()
    rows = [row for product in data.products for row in _rows(showroom, product)]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _rows(showroom: Showroom, product: OpenProduct) -> Iterator[dict[str, Any]]:
    start: dict[str, Any] = {"id": product.id, "code": product.code, "permalink": product.permalink}
    for code in showroom.catalogue.languages:
        start[f"name_{code}"] = product.name.get(code, "")
        start[f"summary_{code}"] = product.summary.get(code, "")
        start[f"page_{code}"] = product.pages[code]
    start["group"] = product.group
    producer = product.producer
    start["producer"] = producer.id if producer else None
    start["producer_name"] = next(iter(producer.name.values()), "") if producer else None
    start.update(_flat("", asdict(product.place)))
    start["withdrawn"] = product.withdrawn
    for certificate in product.certificates or (None,):
        yield {**start, **(_flat("certificate_", asdict(certificate)) if certificate else {})}


def _flat(prefix: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as columns; what is inside of it gets a longer name."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if name == "source":
            flat[f"{prefix}source_url"] = value["url"] if value else None
            flat[f"{prefix}source_date"] = value["date"] if value else None
        elif isinstance(value, dict):
            flat[f"{prefix}{name}"] = next(iter(value.values()), "")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _cell(value: object) -> str:
    """A cell as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

"""The catalogue as open data below `data/`: JSON with its schema and CSV of each kind, and what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from cnnt_site.feeds import open_records
from cnnt_site.feeds import open_telling as telling
from cnnt_site.feeds.data_package import data_package, dcat
from cnnt_site.feeds.open_records import DATA, KINDS, OpenHead, OpenProduct, OpenProductFile, OpenRecognition
from cnnt_site.feeds.spreadsheets import as_csv
from cnnt_site.pages.showroom import Showroom

_FIELDS = {
    kind: tuple((field.name, "Open" in str(field.type)) for field in fields(kind))
    for kind in vars(open_records).values()
    if is_dataclass(kind)
}
"""The fields of every kind of record, and whether each holds records."""


def plan(showroom: Showroom) -> Iterator[tuple[str, ...]]:
    """What is of all records, and every product by itself."""
    yield ("all",)
    yield from (("product", id_) for id_ in showroom.catalogue.entries)


def files(showroom: Showroom, what: str, id_: str = "") -> Iterator[tuple[str, bytes]]:
    """The data files of all records, or the one of a product, with their addresses."""
    if what == "all":
        yield from _of_all(showroom)
    else:
        told = telling.product(showroom, showroom.catalogue.entries[id_])
        yield f"{DATA}products/{id_}.json", _json(OpenProductFile(**telling.head(showroom), product=told))


def _of_all(showroom: Showroom) -> Iterator[tuple[str, bytes]]:
    head, columns = telling.head(showroom), {}
    products = tuple(telling.product(showroom, entry) for entry in showroom.catalogue.entries.values())
    for kind in KINDS:
        records = products if kind.name == "products" else tuple(_records(showroom, kind.name, products))
        yield f"{DATA}{kind.name}.json", _json(kind.file(**head, **{kind.name: records}))
        yield f"{DATA}{kind.name}.schema.json", _json(schema(kind.file))
        columns[kind.name], rows = table(records, showroom.catalogue.languages, kind.name)
        yield f"{DATA}{kind.name}.csv", as_csv(columns[kind.name], rows)
    yield f"{DATA}product.schema.json", _json(schema(OpenProductFile))
    yield f"{DATA}datapackage.json", _json(data_package(showroom, columns))
    yield f"{DATA}dcat.jsonld", _json(dcat(showroom))


def schema(file: type[OpenHead]) -> dict[str, Any]:
    """The JSON Schema of a file, with the docstrings of the records as descriptions."""
    from pydantic import TypeAdapter

    made: dict[str, Any] = TypeAdapter(file).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _records(showroom: Showroom, kind: str, products: Sequence[OpenProduct]) -> Iterator[Any]:
    records = showroom.catalogue.records
    if kind == "certificates":
        for product in products:
            for certificate in product.certificates:
                yield OpenRecognition(product=product.id, certificate=certificate)
    elif kind == "producers":
        yield from (telling.producer(showroom, id_) for id_ in records.producers)
    elif kind == "places":
        for places in (records.provinces, records.districts, records.communes):
            yield from (telling.place(showroom, id_) for id_ in places)
    else:
        yield from (telling.fair(showroom, id_) for id_ in records.fairs)


def table(records: Sequence[Any], languages: Sequence[str], kind: str) -> tuple[list[str], list[list[Any]]]:
    """Records as a table. A product has a row for each certificate, and one if it has none."""
    rows = [row for record in records for row in _rows(record, languages)]
    columns = list(dict.fromkeys(column for row in rows for column in row)) or [f"no_{kind}"]
    return columns, [[row.get(column) for column in columns] for row in rows]


def _rows(record: Any, languages: Sequence[str]) -> Iterator[dict[str, Any]]:
    row = _flat("", record, languages)
    if not isinstance(record, OpenProduct):
        yield row
        return
    for certificate in record.certificates or (None,):
        yield {**row, **(_flat("certificate_", certificate, languages) if certificate else {})}


def _flat(prefix: str, record: Any, languages: Sequence[str]) -> dict[str, Any]:
    """A record as columns: what is inside of it gets a longer name, a text one for each language."""
    flat: dict[str, Any] = {}
    for own, is_record in _FIELDS[type(record)]:
        name, value = f"{prefix}{own}", getattr(record, own)
        if value is None and is_record:
            continue
        if is_record and not isinstance(value, tuple):
            inner = "" if name in ("certificate", "place") else f"{name}_"
            flat.update(_flat(inner, value, languages))
        elif isinstance(value, dict):
            flat.update({f"{name}_{code}": value.get(code, "") for code in languages})
        elif isinstance(value, tuple):
            if all(isinstance(part, str) for part in value):
                flat[name] = "; ".join(value)
            elif name != "certificates":
                flat[name] = "; ".join(_short(part) for part in value)
        else:
            flat[name] = value
    return flat


def _short(part: Any) -> str:
    """A record inside of a cell: its first two values, such as a source's address and date."""
    if isinstance(part, dict):
        return next(iter(part.values()), "")
    values = [getattr(part, name) for name, _ in _FIELDS[type(part)][:2]]
    return " ".join(str(value) for value in values if value)


def _json(value: Any) -> bytes:
    return f"{_written(value)}\n".encode()


def _written(value: Any, margin: str = "\n") -> str:
    """A record as indented JSON, ten times as fast as by a dict of it and `json`, which indents in Python."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is date:
        return f'"{value}"'
    inner = f"{margin} "
    if kind is tuple or kind is list:
        parts = [_written(part, inner) for part in value]
        return f"[{inner}{f',{inner}'.join(parts)}{margin}]" if parts else "[]"
    told = value.items() if kind is dict else [(name, getattr(value, name)) for name, _ in _FIELDS[kind]]
    parts = [f"{encode_basestring(name)}: {_written(part, inner)}" for name, part in told]
    return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}" if parts else "{}"

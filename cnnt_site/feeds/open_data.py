"""The catalogue as open data below `data/`: JSON with its schema and CSV of each kind, and what they are.

What there is of every product is told in blocks of products, and put together from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from cnnt_site.blocks import FRAGMENT, blocks
from cnnt_site.feeds import open_tables
from cnnt_site.feeds import open_telling as telling
from cnnt_site.feeds.data_package import data_package, dcat
from cnnt_site.feeds.open_records import DATA, KINDS, Kind, OpenHead, OpenProduct, OpenProductFile, OpenRecognition
from cnnt_site.feeds.open_tables import FIELDS
from cnnt_site.feeds.spreadsheets import as_csv, csv_rows
from cnnt_site.pages.showroom import Arguments, Showroom

_HEAD, _BLOCK, _END = FRAGMENT, f"{FRAGMENT}-", f"{FRAGMENT}~"
"""The fragments of a file: what stands before the records, blocks of these, what stands after them."""


def plan(showroom: Showroom) -> Iterator[Arguments]:
    """What is no product, all products in blocks, and every product by itself."""
    yield ("rest",)
    yield from (("block", name, ids) for name, ids in blocks(showroom.catalogue.entries))
    yield from (("product", id_) for id_ in showroom.catalogue.entries)


def files(showroom: Showroom, what: str, name: str = "", ids: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """The file of the product `name`, what a block of products is of all files, or all the rest, with addresses."""
    entries = showroom.catalogue.entries
    if what == "product":
        told = telling.product(showroom, entries[name])
        yield f"{DATA}products/{name}.json", _json(OpenProductFile(**telling.head(showroom), product=told))
    elif what == "block":
        products = [telling.product(showroom, entries[id_]) for id_ in ids]
        papers = [OpenRecognition(product=of.id, certificate=each) for of in products for each in of.certificates]
        for kind, records in (("products", products), ("certificates", papers)):
            yield from _told(showroom, KINDS[kind], records, f"{_BLOCK}{name}")
    else:
        yield from _rest(showroom)


def join(file: str, fragments: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """A file of all its fragments: the records of JSON have commas between them."""
    head, *inner, end = fragments
    between = b"," if file.endswith(".json") else b""
    yield file, head + between.join(filter(None, inner)) + end


def _rest(showroom: Showroom) -> Iterator[tuple[str, bytes]]:
    languages = showroom.catalogue.languages
    tables = {name: open_tables.columns(kind.record, languages) for name, kind in KINDS.items()}
    for name, kind in KINDS.items():
        yield f"{DATA}{name}.schema.json", _json(schema(kind.file))
        head, end = _written(kind.file(**telling.head(showroom), **{name: ()})).rsplit("]", 1)
        for fragment, told in ((_HEAD, head), (_END, f"\n ]{end}\n")):
            yield f"{DATA}{name}.json{fragment}", told.encode()
        yield f"{DATA}{name}.csv{_HEAD}", as_csv(tables[name], ())
        yield f"{DATA}{name}.csv{_END}", b""
        if kind.record not in (OpenProduct, OpenRecognition):
            yield from _told(showroom, kind, list(_records(showroom, name)), _BLOCK)
    yield f"{DATA}product.schema.json", _json(schema(OpenProductFile))
    yield f"{DATA}datapackage.json", _json(data_package(showroom, tables))
    yield f"{DATA}dcat.jsonld", _json(dcat(showroom))


def _told(showroom: Showroom, kind: Kind, records: list[Any], fragment: str) -> Iterator[tuple[str, bytes]]:
    """Records as a fragment of the JSON and of the CSV of their kind."""
    told = ",".join(f"\n  {_written(record, _WITHIN)}" for record in records)
    yield f"{DATA}{kind.name}.json{fragment}", told.encode()
    rows = open_tables.rows(records, kind.record, showroom.catalogue.languages)
    yield f"{DATA}{kind.name}.csv{fragment}", csv_rows(rows)


def schema(file: type[OpenHead]) -> dict[str, Any]:
    """The JSON Schema of a file, with the docstrings of the records as descriptions."""
    from pydantic import TypeAdapter

    made: dict[str, Any] = TypeAdapter(file).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _records(showroom: Showroom, kind: str) -> Iterator[Any]:
    records = showroom.catalogue.records
    if kind == "producers":
        yield from (telling.producer(showroom, id_) for id_ in records.producers)
    elif kind == "places":
        for places in (records.provinces, records.districts, records.communes):
            yield from (telling.place(showroom, id_) for id_ in places)
    else:
        yield from (telling.fair(showroom, id_) for id_ in records.fairs)


def _json(value: Any) -> bytes:
    return f"{_written(value)}\n".encode()


_WITHIN = "\n  "
"""Before the lines of a record in a file of many."""


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
    told = value.items() if kind is dict else [(name, getattr(value, name)) for name, _ in FIELDS[kind]]
    parts = [f"{encode_basestring(name)}: {_written(part, inner)}" for name, part in told]
    return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}" if parts else "{}"

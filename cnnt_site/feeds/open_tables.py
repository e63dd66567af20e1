"""Records of the open data as rows of tables. Columns follow from the kind of record, whatever the records say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from cnnt_site.feeds import open_records
from cnnt_site.feeds.open_records import OpenCertificate, OpenProduct

FIELDS = {
    kind: tuple((field.name, "Open" in str(field.type)) for field in fields(kind))
    for kind in vars(open_records).values()
    if is_dataclass(kind)
}
"""The fields of every kind of record, and whether each holds records."""


@cache
def columns(record: type, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a kind of record. A product has those of a certificate, too."""
    return (
        *_columns("", record, languages),
        *(_columns(_PAPER, OpenCertificate, languages) if _has_rows(record) else ()),
    )


def rows(records: Iterable[Any], record: type, languages: tuple[str, ...]) -> Iterator[list[Any]]:
    """Records of a kind as rows. A product has a row for each certificate, and one if it has none."""
    names = columns(record, languages)
    for each in records:
        flat = _flat("", each, languages)
        papers = each.certificates if _has_rows(record) else ()
        for paper in papers or (None,):
            row = {**flat, **_flat(_PAPER, paper, languages)} if paper else flat
            yield [row.get(name) for name in names]


_PAPER = "certificate_"


def _has_rows(record: type) -> bool:
    """Whether each certificate of such a record is a row."""
    return record is OpenProduct


def _columns(prefix: str, record: type, languages: Sequence[str]) -> Iterator[str]:
    for own, kind in get_type_hints(record).items():
        name, inner = f"{prefix}{own}", next((each for each in (kind, *get_args(kind)) if each in FIELDS), None)
        if get_origin(kind) is dict:
            yield from (f"{name}_{code}" for code in languages)
        elif inner is not None and get_origin(kind) is not tuple:
            yield from _columns(_inside(name), inner, languages)
        elif name != "certificates":
            yield name


def _flat(prefix: str, record: Any, languages: Sequence[str]) -> dict[str, Any]:
    """A record as columns: what is inside of it gets a longer name, a text one for each language."""
    flat: dict[str, Any] = {}
    for own, is_record in FIELDS[type(record)]:
        name, value = f"{prefix}{own}", getattr(record, own)
        if value is None:
            continue
        if is_record and not isinstance(value, tuple):
            flat.update(_flat(_inside(name), value, languages))
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


def _inside(name: str) -> str:
    """What the columns of a record inside of another begin with."""
    return "" if name in ("certificate", "place") else f"{name}_"


def _short(part: Any) -> str:
    """A record inside of a cell: its first two values, such as a source's address and date."""
    if isinstance(part, dict):
        return next(iter(part.values()), "")
    values = [getattr(part, name) for name, _ in FIELDS[type(part)][:2]]
    return " ".join(str(value) for value in values if value)

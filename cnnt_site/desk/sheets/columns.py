"""The columns of every kind of sheet, read from the models: a field that is added there is a column here.

A table of records has a row a record; one list of the record (a product's certificates, a producer's contacts)
may go on in further rows. Every other list of records is a table of its own, whose rows name their owner.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cnnt_site.desk.fields import Field, described, fields_of
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.model.source import Source
from cnnt_site.reporting import sheet_wording
from cnnt_site.vietnamese import slug

Part = Literal["record", "item", "id", "number", "producer-kind", "brief", "note", "source", "picture"]
"""What a column is of: the record, the item of its list, or something that isn't a field of either."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `keys` lead to the value within the record or the item; `above` are the words of what is around."""

    part: Part
    keys: tuple[str, ...] = ()
    field: Field | None = None
    language: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of sheet: what its rows are, by `kind` (the folder), and which list of the record they go through.

    `owned` tables hold nothing of the record but that list.
    """

    name: str
    kind: str
    model: type[Any]
    items: str
    item_model: type[Any]
    owned: bool
    columns: tuple[Column, ...]

    @property
    def source_fields(self) -> tuple[Field, ...]:
        """The fields of a source, for lists that name one in every row."""
        return tuple(fields_of(Source))

    def path(self, column: Column) -> str:
        """A column's name for machines: `place.district`, `certificates.level`, `@note`."""
        around = {"record": (), "item": () if self.owned else (self.items,)}.get(column.part, (f"@{column.part}",))
        return ".".join((*around, *column.keys))


@functools.cache
def tables(languages: tuple[str, ...]) -> tuple[Table, ...]:
    """Every kind of sheet, for a site in `languages`."""
    found = []
    for kind, model, through in (("products", Product, "certificates"), ("producers", Producer, "contacts")):
        lists = {field.name: field for field in fields_of(model) if field.record and field.many}
        ordered = [through, *(name for name in lists if name != through)]
        for name in ordered:
            item = lists[name].record
            assert item is not None
            own = () if name != through else tuple(_flat(model, languages, "record"))
            columns = (Column("id"), *own, Column("number"), *_flat(item, languages, "item"))
            table = kind if name == through else f"{kind}-{name}"
            found.append(Table(table, kind, model, name, item, name != through, columns))
    return tuple(found)


EXTRA: dict[str, tuple[Column, ...]] = {
    "products": (
        Column("producer-kind"),
        Column("brief"),
        Column("note"),
        Column("source", ("url",)),
        Column("source", ("date",)),
        Column("source", ("title",)),
        Column("picture"),
    ),
    "producers": (Column("note"), Column("source", ("url",)), Column("source", ("date",)), Column("picture")),
}
"""Columns of lists that others made, which are taken but never written: what they say stands elsewhere in ours."""


def _flat(
    model: type[Any], languages: tuple[str, ...], part: Part, keys: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> Iterator[Column]:
    """A column for each value of a record and of the records within it, lists of records left out."""
    for field in fields_of(model):
        here = (*keys, field.name)
        if field.record is not None:
            if not field.many:
                yield from _flat(field.record, languages, part, here, (*above, field.words))
        elif field.by_language:
            yield from (Column(part, (*here, language), field, language, above) for language in languages)
        else:
            yield Column(part, here, field, "", above)


def headings(table: Table, lang: str) -> list[str]:
    """What the columns of a table are called, each differently: by their own name, or with what they belong to."""
    names = [_name(table, column, lang) for column in table.columns]
    told = []
    for name, column in zip(names, table.columns, strict=True):
        vague = names.count(name) > 1 or (column.above and " " not in name)
        if vague and column.field is not None:
            around = column.above[-1] if column.above else _owner(table, column)
            name = f"{described(around, lang).label}: {name}"
        told.append(name)
    return told


def _owner(table: Table, column: Column) -> str:
    return (table.item_model if column.part == "item" else table.model).__name__


def _name(table: Table, column: Column, lang: str) -> str:
    if column.field is None:
        return str(sheet_wording()["columns"][_special(table, column)][lang][0])
    label = described(column.field.words, lang).label
    return f"{label} ({column.language})" if column.language else label


def column_help(table: Table, column: Column, lang: str) -> str:
    """What to write in a column."""
    if column.field is None:
        return str(sheet_wording()["columns"][_special(table, column)][lang][1])
    own: dict[str, dict[str, str]] = sheet_wording()["help"]
    kind = "words" if column.field.many else (column.field.leads_to and "name") or column.field.kind
    said = own.get(kind)
    return said[lang] if said else described(column.field.words, lang).help


def _special(table: Table, column: Column) -> str:
    return f"{table.kind}-id" if column.part == "id" else f"{table.items}-number"


@functools.cache
def by_heading(table: Table, languages: tuple[str, ...]) -> dict[str, Column]:
    """The columns of a table by every heading they may have: ours in either language, other words, the field's path.

    Headings are compared as slugs, so neither accents nor signs nor case count. What comes first wins.
    """
    found: dict[str, Column] = {}
    for lang in ("vi", "en"):
        for heading, column in zip(headings(table, lang), table.columns, strict=True):
            found.setdefault(slug(heading), column)
            if column.language == languages[0]:
                found.setdefault(slug(heading.removesuffix(f" ({column.language})")), column)
    columns = (*table.columns, *EXTRA.get(table.name, ()))
    by_path = {table.path(column): column for column in columns}
    for path, words in sheet_wording()["headings"].get(table.name, {}).items():
        wanted = by_path.get(path) or by_path.get(f"{path}.{languages[0]}")
        if wanted is not None:
            for word in words:
                found.setdefault(slug(word), wanted)
    for path, column in by_path.items():
        found.setdefault(slug(path), column)
        if column.language == languages[0]:
            found.setdefault(slug(path.removesuffix(f".{column.language}")), column)
    return found

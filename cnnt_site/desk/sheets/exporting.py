"""Content as rows of texts under the columns of its tables: what `writing` puts into a workbook or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cnnt_site.desk.sheets.columns import Column, Table, tables
from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.holding import value_in


@dataclass(frozen=True, slots=True)
class Filled:
    """A table and its rows, each with a text for every column, '' where there is nothing."""

    table: Table
    rows: tuple[tuple[str, ...], ...]


def filled_tables(content: Content, *, empty: bool = False) -> list[Filled]:
    """All tables with what the content says, or without a row for a template."""
    return [
        Filled(table, () if empty else tuple(_rows(table, content))) for table in tables(tuple(content.site.languages))
    ]


def _rows(table: Table, content: Content) -> Iterator[tuple[str, ...]]:
    """A row for each item of a record's list, the record itself in the first of them."""
    for id_, said in sorted(content.said[table.kind].items()):
        items: Sequence[dict[str, Any]] = said.get(table.items, ())
        for number in range(len(items) if table.owned else max(1, len(items))):
            item = items[number] if items else {}
            yield tuple(
                _text(content, column, id_, said if number == 0 else {}, item, number) for column in table.columns
            )


def _text(content: Content, column: Column, id_: str, said: dict[str, Any], item: dict[str, Any], number: int) -> str:
    if column.part == "id":
        return id_
    if column.part == "number":
        return str(number + 1) if item else ""
    value = value_in(said if column.part == "record" else item, column)
    return "" if value is None else content.shown(column.field, value)


def choices(content: Content, column: Column) -> list[str]:
    """What a column's drop-down list offers; nothing where people write freely."""
    field = column.field
    if field is None:
        return []
    if field.kind == "choice":
        return list(field.choices)
    if not field.leads_to:
        return []
    return [content.names[field.leads_to].shown(id_) for id_ in content.said[field.leads_to]]

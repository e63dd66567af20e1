"""A whole address in one cell, as many lists have it, told apart into commune, district and province."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from cnnt_site.desk.sheets.columns import Column, Table
from cnnt_site.desk.sheets.findings import Cell
from cnnt_site.desk.sheets.names import written_out

_KINDS = {
    "commune": re.compile(r"(xã|phường|thị trấn|đặc khu)\s", re.I),
    "district": re.compile(r"(huyện|quận|thị xã|thành phố)\s", re.I),
    "province": re.compile(r"tỉnh\s", re.I),
}


def with_parts(cells: dict[Column, Cell], table: Table, there: Collection[Column]) -> dict[Column, Cell]:
    """The cells of a row, with the parts of its address as if each had a cell of its own.

    Only where the sheet has no column for any of them; `there` are the columns that it has. A city that comes
    last, behind a district, is a province.
    """
    place = {column.keys[-1]: column for column in table.columns if column.keys[:1] == ("place",) and not table.owned}
    address = cells.get(place["address"]) if "address" in place else None
    if address is None or address.fault or any(place[part] in there for part in _KINDS):
        return cells
    found: dict[str, str] = {}
    for part in (written_out(part) for part in re.split(r"[,;–]|\s-\s", address.text)):
        kind = next((kind for kind, begins in _KINDS.items() if begins.match(part)), None)
        if kind == "district" and "district" in found:
            kind = "province"
        if kind is not None:
            found.setdefault(kind, part)
    return {**cells, **{place[kind]: replace(address, text=part) for kind, part in found.items()}}

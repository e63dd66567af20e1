"""What an import would make of content: rows become records, new ones and changes to those that are there.

A blank cell says nothing and changes nothing; `[xóa]` in a cell takes away what the field holds. A record
is known by its id, else by its name and producer; an item of its list by its number, else by what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cnnt_site.desk.sheets.brief import certificates_in
from cnnt_site.desk.sheets.columns import Column
from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.holding import put_in, value_in
from cnnt_site.desk.sheets.identity import Identity
from cnnt_site.desk.sheets.items import find_item
from cnnt_site.desk.sheets.producers import find_producer
from cnnt_site.desk.sheets.references import References
from cnnt_site.desk.sheets.rows import Row
from cnnt_site.desk.sheets.values import CLEARED, text_of, value_of
from cnnt_site.desk.yaml_edits import as_text
from cnnt_site.vietnamese import one_tone_style


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record that is there already and would say something else; '' for nothing."""

    kind: str
    id: str
    path: str
    old: str
    new: str
    cell: Cell


@dataclass(slots=True)
class Plan:
    """What would come of an import. `added` are new records in the order of their rows, with their cells."""

    content: Content
    added: list[tuple[str, str, Cell]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    touched: dict[tuple[str, str], Cell] = field(default_factory=dict)
    pictures: list[tuple[str, str, Cell]] = field(default_factory=list)


def make_plan(rows: Iterable[Row], content: Content, findings: Findings) -> Plan:
    """The plan of the rows of all sheets: producers first, then products, then the lists that belong to them."""
    planner = _Planner(content, findings)
    ordered = sorted(rows, key=lambda row: (row.table.owned, row.table.kind == "products"))
    for row in ordered:
        planner.take(row)
    return planner.plan


class _Planner:
    def __init__(self, content: Content, findings: Findings) -> None:
        self._content, self._findings = content, findings
        self._references = References(content, findings)
        self._identity = Identity(content, self._references, findings)
        self._given: dict[tuple[str, str, tuple[str, ...]], tuple[str, Cell]] = {}
        self._taken: dict[tuple[str, str, str], set[int]] = {}
        self.plan = Plan(content, self._references.added)

    def take(self, row: Row) -> None:
        """Takes one row into the plan."""
        producer = self._producer(row) if row.table.kind == "products" and not row.table.owned else None
        id_ = self._identity.of(row, producer)
        if id_ is None:  # whose row it is can't be told; what else is wrong with it can
            for column, cell in row.cells.items():
                if column.field is not None:
                    self._value(row, column, cell)
            return
        kind = row.table.kind
        self.plan.touched.setdefault((kind, id_), row.first)
        said = self._content.said[kind][id_]
        for column, cell in row.cells.items():
            if column.part == "record" and not self._found_by(row, column, id_):
                value = producer if column.keys == ("producer",) else self._value(row, column, cell)
                self._put(row, id_, said, column, value, cell)
        self._item(row, id_, said)
        self._other_columns(row, id_, said)

    def _found_by(self, row: Row, column: Column, id_: str) -> bool:
        """Whether a column is the name that a record was known by: another way to write it changes nothing."""
        is_name = column.keys == ("name", self._content.language)
        return is_name and row.cell("id") is None and id_ in self._content.now[row.table.kind]

    def _producer(self, row: Row) -> str | None:
        """The producer that a product's row names."""
        cell, kind_cell = row.cell("record", "producer"), row.cell("producer-kind")
        name, kind_name = text_of(cell, self._findings), text_of(kind_cell, self._findings)
        # the kind first: a new one tells where in a name the proper name begins
        kind = self._references.find("producer_kinds", kind_name, kind_cell) if kind_cell and kind_name else None
        if cell is None or name is None:
            return None
        id_ = find_producer(self._content, self._references, " ".join(name.split()), cell)
        if id_ is None:
            return None
        said, is_new = self._content.said["producers"][id_], id_ not in self._content.now["producers"]
        if kind_cell and kind and "kind" not in said:
            if not is_new:
                self.plan.changes.append(Change("producers", id_, "kind", "", kind_cell.text, kind_cell))
            said["kind"] = kind
        elif kind_cell and kind and said["kind"] != kind and not is_new:
            there = self._content.name("producer_kinds", said["kind"])
            self._findings.warn("kind-differs", kind_cell, written=kind_cell.text, name=there)
        if is_new and ("producers", id_) not in self.plan.touched:  # what the row says of its place is all we know
            in_place = {column: cell for column, cell in row.cells.items() if column.keys[:1] == ("place",)}
            for column, part in in_place.items() if "place" not in said else ():
                value = self._value(row, column, part) if column.part == "record" else None
                if value not in (None, CLEARED):
                    put_in(said, column, value)
            self._add_source(row, "producers", id_, said)
        return id_

    def _value(self, row: Row, column: Column, cell: Cell) -> Any:
        """A cell's value, a name in it replaced by the id of the record it means."""
        field = column.field
        assert field is not None
        value = value_of(cell, field, self._findings)
        if value is None or value is CLEARED:
            return value
        kind = field.leads_to
        if column.part == "item" and column.keys == ("place",):
            kind = "communes" if self._content.names["communes"].find(value).id else "districts"
        if not kind:
            return value
        if kind == "provinces" and field.name == "province" and row.cell(column.part, "place", "district"):
            self._references.find(kind, value, cell)  # told by the district, but it has to be a province
            return None
        within: tuple[str, ...] = ()
        if kind in ("districts", "communes"):
            within = self._references.within(self._references.province_of(row, column.part))
        return self._references.find(kind, value, cell, within)

    def _put(self, row: Row, id_: str, said: dict[str, Any], column: Column, value: Any, cell: Cell) -> None:
        """Gives a field of a record its value; tells two cells that disagree."""
        if value is None:
            return
        key = (row.table.kind, id_, column.keys)
        written = str(as_text(value if value is not CLEARED else ""))
        if key in self._given and self._given[key][0] != written:
            earlier = self._given[key][1]
            self._findings.error("cells-disagree", cell, written=cell.text, other=earlier.text, cell=earlier.name)
            return
        self._given.setdefault(key, (written, cell))
        self._write(row.table.kind, id_, said, column, value, cell, ".".join(column.keys))

    def _write(
        self, kind: str, id_: str, said: dict[str, Any], column: Column, value: Any, cell: Cell, path: str
    ) -> None:
        old, new = value_in(said, column), None if value is CLEARED else value
        if _same(old, new):
            return
        if id_ in self._content.now[kind]:
            before, after = ("" if value is None else self._content.shown(column.field, value) for value in (old, new))
            self.plan.changes.append(Change(kind, id_, path, before, after, cell))
        put_in(said, column, new)

    def _item(self, row: Row, id_: str, said: dict[str, Any]) -> None:
        """Takes the item of the record's list that a row speaks of: its certificate, its photo."""
        filled = {column: cell for column, cell in row.cells.items() if column.part == "item"}
        values = {column: self._value(row, column, cell) for column, cell in filled.items()}
        values = {column: value for column, value in values.items() if value is not None}
        number = row.cell("number")
        if not values or (number is None and all(value is CLEARED for value in values.values())):
            return
        fresh: dict[str, Any] = {}
        for column, value in values.items():
            if value is not CLEARED:
                put_in(fresh, column, value)
        place = self._place(row, id_, said, fresh, number)
        if place is None:
            return
        items = said[row.table.items]
        for column, value in values.items():
            path = ".".join((row.table.items, str(place + 1), *column.keys))
            self._write(row.table.kind, id_, items[place], column, value, filled[column], path)
        if row.table.items == "photos" and "file" in fresh:
            self.plan.pictures.append((f"{row.table.kind}/{id_}", fresh["file"], row.first))

    def _place(
        self, row: Row, id_: str, said: dict[str, Any], fresh: dict[str, Any], number: Cell | None
    ) -> int | None:
        """The place of a row's item in the record's list, made there when it is new."""
        name = row.table.items
        items, taken = said.setdefault(name, []), self._taken.setdefault((row.table.kind, id_, name), set())
        if number is not None:
            if not number.text.isdecimal() or not 0 < int(number.text) <= len(items) + 1:
                self._findings.error("no-such-item", number, written=number.text, count=len(items))
                return None
            place = int(number.text) - 1
        else:
            found = find_item(name, items, fresh, taken)
            again = find_item(name, items, fresh, set(range(len(items))) - taken) if found is None else None
            if again is not None and as_text(fresh).items() <= as_text(items[again]).items():
                return None  # a row that says once more what another has said
            place = len(items) if found is None else found
        if place == len(items):
            items.append({})
        taken.add(place)
        return place

    def _other_columns(self, row: Row, id_: str, said: dict[str, Any]) -> None:
        """Takes what stands in columns that are no fields."""
        kind = row.table.kind
        self._add_source(row, kind, id_, said)
        brief, note, picture = row.cell("brief"), row.cell("note"), row.cell("picture")
        if brief is not None and text_of(brief, self._findings):
            for fresh in certificates_in(brief, self._content, self._references, self._findings):
                self._add_certificate(row, id_, said, fresh, brief)
        noted = text_of(note, self._findings)
        if noted and id_ in self._content.now[kind]:
            self._findings.warn("note-not-taken", row.sheet)
        elif noted:
            notes = self._content.notes.setdefault((kind, id_), [])
            notes += [noted] if noted not in notes else []
        if picture is not None:
            names = (text_of(picture, self._findings) or "").replace(";", "\n").split("\n")
            self.plan.pictures += [(f"{kind}/{id_}", name.strip(), picture) for name in names if name.strip()]

    def _add_certificate(self, row: Row, id_: str, said: dict[str, Any], fresh: dict[str, Any], cell: Cell) -> None:
        items, taken = (
            said.setdefault("certificates", []),
            self._taken.setdefault(("products", id_, "certificates"), set()),
        )
        if find_item("certificates", items, fresh, ()) is not None:
            return
        source = self._source(row)
        items.append({**fresh, **({"source": source} if source else {})})
        taken.add(len(items) - 1)
        if id_ in self._content.now["products"]:
            path = f"certificates.{len(items)}"
            self.plan.changes.append(Change("products", id_, path, "", cell.text, cell))

    def _source(self, row: Row) -> dict[str, Any]:
        """The source that a row gives for all it says."""
        source: dict[str, Any] = {}
        for column, cell in row.cells.items():
            if column.part == "source":
                field = next(field for field in row.table.source_fields if field.name == column.keys[0])
                value = value_of(cell, field, self._findings)
                if value not in (None, CLEARED):
                    source[field.name] = {self._content.language: value} if field.by_language else value
        return source if "url" in source or "title" in source else {}

    def _add_source(self, row: Row, kind: str, id_: str, said: dict[str, Any]) -> None:
        source = self._source(row)
        if not source:
            return
        items = said.setdefault("sources", [])
        if find_item("sources", items, source, ()) is None:
            items.append(source)
            if id_ in self._content.now[kind]:
                cell = next(cell for column, cell in row.cells.items() if column.part == "source")
                self.plan.changes.append(Change(kind, id_, f"sources.{len(items)}", "", cell.text, cell))


def _same(old: Any, new: Any) -> bool:
    """Whether two values say the same; the place of a tone makes no difference."""
    if old is None or new is None:
        return old is new
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return one_tone_style(" ".join(str(as_text(old)).split())) == one_tone_style(str(as_text(new)))

"""Which record a row is about: by its id, by its name and producer, by the row above it, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.findings import Findings
from cnnt_site.desk.sheets.names import name_key, new_slug, without_kind
from cnnt_site.desk.sheets.producers import add_producer
from cnnt_site.desk.sheets.references import References
from cnnt_site.desk.sheets.rows import Row
from cnnt_site.desk.sheets.values import value_of
from cnnt_site.problems import closest
from cnnt_site.vietnamese import slug


class Identity:
    """Finds the records of rows, one row after the other."""

    def __init__(self, content: Content, references: References, findings: Findings) -> None:
        self._content, self._references, self._findings = content, references, findings
        self._products: dict[str, list[str]] = defaultdict(list)
        self._above: tuple[str, str | None] = ("", None)
        for id_, said in content.said["products"].items():
            self._know(id_, said.get("name", {}).values())

    def of(self, row: Row, producer: str | None) -> str | None:
        """The id of a row's record, which is added when it is new; None after a problem that is told."""
        sheet, above = self._above
        id_ = (
            self._by_id(row) if row.cell("id") else self._by_name(row, producer, above if sheet == row.sheet else None)
        )
        self._above = (row.sheet, id_)
        return id_

    def _by_id(self, row: Row) -> str | None:
        cell, kind = row.cell("id"), row.table.kind
        assert cell is not None
        id_ = cell.text
        if id_ in self._content.said[kind]:
            return id_
        if slug(id_) != id_:
            self._findings.error("bad-identifier", cell, written=id_, guess=slug(id_))
            return None
        if row.table.owned or not row.cell("record", "name"):
            self._findings.error("id-unknown", cell, written=id_, guess=closest(id_, self._content.said[kind]))
            return None
        self._add(row, id_)
        return id_

    def _by_name(self, row: Row, producer: str | None, above: str | None) -> str | None:
        cell = row.cell("record", "name")
        if cell is None or cell.fault or row.table.owned:
            if cell is None and above is not None and not row.table.owned:
                return above  # the row goes on with the record above it
            if cell is None or row.table.owned:
                self._findings.error("row-without-name", row.first)
            elif above is None or cell.fault:
                column = next(column for column in row.cells if column.keys[:1] == ("name",))
                assert column.field is not None
                value_of(cell, column.field, self._findings)
            return None
        name = " ".join(cell.text.split())
        if row.table.kind == "producers":
            match = self._references.match("producers", name, cell)
            if match.several:
                return None
            return match.id or add_producer(self._content, self._references, name, cell)
        return self._product(row, name, producer)

    def _product(self, row: Row, name: str, producer: str | None) -> str | None:
        said = self._content.said["products"]
        namesakes = self._products.get(name_key(name), [])
        same = [id_ for id_ in namesakes if producer is not None and said[id_].get("producer") == producer]
        if not same:
            same = [id_ for id_ in namesakes if producer is None or "producer" not in said[id_]]
        if len(same) > 1:
            self._findings.error("name-ambiguous", row.first, written=name, guess="; ".join(same))
            return None
        if same:
            return same[0]
        wanted = new_slug(name)
        ending = producer or self._short_place(row)
        id_ = wanted if not ending or wanted.endswith(ending) else f"{wanted}-{ending}"
        id_ = self._content.names["products"].new_id(id_)
        self._add(row, id_)
        return id_

    def _add(self, row: Row, id_: str) -> None:
        cell = row.cell("record", "name") or row.first
        name = " ".join(cell.text.split())
        self._content.add(row.table.kind, id_, {"name": {self._content.language: name}})
        self._references.added.append((row.table.kind, id_, cell))
        if row.table.kind == "products":
            self._know(id_, [name])

    def _know(self, id_: str, names: Iterable[str]) -> None:
        for name in names:
            self._products[name_key(name)].append(id_)

    def _short_place(self, row: Row) -> str:
        cell = row.cell("record", "place", "district") or row.cell("record", "place", "commune")
        return new_slug(without_kind(cell.text)) if cell else ""

"""Which record a cell names; a place, producer, group or kind that isn't there yet is proposed as a new record."""

from __future__ import annotations

from collections.abc import Sequence

from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.names import Match, new_slug, without_kind, written_out
from cnnt_site.desk.sheets.rows import Row
from cnnt_site.desk.sheets.values import CLEARED

PROPOSED = ("provinces", "districts", "communes", "groups", "producer_kinds")
"""Kinds whose records an import may add by their name alone; producers have `producers.py`."""


class References:
    """Finds what cells name, and adds to the content what isn't there yet. Each new record is told by `added`."""

    def __init__(self, content: Content, findings: Findings) -> None:
        self._content, self._findings = content, findings
        self.added: list[tuple[str, str, Cell]] = []

    def find(self, kind: str, written: object, cell: Cell, within: Sequence[str] = ()) -> str | None:
        """The id of the record that a cell names; None after a problem that is told."""
        if not isinstance(written, str) or written is CLEARED:
            return None
        match = self.match(kind, written, cell, within)
        if match.several:
            return None
        if match.id is None and kind in PROPOSED:
            return self._proposed(kind, written, cell, within)
        if match.id is None:
            self._findings.error("name-unknown", cell, written=written, guess=self._content.names[kind].guess(written))
        return match.id

    def match(self, kind: str, written: str, cell: Cell, within: Sequence[str] = ()) -> Match:
        """What a name means; that it means several things, or was read without its accents, is told."""
        match = self._content.names[kind].find(written, within)
        if match.several:
            guess = "; ".join(map(self._content.names[kind].shown, match.several))
            self._findings.error("name-ambiguous", cell, written=written, guess=guess)
        elif match.only_without_accents and match.id is not None:
            self._findings.warn("name-read-as", cell, written=written, name=self._content.name(kind, match.id))
        return match

    def province_of(self, row: Row, part: str) -> str | None:
        """The province that a row's place lies in, as far as the row says one."""
        cell = row.cell(part, "place", "province")
        return self.find("provinces", cell.text, cell) if cell and not cell.fault else None

    def within(self, province: str | None) -> tuple[str, ...]:
        """Where to look for the districts and communes of a province: in those that became part of it too."""
        return self._content.provinces_of_today(province) if province else ()

    def _proposed(self, kind: str, written: str, cell: Cell, within: Sequence[str]) -> str:
        content = self._content
        lang, name = content.language, written_out(written)
        near = content.names[kind].near(written)
        if kind == "provinces":
            id_ = content.names[kind].new_id(new_slug(without_kind(name)))
            said: dict[str, object] = {"name": {lang: name}, "short": {lang: without_kind(name)}}
        elif kind in ("districts", "communes"):
            province = within[0] if within else content.site.province
            id_ = content.names[kind].new_id(f"{province}/{new_slug(name)}")
            said = {"province": province, "name": {lang: name}}
            said |= {"short": {lang: without_kind(name)}} if kind == "districts" else {}
        else:
            id_ = content.names[kind].new_id(new_slug(written, 40))
            said = {"label": {lang: written}}
            said |= {"slug": dict.fromkeys(content.site.languages, id_)} if kind == "groups" else {}
        content.add(kind, id_, dict(said))
        self.added.append((kind, id_, cell))
        self.tell_near(written, near, cell)
        return id_

    def tell_near(self, written: str, near: str, cell: Cell) -> None:
        """Says that a new record's name is near that of another, if there is one."""
        if near:
            self._findings.warn("new-record-near", cell, written=written, guess=near)

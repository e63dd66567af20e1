"""Sheets to rows under known columns: finds the headings, passes over titles, sections, totals and blank rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cnnt_site.desk.sheets.addresses import with_parts
from cnnt_site.desk.sheets.columns import Column, Table, by_heading, headings, tables
from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.reading import Sheet
from cnnt_site.problems import closest
from cnnt_site.reporting import sheet_wording
from cnnt_site.vietnamese import slug

HIGHEST_HEADING = 60
"""The row by which the headings have to have come."""

_SECTION = re.compile(r"([IVXLC]+|[A-Z])[.)]?")
_TOTAL = re.compile(r"(tong(-cong|-so)?|cong|total)(-|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its filled cells by column."""

    table: Table
    sheet: str
    number: int
    cells: dict[Column, Cell]

    @property
    def first(self) -> Cell:
        """The cell that stands for the row."""
        return next(iter(self.cells.values()))

    def cell(self, part: str, *keys: str) -> Cell | None:
        """The cell of a column, by what it is of and, if given, the keys it leads to."""
        of_part = (
            cell for column, cell in self.cells.items() if column.part == part and column.keys[: len(keys)] == keys
        )
        return next(of_part, None)


def read_rows(sheets: Iterable[Sheet], languages: tuple[str, ...], findings: Findings) -> list[Row]:
    """The rows of all sheets that hold a table of ours; what is passed over is told."""
    found: list[Row] = []
    tables_found = 0
    for sheet in sheets:
        heading = _heading(sheet, languages)
        if heading is not None:
            tables_found += 1
            found += _rows(sheet, *heading, languages, findings)
        elif any(sheet.rows) and slug(sheet.name) not in _own_sheets():
            findings.warn("sheet-without-headings", sheet.name)
    if not tables_found and not findings.errors:
        findings.error("no-table")
    return found


def _own_sheets() -> set[str]:
    """Slugs of the sheets of our workbook that hold no table."""
    names = sheet_wording()["sheets"]
    return {slug(name) for kind in ("help", "lists") for name in names[kind].values()}


def _heading(sheet: Sheet, languages: tuple[str, ...]) -> tuple[int, Table] | None:
    """The place of the row of headings and the table it is of: where most headings are known."""
    best: tuple[int, int, Table] | None = None
    for place, row in enumerate(sheet.rows[:HIGHEST_HEADING]):
        slugs = {slug(cell.text) for cell in row if cell.text}
        for table in tables(languages):
            known = by_heading(table, languages)
            columns = {known[word] for word in slugs if word in known}
            anchored = any(column.part == "id" or column.keys[:1] == ("name",) for column in columns)
            score = len(columns)
            if anchored and (score >= 2 or score == len(slugs)) and (best is None or score > best[0]):
                best = (score, place, table)
    return best and (best[1], best[2])


def _rows(sheet: Sheet, place: int, table: Table, languages: tuple[str, ...], findings: Findings) -> list[Row]:
    columns, numbering = _columns(sheet, place, table, languages, findings)
    heading = [slug(cell.text) for cell in sheet.rows[place]]
    found = []
    for number, row in enumerate(sheet.rows[place + 1 :], start=place + 2):
        filled = [cell for cell in row if cell.text]
        if not filled or [slug(cell.text) for cell in row] == heading:
            continue
        if number == place + 2 and _counts(filled):
            continue
        cells = {columns[cell.column]: cell for cell in filled if cell.column in columns}
        if _passed_over(filled, numbering) or not cells:
            if any(not cell.text.isdecimal() for cell in filled):
                findings.warn("row-passed-over", filled[0], written=" ".join(cell.text for cell in filled)[:80])
            continue
        found.append(Row(table, sheet.name, number, with_parts(cells, table, columns.values())))
    return found


def _columns(
    sheet: Sheet, place: int, table: Table, languages: tuple[str, ...], findings: Findings
) -> tuple[dict[int, Column], set[int]]:
    """The columns by their number in the sheet, and the numbers of those that only count the rows."""
    known, ignored = by_heading(table, languages), {slug(word) for word in sheet_wording()["ignored"]} | {""}
    columns: dict[int, Column] = {}
    numbering = set()
    for cell in sheet.rows[place]:
        word = slug(cell.text)
        column = known.get(word)
        if column is None:
            if word in ignored:
                numbering.add(cell.column)
            else:
                guess = closest(cell.text, [name for lang in ("vi", "en") for name in headings(table, lang)])
                findings.warn("heading-unknown", cell, heading=" ".join(cell.text.split()), guess=guess)
        elif column in columns.values():
            findings.error("heading-twice", cell, heading=cell.text)
        else:
            columns[cell.column] = column
    return columns, numbering


def _passed_over(filled: list[Cell], numbering: set[int]) -> bool:
    """Whether a row is the title of a section or a total."""
    counted = next((cell for cell in filled if cell.column in numbering), None)
    section = counted is not None and _SECTION.fullmatch(counted.text) and len(filled) <= 3
    words = next((cell.text for cell in filled if cell.column not in numbering), "")
    return bool(section or filled[0].wide or filled[-1].wide or (_TOTAL.match(slug(words)) and len(filled) <= 3))


def _counts(filled: list[Cell]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3)."""
    texts = [cell.text.strip("()[] ") for cell in filled]
    return len(texts) > 1 and texts[1:] == [str(number) for number in range(2, len(texts) + 1)]

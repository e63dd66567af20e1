"""Tables to the bytes of a workbook or of CSV files: the same content gives the same bytes.

Text is never written as a formula. In CSV, which Excel opens as if it were typed, an apostrophe stands before
what looks like one; reading takes it away again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cnnt_site.desk.sheets.columns import Column, column_help, headings
from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.exporting import Filled, choices
from cnnt_site.feeds.spreadsheets import LIKE_FORMULA, as_csv, quoted, saved
from cnnt_site.reporting import sheet_wording

LONGEST_CELL = 32_767
"""What a cell of Excel holds; more would be lost."""

_HEADING_COLOUR, _HEADING_HEIGHT, _LATER_ROWS = "FFDDEBE4", 46, 2000
_WIDTHS = {"id": 26, "number": 8, "line": 30, "year": 8, "day": 13, "rough-day": 13}


def csv_bytes(filled: Filled, lang: str) -> bytes:
    """One table as CSV that Excel takes for UTF-8."""
    return as_csv(headings(filled.table, lang), filled.rows)


def workbook_bytes(content: Content, tables: Sequence[Filled], lang: str) -> bytes:
    """All tables as a workbook with drop-down lists and a sheet of help in both languages."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    lists = _Lists(content, lang)
    for filled in tables:
        sheet = book.create_sheet(_sheet_name(filled.table.name, lang))
        _write_table(sheet, filled, lang)
        _guide(sheet, filled, lists, lang)
    _write_help(book.create_sheet(_sheet_name("help", lang)), tables)
    lists.write(book.create_sheet(_sheet_name("lists", lang)))
    return saved(book)


def _sheet_name(name: str, lang: str) -> str:
    return str(sheet_wording()["sheets"][name][lang])


def _write_table(sheet: Any, filled: Filled, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = _HEADING_HEIGHT
    for number, (heading, column) in enumerate(zip(headings(filled.table, lang), filled.table.columns, strict=True), 1):
        cell = sheet.cell(1, number, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEADING_COLOUR)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        kind = column.field.kind if column.field else column.part
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.number_format = _WIDTHS.get(kind, 22), "@"
    for row, texts in enumerate(filled.rows, start=2):
        for number, (text, column) in enumerate(zip(texts, filled.table.columns, strict=True), start=1):
            if text:
                _write(sheet.cell(row, number), text, column)


def _write(cell: Any, text: str, column: Column) -> None:
    """A text as text, whatever it looks like; numbers of years and prices as numbers."""
    kind = column.field.kind if column.field else column.part
    if kind in ("year", "number") and re.fullmatch("[1-9][0-9]*", text):
        cell.value = int(text)
        return
    cell.value = quoted(text)
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = bool(LIKE_FORMULA.match(text))


def _guide(sheet: Any, filled: Filled, lists: _Lists, lang: str) -> None:
    """Says at every column what to write, and offers the list that it is chosen from."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, (heading, column) in enumerate(zip(headings(filled.table, lang), filled.table.columns, strict=True), 1):
        offered = lists.range_of(column)
        rule = DataValidation(type="list" if offered else None, formula1=offered, allow_blank=True)
        rule.showErrorMessage = False  # a new name may be typed
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = heading[:32], column_help(filled.table, column, lang)[:255]
        letter = get_column_letter(number)
        rule.add(f"{letter}2:{letter}{max(_LATER_ROWS, len(filled.rows) * 2)}")
        sheet.add_data_validation(rule)


class _Lists:
    """The lists that columns are chosen from, each a column of one sheet."""

    def __init__(self, content: Content, lang: str) -> None:
        self._content, self._sheet = content, _sheet_name("lists", lang)
        self._lists: dict[tuple[str, ...], int] = {}

    def range_of(self, column: Column) -> str | None:
        """Where a column's list stands, as Excel writes it; None when people write freely."""
        from openpyxl.utils import get_column_letter

        offered = tuple(choices(self._content, column))
        if not offered:
            return None
        letter = get_column_letter(self._lists.setdefault(offered, len(self._lists) + 1))
        return f"'{self._sheet}'!${letter}$1:${letter}${len(offered)}"

    def write(self, sheet: Any) -> None:
        """Writes all lists."""
        for offered, number in self._lists.items():
            for row, text in enumerate(offered, start=1):
                cell = sheet.cell(row, number, text)
                cell.data_type = "s"


def _write_help(sheet: Any, tables: Sequence[Filled]) -> None:
    """Every column with what to write in it, in both languages side by side."""
    from openpyxl.styles import Alignment, Font

    row = 1
    for line in sheet_wording()["introduction"]:
        sheet.cell(row, 1, line["vi"]), sheet.cell(row, 3, line["en"])
        row += 1
    for filled in tables:
        row += 1
        for number, lang in ((1, "vi"), (3, "en")):
            sheet.cell(row, number, _sheet_name(filled.table.name, lang)).font = Font(bold=True)
        for column, vi, en in zip(
            filled.table.columns, headings(filled.table, "vi"), headings(filled.table, "en"), strict=True
        ):
            row += 1
            texts = (vi, column_help(filled.table, column, "vi"), en, column_help(filled.table, column, "en"))
            for number, text in enumerate(texts, start=1):
                sheet.cell(row, number, text).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 34), ("B", 60), ("C", 34), ("D", 60)):
        sheet.column_dimensions[letter].width = width

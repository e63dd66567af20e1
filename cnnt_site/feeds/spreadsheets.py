"""Tables for spreadsheets: CSV that Excel reads as UTF-8, XLSX whose bytes are the same each time.

A cell that begins like a formula is marked as text, so that a name from the content can't calculate,
link or call anything on the desk of whoever opens the file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]"
"""What a formula begins with, in the wide signs of East Asian programs too."""

LIKE_FORMULA = re.compile(rf"'*{_SIGNS}")
_BEFORE_FORMULA = re.compile(rf"(?:^|(?<=;))(?='*{_SIGNS})")
_BEFORE_DEFUSED = re.compile(rf"(?:^|(?<=;))(?='+{_SIGNS})")
_DEFUSING = re.compile(rf"(?:^|(?<=;))'(?='*{_SIGNS})")
"""After a semicolon too: where it parts cells, a table with commas is taken apart there."""

_STILL = (1980, 1, 1, 0, 0, 0)


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return _BEFORE_FORMULA.sub("'", text) if ";" in text or LIKE_FORMULA.match(text) else text


def meant(text: str) -> str:
    """What stands in a cell without the apostrophes that `cell` puts there."""
    return _DEFUSING.sub("", text)


def quoted(text: str) -> str:
    """A text for a cell that is marked as text, from which `meant` takes nothing away."""
    return _BEFORE_DEFUSED.sub("'", text)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV, marked as UTF-8."""
    return b"\xef\xbb\xbf" + csv_rows(chain([headings], rows))


def csv_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as they stand in a CSV."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8")


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as a workbook with one sheet, its first row staying in sight; every cell is text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    texts = [["" if value is None else str(value) for value in row] for row in (headings, *rows)]
    book = Workbook(write_only=True)  # a row is let go of when it is written
    sheet = book.create_sheet(_sheet_name(title))
    for column, told in enumerate(zip(*texts, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(map(len, told)) + 2, 48)
    sheet.freeze_panes = "A2"
    heading, plain = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    heading.number_format = plain.number_format = "@"
    heading.font = Font(bold=True)
    for number, row in enumerate(texts):
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for made in cells:
            made.data_type = "s"
            made._style = (plain if number else heading)._style  # type: ignore[attr-defined]
        sheet.append(cells)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, the same each time: nothing in it tells when or by whom it was made."""
    import datetime

    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)
    book.properties.creator = ""
    written = io.BytesIO()
    book.save(written)
    return _still(written.getvalue())


def _sheet_name(title: str) -> str:
    """A title as the name of a sheet: at most 31 signs, without those that Excel refuses."""
    return "".join(sign for sign in title if sign not in r"[]:*?/\'")[:31].strip() or "1"


def _still(workbook: bytes) -> bytes:
    """The same workbook with no clock in it: openpyxl writes the time into the archive and its properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist()):
            data = read.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, data)
    return target.getvalue()

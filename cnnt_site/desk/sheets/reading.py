"""Files of Excel and CSV to sheets of cells, every value as the text that a person sees."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.old_codes import code_of_bytes, from_old_code
from cnnt_site.feeds.spreadsheets import meant
from cnnt_site.vietnamese import nfc

LARGEST = 20_000_000
LARGEST_UNPACKED = 300_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the top, each as long as it is filled; empty rows are empty tuples."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read(path: Path, findings: Findings) -> list[Sheet]:
    """The sheets of a file. Nothing, after an error that is told, when it can't be read."""
    try:
        if path.stat().st_size > LARGEST:
            findings.error("sheet-too-large", size=path.stat().st_size // 1_000_000, most=LARGEST // 1_000_000)
            return []
        data = path.read_bytes()
    except FileNotFoundError:
        findings.error("sheet-not-found")
        return []
    except OSError as error:
        findings.error("sheet-unreadable", reason=error.strerror or "")
        return []
    kind = path.suffix.lower()
    if kind in (".csv", ".tsv", ".txt"):
        return _read_csv(data, findings)
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an OLE container: Excel of before 2007, or with a password
        code = "sheet-locked" if kind == ".xlsx" else "sheet-old-excel"
        findings.error(code)
        return []
    if kind not in (".xlsx", ".xlsm"):
        findings.error("sheet-other-format", ending=kind or path.name)
        return []
    return _read_workbook(data, findings)


def _read_workbook(data: bytes, findings: Findings) -> list[Sheet]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(file.file_size for file in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            findings.error("sheet-too-large", size=unpacked // 1_000_000, most=LARGEST_UNPACKED // 1_000_000)
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-down lists and the like that openpyxl doesn't keep
            values = load_workbook(io.BytesIO(data), data_only=True)
            formulas = load_workbook(io.BytesIO(data))
    except Exception:  # a damaged file ends anywhere within openpyxl, zlib or the XML parser
        findings.error("sheet-damaged")
        return []
    return [_worksheet(values[sheet.title], sheet, findings) for sheet in formulas.worksheets]


def _worksheet(values: Any, formulas: Any, findings: Findings) -> Sheet:
    name = nfc(formulas.title)
    if formulas.max_row > MOST_ROWS or formulas.max_column > MOST_COLUMNS:
        findings.error("sheet-too-long", name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        return Sheet(name, ())
    rows = []
    for shown, written in zip(values.iter_rows(), formulas.iter_rows(), strict=True):
        pairs = zip(shown, written, strict=True)
        rows.append([_cell(name, value, formula) for value, formula in pairs])
    for merged in formulas.merged_cells.ranges:
        column = merged.min_col - 1
        top = replace(rows[merged.min_row - 1][column], wide=merged.max_col - merged.min_col >= 2)
        for row in range(merged.min_row, merged.max_row + 1):
            rows[row - 1][column] = replace(top, row=row)
    return Sheet(name, tuple(_trimmed(row) for row in rows))


def _cell(sheet: str, cell: Any, written: Any) -> Cell:
    """A cell by what it shows and what was written into it, which differ where that is a formula."""
    value, fault, is_formula = cell.value, "", written.data_type == "f"
    if cell.data_type == "e":
        value, fault = str(value), "cell-error-value"
    elif is_formula and value is None:
        value, fault = str(written.value), "cell-formula-without-value"
    elif isinstance(value, bool):
        value, fault = ("TRUE" if value else "FALSE"), "cell-yes-or-no"
    elif isinstance(value, int | float):
        value = _number(value, cell.number_format)
    elif isinstance(value, date):
        value = (value.date() if isinstance(value, datetime) else value).isoformat()
    elif value is not None and not isinstance(value, str):
        value, fault = str(value), "cell-time"
    found = Cell(sheet, cell.row, cell.column, _clean(value or ""), fault, "cell-formula" if is_formula else "")
    return found if fault else _in_unicode(found)


def _number(value: float, form: str) -> str:
    """A number as it is shown: whole ones without a point, with the zeros that a form such as `000` puts before."""
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.zfill(len(form)) if re.fullmatch("0+", form or "") else text


def _read_csv(data: bytes, findings: Findings) -> list[Sheet]:
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.error("sheet-not-utf8", font=code_of_bytes(data), line=line)
        return []
    if "\0" in text:
        findings.error("sheet-damaged")
        return []
    text = re.sub(r"\Asep=(.)\r?\n", "", text)
    rows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            cells = (Cell("", number, column, _clean(value)) for column, value in enumerate(row, start=1))
            rows.append(_trimmed([_in_unicode(cell) for cell in cells]))
    except csv.Error:
        findings.error("sheet-damaged")
        return []
    if len(rows) > MOST_ROWS:
        findings.error("sheet-too-long", rows=MOST_ROWS, columns=MOST_COLUMNS)
        return []
    return [Sheet("", tuple(rows))]


def _delimiter(text: str) -> str:
    """The sign between values: the one that the first lines have most of, outside quotes."""
    start = re.sub(r'"(?:[^"]|"")*"', "", text[:20_000])
    counts = Counter({sign: start.count(sign) for sign in ",;\t"})
    return counts.most_common(1)[0][0]


def _clean(text: str) -> str:
    """A cell's text in NFC, without spaces at the ends of its lines and without what defused it."""
    lines = nfc(text).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return meant("\n".join(line.strip() for line in lines).strip())


def _in_unicode(cell: Cell) -> Cell:
    old = from_old_code(cell.text)
    return replace(cell, fault="cell-old-code") if old else cell


def _trimmed(row: list[Cell]) -> tuple[Cell, ...]:
    filled = [cell.column for cell in row if cell.text]
    return tuple(row[: max(filled, default=0)])

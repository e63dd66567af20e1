"""What stands in a cell as the value of a field: checked as in YAML, with the freedoms that sheets need."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, get_args

from cnnt_site.desk.fields import Field
from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.old_codes import from_old_code
from cnnt_site.model import kinds
from cnnt_site.model.kinds import Check, Refusal
from cnnt_site.problems import closest

CLEARED = object()
"""The value of a cell that says `[xóa]` or `[delete]`: what the field holds has to go."""

_CLEARING = re.compile(r"\[\s*(xóa|xoá|delete)\s*\]", re.I)
_NOTHING = re.compile(r"[-–—]+")
_KINDS: dict[str, Any] = {
    "line": kinds.Line,
    "number": kinds.Number,
    "year": kinds.Year,
    "day": kinds.Day,
    "rough-day": kinds.RoughDay,
    "id": kinds.Identifier,
    "slug": kinds.Slug,
    "address": kinds.WebAddress,
    "file": kinds.FileName,
    "share": kinds.Share,
}
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
"""Days since 1899-12-30, as Excel counts them: of the years 1954 to 2064."""


def value_of(cell: Cell, field: Field, findings: Findings) -> Any:
    """The value, a list where the field holds many; None when the cell says nothing or what it says can't stand."""
    text = text_of(cell, findings)
    if text is None:
        return None
    if _CLEARING.fullmatch(text):
        return CLEARED
    if not field.many:
        return _one(text, cell, field, findings)
    parts = [part for part in text.split("\n") if part]
    found = ["" if _NOTHING.fullmatch(part) else _one(part, cell, field, findings) for part in parts]
    return None if any(value is None for value in found) else found


def text_of(cell: Cell | None, findings: Findings) -> str | None:
    """What a cell says as text; None when there is no cell, it says nothing, or a fault keeps it from being taken."""
    if cell is None:
        return None
    if cell.fault:
        font, guess = from_old_code(cell.text) or ("", "")
        findings.error(cell.fault, cell, written=cell.text, font=font, guess=guess)
        return None
    if cell.remark:
        findings.warn(cell.remark, cell, written=cell.text)
    return None if _NOTHING.fullmatch(cell.text) else cell.text


def check_file_name(name: str) -> None:
    """Raises Refusal when a name can't be that of a file."""
    _check("file").accept(name)


def _check(kind: str) -> Check:
    return next(part for part in get_args(_KINDS[kind]) if isinstance(part, Check))


def _one(text: str, cell: Cell, field: Field, findings: Findings) -> Any:
    if field.kind == "choice":
        choice = text.strip().lower()
        if choice in field.choices:
            return choice
        guess = closest(choice, field.choices)
        findings.error("not-one-of", cell, written=text, expected=", ".join(field.choices), guess=guess)
        return None
    if field.leads_to or (field.kind == "id" and field.name == "place"):
        return " ".join(text.split())  # a name: which record it means is found out later
    written = _as_iso(text.strip()) if field.kind in ("day", "rough-day") else text.strip()
    try:
        value = _check(field.kind).accept(written)
        return _rough_day(value) if field.kind == "rough-day" else value
    except Refusal as refusal:
        details = {**refusal.details, "written": text.strip()}
        if field.kind in ("day", "rough-day"):
            details["guess"] = details.get("guess") or _guessed_day(written)
        findings.error(refusal.code, cell, **details)
        return None


def _as_iso(text: str) -> str:
    """A day written day first, or a month and year, in the order that we keep: `30/9/2020` is `2020-09-30`."""
    day = re.fullmatch(r"(?:ngày\s+)?([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})", text, re.I)
    if day:
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    month = re.fullmatch(r"(?:tháng\s+)?([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})", text, re.I)
    return f"{month[2]}-{int(month[1]):02}" if month else text


def _rough_day(text: str) -> str | int | date:
    """A rough day as what it is, so that it is written without quotes."""
    return int(text) if len(text) == 4 else date.fromisoformat(text) if len(text) == 10 else text


def _guessed_day(text: str) -> str:
    """What a day may mean that can't be one: month first, or the number that Excel keeps for it."""
    turned = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if turned and 12 < int(turned[2]) <= 31 and int(turned[3]) <= 12:
        return f"{turned[1]}-{turned[3]}-{turned[2]}"
    if text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
    return ""

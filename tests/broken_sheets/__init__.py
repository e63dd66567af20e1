"""One tiny sheet for each thing that can be wrong with one: `sheet.txt` makes it, `expected.txt` is what staff read.

The first line of `sheet.txt` is the name of the file; rows follow, their cells divided by ` | `. In a workbook a
cell such as `{day 2020-09-30}` holds what isn't text, `=B2` a formula without a result, `@sheet Ảnh` begins
another sheet and `@merge A1:C1` joins cells. `@bytes \\xb6…` writes a file as it is. What comes after a line
`--- path` is laid over the smallest site, as in `tests.harness.sites`; `--- ../anh.jpg` lies beside the sheet.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.harness.sites import Run, TinySite, site_from

HERE = Path(__file__).parent
CODES = sorted(path.parent.name for path in HERE.glob("*/sheet.txt"))
LANGUAGES = ("vi", "en")


def with_sheet(folder: Path, text: str) -> tuple[TinySite, str]:
    """The smallest site below `folder` with a sheet beside its content, and the sheet's name."""
    said, _, sections = text.partition("\n--- ")
    site = site_from(folder, f"--- {sections}" if sections else "")
    name, *lines = said.split("\n")
    (folder / name).write_bytes(_bytes(name, [line for line in lines if line]))
    return site, name


def broken_sheet(code: str, folder: Path) -> tuple[TinySite, str]:
    """The site and sheet of a finding."""
    return with_sheet(folder, (HERE / code / "sheet.txt").read_text("utf-8"))


def told(site: TinySite, name: str) -> dict[str, Run]:
    """How an import that is to write ends in each language."""
    return {lang: site.run("import", name, "--lang", lang) for lang in LANGUAGES}


def read_aloud(runs: dict[str, Run]) -> str:
    """All that staff read, in each language."""
    return "\n".join(runs[lang].err + runs[lang].out for lang in LANGUAGES)


def _bytes(name: str, lines: list[str]) -> bytes:
    if lines and lines[0].startswith("@bytes "):
        return lines[0].removeprefix("@bytes ").encode("latin-1").decode("unicode_escape").encode("latin-1")
    rows = [re.split(r" ?\| ?", line) for line in lines]
    if name.endswith(".csv"):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return out.getvalue().encode("utf-8-sig")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    number = 0
    for line, row in zip(lines, rows, strict=True):
        if line.startswith("@sheet "):
            sheet, number = book.create_sheet(line.removeprefix("@sheet ")), 0
        elif line.startswith("@merge "):
            sheet.merge_cells(line.removeprefix("@merge "))
        else:
            number += 1
            for column, text in enumerate(row, start=1):
                sheet.cell(number, column, _value(text))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _value(text: str) -> Any:
    asked = re.fullmatch(r"\{(\w+) (.*)\}", text)
    if asked is None:
        return text.replace("\\n", "\n") or None
    kinds: dict[str, Callable[[str], Any]] = {
        "day": date.fromisoformat,
        "time": time.fromisoformat,
        "number": float,
        "truth": lambda word: word == "yes",
    }
    return kinds[asked[1]](asked[2])

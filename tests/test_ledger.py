"""The ledger: the same whether a file is as the build wrote it or was touched by people."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnnt_site.addresses.ledger import Ledger, read_ledger
from cnnt_site.problems import Problems
from cnnt_site.reading.layout import LEDGER
from cnnt_site.reading.scanning import scan

WRITTEN = Ledger(
    {"en/index.html": "home", "p/k7m2.html": "code:product/tranh", "vi/san-pham/tranh.html": "product:tranh"},
    {"vi/san-pham/tranh-cu.html": "product:tranh"},
)


def _read(folder: Path, text: str) -> tuple[Ledger, list[str]]:
    (folder / LEDGER).write_bytes(text.encode())
    problems = Problems()
    return read_ledger(scan(folder, problems), problems), [problem.code for problem in problems]


@pytest.mark.parametrize("ledger", [WRITTEN, Ledger(WRITTEN.current), Ledger({}, WRITTEN.moved), Ledger()])
@pytest.mark.parametrize("ending", ["", "# a comment\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_was_written_is_read(ledger: Ledger, ending: str, newline: str, tmp_path: Path) -> None:
    assert _read(tmp_path, (ledger.text() + ending).replace("\n", newline)) == (ledger, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  p/k7m2.html: code:product/tranh\n", "  p/k7m2.html: code:product/tranh\n  p/k7m2.html: home\n"),
        ("  en/index.html: home\n", "  ../index.html: home\n"),
        ("  en/index.html: home\n", "  en/index.html: Home\n"),
        ("current:\n", "current: {}\n"),
    ],
)
def test_a_broken_line_is_told(old: str, new: str, tmp_path: Path) -> None:
    text = WRITTEN.text()
    assert old in text
    assert _read(tmp_path, text.replace(old, new))[1] != []

"""Writes the expected texts anew: `python -m tests.broken_sheets.rewrite [code …]`. Read each one aloud after."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.broken_sheets import CODES, HERE, broken_sheet, read_aloud, told

for code in sys.argv[1:] or CODES:
    with tempfile.TemporaryDirectory() as folder:
        text = read_aloud(told(*broken_sheet(code, Path(folder))))
    (HERE / code / "expected.txt").write_text(text, "utf-8")

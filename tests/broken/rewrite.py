"""Writes the expected texts anew: `python -m tests.broken.rewrite [code …]`. Read each one aloud after."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.broken import CODES, HERE, broken_site, told

for code in sys.argv[1:] or CODES:
    with tempfile.TemporaryDirectory() as folder:
        site, options = broken_site(code, Path(folder))
        texts = [told(code, site, options, lang)[1] for lang in ("vi", "en")]
    (HERE / code / "expected.txt").write_text("\n\n".join(texts) + "\n", "utf-8")

"""Setting a PDF with typst: an optional library, the project's own letters, the same bytes each time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


class NoTypesetter(Exception):
    """typst isn't installed."""


def typeset(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The PDF that a template of this folder makes of `data`; `files` are the pictures it names.

    The template reads the data as JSON, so nothing in a text of the catalogue is taken for markup.
    Raises NoTypesetter without typst.
    """
    try:
        import typst
    except ImportError:
        raise NoTypesetter from None
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        (root / template).write_bytes((HERE / template).read_bytes())
        made: bytes = typst.compile(
            str(root / template),
            root=name,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",  # tagged, so that screen readers know headings, lists and pictures
        )
    return made

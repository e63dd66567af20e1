"""Setting a PDF with typst: an optional library, the project's own letters, the same bytes each time."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')


class NoTypesetter(Exception):
    """typst isn't installed."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF; `lacking` is the first letter that none of the fonts has, and a box stands for."""

    pdf: bytes
    lacking: str = ""


def typeset(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> Paper:
    """The PDF that a template of this folder makes of `data`; `files` are the pictures it names.

    The template reads the data as JSON, so nothing in a text of the catalogue is taken for markup. The PDF
    is marked as accessible (PDF/UA) unless a letter is lacking. Raises NoTypesetter without typst.
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

        def compiled(**more: Any) -> bytes:
            source, fonts = str(root / template), [str(FONTS)]
            made: bytes = typst.compile(
                source, root=name, font_paths=fonts, ignore_system_fonts=True, format="pdf", **more
            )
            return made

        try:
            return Paper(compiled(pdf_standards="ua-1"))  # tagged, and sure that screen readers can read all of it
        except typst.TypstError as error:
            lacking = _LACKING.search(str(error))
            if lacking is None:
                raise
            return Paper(compiled(), lacking[1])

"""QR codes as drawings: for paper, so ink on white and four modules of quiet ground."""

from __future__ import annotations

import io

QUIET = 4
RECIPE = b"1"
_INK, _GROUND = "#142b2a", "#fff"
_MASK = 2
"""Choosing the prettiest of the eight masks costs four fifths of the time; every reader takes any of them."""


def draw_qr(text: str) -> bytes:
    """An SVG of the QR code of `text`, with error correction Q: a quarter of it may be smudged."""
    import segno

    drawn = io.BytesIO()
    code = segno.make_qr(text, error="q", mask=_MASK, boost_error=False)
    code.save(drawn, kind="svg", border=QUIET, dark=_INK, light=_GROUND, omitsize=True, xmldecl=False)
    return drawn.getvalue()

"""Drawings for paper: level marks in ink, pictures behind a petal arch. Paper is white, whatever the screen."""

from __future__ import annotations

import base64
import re

LEVEL_INK = {1: "#1f5b3e", 2: "#1f5b3e", 3: "#0e4a4b", 4: "#991848"}
"""The colour of each step's mark, as on the badges."""

WINDOW = (500, 640)
"""In pixels: sharp in the window of a card of A5."""

_SYMBOL = re.compile(r'<symbol id="mark-(\d)" viewBox="([^"]+)">(.*?)</symbol>', re.S)
_ARCH = "M0 128V60C0 36 24 30 39 12C45 7 49 3 50 0C51 3 55 7 61 12C76 30 100 36 100 60V128Z"  # the ogee of the windows


def marks(symbols: str, ink: str | None = None, gap: str = "#fff") -> dict[int, bytes]:
    """The mark of each step as a drawing of its own, from the symbols of the theme's `marks.html`.

    `ink` is one colour for all of them, `gap` what shows between petals.
    """
    found = {}
    for step, box, shapes in _SYMBOL.findall(symbols):
        fill = ink or LEVEL_INK.get(int(step), LEVEL_INK[1])
        style = (
            f".mark-shape,.mark-dot,.petal{{fill:{fill}}}.petal{{stroke:{gap};stroke-width:1.5}}"
            ".arc{fill:none;stroke:#dda23a;stroke-width:1.8;stroke-linecap:round}"
        )
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><style>{style}</style>{shapes}</svg>'
        found[int(step)] = drawing.encode("utf-8")
    return found


def window(jpeg: bytes | None) -> bytes:
    """A picture of the shape of `WINDOW` behind the petal arch; an empty window without one."""
    picture = ""
    if jpeg is not None:
        data = base64.b64encode(jpeg).decode("ascii")
        picture = f'<image width="100" height="128" preserveAspectRatio="none" href="data:image/jpeg;base64,{data}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 104 132">'
        f'<clipPath id="arch"><path d="{_ARCH}"/></clipPath>'
        f'<g clip-path="url(#arch)"><path fill="#e4efe2" d="M0 0h100v128H0z"/>{picture}</g>'
        f'<path fill="none" stroke="#dda23a" stroke-width="2.4" d="{_ARCH}"/></svg>'
    ).encode()

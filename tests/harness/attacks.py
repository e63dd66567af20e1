"""Files made to exhaust whoever opens them: small on disk, huge in memory or endless in time."""

from __future__ import annotations

import functools
import io
import operator
import struct
import zlib
from collections.abc import Callable

from PIL import Image


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: tuple[bytes, bytes], lines: int = 0) -> bytes:
    """A PNG that claims a size; `lines` of it are there. `more` are chunks before the pixels."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(bytes(min(lines, height) * (1 + 3 * width)), 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(_chunk(*each) for each in more) + body + _chunk(b"IEND", b"")


def _jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    target = io.BytesIO()
    Image.new("RGB", (16, 16)).save(target, "JPEG")
    data = target.getvalue()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _webp_of(width: int, height: int) -> bytes:
    """A small WebP whose canvas claims another size."""
    target = io.BytesIO()
    Image.new("RGBA", (16, 16)).save(target, "WEBP", lossless=True, icc_profile=bytes(200))
    data = target.getvalue()
    at = data.index(b"VP8X") + 12
    return data[:at] + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3] + data[at + 6 :]


def _avif_of(width: int, height: int) -> bytes:
    """A small AVIF whose header claims another size."""
    target = io.BytesIO()
    Image.new("RGB", (16, 16)).save(target, "AVIF")
    data = target.getvalue()
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def _saved(form: str, *frames: Image.Image) -> bytes:
    target = io.BytesIO()
    frames[0].save(target, form, **({"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}))
    return target.getvalue()


def _svg(attributes: str, inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def _doubling(depth: int) -> bytes:
    """An SVG in which every group shows the one before it ten times."""
    groups = ['<g id="g0"><rect width="1" height="1"/></g>']
    groups += [f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, depth)]
    shown = f'<use href="#g{depth - 1}"/>'
    return _svg('viewBox="0 0 9 9"', f"<defs>{''.join(groups)}</defs>{shown}")


BOMB = zlib.compress(bytes(80_000_000), 9)
"""80 million zeros in 80 kB."""

PHOTOS: dict[str, Callable[[], bytes]] = {
    "pixels.png": lambda: png(12_000, 12_000, lines=600),
    "claims-much.png": lambda: png(2**31 - 1, 2**31 - 1),
    "claims-line.png": lambda: png(2**31 - 1, 1),
    "nothing-wide.png": lambda: png(0, 10),
    "text.png": lambda: png(20, 20, (b"zTXt", b"a\0\0" + BOMB), lines=20),
    "profile.png": lambda: png(20, 20, (b"iCCP", b"a\0\0" + BOMB), lines=20),
    "chunks.png": lambda: png(20, 20, *[(b"tEXt", b"a\0b")] * 10_000, lines=20),
    "claims-much.jpg": lambda: _jpeg_of(65_500, 65_500),
    "cut.jpg": lambda: _jpeg_of(16, 16)[:-40],
    "frames.png": lambda: _saved("PNG", *[Image.new("RGB", (60, 60), n) for n in range(60)]),
    "frames.webp": lambda: _saved("WEBP", *[Image.new("RGB", (60, 60), n) for n in range(60)]),
    "claims-much.webp": lambda: _webp_of(16_383, 16_383),
    "claims-much.avif": lambda: _avif_of(65_000, 65_000),
    "tiff.jpg": lambda: _saved("TIFF", Image.new("RGB", (60, 60))),
    "tiff.png": lambda: b"II*\0" + struct.pack("<I", 8) + b"\xff\xff" + bytes(60_000),
    "gif.webp": lambda: _saved("GIF", Image.new("P", (60, 60))),
    "eps.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    "icon.png": lambda: b"\0\0\1\0\xff\xff" + bytes(20_000),
    "empty.jpg": lambda: b"",
    "zeros.webp": lambda: bytes(1_000_000),
    "riff.webp": lambda: b"RIFF" + struct.pack("<I", 2**31) + b"WEBPVP8X" + bytes(40),
}
"""Photographs, by file name."""

DRAWINGS: dict[str, Callable[[], bytes]] = {
    "doubling": lambda: _doubling(12),
    "laughs": lambda: b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + _svg("", ""),
    "outside": lambda: _svg("", '<image href="file:///etc/passwd"/>'),
    "deep": lambda: _svg("", "<g>" * 20_000 + "</g>" * 20_000),
    "wide": lambda: _svg('viewBox="0 0 1 9999999"', '<rect width="1" height="1"/>'),
    "itself": lambda: _svg('viewBox="0 0 9 9"', '<g id="a"><use href="#a"/></g>'),
}
"""Drawings, by name."""

_SIGNS = (
    "[",
    "](",
    "![",
    "<",
    "`",
    "*",
    "_",
    "**_",
    "> ",
    "- ",
    "1. ",
    "|",
    "a|",
    "\\",
    "&",
    "#",
    "\n    ",
    "\t",
    "[a]: b\n",
)

TEXTS: dict[str, Callable[[], str]] = {
    sign: functools.partial(operator.mul, sign, 59_000 // len(sign)) for sign in _SIGNS
}
TEXTS |= {
    "headings": lambda: "# a\n" * 14_000,
    "underlined": lambda: "a\n=\n" * 14_000,
    "inwards": lambda: "".join(" " * 4 * n + "- a\n" for n in range(170)),
    "quoted lists": lambda: "> - " * 14_000,
    "table": lambda: "|a" * 200 + "\n" + "|-" * 200 + "\n" + ("|b" * 200 + "\n") * 140,
}
"""Long texts of one sign, which parsers take to with patience."""

RECORDS: dict[str, Callable[[], str]] = {
    "alias": lambda: "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nname: *c\n",
    "deep": lambda: "name: " + "[" * 400_000,
    "deep-map": lambda: "".join(f"{' ' * n}a:\n" for n in range(1_000)),
    "long-line": lambda: "name: {vi: " + "a" * 900_000 + "}",
    "long-key": lambda: "a" * 900_000 + ": b",
    "keys": lambda: "".join(f"key-{n}: x\n" for n in range(8_000)),
    "same-keys": lambda: "a: x\n" * 8_000,
    "list": lambda: "name: {vi: A}\nmembers:\n" + "- {vi: A}\n" * 10_000,
    "number": lambda: "name: {vi: A}\nfacts: {price_vnd: " + "9" * 500_000 + "}",
    "quotes": lambda: 'name: "' + "\\u0041" * 100_000,
    "comment": lambda: "#" * 900_000,
    "brackets": lambda: "name: " + "{" * 11 + "[" * 300_000,
    "larger": lambda: "a" * 1_100_000,
}
"""Records that take long to parse, to walk or to tell of."""

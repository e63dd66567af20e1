"""Reading QR codes as phones do: from pixels."""

from __future__ import annotations

import io

import resvg_py
import zxingcpp
from PIL import Image


def read_codes(picture: Image.Image) -> list[str]:
    """What every QR code in a picture says, from the top left on."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.text for code in sorted(found, key=lambda c: (c.position.top_left.y // 40, c.position.top_left.x))]


def read_drawing(svg: bytes, side: int = 400) -> list[str]:
    """What the QR codes of an SVG say."""
    pixels = resvg_py.svg_to_bytes(svg_string=svg.decode("utf-8"), width=side)
    return read_codes(Image.open(io.BytesIO(bytes(pixels))).convert("RGB"))

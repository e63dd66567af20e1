"""Opening picture files as upright sRGB pixels with nothing else in them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import PIL.Image
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_PIXELS = 50_000_000


class Unfit(ValueError):
    """A file that can't be published as a picture: the problem's code and its details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def open_photo(data: bytes, at_least: int) -> Image:
    """A photograph as RGB pixels, upright, in sRGB, at least `at_least` wide if it has so many.

    JPEG files are decoded at the smallest of their built-in scales that is large enough, other files are
    made smaller before anything else is done with them: of 50 million pixels no more than two copies are
    ever in memory. The result carries no metadata. Raises Unfit for what is no picture, cut off, animated or too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the bound below is ours and has a message
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise Unfit("photo-too-large", width=width, height=height, most=MOST_PIXELS // 1_000_000)
            if getattr(opened, "n_frames", 1) > 1:
                raise Unfit("photo-animated")
            shorter = min(width, height)
            opened.draft("RGB", (min(at_least, width) if width <= height else at_least * width // shorter, at_least))
            opened.load()
            return _plain(_srgb(ImageOps.exif_transpose(_shrunk(_opaque(opened), at_least))))
    except UnidentifiedImageError:
        raise Unfit("not-a-photo") from None
    except Unfit:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:
        raise Unfit("photo-broken", reason=str(error)[:80]) from None


def _opaque(image: Image) -> Image:
    """RGB or CMYK in the profile of the file; transparency becomes white."""
    from PIL import Image

    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.point(lambda value: value / 257).convert("L")
    if image.mode in ("LA", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        ground = Image.new("RGB", image.size, (255, 255, 255))
        ground.paste(image, mask=image)
        ground.info = image.info
        return ground
    return image if image.mode in ("RGB", "CMYK") else image.convert("RGB")


def _shrunk(image: Image, at_least: int) -> Image:
    """The picture as a whole part of itself, with twice the pixels that are wanted left for a fine scaling."""
    part = min(image.size) // (2 * at_least)
    return image.reduce(part) if part > 1 else image


def _srgb(image: Image) -> Image:
    """RGB in sRGB from RGB or CMYK in whatever profile the file had."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return cast("PIL.Image.Image", turned)
        except ImageCms.PyCMSError:
            pass  # a broken or foreign profile: the plain conversion below is the best that is left
    return image if image.mode == "RGB" else image.convert("RGB")


def _plain(image: Image) -> Image:
    """The same pixels in a fresh image: comments, EXIF, XMP and profiles stay behind."""
    from PIL import Image

    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return fresh


_UNSAFE_DRAWING = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<image|<style[^>]*>[^<]*(?:@import|url\s*\(\s*['\"]?(?!#))|\son[a-z]+\s*=|href\s*=\s*['\"](?!#)",
    re.I,
)


_DRAWING_TEXT = re.compile(rb"<(?:\w+:)?text[\s>]", re.I)


DEEPEST_DRAWING = 40
TALLEST_DRAWING = 4
"""How deep groups may nest, and how much taller or wider than a square a drawing may be."""


def _bounded(data: bytes) -> None:
    """Refuses, before anything is drawn, what would exhaust memory: deep nesting, a height without end."""
    from xml.parsers import expat

    parser, depth, shape = expat.ParserCreate(), 0, [1.0, 1.0]

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, shape
        depth += 1
        if depth > DEEPEST_DRAWING:
            raise Unfit("drawing-broken", reason="deep")
        if depth == 1:
            box = attributes.get("viewBox", "").replace(",", " ").split()[2:]
            sides = box or [attributes.get("width", "1"), attributes.get("height", "1")]
            shape = [float(re.sub("[a-z%]+$", "", side)) for side in sides]

    def ends(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    try:
        parser.Parse(data, True)
    except Unfit:
        raise
    except (expat.ExpatError, ValueError) as error:
        raise Unfit("drawing-broken", reason=str(error)[:80]) from None
    if len(shape) != 2 or not all(0 < side < 1e6 for side in shape) or max(shape) > TALLEST_DRAWING * min(shape):
        raise Unfit("drawing-broken", reason="shape")


def open_drawing(data: bytes, side: int) -> Image:
    """An SVG drawing as RGB pixels, `side` wide. Raises Unfit for what is no SVG or reaches outside itself.

    Fonts are never looked for: they differ from machine to machine, and with them the pixels would.
    """
    import resvg_py
    from PIL import Image

    found = _UNSAFE_DRAWING.search(data)
    if found:
        raise Unfit("drawing-unsafe", written=found[0].decode("utf-8", "replace")[:40])
    if _DRAWING_TEXT.search(data):
        raise Unfit("drawing-with-text")
    _bounded(data)
    try:
        rendered = resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=side, skip_system_fonts=True)
        with Image.open(io.BytesIO(bytes(rendered)), formats=("PNG",)) as opened:
            return _plain(_opaque(opened))
    except (UnicodeDecodeError, ValueError, OSError, RuntimeError) as error:
        raise Unfit("drawing-broken", reason=str(error)[:80]) from None


def average_colour(image: Image) -> str:
    """The mean colour as `#rrggbb`."""
    from PIL import Image

    red, green, blue = cast("tuple[int, int, int]", image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
    return f"#{red:02x}{green:02x}{blue:02x}"

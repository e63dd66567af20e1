"""What is known of a picture before it is made: its size, its colour, and the names of all its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

RECIPE = b"2"
PHOTO_WIDTHS = (320, 640, 1280)
DRAWING_WIDTHS = (360, 800)
"""The smaller is a card of a phone of 390 points, twice as fine."""
WIDEST = {"photo": max(PHOTO_WIDTHS), "drawing": max(DRAWING_WIDTHS)}
FALLBACK_WIDTH = {"photo": 640, "drawing": 800}

Kind = Literal["photo", "drawing"]
Codec = Literal["AVIF", "WEBP", "JPEG"]


VARIED = ":"
"""Stands between a drawing's path and the number of its variation: no file may have it in its name."""


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One file to be made: `address` in the output, `width` in pixels."""

    address: str
    width: int
    codec: Codec


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture's shown size, its average colour, and what is made of it. `digest` names its content.

    `path` is its source file, with ":2" after it for the second variation of a drawing. `avif` says that
    it is made as AVIF too.
    """

    path: str
    kind: Kind
    digest: str
    width: int
    height: int
    colour: str
    avif: bool

    @property
    def source(self) -> str:
        """The path of the source file."""
        return source_of(self.path)

    @property
    def variation(self) -> int:
        """The number of the variation, 0 for a picture as it is."""
        return int(self.path.partition(VARIED)[2] or 0)

    def renditions(self) -> Iterator[RenditionFile]:
        """The files of this picture: WebP, and AVIF, in each width that doesn't enlarge it, and one JPEG."""
        offered = DRAWING_WIDTHS if self.kind == "drawing" else PHOTO_WIDTHS
        widths = sorted({min(width, self.width) for width in offered})
        stem = self.source.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        name = f"media/{_ascii(stem)}-{self.digest[:10]}"
        for width in widths:
            if self.avif:
                yield RenditionFile(f"{name}-{width}.avif", width, "AVIF")
            yield RenditionFile(f"{name}-{width}.webp", width, "WEBP")
        width = min(FALLBACK_WIDTH[self.kind], self.width)
        yield RenditionFile(f"{name}-{width}.jpg", width, "JPEG")

    def height_at(self, width: int) -> int:
        """The height of the rendition of this width."""
        return max(1, round(self.height * width / self.width))


def source_of(path: str) -> str:
    """The file of a picture's path (see `Measured`)."""
    return path.partition(VARIED)[0]


def _ascii(stem: str) -> str:
    from cnnt_site.vietnamese import slug

    return slug(stem)[:60] or "picture"

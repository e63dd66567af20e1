"""The album: every picture that the showroom shows, measured, with the addresses of its renditions.

Names come from the source's content and the recipe, so they are known before any pixel is made and
stay the same for as long as the picture does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from cnnt_site.cache import Cache, digest
from cnnt_site.pictures.pixels import Unfit, average_colour, open_drawing, open_photo
from cnnt_site.pictures.variation import assign, vary
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.records import FOLDERS, LISTED, WITH_PHOTOS, Records
from cnnt_site.reading.tree import SourceFile, SourceTree

RECIPE = b"2"
PHOTO_WIDTHS = (320, 640, 1280)
DRAWING_WIDTHS = (360, 800)
"""The smaller is a card of a phone of 390 points, twice as fine."""
MEASURED_SIDE = 160
FALLBACK_WIDTH = {"photo": 640, "drawing": 800}
LARGEST_PHOTO = 40_000_000
LARGEST_DRAWING = 500_000

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
        return _source(self.path)

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


@dataclass(frozen=True, slots=True)
class Album:
    """Measured pictures by their path, and the path of the drawing that a product is shown with."""

    pictures: dict[str, Measured] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that a record names: its path and `avif` as in `Measured`, and the spot to tell problems at.

    `product` is the product that a drawing is for, if it is for one.
    """

    path: str
    kind: Kind
    spot: Spot
    avif: bool
    product: str = ""


def wanted(records: Records, tree: SourceTree) -> Iterator[Wanted]:
    """Every picture that a page shows: photographs with permission, and the drawings that are in use."""
    avif = records.site is not None and records.site.pictures.avif == "yes"
    for kind in WITH_PHOTOS:
        for id_, record in getattr(records, kind).items():
            for number, photo in enumerate(record.photos):
                path = f"{kind}/{id_}/photos/{photo.file}"
                if path in tree.files and (photo.permission is not None or photo.kind == "illustration"):
                    spot = Spot(f"{kind}/{id_}/{FOLDERS[kind][0]}", ("photos", number, "file"))
                    yield Wanted(path, "photo", spot, avif)
    yield from _drawings(records, tree, avif=avif)


def _drawings(records: Records, tree: SourceTree, *, avif: bool) -> Iterator[Wanted]:
    """The drawings in use: as they are for groups, each product's own variation for those without a photograph."""
    neutral = records.site.neutral_illustration if records.site else None
    shown = {id_: product.illustration or neutral for id_, product in records.products.items() if not product.photos}
    variations = assign((id_, drawing) for id_, drawing in shown.items() if drawing)
    shown_with: dict[str, list[str]] = {}
    for product, drawn in shown.items():
        shown_with.setdefault(drawn or "", []).append(product)
    plain = {neutral, *(group.illustration for group in records.groups.values())}
    for id_, drawing in records.illustrations.items():
        path, spot = f"illustrations/{drawing.file}", Spot(LISTED["illustrations"][0], (id_, "file"))
        if path not in tree.files:
            continue
        if id_ in plain:
            yield Wanted(path, "drawing", spot, avif)
        for product in shown_with.get(id_, ()):
            number = variations[product]
            yield Wanted(f"{path}{VARIED}{number}" if number else path, "drawing", spot, avif, product)


def measure(
    pictures: Iterable[Wanted],
    tree: SourceTree,
    cache: Cache,
    problems: Problems,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Album:
    """Opens every wanted file once (or knows it from the cache); a file that can't be shown is a problem."""
    measured: dict[str, Measured] = {}
    drawn: dict[str, str] = {}
    first: dict[str, Wanted] = {}
    unfit: set[str] = set()
    for want in pictures:
        first.setdefault(want.path, want)
        if want.product:
            drawn[want.product] = want.path
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = pool.map(lambda want: _tried(want, tree, cache), first.values())
        for done, (want, outcome) in enumerate(zip(first.values(), found, strict=True), start=1):
            progress(done, len(first))
            source = _source(want.path)
            if isinstance(outcome, Measured):
                measured[want.path] = outcome
            elif source not in unfit:
                unfit.add(source)
                problems.error(outcome.code, want.spot, file=source, **outcome.details)
    return Album(measured, drawn)


def _tried(want: Wanted, tree: SourceTree, cache: Cache) -> Measured | Unfit:
    """A measured picture, or why it can't be shown."""
    try:
        return _measure(want, tree.files[_source(want.path)], cache)
    except Unfit as told:
        return told
    except OSError as error:
        return Unfit("unreadable", reason=error.strerror or "")


def _source(path: str) -> str:
    """The file of a picture's path (see `Measured`)."""
    return path.partition(VARIED)[0]


def _measure(want: Wanted, file: SourceFile, cache: Cache) -> Measured:
    path, kind = want.path, want.kind
    largest = LARGEST_DRAWING if kind == "drawing" else LARGEST_PHOTO
    if file.size > largest:
        raise Unfit("photo-too-heavy", size=f"{file.size / 1_000_000:.3g}", most=f"{largest / 1_000_000:g}")
    variation = path.partition(VARIED)[2]
    name = digest(RECIPE, kind.encode(), variation.encode(), file.digest())
    key = digest(b"measured", name.encode())
    known = cache.get(key)
    if known is not None:
        width, height, colour = json.loads(known)
        return Measured(path, kind, name, width, height, colour, want.avif)
    data = file.read()
    if kind == "drawing":
        pixels = open_drawing(vary(data, int(variation or 0)), MEASURED_SIDE)
        width = max(DRAWING_WIDTHS)
        height = round(pixels.height * width / MEASURED_SIDE)
    else:
        pixels = open_photo(data, 64)
        width, height = _shown_size(data)
    colour = average_colour(pixels)
    cache.put(key, json.dumps([width, height, colour]).encode())
    return Measured(path, kind, name, width, height, colour, want.avif)


def _shown_size(data: bytes) -> tuple[int, int]:
    """The full size as shown: the file's own, turned when its EXIF says that it lies on its side."""
    import io

    from PIL import ExifTags, Image

    with Image.open(io.BytesIO(data)) as opened:
        width, height = opened.size
        on_its_side = opened.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return (height, width) if on_its_side else (width, height)


def _ascii(stem: str) -> str:
    from cnnt_site.vietnamese import slug

    return slug(stem)[:60] or "picture"

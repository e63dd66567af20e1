"""Making the files of the album: one pass down the widths, each kept in the cache by its content."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cnnt_site.cache import Cache, digest
from cnnt_site.pictures.measured import RECIPE, WIDEST, Codec, Kind, Measured, RenditionFile
from cnnt_site.processes import spread
from cnnt_site.reading.tree import SourceFile, SourceTree

if TYPE_CHECKING:
    from PIL.Image import Image

ENCODERS: dict[Codec, dict[str, Any]] = {
    "AVIF": {"quality": 55, "subsampling": "4:4:4", "speed": 6, "codec": "aom", "max_threads": 1},
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
}
"""AVIF keeps colour in full: with less quality it's then lighter than 60 at 4:2:0, and nearer to the photo."""

DRAWN: dict[Codec, dict[str, Any]] = {"AVIF": {"quality": 45}, "WEBP": {"quality": 62}}
"""Other settings for drawings: flat colours bear more than photographs do."""

MIDDLE = (0.5, 0.5)
Files = tuple[tuple[str, bytes], ...]


def writes_avif() -> bool:
    """Whether the Pillow of this machine can: builds of it for rare systems may lack the encoder."""
    from PIL import features

    return bool(features.check("avif"))


def make_all(
    pictures: Sequence[Measured], tree: SourceTree, cache: Cache, jobs: int
) -> Iterator[tuple[Measured, Files]]:
    """Each picture with the addresses and bytes of its renditions. What the cache lacks is put there first."""
    lacking = [picture for picture in pictures if not all(cache.has(key) for key in keys([picture]))]
    for _ in spread(_fill, [(picture, tree.files[picture.source], cache) for picture in lacking], jobs):
        pass
    for picture in pictures:
        yield picture, make(picture, tree.files[picture.source], cache)


def _fill(task: tuple[Measured, SourceFile, Cache]) -> None:
    make(*task)


def make(picture: Measured, source: SourceFile, cache: Cache) -> Files:
    """Addresses and bytes of one picture's renditions."""
    files = list(picture.renditions())
    known = {file: cache.get(_key(picture, file)) for file in files}
    if any(data is None for data in known.values()):
        pixels = pixels_of(picture.kind, picture.variation, source.read(), WIDEST[picture.kind])
        known |= keep(picture, pixels, cache, [file for file in files if known[file] is None])
    return tuple((file.address, known[file] or b"") for file in files)


def keep(
    picture: Measured, pixels: Image, cache: Cache, missing: Iterable[RenditionFile] | None = None
) -> dict[RenditionFile, bytes]:
    """Makes a picture's files, all or those that are missing, of pixels `WIDEST` wide or wider, and keeps them.

    One pass goes down all widths, so that each file is the same whatever is missing.
    """
    from PIL import Image

    made = {}
    wanted = list(picture.renditions() if missing is None else missing)
    for width in sorted({file.width for file in picture.renditions()}, reverse=True):
        size = (width, picture.height_at(width))
        pixels = pixels if pixels.size == size else pixels.resize(size, Image.Resampling.LANCZOS)
        for file in wanted:
            if file.width == width:
                made[file] = _bytes(pixels, file.codec, picture.kind)
                cache.put(_key(picture, file), made[file])
    return made


def keys(pictures: Iterable[Measured]) -> Iterator[str]:
    """What the files of pictures have in the cache."""
    return (_key(picture, file) for picture in pictures for file in picture.renditions())


def cut(
    picture: Measured, shape: tuple[int, int], focus: tuple[float, float] | None, source: SourceFile, cache: Cache
) -> bytes:
    """A JPEG of the proportions of `shape`, no larger than it, with the point `focus` where it is in the picture.

    It is made from the source alone: paper waits for nothing that only screens need.
    """
    import PIL

    told = f"{shape} {focus} {PIL.__version__}"
    key = digest(RECIPE, b"cut", picture.digest.encode(), told.encode())
    made = cache.get(key)
    if made is None:
        made = _cut(picture, shape, focus or MIDDLE, source)
        cache.put(key, made)
    return made


def _cut(picture: Measured, shape: tuple[int, int], focus: tuple[float, float], source: SourceFile) -> bytes:
    from PIL import Image, ImageOps

    width, height = shape
    shrunk = min(1, picture.width / width, picture.height / height)
    size = (max(1, round(width * shrunk)), max(1, round(height * shrunk)))
    needed = max(size[0], math.ceil(size[1] * picture.width / picture.height))
    opened = pixels_of(picture.kind, picture.variation, source.read(), needed)
    pixels = ImageOps.fit(opened, size, Image.Resampling.LANCZOS, centering=focus)
    return _bytes(pixels, "JPEG", picture.kind)


def _key(picture: Measured, file: RenditionFile) -> str:
    """Names a rendition by source, recipe, settings and the version of the library that holds the codecs."""
    import PIL

    codec = f"{file.codec} {file.width} {_settings(file.codec, picture.kind)} {PIL.__version__}"
    return digest(RECIPE, picture.digest.encode(), codec.encode())


def pixels_of(kind: Kind, variation: int, data: bytes, width: int) -> Image:
    """A picture's pixels, at least so wide if it has so many. Raises Unfit for what can't be shown."""
    from cnnt_site.pictures.pixels import open_drawing, open_photo
    from cnnt_site.pictures.variation import vary

    return open_drawing(vary(data, variation), width) if kind == "drawing" else open_photo(data, width)


def _settings(codec: Codec, kind: Kind) -> dict[str, Any]:
    """What the encoder is told."""
    return {**ENCODERS[codec], **(DRAWN.get(codec, {}) if kind == "drawing" else {})}


def _bytes(pixels: Image, codec: Codec, kind: Kind) -> bytes:
    target = io.BytesIO()
    pixels.save(target, codec, **_settings(codec, kind))
    return target.getvalue()

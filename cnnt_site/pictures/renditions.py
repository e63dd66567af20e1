"""Making the files of the album: one pass down the widths, each kept in the cache by its content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from cnnt_site.cache import Cache, digest
from cnnt_site.pictures.album import RECIPE, Measured, RenditionFile
from cnnt_site.reading.tree import SourceTree

if TYPE_CHECKING:
    from PIL.Image import Image

WEBP = {"quality": 78, "method": 4}
JPEG = {"quality": 80, "progressive": True, "optimize": True}


def make_all(
    pictures: Sequence[Measured], tree: SourceTree, cache: Cache, jobs: int
) -> Iterator[tuple[Measured, tuple[tuple[str, bytes], ...]]]:
    """Each picture with the addresses and bytes of its renditions.

    Threads are enough: decoding, scaling and encoding happen outside the interpreter's lock, and each
    worker holds one picture at a time.
    """
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        yield from zip(pictures, pool.map(lambda picture: make(picture, tree, cache), pictures), strict=True)


def make(picture: Measured, tree: SourceTree, cache: Cache) -> tuple[tuple[str, bytes], ...]:
    """Addresses and bytes of one picture's renditions."""
    wanted = list(picture.renditions())
    keys = [_key(picture, file) for file in wanted]
    known = [cache.get(key) for key in keys]
    if any(data is None for data in known):
        known = list(_encode(picture, wanted, tree))
        for key, data in zip(keys, known, strict=True):
            cache.put(key, data or b"")
    return tuple((file.address, data or b"") for file, data in zip(wanted, known, strict=True))


def for_paper(picture: Measured, width: int, tree: SourceTree, cache: Cache) -> bytes:
    """A JPEG at most `width` pixels wide, from the source alone: paper waits for nothing that only screens need."""
    import PIL

    file = RenditionFile("", min(width, picture.width), "JPEG")
    key = digest(RECIPE, b"paper", picture.digest.encode(), f"{file.width} {PIL.__version__}".encode())
    made = cache.get(key)
    if made is None:
        made = next(_encode(picture, [file], tree))
        cache.put(key, made)
    return made


def _key(picture: Measured, file: RenditionFile) -> str:
    """Names a rendition by source, recipe and the version of the library that holds the codecs."""
    import PIL

    codec = f"{file.codec} {file.width} {PIL.__version__}"
    return digest(RECIPE, picture.digest.encode(), codec.encode())


def _encode(picture: Measured, wanted: list[RenditionFile], tree: SourceTree) -> Iterator[bytes]:
    from PIL import Image

    from cnnt_site.pictures.pixels import open_drawing, open_photo
    from cnnt_site.pictures.variation import vary

    data = tree.files[picture.source].read()
    largest = max(file.width for file in wanted)
    drawn = picture.kind == "drawing"
    pixels = open_drawing(vary(data, picture.variation), largest) if drawn else open_photo(data, largest)
    scaled: dict[int, Image.Image] = {}
    for width in sorted({file.width for file in wanted}, reverse=True):
        size = (width, picture.height_at(width))
        pixels = pixels if pixels.size == size else pixels.resize(size, Image.Resampling.LANCZOS)
        scaled[width] = pixels
    for file in wanted:
        yield _bytes(scaled[file.width], file)


def _bytes(pixels: Image, file: RenditionFile) -> bytes:
    target = io.BytesIO()
    if file.codec == "WEBP":
        pixels.save(target, "WEBP", **WEBP)
    else:
        pixels.save(target, "JPEG", **JPEG)
    return target.getvalue()

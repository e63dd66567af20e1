"""Making the files of the album: one pass down the widths, each kept in the cache by its content."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

from cnnt_site.cache import Cache, digest
from cnnt_site.pictures.album import RECIPE, Codec, Measured, RenditionFile
from cnnt_site.processes import processes
from cnnt_site.reading.tree import SourceFile, SourceTree

if TYPE_CHECKING:
    from PIL.Image import Image

ENCODERS: dict[Codec, dict[str, Any]] = {
    "AVIF": {"quality": 60, "speed": 6, "codec": "aom", "max_threads": 1},
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
}
DRAWN: dict[Codec, dict[str, Any]] = {"WEBP": {"quality": 62}}
"""Other settings for drawings: flat colours bear more than photographs do."""

MIDDLE = (0.5, 0.5)
WORTH_PROCESSES = 8
"""So many pictures must wait for it to be worth to start other processes."""

Files = tuple[tuple[str, bytes], ...]


def make_all(
    pictures: Sequence[Measured], tree: SourceTree, cache: Cache, jobs: int
) -> Iterator[tuple[Measured, Files]]:
    """Each picture with the addresses and bytes of its renditions, made here or, when many wait, in `jobs` processes.

    Drawing holds the interpreter's lock, so threads would wait for each other. A process holds one picture
    at a time. What processes that were killed didn't come to is made here.
    """
    tasks = [(picture, tree.files[picture.source], cache) for picture in pictures]
    done = 0
    if jobs > 1 and len(tasks) >= WORTH_PROCESSES:
        with processes(jobs) as pool:
            try:
                for picture, files in zip(pictures, pool.map(_made, tasks), strict=True):
                    yield picture, files
                    done += 1
            except BrokenProcessPool:
                pass  # as in `workers`
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    yield from ((task[0], make(*task)) for task in tasks[done:])


def _made(task: tuple[Measured, SourceFile, Cache]) -> Files:
    return make(*task)


def make(picture: Measured, source: SourceFile, cache: Cache) -> Files:
    """Addresses and bytes of one picture's renditions."""
    wanted = list(picture.renditions())
    names = {file: _key(picture, file) for file in wanted}
    known = {file: cache.get(name) for file, name in names.items()}
    missing = [file for file in wanted if known[file] is None]
    if missing:
        for file, data in _encode(picture, missing, source):
            cache.put(names[file], data)
            known[file] = data
    return tuple((file.address, known[file] or b"") for file in wanted)


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
    pixels = ImageOps.fit(_pixels(picture, needed, source), size, Image.Resampling.LANCZOS, centering=focus)
    return _bytes(pixels, "JPEG")


def _key(picture: Measured, file: RenditionFile) -> str:
    """Names a rendition by source, recipe and the version of the library that holds the codecs."""
    import PIL

    codec = f"{file.codec} {file.width} {PIL.__version__}"
    return digest(RECIPE, picture.digest.encode(), codec.encode())


def _pixels(picture: Measured, width: int, source: SourceFile) -> Image:
    """The picture, opened at least so wide if it has so many pixels."""
    from cnnt_site.pictures.pixels import open_drawing, open_photo
    from cnnt_site.pictures.variation import vary

    data = source.read()
    if picture.kind == "drawing":
        return open_drawing(vary(data, picture.variation), width)
    return open_photo(data, width)


def _encode(
    picture: Measured, missing: list[RenditionFile], source: SourceFile
) -> Iterator[tuple[RenditionFile, bytes]]:
    """Makes some of a picture's files: one pass down all its widths, so that each is the same whatever is missing."""
    from PIL import Image

    widths = sorted({file.width for file in picture.renditions()}, reverse=True)
    pixels = _pixels(picture, widths[0], source)
    for width in widths:
        size = (width, picture.height_at(width))
        pixels = pixels if pixels.size == size else pixels.resize(size, Image.Resampling.LANCZOS)
        drawn = picture.kind == "drawing"
        yield from ((file, _bytes(pixels, file.codec, drawn)) for file in missing if file.width == width)


def _bytes(pixels: Image, codec: Codec, drawn: bool = False) -> bytes:
    target = io.BytesIO()
    pixels.save(target, codec, **{**ENCODERS[codec], **(DRAWN.get(codec, {}) if drawn else {})})
    return target.getvalue()

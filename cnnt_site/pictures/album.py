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

from cnnt_site.cache import Cache, digest
from cnnt_site.catalogue.outlines import Outlines
from cnnt_site.pictures import renditions
from cnnt_site.pictures.measured import RECIPE, VARIED, WIDEST, Kind, Measured, source_of
from cnnt_site.pictures.pixels import Unfit, average_colour
from cnnt_site.pictures.variation import assign
from cnnt_site.problems import Problems, Spot
from cnnt_site.processes import spread
from cnnt_site.reading.layout import FOLDERS, LISTED
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceFile, SourceTree

LARGEST_PHOTO = 40_000_000
LARGEST_DRAWING = 500_000


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


def wanted(records: Records, outlines: Outlines, tree: SourceTree) -> Iterator[Wanted]:
    """Every picture that a page shows: photographs with permission, and the drawings that are in use."""
    avif = records.site is not None and records.site.pictures.avif == "yes"
    for kind, id_, number, file, shown in outlines.photos():
        path = f"{kind}/{id_}/photos/{file}"
        if shown and path in tree.files:
            spot = Spot(f"{kind}/{id_}/{FOLDERS[kind][0]}", ("photos", number, "file"))
            yield Wanted(path, "photo", spot, avif)
    yield from _drawings(records, outlines, tree, avif=avif)


def _drawings(records: Records, outlines: Outlines, tree: SourceTree, *, avif: bool) -> Iterator[Wanted]:
    """The drawings in use: as they are for groups, each product's own variation for those without a photograph."""
    neutral = records.site.neutral_illustration if records.site else None
    shown = {id_: product.illustration or neutral for id_, product in outlines.products.items() if not product.photos}
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
    *,
    jobs: int = 1,
    making: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Album:
    """Opens every wanted file once (or knows it from the cache); a file that can't be shown is a problem.

    With `making` all renditions of what is opened are put into the cache too, while its pixels are there:
    that is most of the work of a first build.
    """
    drawn: dict[str, str] = {}
    first: dict[str, Wanted] = {}
    for want in pictures:
        first.setdefault(want.path, want)
        if want.product:
            drawn[want.product] = want.path
    if making and any(want.avif for want in first.values()) and not renditions.writes_avif():
        problems.error("no-avif", Spot("site.yaml", ("pictures", "avif")))
        making = False
    tasks = [Task(want, tree.files[source_of(want.path)], cache, making) for want in first.values()]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = dict(zip(first, pool.map(_known, tasks), strict=True))
    fresh = [task for task in tasks if outcomes[task.want.path] is None]
    for done, (task, outcome) in enumerate(zip(fresh, spread(_opened, fresh, jobs), strict=True), start=1):
        outcomes[task.want.path] = outcome
        progress(done, len(fresh))
    measured: dict[str, Measured] = {}
    unfit: set[str] = set()
    for path, outcome in outcomes.items():
        source = source_of(path)
        if isinstance(outcome, Measured):
            measured[path] = outcome
        elif outcome is not None and source not in unfit:
            unfit.add(source)
            problems.error(outcome.code, first[path].spot, file=source, **outcome.details)
    return Album(measured, drawn)


@dataclass(frozen=True, slots=True)
class Task:
    """A picture to be measured, its file, where results are kept, and whether its renditions are."""

    want: Wanted
    file: SourceFile
    cache: Cache
    making: bool

    @property
    def variation(self) -> str:
        """The number of the drawing's variation, '' for a picture as it is."""
        return self.want.path.partition(VARIED)[2]

    def name(self) -> str:
        """Names what is in the picture. Raises OSError when the disk refuses."""
        return digest(RECIPE, self.want.kind.encode(), self.variation.encode(), self.file.digest())

    def key(self) -> str:
        """Where the cache keeps what was measured."""
        return digest(b"measured", self.name().encode())

    def measured(self, width: int, height: int, colour: str) -> Measured:
        """What was asked for."""
        return Measured(self.want.path, self.want.kind, self.name(), width, height, colour, self.want.avif)


Outcome = Measured | Unfit | None
"""A measured picture, or why it can't be shown; None when it isn't known yet."""


def _known(task: Task) -> Outcome:
    largest = LARGEST_DRAWING if task.want.kind == "drawing" else LARGEST_PHOTO
    if task.file.size > largest:
        return Unfit("photo-too-heavy", size=f"{task.file.size / 1_000_000:.3g}", most=f"{largest / 1_000_000:g}")
    try:
        known = task.cache.get(task.key())
    except OSError as error:
        return Unfit("unreadable", reason=error.strerror or "")
    return None if known is None else task.measured(*json.loads(known))


def _opened(task: Task) -> Outcome:
    try:
        data, kind = task.file.read(), task.want.kind
        pixels = renditions.pixels_of(kind, int(task.variation or 0), data, WIDEST[kind])
    except Unfit as told:
        return told
    except OSError as error:
        return Unfit("unreadable", reason=error.strerror or "")
    size = pixels.size if kind == "drawing" else _shown_size(data)
    measured = task.measured(*size, average_colour(pixels))
    if task.making:
        renditions.keep(measured, pixels, task.cache)
    task.cache.put(task.key(), json.dumps([*size, measured.colour]).encode())
    return measured


def _shown_size(data: bytes) -> tuple[int, int]:
    """The full size as shown: the file's own, turned when its EXIF says that it lies on its side."""
    import io

    from PIL import ExifTags, Image

    with Image.open(io.BytesIO(data)) as opened:
        width, height = opened.size
        on_its_side = opened.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return (height, width) if on_its_side else (width, height)

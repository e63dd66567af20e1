"""What the first view of a page costs a phone on slow data: bytes, and how many files it waits for."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cnnt_site.problems import Problems, Spot
from cnnt_site.verifying import target_of


@dataclass(frozen=True, slots=True)
class Budget:
    """The most bytes of the page itself, its styles, its scripts, all compressed, and of its pictures; the most files.

    `photos` is the most bytes of pictures where one of them is a photograph.
    """

    page: int
    styles: int
    scripts: int
    pictures: int
    photos: int
    files: int


OTHERS = Budget(page=18_000, styles=10_000, scripts=14_000, pictures=45_000, photos=90_000, files=10)
BUDGETS = {
    "home.html": Budget(page=12_000, styles=10_000, scripts=6_000, pictures=40_000, photos=80_000, files=8),
    "catalogue.html": OTHERS,
    "product.html": Budget(page=12_000, styles=10_000, scripts=8_000, pictures=35_000, photos=70_000, files=7),
    "fair.html": Budget(page=16_000, styles=10_000, scripts=4_000, pictures=30_000, photos=60_000, files=9),
    "embed_card.html": Budget(page=3_000, styles=3_000, scripts=0, pictures=15_000, photos=30_000, files=4),
}
"""The budget of each kind of page by its template."""

UNBOUND = frozenset({"print_cards.html", "print_list.html", "all_parts.html"})
"""Pages that phones on slow data aren't meant to open: for paper, and for makers of themes."""

WIDTH, DENSITY = 390, 2
"""The phone: so many points wide, so many pixels a point."""

_TAG = re.compile(rb"<(link|script|source|img)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'\b(href|src|srcset|sizes)="([^"]*)"')
_FROM_WIDTH = re.compile(rb"\(min-width: *(\d+)px\) *(.+)")


class Demand(NamedTuple):
    """What the first view of a page asks for: addresses of styles, scripts and the like; of pictures for a phone."""

    template: str
    files: tuple[str, ...]
    pictures: tuple[str, ...]


def demand(address: str, template: str, page: bytes) -> Demand:
    """What a page asks for at once: all but what is for paper and what waits until it comes near."""
    if template in UNBOUND:
        return Demand(template, (), ())
    folder, files, pictures, source = posixpath.dirname(address), [], [], b""
    for tag, inside in _TAG.findall(page):
        if tag == b"source":
            source = source or inside
            continue
        if tag == b"img":
            chosen, source = source, b""
            if b'loading="lazy"' in inside:
                continue
            if chosen:
                pictures.append(_local(folder, _for_phone(_attributes(chosen))))
                continue
        if tag == b"link" and (b'rel="stylesheet"' not in inside or b'media="print"' in inside):
            continue
        found = _attributes(inside)
        files.append(_local(folder, found.get(b"href") or found.get(b"src") or b""))
    return Demand(template, *(_one(tuple(dict.fromkeys(filter(None, found)))) for found in (files, pictures)))


def tell_heavy_page(address: str, template: str, page: bytes, problems: Problems) -> None:
    """Tells a page whose own text is too heavy."""
    most = BUDGETS.get(template, OTHERS).page
    enough = 3 * (len(page) - most) // 2  # with so much of it compressed the rest mostly fits as it is
    if (
        len(page) > most
        and len(zlib.compress(page[:enough], 1)) + len(page[enough:]) > most
        and len(zlib.compress(page, 1)) > most
    ):
        _tell("page-too-heavy", address, packed(page), most, problems)


def tell_heavy_pictures(
    address: str, wanted: Demand, weigh: Callable[[str], tuple[int, bool]], problems: Problems
) -> None:
    """Tells a page whose first pictures are too heavy.

    `weigh` says how many bytes one has, and whether it is a photograph.
    """
    budget, weights = BUDGETS.get(wanted.template, OTHERS), [weigh(picture) for picture in wanted.pictures]
    most = budget.photos if any(is_photo for _, is_photo in weights) else budget.pictures
    _tell("pictures-too-heavy", address, sum(size for size, _ in weights), most, problems)


def tell_heavy_files(demands: Iterable[tuple[str, Demand]], assets: Mapping[str, bytes], problems: Problems) -> None:
    """Tells kinds of pages whose styles or scripts are too heavy or too many, once each, at the first such page.

    `assets` are the theme's files by address. Pages of a kind mostly ask for the same: each set is weighed once.
    The first page is the one whose address is, in whatever order `demands` come.
    """
    first: dict[tuple[str, tuple[str, ...], int], str] = {}
    for address, wanted in demands:
        kind = wanted.template, wanted.files, len(wanted.pictures)
        first[kind] = min(address, first.get(kind, address))
    weights = {file: packed(assets[file]) for _, files, _ in first for file in files if file in assets}
    told = set()
    for (template, files, pictures), address in sorted(first.items(), key=lambda each: each[1]):
        budget = BUDGETS.get(template, OTHERS)
        for code, ending, most in (
            ("styles-too-heavy", ".css", budget.styles),
            ("scripts-too-heavy", ".js", budget.scripts),
        ):
            size = sum(weights.get(file, 0) for file in files if file.endswith(ending))
            if size > most and (template, code) not in told:
                told.add((template, code))
                _tell(code, address, size, most, problems)
        count = 1 + len(files) + pictures
        if count > budget.files and (template, "files") not in told:
            told.add((template, "files"))
            problems.warn("too-many-requests", Spot(f"output/{address}"), count=count, most=budget.files)


def packed(data: bytes) -> int:
    """How many bytes a host sends of a file."""
    return len(zlib.compress(data, 6))


def _tell(code: str, address: str, size: int, most: int, problems: Problems) -> None:
    if size > most:
        problems.warn(code, Spot(f"output/{address}"), size=-(-size // 1000), most=most // 1000)


@lru_cache(maxsize=1024)
def _one(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """One object for what many pages ask for, so that it is kept once."""
    return addresses


def _attributes(inside: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(inside))


def _local(folder: str, link: bytes) -> str | None:
    target = target_of(folder, link) if link else None
    return target[0] if target else None


@lru_cache(maxsize=64)
def _pixels(sizes: bytes) -> float:
    """How many pixels of the phone a picture of these `sizes` takes."""
    for size in (part.strip() for part in sizes.split(b",")):
        conditional = _FROM_WIDTH.fullmatch(size)
        if conditional is not None and int(conditional[1]) > WIDTH:
            continue
        length = conditional[2] if conditional is not None else size
        number = re.match(rb"[\d.]+", length)
        if number is not None:
            points = float(number[0]) * (WIDTH / 100 if length.endswith(b"vw") else 1)
            return points * DENSITY
    return WIDTH * DENSITY


def _for_phone(source: Mapping[bytes, bytes]) -> bytes:
    """The file of a `srcset` that the phone takes: the smallest that is wide enough, else the widest."""
    pixels, widest = _pixels(source.get(b"sizes", b"100vw")), b""
    for candidate in source.get(b"srcset", b"").split(b","):
        widest, _, width = candidate.strip().partition(b" ")
        if width.rstrip(b"w").isdigit() and int(width.rstrip(b"w")) >= pixels:
            return widest
    return widest

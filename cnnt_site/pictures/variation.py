"""One drawing for many products, yet no two look cloned: another ground, disc, water, a prop, or mirrored.

A drawing takes part by naming its parts: `class="ground"`, `"disc"`, `"water"` and `"ripples"`. The thing
itself stays as it was drawn.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

SIDE = 800
"""The side of the square that drawings are made in."""

_DRAGONFLY = (
    '<g transform="translate(640 150) rotate(-18)"><path fill="#86B2A7" d="M-6-4c-34-40-74-46-88-34s20 38 82 44Z'
    "M6-4c34-40 74-46 88-34s-20 38-82 44ZM-6 2c-26 2-58 26-56 42s40 4 58-30ZM6 2c26 2 58 26 56 42s-40 4-58-30Z"
    '"/><path fill="#0E4A4B" d="M-6-14a6 8 0 0 1 12 0l-1 30 1 66-6 8-6-8 1-66Z"/></g>'
)
_SWALLOWS = (
    '<path fill="#0E4A4B" d="M92 160c34-22 62-16 80 8 16-26 44-36 80-20-34 2-56 16-74 48-6-4-8-4-12 0'
    "-16-26-40-38-74-36Z"
    'M196 92c22-14 40-10 52 6 10-18 28-24 52-14-22 2-36 12-48 32h-8c-10-18-26-26-48-24Z"/>'
)
_BUD = (
    '<path fill="none" stroke="#2C6A4B" stroke-width="9" stroke-linecap="round" d="M96 640c-14-120-10-230 14-330"/>'
    '<path fill="#DE5F82" d="M110 190c44 44 44 96 4 128-44-26-48-82-4-128Z"/>'
    '<path fill="#B8285A" d="M110 190c44 44 44 96 4 128 12-40 10-86-4-128Z"/>'
)
_CLOUD = (
    '<path fill="#FFF9EC" opacity=".9" d="M520 176c4-30 44-44 66-22 12-40 78-38 88 6'
    ' 34-6 56 16 54 42H506c-10-10-4-26 14-26Z"/>'
)
_LEAF = (
    '<path fill="none" stroke="#2C6A4B" stroke-width="9" stroke-linecap="round" d="M716 640c16-110 12-190-6-270"/>'
    '<path fill="#5B9A68" d="M594 350c30-64 190-70 226-4-40 50-190 54-226 4Z"/>'
    '<path fill="#2C6A4B" d="M708 318c60-4 100 10 112 28-18 22-62 34-112 36 24-18 24-44 0-64Z"/>'
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is put round the thing. `shift` moves the disc, in units of the drawing."""

    ground: str
    disc: str
    shift: tuple[int, int]
    water: str
    ripples: str
    prop: str
    mirrored: bool


SCENES = (
    Scene("#DCE6CB", "#F2D9A0", (-64, -20), "#86B2A7", "#D6E4DC", _DRAGONFLY, True),
    Scene("#F6DAD3", "#F4C9A4", (72, -36), "#5B9A68", "#B3C99A", _SWALLOWS, False),
    Scene("#D6E4DC", "#F4CBC3", (48, 12), "#1F6E6B", "#86B2A7", _BUD, True),
    Scene("#F3E3CB", "#E9DFA9", (-84, 24), "#E7B4AE", "#F6DAD3", _CLOUD, False),
    Scene("#F5E6C3", "#F2C4B4", (0, -44), "#B3C99A", "#FFF9EC", _LEAF, True),
)

VARIATIONS = len(SCENES) + 1
"""How many ways there are to show a drawing; number 0 is as it was drawn."""

_ROOT = re.compile(r"(<svg\b[^>]*>)(.*)(</svg>)", re.S)


def vary(drawing: bytes, number: int) -> bytes:
    """The drawing in its variation `number`; one that doesn't name its parts stays as it is."""
    if number == 0 or b'class="ground"' not in drawing:
        return drawing
    text = drawing.decode("utf-8", "replace")
    scene = SCENES[number - 1]
    for part in ("ground", "disc", "water", "ripples"):
        text = _painted(text, part, getattr(scene, part))
    disc = re.search(r'<\w+ class="disc"[^>]*/>', text)
    if disc:
        across, down = scene.shift
        moved = f'<g transform="translate({across} {down})">{disc[0]}</g>{scene.prop}'
        text = text[: disc.start()] + moved + text[disc.end() :]
    if scene.mirrored:
        text = _ROOT.sub(rf'\1<g transform="matrix(-1 0 0 1 {SIDE} 0)">\2</g>\3', text)
    return text.encode("utf-8")


def _painted(text: str, part: str, colour: str) -> str:
    """The fill of a part, or its stroke where it is drawn with lines, in another colour."""
    paint = "stroke" if part == "ripples" else "fill"
    return re.sub(rf'(<\w+ class="{part}"[^>]*?\s{paint}=")[^"]*"', rf'\g<1>{colour}"', text)


def assign(drawings: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A variation for every product, from pairs of its id and the id of its drawing.

    The number is made of the id, so that it stays when other products come and go; only where another
    product shows the drawing in that way already, the next free way is taken.
    """
    taken: dict[str, Counter[int]] = defaultdict(Counter)
    found = {}
    for product, drawing in sorted(drawings):
        wanted = int.from_bytes(sha256(product.encode()).digest()[:4], "big")
        ways = sorted(range(VARIATIONS), key=lambda way: (taken[drawing][way], (way - wanted) % VARIATIONS))
        found[product] = ways[0]
        taken[drawing][ways[0]] += 1
    return found

"""Contrast, computed from the colours that stand in the styles: all that the brief states, in light and dark."""

from __future__ import annotations

import re

import pytest

from cnnt_site.cli import PROJECT

THEMES = PROJECT / "themes"
SHOWROOM = THEMES / "showroom/assets/tokens.css"
SILT = THEMES / "phu-sa/assets/phu-sa.css"
TINTS = ("tint-lotus", "tint-leaf", "tint-straw", "tint-water")

INKS = {
    "ink": ((13.8, 14.9, 12.5), (15.2, 13.4, 11.3)),
    "ink-2": ((8.0, 8.6, 7.2), (10.1, 8.9, 7.5)),
    "water": ((9.3, 10.0, 8.4), (10.1, 8.9, 7.5)),
    "water-hover": ((12.0, 13.0, 10.9), (12.3, 10.8, 9.1)),
    "lotus": ((7.5, 8.1, 6.8), (9.0, 7.9, 6.7)),
    "leaf": ((7.4, 8.0, 6.7), (9.9, 8.7, 7.4)),
    "straw-ink": ((7.8, 8.4, 7.0), (10.5, 9.3, 7.8)),
    "clay": ((7.4, 8.0, 6.7), (9.0, 7.9, 6.7)),
    "control": ((3.9, 4.2, 3.5), (5.7, 5.0, 4.3)),
}
"""The ratios of each ink of the showroom on paper, on surface and on the worst tint, in light and in dark."""

PAIRS = {
    ("cream", "deep"): (9.5, 12.2),
    ("mist", "deep"): (8.1, 10.3),
    ("gold", "deep"): (6.0, 7.7),
    ("on-water", "water"): (9.5, 10.1),
    ("on-lotus", "lotus"): (7.8, 9.0),
    ("on-level", "level-3"): (9.5, 12.2),
    ("on-level", "level-4"): (7.8, 7.8),
    ("leaf", "level-2"): (6.8, 7.6),
    ("map-ink", "map-1"): (12.5, 11.6),
    ("map-ink", "map-2"): (10.3, 8.5),
    ("map-ink", "map-3"): (7.2, 5.3),
    ("map-ink-4", "map-4"): (9.5, 10.1),
    ("chart-1", "tint-leaf"): (6.8, 7.6),
    ("chart-ink", "chart-3"): (4.8, 7.3),
    ("chart-ink", "chart-4"): (9.5, 10.1),
    ("chart-ink", "chart-5"): (7.8, 9.0),
}
"""The ratios of the showroom's fixed pairs, in light and in dark."""


@pytest.mark.parametrize("ink", INKS)
def test_every_ink_has_the_contrast_that_is_stated(ink: str) -> None:
    for scheme, stated in zip(_schemes(SHOWROOM.read_text("utf-8")), INKS[ink], strict=True):
        on_tints = min(_contrast(scheme[ink], scheme[tint]) for tint in TINTS)
        found = (_contrast(scheme[ink], scheme["paper"]), _contrast(scheme[ink], scheme["surface"]), on_tints)
        assert found == pytest.approx(stated, abs=0.05)


@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_every_fixed_pair_has_the_contrast_that_is_stated(pair: tuple[str, str]) -> None:
    found = [_contrast(*(scheme[name] for name in pair)) for scheme in _schemes(SHOWROOM.read_text("utf-8"))]
    assert found == pytest.approx(PAIRS[pair], abs=0.05)


def test_text_colours_keep_their_contrast() -> None:
    """The inks of every theme on its grounds, light and dark: 4.5 to 1 at least, 7 to 1 for running text."""
    for path in (SHOWROOM, SILT):
        for scheme in _schemes(path.read_text("utf-8")):
            for ground in ("paper", "surface"):
                assert _contrast(scheme["ink"], scheme[ground]) >= 7, (path.name, ground)
                for ink in ("ink-2", "water", "lotus", "leaf", "straw-ink", "clay"):
                    assert _contrast(scheme[ink], scheme[ground]) >= 4.5, (path.name, ink, ground)
                assert _contrast(scheme["control"], scheme[ground]) >= 3, (path.name, "control", ground)
            for tint in ("tint-lotus", "tint-leaf", "tint-straw", "tint-water"):
                assert _contrast(scheme["ink"], scheme[tint]) >= 7, (path.name, tint)
            for ink, ground in (("cream", "deep"), ("mist", "deep"), ("gold", "deep"), ("on-water", "water")):
                assert _contrast(scheme[ink], scheme[ground]) >= 4.5, (path.name, ink, ground)
            for step in (1, 2, 3):
                assert _contrast(scheme["map-ink"], scheme[f"map-{step}"]) >= 4.5, (path.name, step)
            assert _contrast(scheme["map-ink-4"], scheme["map-4"]) >= 4.5, path.name


def _schemes(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of a theme by name, over those of base: in light, in dark."""
    base = _properties((THEMES / "base/assets/base.css").read_text("utf-8").split("@media")[0])
    light = base | _properties(style.split("@media")[0])
    return light, light | _properties(style.split("prefers-color-scheme: dark")[1])


def _properties(style: str) -> dict[str, str]:
    found = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", style))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in found.items()
    }


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours."""
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

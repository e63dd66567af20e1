"""Drawings that many products share: each product is shown in a way of its own, the same one in every build."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.pictures.pixels import open_drawing
from cnnt_site.pictures.variation import VARIATIONS, assign, vary

DRAWINGS = sorted((PROJECT / "content/illustrations").glob("*.svg"))


def test_products_that_share_a_drawing_share_no_variation_as_long_as_there_are_enough() -> None:
    found = assign((f"product-{number}", "tea") for number in range(VARIATIONS))
    assert sorted(found.values()) == list(range(VARIATIONS))


def test_a_product_that_comes_or_goes_leaves_most_others_as_they_were() -> None:
    products = [f"product-{number}" for number in range(4)]
    before, after = (assign((each, "tea") for each in some) for some in (products, [*products, "zebra"]))
    assert {each: after[each] for each in before} == before


def test_every_drawing_of_the_showroom_names_its_parts() -> None:
    missing = [
        f"{path.name}: {part}"
        for path in DRAWINGS
        for part in ("ground", "disc", "water", "ripples")
        if f'class="{part}"' not in path.read_text("utf-8")
    ]
    assert not missing


@pytest.mark.parametrize("path", DRAWINGS[:: len(DRAWINGS) // 4], ids=lambda path: path.stem)
def test_every_variation_is_a_picture_that_differs_from_all_others(path: Path) -> None:
    data = path.read_bytes()
    pictures = {open_drawing(vary(data, number), 40).tobytes() for number in range(VARIATIONS)}
    assert len(pictures) == VARIATIONS


def test_a_drawing_that_names_no_parts_stays_as_it_is() -> None:
    plain = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>'
    assert all(vary(plain, number) == plain for number in range(VARIATIONS))

"""The focus of a photograph: whatever cuts the picture to a shape keeps that point."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import jsonschema
import pypdfium2
import pytest
import yaml
from PIL import Image

from cnnt_site.desk.schemas import schema
from tests.harness.browser import launched, watched
from tests.harness.sites import TinySite, site_from

BASE = "https://vi-du.vn/"
RED, GREEN, BLUE = (210, 20, 30), (20, 160, 40), (30, 40, 210)
PRODUCT = """\
name: {vi: Tranh một, en: Painting one}
producer: co-so-mot
group: crafts
certificates: [{level: province, year: 2020}]
photos:
  - file: anh.png
    alt: {vi: Ba màu, en: Three colours}
    author: A
    rights_holder: A
    licence: {vi: Được phép, en: By permission}
    permission: {date: 2026-01-01, by: A}
"""


def _three_colours() -> bytes:
    """A picture of three squares side by side: a square cut out of it can show just one of them."""
    whole, target = Image.new("RGB", (900, 300)), io.BytesIO()
    for number, colour in enumerate((RED, GREEN, BLUE)):
        whole.paste(colour, (number * 300, 0, number * 300 + 300, 300))
    whole.save(target, "PNG")
    return target.getvalue()


def _site(folder: Path, focus: str) -> TinySite:
    site = site_from(folder)
    site.write("products/tranh-mot/product.yaml", PRODUCT + (f"    focus: {focus}\n" if focus else ""))
    site.write("fairs/hoi-cho/fair.yaml", "name: {vi: Hội chợ, en: Fair}\nproducts: [tranh-mot]\n")
    site.write("products/tranh-mot/photos/anh.png", _three_colours())
    return site


@pytest.fixture(scope="module")
def at_the_left(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return _site(tmp_path_factory.mktemp("focus"), "[0, 0.74]").built("--base-url", BASE)


def _share_of(colour: tuple[int, int, int], picture: Image.Image) -> float:
    """How much of a picture has a colour, roughly."""
    small = picture.convert("RGB").resize((200, 200), Image.Resampling.NEAREST)
    near = sum(all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True)) for pixel in _pixels(small))
    return near / 40_000


def _pixels(picture: Image.Image) -> list[tuple[int, int, int]]:
    data = picture.tobytes()
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]


@pytest.mark.parametrize(("focus", "colour"), [("[0, 0.5]", RED), ("", GREEN), ("[1, 0.5]", BLUE)])
def test_a_social_card_and_paper_show_what_the_focus_says(
    focus: str, colour: tuple[int, int, int], tmp_path: Path
) -> None:
    site = _site(tmp_path, focus).built("--base-url", BASE)
    others = {RED, GREEN, BLUE} - {colour}
    shares = [_share_of(colour, Image.open(card)) for card in site.output.glob("p/*.jpg")]
    assert max(shares) > 0.25
    assert not any(_share_of(other, Image.open(card)) for card in site.output.glob("p/*.jpg") for other in others)
    for command in (["labels", "hoi-cho", "--form", "a5"], ["catalogue-pdf"]):
        done = site.run(*command, "--base-url", BASE, "--pdf", "paper.pdf")
        assert done.code == 0, done.err
        pages = [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(site.folder / "paper.pdf")]
        assert max(_share_of(colour, page) for page in pages) > 0.01
        assert not any(_share_of(other, page) for page in pages for other in others)


def test_every_place_that_cuts_the_picture_keeps_the_point(at_the_left: TinySite) -> None:
    """Lists, pages, frames on other sites and printed cards; and what scripts show: results, suggestions, shortlist."""
    pages = {
        "vi/co-so/co-so-mot.html": ".card-picture img",
        "vi/san-pham/tranh-mot.html": ".gallery img",
        "vi/tra-cuu.html#q=tranh": ".card-picture img",
        "vi/da-luu.html": ".saved-row img",
        _first(at_the_left, "embed/vi/*.html", "focus"): ".card img",
        _first(at_the_left, "print/*-a6.html", "focus"): ".petal img",
    }
    found = {}
    with launched() as browser, watched(browser, viewport={"width": 1280, "height": 900}) as watch:

        def look(name: str, image: str) -> None:
            watch.page.wait_for_selector(image, state="attached")
            found[name] = watch.page.eval_on_selector(image, "image => getComputedStyle(image).objectPosition")

        for address, image in pages.items():
            file, anchor, state = address.partition("#")
            watch.open((at_the_left.output / file).as_uri() + anchor + state)
            look(address, image)
            if file == "vi/san-pham/tranh-mot.html":
                watch.page.click(".save")
                look("tray", ".tray img")
        watch.open((at_the_left.output / "vi/index.html").as_uri())
        watch.page.fill("#search", "tran")
        look("suggestion", ".suggestion-picture img")
        assert watch.complaints == []
    assert set(found.values()) == {"0% 70%"}, found


def _first(site: TinySite, pattern: str, text: str) -> str:
    """The address of the first page among those of a pattern that holds a text."""
    pages = (page for page in sorted(site.output.glob(pattern)) if text in page.read_text("utf-8"))
    return next(pages).relative_to(site.output).as_posix()


def test_another_focus_is_another_page_and_no_other_picture(tmp_path: Path) -> None:
    site = _site(tmp_path, "[0, 0.5]").built()
    before = site.files()
    site.edit("products/tranh-mot/product.yaml", "[0, 0.5]", "[1, 0.5]")
    after = site.built().files()
    changed = {path for path in before if before[path] != after.get(path)}
    assert "vi/san-pham/tranh-mot.html" in changed
    assert b"focus-x10 focus-y5" in after["vi/san-pham/tranh-mot.html"]
    assert {path for path in after if path.startswith("media/")} == {p for p in before if p.startswith("media/")}


def test_a_sheet_carries_the_focus_there_and_back(tmp_path: Path) -> None:
    site = _site(tmp_path, "[0.25, 0.7]")
    record = site.content / "products/tranh-mot/product.yaml"
    assert site.run("export", "lists.xlsx").code == 0
    record.write_text(record.read_text("utf-8").replace("[0.25, 0.7]", "[0.5, 0.5]"), "utf-8")
    done = site.run("import", "lists.xlsx", "--yes")
    assert done.code == 0, done.err
    assert yaml.safe_load(record.read_text("utf-8"))["photos"][0]["focus"] == [0.25, 0.7]
    assert site.run("check").code == 0


@pytest.mark.parametrize("focus", ["[0.5]", "[0.5, 0.5, 0.5]", "[0.5, 1.5]", "left"])
def test_editors_mark_a_focus_that_is_no_point(focus: str) -> None:
    said: Any = yaml.safe_load(PRODUCT + f"    focus: {focus}\n")
    said["photos"][0]["permission"]["date"] = "2026-01-01"
    complaints = list(jsonschema.Draft7Validator(schema("products", {})).iter_errors(said))
    assert [list(each.path) for each in complaints] == [["photos"]] or any("focus" in each.path for each in complaints)

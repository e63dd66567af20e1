"""Frames on other sites: light, without script, at home from 280 to 640 pixels, and at their place for good."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from tests.harness.browser import launched
from tests.harness.sites import DRAWING, TinySite, parse, site_from

BASE = "https://gian-trung-bay.vi-du.vn/"
FAIR = """\
--- fairs/hoi-cho/fair.yaml
name: {vi: 'Hội chợ "thử" & <b>', en: Trial fair}
products: [tranh-mot]
"""


def _site(folder: Path) -> TinySite:
    site = site_from(folder, FAIR + DRAWING)
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nillustration: tranh")
    return site


def _code(site: TinySite, page: str) -> str:
    ledger = yaml.safe_load((site.content / "permalinks.yaml").read_text("utf-8"))["current"]
    return str(next(at for at, key in ledger.items() if key == f"code:{page}")[2:-5])


def test_pages_offer_a_line_whose_frame_is_there(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    for page in ("vi/san-pham/tranh-mot.html", "en/products/painting-one.html", "vi/hoi-cho/hoi-cho-thu-b.html"):
        line = next(each.text or "" for each in site.page(page).iter("code") if each.get("id") == "embed-line")
        frame = parse(f"<!doctype html><title>x</title>{line}".encode()).find(".//iframe")
        assert frame is not None
        address = (frame.get("src") or "").removeprefix(BASE)
        assert address.startswith(f"embed/{page[:2]}/")
        assert (site.output / address).is_file()
        assert frame.get("title")


def test_a_card_is_light_and_has_no_script(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    file = site.output / f"embed/vi/{_code(site, 'product/tranh-mot')}.html"
    page = parse(file.read_bytes())
    assert page.find(".//script") is None
    loaded = [each.get("src") for each in page.iter("img")] + [
        each.get("href") for each in page.iter("link") if each.get("rel") == "stylesheet"
    ]
    weight = len(file.read_bytes()) + sum((file.parent / str(address)).stat().st_size for address in loaded)
    assert weight <= 25_000
    for link in page.iter("a"):
        assert link.get("target") == "_blank"
        assert link.get("rel") == "noopener"


def test_oembed_documents_say_the_same(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    for page in ("vi/san-pham/tranh-mot.html", "vi/hoi-cho/hoi-cho-thu-b.html", "vi/cap/tinh/2020.html"):
        links = [each for each in site.page(page).iter("link") if each.get("type") == "application/json+oembed"]
        document = json.loads((site.output / (links[0].get("href") or "").removeprefix(BASE)).read_text("utf-8"))
        assert document["version"] == "1.0"
        assert document["type"] == "rich"
        assert document["title"]
        source = re.findall('src="([^"]+)"', document["html"])[0]
        assert (site.output / urlsplit(source).path.lstrip("/")).is_file()
    assert not [path for path in site.built().files() if "oembed" in path], "no address, no promise"


def test_a_frame_stays_through_a_rename_and_says_when_a_product_left(tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    address = f"embed/vi/{_code(site, 'product/tranh-mot')}.html"
    (site.content / "products/tranh-mot").rename(site.content / "products/tranh-khac")
    site.edit("products/tranh-khac/product.yaml", "group: crafts", "group: crafts\nformerly: [tranh-mot]")
    site.edit("fairs/hoi-cho/fair.yaml", "tranh-mot", "tranh-khac")
    assert "Tranh một" in (site.built().output / address).read_text("utf-8")
    site.edit("products/tranh-khac/product.yaml", "formerly", "withdrawn: {date: 2026-01-01}\nformerly")
    assert "đã rời trang trưng bày" in (site.built().output / address).read_text("utf-8")


def test_the_frame_of_a_round_that_is_gone_leads_on(tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    address = f"embed/en/{_code(site, 'level-year/province/2020')}.html"
    site.edit("products/tranh-mot/product.yaml", "year: 2020", "year: 2021")
    assert "cap/tinh.html" in (site.built().output / address).read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_frames_fit_from_280_to_640_pixels(scheme: str, tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    frames = [f"embed/vi/{_code(site, 'product/tranh-mot')}.html", f"embed/en/{_code(site, 'fair/hoi-cho')}.html"]
    with launched() as browser:
        page = browser.new_context(color_scheme="dark" if scheme == "dark" else "light").new_page()
        for width in (280, 640):
            page.set_viewport_size({"width": width, "height": 208})
            for address in frames:
                page.goto((site.output / address).as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                ink, ground = page.evaluate(
                    "[getComputedStyle(document.querySelector('h1 a')).color,"
                    " getComputedStyle(document.body).backgroundColor]"
                )
                assert ground == "rgba(0, 0, 0, 0)"
                assert ink == ("rgb(244, 238, 225)" if scheme == "dark" else "rgb(20, 43, 42)")

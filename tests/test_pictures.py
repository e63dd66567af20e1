"""The files made of pictures: AVIF where it is asked for, and what a cache may and may not change about them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.harness.browser import launched, watched
from tests.harness.servers import python_server
from tests.harness.sites import TinySite, site_from

AVIF = "pictures: {avif: yes}\n"
PHOTO = """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
producer: co-so-mot
group: crafts
certificates: [{level: province, year: 2020}]
photos:
  - file: anh.jpg
    alt: {vi: Ảnh, en: Photo}
    author: A
    rights_holder: A
    licence: {vi: Được phép, en: By permission}
    permission: {date: 2026-01-01, by: A}
"""


def _gradient(width: int, height: int) -> Image.Image:
    """A picture with something to see in every part."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    return Image.merge("RGB", [each.resize((width, height)) for each in (across, down, across.rotate(180))])


def _saved(picture: Image.Image, form: str = "JPEG") -> bytes:
    target = io.BytesIO()
    picture.save(target, form)
    return target.getvalue()


def _site(folder: Path, settings: str = "") -> TinySite:
    site = site_from(folder, PHOTO)
    site.write("products/tranh-mot/photos/anh.jpg", _saved(_gradient(800, 600)))
    site.edit("site.yaml", "province: tinh-thu\n", f"province: tinh-thu\n{settings}")
    return site


def _media(site: TinySite) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.startswith("media/anh-")}


def test_avif_is_made_when_asked_for_and_changes_nothing_else(tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    before = _media(site)
    assert {path.rpartition(".")[2] for path in before} == {"webp", "jpg"}
    site.edit("site.yaml", "province: tinh-thu\n", f"province: tinh-thu\n{AVIF}")
    after = _media(site.built())
    added = set(after) - set(before)
    assert {path.rsplit("-", 1)[1] for path in added} == {"320.avif", "640.avif", "800.avif"}
    assert {path: after[path] for path in before} == before
    clean = _media(_site(tmp_path / "clean", AVIF).built("--jobs", "1"))
    assert clean == after
    for path in added:
        webp = Image.open(io.BytesIO(after[path.replace(".avif", ".webp")]))
        with Image.open(io.BytesIO(after[path])) as opened:
            assert (opened.format, opened.size) == ("AVIF", webp.size)
            assert not {"exif", "icc_profile", "xmp"} & set(opened.info)
            red, green, blue = opened.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
            assert max(abs(each - 127) for each in (red, green, blue)) < 6
    site.edit("site.yaml", AVIF, "")
    assert _media(site.built()) == before


@pytest.mark.parametrize("page", ["vi/san-pham/tranh-mot.html", "vi/co-so/co-so-mot.html", "vi/tra-cuu.html#q=tranh"])
def test_a_browser_takes_avif_first_and_webp_where_there_is_none(page: str, tmp_path: Path) -> None:
    for settings, ending in ((AVIF, ".avif"), ("", ".webp")):
        site = _site(tmp_path / ending, settings).built()
        with python_server(site.output) as home, launched() as browser, watched(browser) as watch:
            watch.open(f"{home}/{page}")
            image = watch.page.locator("main picture img").first
            image.scroll_into_view_if_needed()
            watch.page.wait_for_function("image => image.complete && image.naturalWidth", arg=image.element_handle())
            assert image.evaluate("image => image.currentSrc").endswith(ending)
            assert watch.complaints == []

"""Fairs: booth by booth, zone by zone, before, during and after; and the lists of rounds beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.harness.browser import launched
from tests.harness.sites import TinySite, site_from, text_of

FAIR = """\
--- products/am-chen/product.yaml
name: {vi: Ấm chén, en: Tea set}
producer: co-so-mot
--- products/nem/product.yaml
name: {vi: Nem, en: Nem}
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
start: 2026-12-12
end: 2026-12-16
booth_count: 300
zones:
  a: {vi: Khu A, en: Zone A}
  b: {vi: Khu B, en: Zone B}
booths:
  - {number: B07, zone: b, products: [nem, nem]}
  - {number: A01, zone: a, producer: co-so-mot}
products: [nem, tranh-mot]
photos:
  - file: cong.jpg
    alt: {vi: Cổng chào}
    author: Người chụp
    rights_holder: Ban tổ chức
    licence: {vi: Được phép đăng}
    permission: {date: 2026-01-15, by: Ban tổ chức}
--- fairs/hoi-cho/photos/cong.jpg picture JPEG RGB 600x400
"""
PAGE = "vi/hoi-cho/hoi-cho-thu.html"


def _with_class(site: TinySite, name: str, page: str = PAGE) -> list[str]:
    return [text_of(each) for each in site.page(page).iter() if name in (each.get("class") or "").split()]


def test_booths_stand_in_their_zones_with_number_maker_and_products(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built()
    assert _with_class(site, "zone-name") == ["Khu A", "Khu B"]
    assert _with_class(site, "plate") == ["Gian A01", "Gian B07"]
    stands = _with_class(site, "stand")
    assert "Cơ sở Một" in stands[0]
    assert "Ấm chén" in stands[0]
    assert "Tranh một" in stands[0]
    assert "Gian chung" in stands[1]
    assert stands[1].count("Nem") == 1, "named twice, shown once"
    assert [text.startswith("Zone") for text in _with_class(site, "zone-name", "en/fairs/trial-fair.html")] == [
        True
    ] * 2
    product = text_of(site.page("vi/san-pham/am-chen.html"))
    assert "Hội chợ thử" in product, "what a booth shows by its producer is at the fair too"


def test_a_withdrawn_product_keeps_its_place_and_says_so(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR)
    site.edit("products/nem/product.yaml", "en: Nem}", "en: Nem}\nwithdrawn: {date: 2026-11-01}")
    stand = _with_class(site.built(), "stand")[1]
    assert "Nem" in stand
    assert "đã rời trang trưng bày" in stand
    assert "2 sản phẩm" in _with_class(site, "fair-summary")[0]


def test_a_fair_without_booths_shows_the_round_it_belongs_to(tmp_path: Path) -> None:
    site = site_from(
        tmp_path, "--- fairs/le/fair.yaml\nname: {vi: Lễ trao}\nselection: {level: province, year: 2020}\n"
    ).built()
    page = text_of(site.page("vi/hoi-cho/le-trao.html"))
    assert "Sản phẩm được công nhận trong đợt này" in page
    assert "Tranh một" in page
    assert "Nguồn không ghi rõ gian hàng" in page


def test_only_what_stays_true_is_written_about_the_days(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built("--as-of", "2026-12-14")
    assert _with_class(site, "fair-state") == [""]
    assert _with_class(site.built("--as-of", "2026-12-17"), "fair-state") == ["Đã diễn ra"]


@pytest.mark.browser
def test_a_script_tells_the_state_and_anchors_show_one_zone(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built()
    address = (site.output / PAGE).as_uri()
    days = {"2026-12-11": "Sắp diễn ra", "2026-12-12": "Đang diễn ra", "2026-12-17": "Đã diễn ra"}
    with launched() as browser:
        for day, said in days.items():
            page = browser.new_page()
            page.clock.install(time=f"{day}T03:00:00Z")
            page.goto(address)
            assert page.inner_text(".fair-state") == said
            page.close()
        for script in (True, False):
            context: Any = browser.new_context(java_script_enabled=script)
            page = context.new_page()
            page.goto(address)
            assert page.locator(".zone:visible").count() == 2
            page.click("text=Khu B")
            assert page.locator(".zone:visible").count() == 1
            page.click("text=Tất cả")
            assert page.locator(".zone:visible").count() == 2
            context.close()


@pytest.mark.browser
def test_what_organisers_take_stands_free_of_all_else(tmp_path: Path) -> None:
    """Nothing of the page lies over the tools, on a phone or on a desk."""
    site = site_from(tmp_path, FAIR).built("--base-url", "https://vi-du.example/")
    with launched() as browser:
        for width in (390, 1280):
            page = browser.new_page(viewport={"width": width, "height": 900})
            for address in (PAGE, "en/levels/province/2020.html"):
                page.goto((site.output / address).as_uri())
                for link in page.locator(".for-organisers a").all():
                    link.click(trial=True, timeout=3000)

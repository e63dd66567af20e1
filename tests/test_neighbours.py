"""Other showrooms' products: listed and marked, led back to, never counted; a bad dataset harms nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.harness.sites import SMALLEST, TinySite, site_from, text_of

SOURCES = "sources:\n  - name: {vi: Trang Bốn, en: Bốn Showroom}\n    file: sources/bon.json\n"
SITE = "--- site.yaml\n" + SMALLEST.split("--- ")[1].partition("\n")[2] + SOURCES
PAGE = "vi/trang-ban.html"


def _other(folder: Path) -> str:
    """The data of another showroom, as that showroom writes it."""
    other = site_from(
        folder,
        "--- products/nem/product.yaml\nname: {vi: Nem Bốn, en: Bốn rolls}\n"
        "certificates: [{level: province, year: 2021}]\n"
        "--- products/da-rut/product.yaml\nname: {vi: Đã rút}\nwithdrawn: {date: 2026-01-01}\n",
    )
    return (other.built("--base-url", "https://bon.example/gian/").output / "data/products.json").read_text("utf-8")


def _links(site: TinySite) -> list[str]:
    return [each.get("href") or "" for each in site.page(PAGE).iter("a")]


def test_products_of_another_showroom_are_listed_and_lead_back(tmp_path: Path) -> None:
    site = site_from(tmp_path / "own", f"{SITE}--- sources/bon.json\n{_other(tmp_path / 'other')}").built()
    page = text_of(site.page(PAGE))
    assert "Nem Bốn" in page
    assert "Cấp tỉnh · 2021" in page
    assert "không tính vào số liệu" in page.lower()
    assert "Đã rút" not in page
    assert {"https://bon.example/gian/", "https://bon.example/gian/p/nem.html"} <= set(_links(site))
    alone = site_from(tmp_path / "alone").built()
    for address, data in alone.files().items():
        if address.startswith(("data/", "vi/so-lieu", "vi/cap/tinh.html")) and not address.endswith(".html"):
            assert site.files()[address] == data, f"{address} counts what isn't ours"
    assert "Nem Bốn" not in text_of(site.page("vi/tra-cuu.html"))


def test_a_page_that_has_no_more_to_show_leads_home(tmp_path: Path) -> None:
    site = site_from(tmp_path / "own", f"{SITE}--- sources/bon.json\n{_other(tmp_path / 'other')}").built()
    site.edit("site.yaml", SOURCES, "")
    (site.content / "sources/bon.json").unlink()
    assert "index.html" in _links(site.built())


HOSTILE = {
    "script": {"name": {"vi": "<script>alert(1)</script>"}, "permalink": "p/a.html"},
    "address": {"name": {"vi": "A"}, "permalink": "javascript:alert(1)"},
    "elsewhere": {"name": {"vi": "A"}, "permalink": "//xau.example/p/a.html"},
    "upwards": {"name": {"vi": "A"}, "permalink": "../../a.html"},
    "hidden": {"name": {"vi": "A\u202e\u0000B"}, "permalink": "p/a.html"},
    "long": {"name": {"vi": "A" * 5000}, "permalink": "p/a.html"},
    "language": {"name": {'vi" onclick="x': "A"}, "permalink": "p/a.html"},
    "types": {"name": ["A"], "permalink": 7, "producer": "x", "certificates": {"level": []}},
    "deep": {"name": {"vi": "A"}, "permalink": "p/a.html", "certificates": [[[[[]]]]], "producer": {"name": None}},
    "year": {"name": {"vi": "A"}, "permalink": "p/a.html", "certificates": [{"level": {}, "year": 10**400}]},
}


@pytest.mark.parametrize("way", HOSTILE)
def test_a_hostile_product_harms_nothing(way: str, tmp_path: Path) -> None:
    data = {"format": 1, "base_url": "https://bon.example/", "updated": "<b>", "products": [HOSTILE[way]]}
    site = site_from(tmp_path, f"{SITE}--- sources/bon.json\n{json.dumps(data)[:5000]}\n")
    if way in ("year", "long"):
        site.write("sources/bon.json", json.dumps(data))
    site.built()
    page = site.page(PAGE)
    assert not [each for each in page.iter("script") if (each.text or "").strip() and not each.get("type")]
    assert all(link.startswith(("https://bon.example/", "..", "#")) or "://" not in link for link in _links(site))
    assert "javascript:" not in (site.output / PAGE).read_text("utf-8")
    assert len(text_of(page)) < 4000


@pytest.mark.parametrize("data", ["[" * 100_000, "", "7", "null", "{", '{"format": 2, "products": []}', "\\xff"])
def test_a_broken_dataset_is_told_and_the_rest_is_built(data: str, tmp_path: Path) -> None:
    site = site_from(tmp_path, SITE)
    site.write("sources/bon.json", data.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    done = site.run("build")
    assert done.code == 0, done.err
    assert "sources/bon.json: warning: This file isn't the data of a showroom" in done.err
    assert not (site.output / PAGE).exists()

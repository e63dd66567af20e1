"""What `check` says about the catalogue: what is missing, what ends soon, what is there twice, how much there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness.sites import TinySite, site_from

PHOTO = """
photos:
  - file: mot.jpg
    alt: {vi: Một bức tranh}
    author: Người chụp
    rights_holder: Cơ sở Một
    licence: {}
    permission: {date: 2026-01-02, by: Cơ sở Một}
"""


def _state(site: TinySite, *arguments: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(site.run("check", "--json", *arguments).out)
    state: dict[str, Any] = said["state"]
    return state


def _files(mentions: list[dict[str, Any]]) -> list[str]:
    return [each["file"] for each in mentions]


def test_a_whole_site_has_nothing_but_its_missing_photo_and_number(tmp_path: Path) -> None:
    state = _state(site_from(tmp_path))
    product = "products/tranh-mot/product.yaml"
    assert _files(state["without_picture"]) == _files(state["without_number"]) == [product]
    for kind in ("untranslated", "photos_incomplete", "unused_photos", "without_consent", "ending", "ended", "twins"):
        assert state[kind] == [], kind
    assert [each["id"] for each in state["counts"]["levels"] if each["products"]] == ["province"]
    assert state["counts"]["years"] == [{"id": "2020", "name": "2020", "products": 1}]


def test_what_is_not_translated_is_told_to_the_field_whichever_language_lacks_it(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
summary: {en: A painting.}
facts: {size: {vi: 60 cm}}
certificates:
  - {level: province, year: 2020}
  - {level: district, year: 2019, note: {vi: Ghi chú}}
--- products/tranh-mot/en.md remove
""",
    )
    told = {(each["language"], lack["field"]) for each in _state(site)["untranslated"] for lack in each["lacks"]}
    assert told == {("vi", "summary"), ("en", "facts.size"), ("en", "certificates.2.note"), ("en", "en.md")}
    said = site.run("check", "--full", "--lang", "vi").out
    assert "Kích thước (facts.size), Ghi chú về giấy (certificates.2.note), en.md" in said


@pytest.mark.parametrize(
    ("until", "days", "list_of"),
    [
        ("2026-11-23", "90", "ended"),
        ("2026-11-24", "90", "ending"),
        ("2026-12-24", "30", "ending"),
        ("2026-12-25", "30", ""),
    ],
)
def test_certificates_end_within_the_days_asked_for_counted_from_the_as_of_date(
    tmp_path: Path, until: str, days: str, list_of: str
) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "year: 2020", f"year: 2020\n    valid_until: {until}")
    state = _state(site, "--days", days)
    assert {kind for kind in ("ended", "ending") if state[kind]} == ({list_of} if list_of else set())
    later = _state(site, "--as-of", "2030-01-01")
    assert [each["until"] for each in later["ended"]] == [until]


def test_the_rule_of_the_site_tells_a_last_day_too_and_revoked_certificates_do_not_end(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("site.yaml", "home:", "validity_rule: {years: 4, count_from: issue}\nhome:")
    (ended,) = _state(site)["ended"]
    assert (ended["until"], ended["by_rule"]) == ("2023-12-31", True)
    site.edit("products/tranh-mot/product.yaml", "year: 2020", "year: 2020\n    ending: {kind: revoked}")
    assert _state(site)["ended"] == []


def test_photos_without_credit_and_photos_that_nothing_uses(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/tranh-mot/photos/mot.jpg picture JPEG RGB 60x40
--- products/tranh-mot/photos/hai.jpg picture JPEG RGB 60x40
""",
    )
    site.write(
        "products/tranh-mot/product.yaml", (site.content / "products/tranh-mot/product.yaml").read_text() + PHOTO
    )
    state = _state(site)
    assert [lack["field"] for each in state["photos_incomplete"] for lack in each["lacks"]] == ["licence"]
    assert _files(state["unused_photos"]) == ["products/tranh-mot/photos/hai.jpg"]
    assert state["without_picture"] == []


def test_records_that_differ_in_spelling_or_legal_form_only_are_probably_one(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- producers/hoa-binh/producer.yaml
name: {vi: Hộ kinh doanh Hòa Bình}
--- producers/hoa-binh-hai/producer.yaml
name: {vi: HOÀ BÌNH}
--- producers/khac/producer.yaml
name: {vi: Hòa Bình Hai}
--- products/khan/product.yaml
name: {vi: Khăn Hòa Bình}
producer: hoa-binh
--- products/khan-hai/product.yaml
name: {vi: khan hoa-binh}
producer: hoa-binh-hai
--- products/khan-ba/product.yaml
name: {vi: Khăn Hòa Bình}
producer: khac
""",
    )
    twins = [(each["kind"], each["ids"]) for each in _state(site)["twins"]]
    assert twins == [("producers", ["hoa-binh", "hoa-binh-hai"]), ("products", ["khan", "khan-hai"])]


def test_official_totals_stand_beside_what_is_recorded_of_the_same_level_years_and_province(tmp_path: Path) -> None:
    total = (
        "  area: {{vi: {area}, en: {area}}}\n  level: {level}\n  figure: 30\n  what: {{vi: sản phẩm, en: products}}\n"
    )
    rows = (("2019–2021", "Thử", "province"), ("2021", "Thử", "province"), ("đến tháng 5/2024", "Thử", "province"))
    written = "".join(
        f"- period: {{vi: {period}, en: {period}}}\n{total.format(area=area, level=level)}  source: {{url: https://a.vn/}}\n"
        for period, area, level in (*rows, ("2020", "Nơi khác", "province"))
    )
    site = site_from(tmp_path)
    site.write("statistics.yaml", written)
    beside = [(each["period"], each["figure"], each["here"]) for each in _state(site)["counts"]["official"]]
    assert beside == [("2019–2021", 30, 1), ("2021", 30, 0), ("đến tháng 5/2024", 30, None)]


def test_withdrawn_products_ask_for_nothing(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nwithdrawn: {date: 2026-01-01}")
    state = _state(site)
    assert state["without_picture"] == state["without_number"] == []
    assert state["counts"]["products"] == 0


def test_errors_come_first_and_keep_back_only_the_counts(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "producer: co-so-mot", "producer: khong-co")
    done = site.run("check", "--json")
    said = json.loads(done.out)
    assert done.code == 1
    assert done.err == ""
    (problem,) = [each for each in said["problems"] if each["severity"] == "error"]
    assert (problem["file"], problem["line"]) == ("content/products/tranh-mot/product.yaml", 3)
    assert problem["written"] == "producer: khong-co"
    assert said["state"]["counts"] is None
    assert _files(said["state"]["without_picture"]) == ["products/tranh-mot/product.yaml"]
    text = site.run("check")
    assert "There is no producer" in text.err
    assert "Counts by level, year, place and group are told once" in text.out


def test_a_site_without_its_first_file_says_that_nothing_can_be_told(tmp_path: Path) -> None:
    site = site_from(tmp_path, "--- site.yaml remove\n")
    done = site.run("check", "--lang", "vi")
    assert done.code == 1
    assert "Chưa đọc được site.yaml" in done.out


def test_an_empty_catalogue_has_an_empty_state(tmp_path: Path) -> None:
    site = site_from(
        tmp_path, "".join(f"--- products/tranh-mot/{name} remove\n" for name in ("product.yaml", "vi.md", "en.md"))
    )
    state = _state(site)
    assert state["counts"]["products"] == 0
    assert state["without_picture"] == []


def test_a_terminal_is_not_flooded_unless_it_asks(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for number in range(12):
        site.write(f"products/khan-{number}/product.yaml", f"name: {{vi: Khăn {number}, en: Scarf {number}}}\n")
    short, full = site.run("check").out, site.run("check", "--full").out
    assert "… and 5 more" in short
    assert short.count("products/khan-9/product.yaml") == 0
    assert full.count("products/khan-9/product.yaml") == 2  # no photo, no certificate

"""`build.py remove`: what a person asks to take out is nowhere afterwards, and the right page stays."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.harness.sites import TinySite, site_from, snapshot, text_of

PHONE = "0277 123 4567"
PRODUCER = "producers/co-so-mot/producer.yaml"
PRODUCT = "products/tranh-mot/product.yaml"


def _with_contacts(folder: Path) -> TinySite:
    return site_from(
        folder,
        f"""\
--- {PRODUCER}
# Cơ sở của làng
name: {{vi: Cơ sở Một, en: Một Workshop}}
contacts:
  - kind: phone
    value: "{PHONE}"
    consent: {{date: 2026-01-15, scope: đăng trên trang trưng bày}}
  - kind: email
    value: mot@vi-du.vn
kind: household # giữ ghi chú này
""",
    ).built()


def _holding(folder: Path, *words: str) -> list[str]:
    return [path for path, data in snapshot(folder).items() if any(word.encode() in data for word in words)]


def test_contacts_leave_content_cache_and_site_and_the_producers_page_stays(tmp_path: Path) -> None:
    site = _with_contacts(tmp_path)
    assert any(path.endswith("co-so-mot.html") for path in _holding(site.output, PHONE))
    done = site.run("remove", "contacts", "co-so-mot", "--yes")
    assert done.code == 0, done.err
    assert _holding(site.folder, PHONE, "02771234567", "mot@vi-du.vn") == []
    assert (site.content / PRODUCER).read_text("utf-8") == (
        "# Cơ sở của làng\nname: {vi: Cơ sở Một, en: Một Workshop}\nkind: household # giữ ghi chú này\n"
    )
    assert "Cơ sở Một" in text_of(site.page("vi/co-so/co-so-mot.html").find(".//h1"))
    for reminder in ("git", "Backups", "Search engines"):
        assert reminder in done.out


def test_contacts_that_are_edited_out_leave_cache_and_site_with_the_next_build(tmp_path: Path) -> None:
    site = _with_contacts(tmp_path)
    assert ".cache/readings.db" in _holding(site.folder, PHONE)
    site.write(PRODUCER, "name: {vi: Cơ sở Một, en: Một Workshop}\n")
    site.built()
    assert _holding(site.folder, PHONE, "02771234567", "mot@vi-du.vn") == []


@pytest.mark.parametrize("written", ["gọi 0277.123.4567", "gọi +84 277 1234567", "viết cho MOT@vi-du.vn"])
def test_what_still_stands_in_a_text_is_told_with_its_place(tmp_path: Path, written: str) -> None:
    site = _with_contacts(tmp_path)
    site.write("products/tranh-mot/vi.md", f"Bức tranh đẹp.\n\nMuốn mua, {written}.\n")
    done = site.run("remove", "contacts", "co-so-mot", "--yes", "--lang", "vi")
    assert done.code == 1
    assert f"content/products/tranh-mot/vi.md:3: vẫn còn: Muốn mua, {written}." in done.err
    assert "CHƯA hết" in done.out


def test_a_number_that_only_looks_alike_is_no_trace(tmp_path: Path) -> None:
    site = _with_contacts(tmp_path)
    site.write("products/tranh-mot/vi.md", "Mã số 902771234567 và 0277 123 45678.\n")
    assert site.run("remove", "contacts", "co-so-mot", "--yes").code == 0


def test_a_product_leaves_a_page_that_says_so_and_nothing_else(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/tranh-mot/photos/mot.jpg picture JPEG RGB 60x40
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ, en: Fair}
products: [tranh-mot]
--- products/khan/product.yaml
name: {vi: Khăn, en: Scarf}
""",
    )
    leave = "permission: {date: 2026-01-01, by: B}"
    photo = f"photos: [{{file: mot.jpg, alt: {{vi: Tranh}}, author: A, rights_holder: B, licence: {{vi: C}}, {leave}}}]"
    site.edit(PRODUCT, "group: crafts", f"group: crafts\n{photo}")
    site.built()
    pages = {path for path in site.files() if path.endswith("tranh-mot.html")}
    photos = [data for path, data in site.files().items() if path.startswith("media/")]
    assert any(each in data for each in photos for path, data in snapshot(site.folder / ".cache").items())
    done = site.run(
        "remove", "product", "tranh-mot", "--date", "2026-11-24", "--reason", "Theo yêu cầu của cơ sở.", "--yes"
    )
    assert done.code == 0, done.err
    assert (
        _holding(site.folder, "Một bức tranh để thử", "Bức tranh này", "A painting for trials", "painting exists") == []
    )
    assert not [path for path, data in snapshot(site.folder).items() if any(each in data for each in photos)]
    assert snapshot(site.content / "products/tranh-mot").keys() == {"product.yaml"}
    assert pages <= set(site.files())
    page = text_of(site.page("vi/san-pham/tranh-mot.html").find(".//main"))
    assert "Tranh một" in page
    assert "24/11/2026" in page
    assert "Theo yêu cầu của cơ sở." in page
    assert "tranh-mot" not in (site.content / "fairs/hoi-cho/fair.yaml").read_text("utf-8")
    open_data = {each["id"]: each for each in json.loads(site.files()["data/products.json"])["products"]}
    assert open_data["tranh-mot"]["withdrawn"]
    assert not open_data["tranh-mot"]["producer"]
    assert site.run("check").code == 0


def test_nothing_goes_before_a_person_agrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = _with_contacts(tmp_path)
    before = snapshot(site.folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    done = site.run("remove", "contacts", "co-so-mot")
    assert done.code == 1
    assert "± content/producers/co-so-mot/producer.yaml" in done.out
    assert snapshot(site.folder) == before
    monkeypatch.setattr(sys, "stdin", io.StringIO("co-so-mot\n"))
    assert site.run("remove", "contacts", "co-so-mot").code == 0


def test_an_unknown_id_gets_a_guess_and_no_contacts_is_no_failure(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    refused = site.run("remove", "product", "tranh-mott")
    assert (refused.code, "Did you mean: tranh-mot" in refused.err) == (2, True)
    assert site.run("remove", "contacts", "co-so-mot").code == 0


def test_errors_elsewhere_do_not_keep_it_in_content_but_it_says_that_the_site_is_old(tmp_path: Path) -> None:
    site = _with_contacts(tmp_path)
    site.edit(PRODUCT, "producer: co-so-mot", "producer: khong-co")
    done = site.run("remove", "contacts", "co-so-mot", "--yes")
    assert done.code == 1
    assert _holding(site.content, PHONE) == []
    assert "output was NOT built again" in done.err

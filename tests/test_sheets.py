"""Lists as people keep them: read from workbooks that Excel's library and LibreOffice wrote, and from CSV."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.desk.sheets import staging
from cnnt_site.desk.sheets.columns import EXTRA, by_heading, headings, tables
from cnnt_site.desk.sheets.names import name_key
from cnnt_site.desk.sheets.old_codes import from_old_code
from cnnt_site.desk.yaml_edits import as_read
from cnnt_site.reporting import sheet_wording
from cnnt_site.vietnamese import slug
from tests.broken_sheets import with_sheet
from tests.harness.sites import TinySite, picture, site_from, snapshot

SHEETS = Path(__file__).parent / "sheets"
FACTS = SHEETS / "facts-products.csv"


def _imported(tmp_path: Path, text: str) -> TinySite:
    """The smallest site after the import of a sheet, which must succeed and pass the check."""
    site, name = with_sheet(tmp_path, text)
    done = site.run("import", name, "--yes")
    assert done.code == 0, done.err
    assert site.run("check", "--base-url", "https://vi-du.example/").code == 0
    return site


def _said(site: TinySite, path: str) -> Any:
    return as_read((site.content / path).read_bytes())


def _records(content: Path, kind: str, file: str) -> dict[str, Any]:
    return {path.parent.name: as_read(path.read_bytes()) for path in sorted((content / kind).glob(f"*/{file}"))}


def test_a_list_of_libreoffice_is_read_through_all_its_habits(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    shutil.copy(SHEETS / "libreoffice.xlsx", tmp_path / "danh sách.xlsx")
    done = site.run("import", "danh sách.xlsx", "--yes", "--lang", "vi")
    assert done.code == 0, done.err
    assert "trang “Năm 2020”, ô B11: lưu ý: Ô này là công thức" in done.err
    assert "“Tranh ba”" in done.err
    assert "“I Huyện Một”" in done.err
    assert "trang “Ghi chép”: lưu ý: Trang này không có hàng tiêu đề" in done.err
    assert _said(site, "products/tranh-hai-cssx-hai/product.yaml") == {
        "name": {"vi": "Tranh hai"},
        "producer": "cssx-hai",
        "place": {"commune": "xã Hai", "district": "tinh-thu/huyen-mot"},
        "certificates": [
            {"level": "district", "year": "2019", "number": "012", "issued_on": "2019-09-30"},
            {"level": "province", "year": "2020", "number": "007/GCN", "issued_on": "2020-10-14"},
        ],
    }
    assert _said(site, "products/tranh-ba-co-so-mot/product.yaml")["certificates"] == [
        {"level": "province", "year": "2020", "number": "+84", "issued_on": "2020-09-30"}
    ]
    assert [c["year"] for c in _said(site, "products/tranh-mot/product.yaml")["certificates"]] == ["2020", "2022"]


def test_headings_stand_in_any_order_in_either_language_without_accents(tmp_path: Path) -> None:
    rows = (
        "YEAR | co so | Ten san pham | LEVEL | Tên tiếng Anh | Đơn vị tính",
        "2020 | Cơ sở Một | Tranh hai | tinh | Painting two | bức",
    )
    site = _imported(tmp_path, "\n".join(("bang.csv", *rows, "")))
    said = _said(site, "products/tranh-hai-co-so-mot/product.yaml")
    assert said["name"] == {"vi": "Tranh hai", "en": "Painting two"}
    assert said["certificates"] == [{"level": "province", "year": "2020"}]


def test_names_meet_in_all_their_spellings(tmp_path: Path) -> None:
    rows = [
        "Tên sản phẩm | Cơ sở | Huyện | Xã, phường hiện nay",
        "Hoa giấy | Cơ sở Hoà Thuỷ | H. Một | X. Ba",
        "Hoa vải | cơ sở  HÒA THỦY | huyện Một | xã Ba",
        "Hoa gỗ | CSSX Hòa Thủy | Một | Ba",
    ]
    site = _imported(tmp_path, "\n".join(("bang.xlsx", *rows, "")))
    for id_ in ("hoa-giay-hoa-thuy", "hoa-vai-hoa-thuy"):
        said = _said(site, f"products/{id_}/product.yaml")
        assert said["producer"] == "hoa-thuy"
    places = [said["place"] for said in _records(site.content, "products", "product.yaml").values() if "place" in said]
    assert places == [{"district": "tinh-thu/huyen-mot"}] * 3
    assert set(_records(site.content, "producers", "producer.yaml")) == {"co-so-mot", "hoa-thuy", "cssx-hoa-thuy"}


def test_a_new_producer_lies_where_its_product_does_not_where_a_certificate_counts(tmp_path: Path) -> None:
    rows = (
        "Tên sản phẩm | Cơ sở | Huyện | Năm | Cấp | Tính cho nơi nào",
        "Bàn | Cơ sở Hai | | 2020 | Cấp tỉnh | huyện Một",
    )
    site = _imported(tmp_path, "\n".join(("bang.csv", *rows, "")))
    assert _said(site, "products/ban-co-so-hai/product.yaml")["certificates"][0]["place"] == "tinh-thu/huyen-mot"
    assert _said(site, "producers/co-so-hai/producer.yaml") == {"name": {"vi": "Cơ sở Hai"}}


def test_an_address_in_one_cell_is_told_apart(tmp_path: Path) -> None:
    rows = [
        "Tên sản phẩm | Tên cơ sở | Địa chỉ",
        "Bàn gỗ | Cơ sở Hai | Ấp 3, X. Tư, H. Năm, T. Sáu",
        "Ghế gỗ | Cơ sở Ba | Số 1 đường Một, P. Bảy, TP. Tám",
        "Tủ gỗ | Cơ sở Tư | Ấp 6",
    ]
    site = _imported(tmp_path, "\n".join(("bang.xlsx", *rows, "")))
    said = _records(site.content, "products", "product.yaml")
    assert {id_[:3]: said[id_]["place"] for id_ in said if "place" in said[id_]} == {
        "ban": {"address": "Ấp 3, X. Tư, H. Năm, T. Sáu", "commune": "xã Tư", "district": "sau/huyen-nam"},
        "ghe": {
            "address": "Số 1 đường Một, P. Bảy, TP. Tám",
            "commune": "phường Bảy",
            "district": "tinh-thu/thanh-pho-tam",
        },
        "tu-": {"address": "Ấp 6"},
    }
    assert site.run("export", "a.xlsx").code == 0
    assert "there is nothing to write" in site.run("import", "a.xlsx").out


def test_a_bare_list_of_another_province_imports_whole(tmp_path: Path) -> None:
    rows = [
        "STT | Tên sản phẩm | Tên cơ sở | Loại hình | Xã | Huyện | Tỉnh | Nhóm sản phẩm | Cấp | Năm",
        "1 | Bàn gỗ | Công ty TNHH Hai | Công ty TNHH | xã Tư | huyện Năm | tỉnh Sáu | Đồ gỗ | Cấp tỉnh | 2021",
        "2 | Ghế gỗ | Công ty TNHH Hai | | xã Tư | H. Năm | Sáu | Đồ gỗ | Cấp huyện | 2021",
        "3 | Tủ gỗ | HKD Bảy | Hộ kinh doanh | | huyện Một | T. Sáu | Đồ gỗ | Cấp tỉnh | 2021",
    ]
    site = _imported(tmp_path, "\n".join(("bang.xlsx", *rows, "")))
    assert _said(site, "places/provinces.yaml")["sau"] == {"name": {"vi": "tỉnh Sáu"}, "short": {"vi": "Sáu"}}
    districts = _said(site, "places/districts.yaml")
    assert districts["sau/huyen-nam"] == {"province": "sau", "name": {"vi": "huyện Năm"}, "short": {"vi": "Năm"}}
    assert "sau/huyen-mot" in districts, "a namesake of another province is another district"
    assert _said(site, "taxonomies/product-groups.yaml")["do-go"]["label"] == {"vi": "Đồ gỗ"}
    assert _said(site, "taxonomies/producer-kinds.yaml")["cong-ty-tnhh"]["label"] == {"vi": "Công ty TNHH"}
    assert _said(site, "producers/hai/producer.yaml") == {
        "name": {"vi": "Công ty TNHH Hai"},
        "kind": "cong-ty-tnhh",
        "place": {"commune": "xã Tư", "district": "sau/huyen-nam"},
    }
    assert _said(site, "products/ban-go-hai/product.yaml")["place"] == {"commune": "xã Tư", "district": "sau/huyen-nam"}
    site.built()
    assert site.run("import", "bang.xlsx").out.endswith("there is nothing to write.\n")


def test_a_dry_run_shows_each_change_with_its_cell_and_writes_nothing(tmp_path: Path) -> None:
    rows = ("Mã sản phẩm | Tên sản phẩm | Tóm tắt | Năm | Cấp", "tranh-mot | Tranh một mới | [xóa] | 2021 | Cấp tỉnh")
    site, name = with_sheet(tmp_path, "\n".join(("bang.xlsx", *rows, "")))
    before = snapshot(site.content)
    out = site.run("import", name, "--lang", "vi").out
    assert "Tên sản phẩm (vi): “Tranh một” → “Tranh một mới” [Danh sách!B2]" in out
    assert "Tóm tắt (vi): “Một bức tranh để thử.” → (trống) [Danh sách!C2]" in out
    assert "Giấy thứ 2, Năm: (trống) → “2021” [Danh sách!D2]" in out
    assert "chưa ghi gì" in out
    assert snapshot(site.content) == before


@pytest.mark.parametrize(("typed", "written"), [("có\n", True), ("y\n", True), ("\n", False)])
def test_at_a_terminal_the_import_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: bool
) -> None:
    site, name = with_sheet(tmp_path, "bang.csv\nTên sản phẩm | Năm | Cấp\nTranh một | 2021 | Cấp tỉnh\n")
    terminal = io.StringIO(typed)
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    assert site.run("import", name).code == 0
    assert (len(_said(site, "products/tranh-mot/product.yaml")["certificates"]) == 2) is written


def test_comments_and_order_of_people_stay(tmp_path: Path) -> None:
    site, name = with_sheet(
        tmp_path, "bang.csv\nTên sản phẩm | Năm | Cấp | Số giấy\nTranh một | 2020 | Cấp tỉnh | 012\n"
    )
    by_hand = (
        "# Hồ sơ của chị Hai\r\nproducer: co-so-mot\r\nname: {vi: Tranh một}  # như trên giấy\r\n\r\n"
        "certificates:\r\n- year: 2020\r\n  # số còn phải hỏi\r\n  level: province\r\ngroup: crafts"
    )
    site.write("products/tranh-mot/product.yaml", by_hand)
    assert site.run("import", name, "--yes").code == 0
    after = (site.content / "products/tranh-mot/product.yaml").read_bytes().decode()
    assert after == by_hand.replace("- year: 2020\r\n", '- year: 2020\r\n  number: "012"\r\n')


def test_a_full_disk_in_the_middle_leaves_content_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("Tên sản phẩm | Cơ sở | Huyện", "Tranh hai | Cơ sở Hai | huyện Hai", "Tranh một | Cơ sở Một | huyện Ba")
    site, name = with_sheet(tmp_path, "\n".join(("bang.csv", *rows, "")))
    before, moved = snapshot(site.content), []

    def full(ready: Path, path: Path) -> None:
        moved.append(path)
        if len(moved) == 3:
            raise OSError(28, "No space left on device", str(path))
        os.replace(ready, path)

    monkeypatch.setattr(staging, "move_into_place", full)
    done = site.run("import", name, "--yes")
    assert done.code == 1
    assert "No space left on device. The content is as it was" in done.err
    assert len(moved) == 3
    assert snapshot(site.content) == before
    assert not [path for path in site.content.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not list((tmp_path / ".cache").glob("import-*"))


@pytest.mark.parametrize("moved", [0, 1, 2, 99])
def test_an_import_that_dies_between_two_files_is_taken_back_by_the_next_command(moved: int, tmp_path: Path) -> None:
    """Killed before the first move, after one, after two, and when all was moved but not yet tidied up."""
    rows = ("Tên sản phẩm | Cơ sở | Huyện", "Tranh hai | Cơ sở Hai | huyện Hai", "Tranh một | Cơ sở Một | huyện Ba")
    site, name = with_sheet(tmp_path, "\n".join(("bang.csv", *rows, "")))
    before = snapshot(site.content)
    dying = (
        "import os, sys; from cnnt_site import cli; from cnnt_site.desk.sheets import staging\n"
        f"left, move, tidy = [{moved}], staging.move_into_place, staging.shutil.rmtree\n"
        "def moving(ready, path):\n"
        "    if not left[0]: os._exit(9)\n"
        "    left[0] -= 1; move(ready, path)\n"
        "def tidying(folder, **how):\n"
        "    if left[0] < 99: os._exit(9)\n"
        "staging.move_into_place, staging.shutil.rmtree = moving, tidying\n"
        "cli.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", dying, "import", name, "--yes", "--content", "content"]
    killed = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True)
    assert killed.returncode == 9, killed.stderr
    assert (snapshot(site.content) == before) == (moved == 0)
    done = site.run("check")
    if moved == 99:
        assert "cut off" not in done.err
        assert "nothing to write" in site.run("import", name).out
        return
    assert "An earlier import was cut off" in done.err
    assert snapshot(site.content) == before
    assert not [path for path in site.content.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not list((tmp_path / ".cache").glob("import-un*"))
    assert "cut off" not in site.run("check").err


def test_what_would_not_build_is_not_imported(tmp_path: Path) -> None:
    """A certificate of a level that had ended: each cell is right, but a rule of the catalogue is broken."""
    site, name = with_sheet(tmp_path, "bang.csv\nTên sản phẩm | Cấp | Năm\nTranh một | Cấp huyện | 2026\n")
    site.edit(
        "taxonomies/levels.yaml",
        "  slug: {vi: huyen, en: district}",
        "  slug: {vi: huyen, en: district}\n  until: 2025-06-30",
    )
    before = snapshot(site.content)
    done = site.run("import", name, "--yes")
    assert done.code == 1
    assert "products/tranh-mot/product.yaml" in done.err
    assert "Nothing was written" in done.err
    assert snapshot(site.content) == before


def test_content_with_errors_is_mended_first(tmp_path: Path) -> None:
    site, name = with_sheet(
        tmp_path, "bang.csv\nTên sản phẩm | Năm\nTranh hai | 2020\n--- products/tranh-mot/product.yaml\nnam: x\n"
    )
    done = site.run("import", name, "--yes")
    assert done.code == 1
    assert "name" in done.err
    assert site.run("export", "a.xlsx").code == 1


def test_photos_beside_the_sheet_are_found_by_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    products, photos = book.create_sheet("Sản phẩm"), book.create_sheet("Ảnh sản phẩm")
    products.append(["Mã sản phẩm", "Tên sản phẩm", "Cấp", "Năm"])
    products.append(["tranh-hai", "Tranh hai", "Cấp tỉnh", 2020])
    photos.append(
        [
            "Mã sản phẩm",
            "Tên tệp",
            "Mô tả ảnh",
            "Người chụp",
            "Người giữ quyền",
            "Điều kiện dùng",
            "Cho phép đăng: Ngày",
            "Người cho phép",
        ]
    )
    photos.append(["tranh-hai", "Ảnh một.JPG", "Một bức tranh", "An", "An", "Được đăng", "1/2/2026", "An"])
    site = site_from(tmp_path)
    book.save(tmp_path / "bang.xlsx")
    (tmp_path / "ảnh").mkdir()
    jpeg = picture("JPEG", "RGB", "60x40")
    (tmp_path / "ảnh" / "ảnh một.jpg").write_bytes(jpeg)
    (tmp_path / "Tranh hai 2.jpg").write_bytes(jpeg)
    done = site.run("import", "bang.xlsx", "--yes")
    assert done.code == 0, done.err
    assert "“Tranh hai 2.jpg” is copied to products/tranh-hai/photos but not shown yet" in done.err
    folder = site.content / "products/tranh-hai/photos"
    assert {path.name for path in folder.iterdir()} == {"Ảnh một.JPG", "Tranh hai 2.jpg"}
    assert (folder / "Ảnh một.JPG").read_bytes() == jpeg
    assert _said(site, "products/tranh-hai/product.yaml")["photos"][0]["permission"] == {
        "date": "2026-02-01",
        "by": "An",
    }


def test_a_formula_looking_text_is_text_in_every_file(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for risky in ("=HYPERLINK(1)", "+84 90", "-5", "@a", "'=b", "＝1+1", "＠a", "a;=1+1", "a;'=1+1;-2", "a;b"):
        site.write(
            "products/tranh-mot/product.yaml", f'name: {{vi: "{risky}", en: Painting one}}\nproducer: co-so-mot\n'
        )
        assert site.run("export", "a.xlsx", "--overwrite").code == 0
        assert site.run("export", "a.csv", "--overwrite").code == 0
        cell = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["B2"]
        assert cell.data_type == "s"
        row = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1]
        assert not [part for cells in row.split(",") for part in cells.split(";") if part.startswith(tuple("=+-@＝＠"))]
        for name in ("a.xlsx", "a.csv"):
            assert "there is nothing to write" in site.run("import", name, "--yes").out


@pytest.mark.parametrize(
    ("lang", "sheets"),
    [("vi", ["Sản phẩm", "Cơ sở", "Hướng dẫn", "Danh mục"]), ("en", ["Products", "Producers", "Help", "Lists"])],
)
def test_the_template_offers_lists_and_help(tmp_path: Path, lang: str, sheets: list[str]) -> None:
    site = site_from(tmp_path)
    assert site.run("export", "--template", "mau.xlsx", "--lang", lang).code == 0
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "mau.xlsx").read_bytes()))
    assert set(sheets) <= set(book.sheetnames)
    products, _, help_, lists = (book[name] for name in sheets)
    assert products.max_row == 1
    offered = {}
    for rule in products.data_validations.dataValidation:
        assert rule.promptTitle
        if rule.type == "list":
            _, cells = rule.formula1.split("!")
            offered[rule.promptTitle] = [cell.value for (cell,) in lists[cells.replace("$", "")]]
    assert ["Cấp huyện", "Cấp tỉnh"] in offered.values()
    assert ["huyện Một"] in offered.values()
    texts = {str(cell.value) for row in help_.iter_rows() for cell in row}
    assert {"Cơ sở làm ra", "Producer"} <= texts
    filled = [column.value for column in products[1]]
    assert len(set(filled)) == len(filled)
    assert "there is nothing to write" in site.run("import", "mau.xlsx").out


def test_an_export_does_not_write_over_a_file_unasked(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    (tmp_path / "list.xlsx").write_bytes(b"mine")
    done = site.run("export")
    assert done.code == 2
    assert "list.xlsx is there already" in done.err
    assert (tmp_path / "list.xlsx").read_bytes() == b"mine"
    assert site.run("export", "--overwrite").code == 0
    assert site.run("export", "a.pdf").code == 2


BY_HAND = {
    "tu-tho-hai-a": "the address, from another source",
    "lap-xuong-chin-trong": "the address, from another source",
    "khan-ran-long-khanh-a": "the certificate's own source, another page",
    "tranh-sen-bay-nghia": "the certificate's own source, a printed article",
}
"""Products of the content whose fields say more than the list of facts does, and what it is."""


def test_the_facts_import_into_the_content_that_stands(tmp_path: Path) -> None:
    """On the content as it is, nothing changes; what the list has beyond it is added."""
    site = TinySite(tmp_path)
    shutil.copytree(PROJECT / "content", site.content)
    before = snapshot(site.content)
    done = site.run("import", str(FACTS), "--yes")
    assert done.code == 0, done.err
    after = snapshot(site.content)
    assert {path: after[path] for path in before} == before
    assert "Changed: 0 records" in done.out
    assert len(_records(site.content, "products", "product.yaml")) == 146


def test_the_facts_make_the_content_anew(tmp_path: Path) -> None:
    """Into lists and places alone: every field that the list carries comes out as it stands in the content."""
    site = TinySite(tmp_path)
    shutil.copytree(PROJECT / "content", site.content)
    for kind in ("products", "producers", "fairs", "pages"):
        shutil.rmtree(site.content / kind)
    (site.content / "permalinks.yaml").unlink()
    done = site.run("import", str(FACTS), "--yes")
    assert done.code == 0, done.err
    old = [
        _records(PROJECT / "content", *kind) for kind in (("products", "product.yaml"), ("producers", "producer.yaml"))
    ]
    new = [_records(site.content, *kind) for kind in (("products", "product.yaml"), ("producers", "producer.yaml"))]
    made = {_known_by(said, new[1]): (said, new[1].get(said.get("producer", ""), {})) for said in new[0].values()}
    assert len(made) == len(new[0]) == 146
    for id_, said in old[0].items():
        producer = old[1].get(said.get("producer", ""), {})
        names = {name_key(name) for name in (producer.get("name", {}).get("vi", ""), *producer.get("aliases", ()))}
        again, its_producer = next(
            made[key] for key in made if key[0] == name_key(said["name"]["vi"]) and key[1] in names
        )
        assert again["group"] == said["group"], id_
        assert again["place"].items() <= said["place"].items(), id_
        assert (again["place"] == said["place"]) or id_ in BY_HAND, id_
        assert all(source in said["sources"] for source in again["sources"]), id_
        for certificate in again.get("certificates", ()):
            without = {key: value for key, value in certificate.items() if key != "source" or id_ not in BY_HAND}
            assert any(without.items() <= there.items() for there in said["certificates"]), id_
        if producer:
            assert its_producer["name"]["vi"] in (producer["name"]["vi"], *producer.get("aliases", ())), id_
            if id_ != "khan-ran-long-khanh-a":  # “khác” in the list, a craft village by its name
                assert its_producer["kind"] == producer["kind"], id_


def _known_by(said: dict[str, Any], producers: dict[str, Any]) -> tuple[str, str]:
    producer = producers.get(said.get("producer", ""), {}).get("name", {}).get("vi", "")
    return name_key(said["name"]["vi"]), name_key(producer)


def test_every_heading_of_ours_leads_to_its_own_column_and_no_word_to_two() -> None:
    languages = ("vi", "en")
    for table in tables(languages):
        known = by_heading(table, languages)
        for lang in languages:
            own = headings(table, lang)
            assert len({slug(heading) for heading in own}) == len(own), table.name
            for heading, column in zip(own, table.columns, strict=True):
                assert known[slug(heading)] == column, (table.name, heading)
        other = sheet_wording()["headings"][table.name]
        words = [word for path in other for word in {slug(word) for word in other[path]}]
        assert not {word for word in words if words.count(word) > 1}, table.name
        paths = {table.path(column) for column in (*table.columns, *EXTRA.get(table.name, ()))}
        assert {path for path in other if path not in paths and f"{path}.vi" not in paths} == set()


@pytest.mark.parametrize(
    ("written", "font", "meant"),
    [
        ("S¶n phÈm", "TCVN3", "Sản phẩm"),
        ("C¬ së Méc", "TCVN3", "Cơ sở Mộc"),
        ("huyÖn LÊp Vß", "TCVN3", "huyện Lấp Vò"),
        ("§å gç mü nghÖ", "TCVN3", "Đồ gỗ mỹ nghệ"),
        ("Saûn phaåm", "VNI", "Sản phẩm"),
        ("Ñoà goã myõ ngheä", "VNI", "Đồ gỗ mỹ nghệ"),
        ("Khoâ caù loùc", "VNI", "Khô cá lóc"),
    ],
)
def test_text_of_old_fonts_is_known_and_read(written: str, font: str, meant: str) -> None:
    assert from_old_code(written) == (font, meant)


def test_no_text_of_today_is_taken_for_that_of_old_fonts() -> None:
    for text in ("Noël, Citroën, naïve café", "10½ m² ©2020", "Sen®", "«Sen»", "hoà, loá, thuỷ", "KHÔ CÁ LÓC", "Grüße"):
        assert from_old_code(text) is None, text
    for path in sorted((PROJECT / "content").rglob("*")):
        if path.suffix in (".yaml", ".md"):
            for line in path.read_text("utf-8").splitlines():
                assert from_old_code(line) is None, line

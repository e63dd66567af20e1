"""Booth cards, shelf labels and booth lists: what hangs at a stand says the right thing and leads there."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import yaml

from tests.harness.browser import launched
from tests.harness.codes import read_codes
from tests.harness.sites import TinySite, site_from, text_of

BASE = "https://gian-trung-bay.vi-du.vn/"
NAMES = [
    "Ấm chén",
    "Đũa tre",
    "Bộ sản phẩm bánh tráng, hủ tiếu, bún khô và nui gạo lứt hữu cơ Ươm Mầm Xanh",
    "Ổi sấy dẻo",
]
MAKER = "Công ty trách nhiệm hữu hạn một thành viên sản xuất, thương mại, dịch vụ và xuất nhập khẩu Ươm Mầm Xanh"
FAIR = "".join(
    f"--- products/sp-{number}/product.yaml\n"
    f"name: {{vi: '{name}', en: 'Product {number}{', noodles' * (len(name) // 12)}'}}\nproducer: co-so-mot\n"
    "certificates: [{level: province, year: 2020, number: 12/GCN, valid_until: 2023-12-31}]\n"
    for number, name in enumerate(NAMES)
) + (
    f"--- producers/co-so-mot/producer.yaml\nname: {{vi: '{MAKER}'}}\n"
    "--- fairs/hoi-cho/fair.yaml\nname: {vi: Hội chợ thử, en: Trial fair}\n"
    "booths:\n  - {number: A01, producer: co-so-mot}\n"
)
SHEETS = [("a6", 2), ("a5", 5), ("shelf", 1)]
ALL = {"tranh-mot", "sp-0", "sp-1", "sp-2", "sp-3"}


def _addresses(site: TinySite, ids: set[str]) -> list[str]:
    ledger = yaml.safe_load((site.content / "permalinks.yaml").read_text("utf-8"))["current"]
    return sorted(BASE + at for at, key in ledger.items() if key.removeprefix("code:product/") in ids and "code" in key)


def _read(pdf: bytes) -> tuple[list[str], str]:
    """What every code on every sheet says, and all text."""
    document = pypdfium2.PdfDocument(pdf)
    found: list[str] = []
    for page in document:
        found += read_codes(page.render(scale=2.5).to_pil().convert("RGB"))
    return sorted(found), " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return site_from(tmp_path_factory.mktemp("fair"), FAIR).built("--base-url", BASE)


@pytest.mark.parametrize(("form", "sheets"), SHEETS)
def test_every_code_of_every_sheet_leads_to_its_product(form: str, sheets: int, fair: TinySite) -> None:
    done = fair.run("labels", "hoi-cho", "--form", form, "--base-url", BASE, "--pdf", f"{form}.pdf")
    assert done.code == 0, done.err
    pdf = (fair.folder / f"{form}.pdf").read_bytes()
    codes, text = _read(pdf)
    assert codes == _addresses(fair, ALL)
    assert len(pypdfium2.PdfDocument(pdf)) == sheets
    assert b"pdfuaid:part" in pdf, "not tagged for screen readers"
    for name in NAMES:
        assert name in text, "a mark is lost, or the text can't be selected"
    assert "Đã hết hiệu lực" in text
    fair.run("labels", "hoi-cho", "--form", form, "--base-url", BASE, "--pdf", "again.pdf")
    assert (fair.folder / "again.pdf").read_bytes() == pdf


@pytest.mark.browser
@pytest.mark.parametrize(("form", "sheets"), SHEETS)
def test_the_print_page_holds_the_same_cards(form: str, sheets: int, fair: TinySite) -> None:
    """Of the fair and of the round: every code is read from the page as a browser prints it."""
    pages = sorted((fair.output / "print").glob(f"*-{form}.html"))
    with launched() as browser:
        for file in pages:
            page = browser.new_page()
            page.emulate_media(media="print")
            page.goto(file.as_uri(), wait_until="networkidle")
            page.evaluate("Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())])")
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
            codes, text = _read(pdf)
            assert codes == _addresses(fair, ALL)
            assert len(pypdfium2.PdfDocument(pdf)) == sheets
            for name in NAMES:
                assert name in text
            assert "Thẻ gian hàng" not in text, "the head of the page belongs to the screen"
            assert (
                page.evaluate(
                    "[...document.querySelectorAll('.booth-card, .booth-card-name')]"
                    ".filter(card => card.scrollHeight > card.clientHeight + 1).length"
                )
                == 0
            ), "something is cut off"
    assert len(pages) == 2


def test_cards_of_chosen_products_and_of_a_round(fair: TinySite) -> None:
    assert fair.run("labels", "--products", "sp-1, tranh-mot", "--base-url", BASE, "--pdf", "two.pdf").code == 0
    assert _read((fair.folder / "two.pdf").read_bytes())[0] == _addresses(fair, {"sp-1", "tranh-mot"})
    done = fair.run("labels", "--level", "province", "--year", "2020", "--base-url", BASE)
    assert done.code == 0, done.err
    assert (fair.folder / "province-2020-a6.pdf").exists()


def test_a_wrong_wish_is_told(fair: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Did you mean: hoi-cho" in fair.run("labels", "hoi-choo", "--base-url", BASE).err
    assert (
        "Có phải bạn định viết: sp-1" in fair.run("labels", "--products", "sp1", "--base-url", BASE, "--lang", "vi").err
    )
    assert (
        "no products of the round"
        in fair.run("labels", "--level", "province", "--year", "1999", "--base-url", BASE).err
    )
    assert "One way only" in fair.run("labels", "hoi-cho", "--products", "sp-1").err
    assert "One way only" in fair.run("labels").err
    assert "QR codes need the address" in fair.run("labels", "hoi-cho").err
    monkeypatch.setitem(sys.modules, "typst", None)
    done = fair.run("labels", "hoi-cho", "--base-url", BASE)
    assert done.code == 1
    assert "pip install typst" in done.err
    assert "-a6.html" in done.err


def test_a_withdrawn_product_gets_no_card(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR)
    site.edit("products/sp-1/product.yaml", "producer:", "withdrawn: {date: 2026-01-01}\nproducer:")
    site.built("--base-url", BASE)
    site.run("labels", "hoi-cho", "--base-url", BASE, "--pdf", "a.pdf")
    assert _read((site.folder / "a.pdf").read_bytes())[0] == _addresses(site, ALL - {"sp-1"})


def test_the_booth_list_as_csv_and_workbook(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR)
    site.edit("products/sp-1/product.yaml", "'Đũa tre'", "'=HYPERLINK(\"http://x\")'")
    site.built("--base-url", BASE)
    code = next(
        at[2:-5]
        for at, key in yaml.safe_load((site.content / "permalinks.yaml").read_text("utf-8"))["current"].items()
        if key == "code:fair/hoi-cho"
    )
    stem = f"data/showcases/{code}"
    table = list(csv.DictReader(io.StringIO((site.output / f"{stem}.csv").read_text("utf-8-sig"))))
    assert [row["Gian"] for row in table] == ["A01"] * 5
    assert {row["Sản phẩm"] for row in table} >= {"Ấm chén", '\'=HYPERLINK("http://x")'}
    assert all(row["Địa chỉ"].endswith(f"/p/{row['Mã']}.html") for row in table)
    sheet = openpyxl.load_workbook(site.output / f"{stem}.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert list(cells[0]) == list(table[0])
    assert [cell.data_type for cell in sheet["E"]] == ["s"] * 6, "a formula"
    assert "Ấm chén" in text_of(site.page(f"print/{code}-list.html"))
    before = site.files()
    assert site.built("--base-url", BASE, "--cache", "other").files() == before

"""The printed catalogue: whole, tagged, selectable, in order, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.harness.codes import read_codes
from tests.harness.sites import site_from
from tests.test_booth_cards import BASE

NAMES = ("Ổi", "An", "Đậu", "Dừa", "Ấn", "Ăn")
CONTENT = (
    "".join(
        f"--- products/sp-{number}/product.yaml\nname: {{vi: '{name} ngâm', en: Pickle {number}}}\n"
        f"producer: co-so-mot\ncertificates: [{{year: {2019 + number % 2},"
        f" level: {'district' if number % 2 else 'province'},"
        f" number: 0{number}/GCN, decision: {{number: 12/QĐ-UBND}}}}]\n"
        for number, name in enumerate(NAMES)
    )
    + """\
--- producers/co-so-mot/producer.yaml
name: {vi: Cơ sở Một, en: Một Workshop}
place: {commune: xã Hai, district: tinh-thu/huyen-mot}
contacts:
  - {kind: phone, value: 0900 000 000, consent: {date: 2026-01-01, scope: trang web}}
  - {kind: phone, value: 0911 111 111}
"""
)


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split())


@pytest.mark.parametrize("by", ["place", "level", "year"])
def test_the_book_is_whole_tagged_and_the_same_each_time(by: str, tmp_path: Path) -> None:
    site = site_from(tmp_path, CONTENT).built("--base-url", BASE)
    books = []
    for name in ("a.pdf", "b.pdf"):
        done = site.run("catalogue-pdf", "--by", by, "--base-url", BASE, "--pdf", name, "--cache", f"cache of {name}")
        assert done.code == 0, done.err
        books.append((site.folder / name).read_bytes())
    assert books[0] == books[1]
    assert b"pdfuaid:part" in books[0]
    text = _text(books[0])
    for name in (*NAMES, "Tranh một", "Painting one", "Cơ sở Một", "12/QĐ-UBND", "Mục lục", "Contents"):
        assert name in text
    assert "0900 000 000" in text
    assert "0911" not in text, "no consent"
    chapters = {
        "place": ["Huyện Một, tỉnh Thử"],
        "level": ["Cấp tỉnh", "Cấp huyện"],
        "year": ["Năm 2020", "Năm 2019"],
    }[by]
    places = [text.index(chapter) for chapter in chapters]
    assert places == sorted(places)
    index = text[text.rindex("Index by name") :]
    order = [index.index(f"{name} ngâm") for name in ("An", "Ăn", "Ấn", "Dừa", "Đậu", "Ổi")]
    assert order == sorted(order), "the order of Vietnamese dictionaries"


def test_every_code_of_the_book_leads_somewhere(tmp_path: Path) -> None:
    site = site_from(tmp_path, CONTENT).built("--base-url", BASE)
    site.run("catalogue-pdf", "--base-url", BASE, "--pdf", "a.pdf")
    found: list[str] = []
    for page in pypdfium2.PdfDocument((site.folder / "a.pdf").read_bytes()):
        found += read_codes(page.render(scale=3).to_pil().convert("RGB"))
    assert found.pop(0) == BASE
    assert len(set(found)) == len(NAMES) + 1
    for address in found:
        assert (site.output / address.removeprefix(BASE)).is_file()

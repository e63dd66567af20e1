"""Hostile text in what programs read and bring: cards, frames, feeds, tables, paper; sheets and other showrooms."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest

from cnnt_site.desk.sheets.columns import headings, tables
from cnnt_site.vietnamese import nfc
from tests.harness.attacked import BASE, LANGUAGES, attacked, write_record
from tests.harness.injections import ELSEWHERE, PAPER, TEXTS
from tests.harness.markup import intruders
from tests.harness.sites import TinySite, parse, site_from, text_of

MANY = 20
FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
CARD = re.compile("BEGIN|VERSION|KIND|FN|ORG|TEL;VALUE=uri;TYPE=work|EMAIL|IMPP|URL|ADR;TYPE=work|SOURCE|END")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySite, dict[str, dict[str, Any]]]:
    return attacked(tmp_path_factory.mktemp("hostile"), MANY)


def _one_line(text: str) -> str:
    return " ".join(nfc(text).split())


def test_a_visiting_card_has_its_own_lines_and_no_others(hostile: tuple[TinySite, dict[str, Any]]) -> None:
    site, _ = hostile
    cards = {address: data for address, data in site.files().items() if address.endswith(".vcf")}
    assert len(cards) == MANY
    names = set()
    for address, data in cards.items():
        lines = data.decode().replace("\r\n ", "").split("\r\n")
        assert lines.pop() == "", address
        properties = [line.partition(":")[0] for line in lines]
        assert all(CARD.fullmatch(name) for name in properties), (address, properties)
        assert [properties.count(name) for name in ("BEGIN", "FN", "ORG", "END", "EMAIL")] == [1] * 5, address
        assert all(len(line.encode()) <= 75 for line in data.decode().split("\r\n")), address
        said = next(line.partition(":")[2] for line in lines if line.startswith("FN:"))
        names.add(re.sub(r"\\(.)", r"\1", said))
        assert not re.search(r"(?<!\\)(\\\\)*[,;]", said), "a sign that ends a value"
    records = [json.loads((site.content / f"producers/cs-{n}/producer.yaml").read_text("utf-8")) for n in range(MANY)]
    assert names == {_one_line(record["name"]["vi"]) for record in records}


def test_what_other_sites_are_told_to_frame_is_one_frame_of_ours(hostile: tuple[TinySite, dict[str, Any]]) -> None:
    site, products = hostile
    told = [json.loads(data) for address, data in site.files().items() if address.startswith("data/oembed/")]
    assert {_one_line(product["name"]["vi"]) for product in products.values()} <= {each["title"] for each in told}
    for each in told:
        page = parse(f"<!doctype html><meta charset=utf-8><title>a</title>{each['html']}".encode())
        body = page.find("body")
        assert body is not None
        assert [element.tag for element in body.iter()] == ["body", "iframe"], each["html"]
        frame = body[0]
        assert (frame.get("src") or "").startswith(f"{BASE}embed/")
        assert frame.get("title") == each["title"]
        assert not [name for name in frame.attrib if name.startswith("on") or name == "srcdoc"]
        assert re.fullmatch(r"[a-z:;0-9% -]*", frame.get("style") or "")


def test_feeds_hold_text_and_links_of_ours_only(hostile: tuple[TinySite, dict[str, Any]]) -> None:
    site, _ = hostile
    feeds = [address for address in site.files() if address.endswith(".xml") and address != "sitemap.xml"]
    assert len(feeds) > len(LANGUAGES)
    for address in feeds:
        for element in ElementTree.parse(site.output / address).iter():
            assert element.tag.startswith(ATOM), (address, element.tag)
            assert element.get("href", BASE).startswith(BASE), (address, element.get("href"))
            assert set(element.attrib) <= {"href", "rel", "type", "{http://www.w3.org/XML/1998/namespace}lang"}


def test_no_cell_of_any_table_calculates(hostile: tuple[TinySite, dict[str, Any]]) -> None:
    """Read with commas, with semicolons and tabs as programs of other countries do, and as a workbook."""
    site, _ = hostile
    assert site.run("export", "all.xlsx").code == 0
    assert site.run("export", "all.csv").code == 0
    found = {**site.files(), **{path.name: path.read_bytes() for path in site.folder.glob("*.csv")}}
    wrong: list[tuple[str, str, object]] = []
    for address, data in found.items():
        for sign in ",;\t" if address.endswith(".csv") else "":
            for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=sign):
                wrong += [(address, sign, cell) for cell in row if FORMULA.match(cell) and not _is_number(cell)]
    for path in (*site.output.rglob("*.xlsx"), *site.folder.glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path).worksheets:
            wrong += [(path.name, "", cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not wrong


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()


def test_paper_shows_text_as_text(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    texts = (*PAPER, *TEXTS[:: len(TEXTS) // 20])
    for number, text in enumerate(texts):
        certificate = {"level": "province", "year": "2020", "number": text, "issued_by": {"vi": text}}
        words = {"vi": text, "en": text}
        record = {"name": words, "summary": words, "producer": "co-so-mot", "certificates": [certificate]}
        write_record(site, f"products/sp-{number}/product.yaml", record)
    write_record(site, "producers/co-so-mot/producer.yaml", {"name": {"vi": PAPER[1]}})
    for number, command in enumerate((["labels", "--level", "province", "--year", "2020"], ["catalogue-pdf"])):
        done = site.run(*command, "--base-url", BASE, "--pdf", f"{number}.pdf")
        assert done.code == 0, done.err
        pdf = (tmp_path / f"{number}.pdf").read_bytes()
        assert b"root:x:0:0" not in pdf
        assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA)\b", pdf)
        shown = _text(tmp_path / f"{number}.pdf")
        assert [text for text in texts if re.sub(r"\s", "", nfc(text)) not in shown] == []


def _text(pdf: Path) -> str:
    """All text of a PDF without its spaces: where lines break is none of it."""
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s", "", nfc("".join(page.get_textpage().get_text_bounded() for page in document)))


def test_a_letter_that_no_printed_font_has_is_told_and_stops_nothing(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh 한글 🇻🇳")
    for form in ("catalogue-pdf", "labels"):
        wanted = ["--products", "tranh-mot"] if form == "labels" else []
        done = site.run(form, *wanted, "--base-url", BASE, "--pdf", "a.pdf")
        assert done.code == 0, done.err
        assert "The printed letters have no “한”" in done.err
        assert "Paintingone" in _text(tmp_path / "a.pdf")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_hostile_sheet_becomes_records_and_pages_that_show_it(form: str, tmp_path: Path) -> None:
    site = site_from(tmp_path)
    table = next(table for table in tables(LANGUAGES) if table.name == "products")
    lines = [
        (heading, column)
        for heading, column in zip(headings(table, "en"), table.columns, strict=True)
        if column.field is not None
        and column.field.kind == "line"
        and not column.field.many
        and not {"withdrawn", "ending"} & set(column.keys)  # they take a product away
    ]
    texts = TEXTS[:: len(TEXTS) // 20]
    rows = [["Id", "Level", *(heading for heading, _ in lines)]]
    rows += [
        [f"sp-{row}", "province", *(texts[(row * 7 + n) % len(texts)] for n in range(len(lines)))]
        for row in range(len(texts))
    ]
    _write_sheet(tmp_path / f"list.{form}", rows)
    done = site.run("import", f"list.{form}", "--yes")
    assert done.code == 0, done.err + done.out
    site.built("--base-url", BASE)
    assert not [wrong for address in site.files() if address.endswith(".html") for wrong in intruders(site, address)]
    told = json.loads((site.output / "data/products.json").read_text("utf-8"))["products"]
    shown = {product["name"]["vi"] for product in told}
    at = [column.keys for _, column in lines].index(("name", "vi"))
    assert {_one_line(row[2 + at]) for row in rows[1:]} - shown == set()


def _write_sheet(path: Path, rows: list[list[str]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = book.worksheets[0].cell(number, column)
            cell.value, cell.data_type = text, "s"
    book.save(path)


def test_another_showrooms_data_is_text_whatever_stands_in_its_fields(hostile: tuple[TinySite, dict[str, Any]]) -> None:
    site, _ = hostile
    for lang in LANGUAGES:
        address = {"vi": "vi/trang-ban.html", "en": "en/neighbours.html"}[lang]
        assert not list(intruders(site, address))
        page = site.page(address)
        links = [link.get("href") or "" for link in page.iter("a")]
        assert not [link for link in links if ELSEWHERE in link or link.lower().startswith(("javascript", "data"))]
        shown = text_of(page.find(".//main"))
        assert html.unescape(TEXTS[1])[:40] in shown

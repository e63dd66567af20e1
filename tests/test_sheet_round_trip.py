"""Export and import undo each other: into the same content nothing changes, into an empty one all comes back."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from cnnt_site.cli import PROJECT
from cnnt_site.desk.fields import Field
from cnnt_site.desk.record_file import new_file
from cnnt_site.desk.sheets.columns import Column, Table, tables
from cnnt_site.desk.sheets.content import load
from cnnt_site.desk.sheets.exporting import filled_tables
from cnnt_site.desk.sheets.holding import put_in
from cnnt_site.desk.sheets.importing import plan_import
from cnnt_site.desk.sheets.writing import csv_bytes, workbook_bytes
from cnnt_site.desk.survey import survey
from cnnt_site.desk.yaml_edits import as_read
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.problems import Problems
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reading.scanning import scan
from tests.harness.examples import examples
from tests.harness.sites import TinySite, site_from, snapshot

LANGUAGES = ("vi", "en")
TABLES = {table.name: table for table in tables(LANGUAGES)}
LETTERS = "abcxyzABC019 =+-@'\"“”;,:#|.!/đĐạộử()[]{}*&%\\_"
LINES = (
    st.text(st.sampled_from(LETTERS), min_size=1, max_size=14)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text) and not re.fullmatch(r"[-–—]+", text))
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "line": LINES,
    "number": st.integers(0, 10**11),
    "year": st.integers(1990, 2026),
    "day": st.dates().filter(lambda day: day.year >= 1000),
    "rough-day": st.dates().filter(lambda day: 1900 <= day.year < 2100) | st.integers(1900, 2099) | st.just("2020-10"),
    "slug": st.just("mot-hai"),
    "id": st.just("ma-cu"),
    "address": st.just("https://vi-du.example/?a=1&b=2"),
    "file": st.just("a.jpg"),
    "share": st.sampled_from(["0.5", "0", "1"]),
}
NAMED = {
    "producers": "co-so-mot",
    "groups": "crafts",
    "levels": "province",
    "programmes": "cnnt",
    "producer_kinds": "household",
    "provinces": "tinh-thu",
    "districts": "tinh-thu/huyen-mot",
    "communes": "tinh-thu/xa-ba",
    "illustrations": "tranh",
    "": "tinh-thu/huyen-mot",
}
ILLUSTRATION = """\
--- illustrations/illustrations.yaml
tranh:
  file: tranh.svg
  represents: {vi: Tranh, en: Painting}
  alt: {vi: Hình vẽ, en: Drawing}
  author: Dự án
  licence: {vi: Tự do, en: Free}
--- illustrations/tranh.svg
<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>
"""


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "choice":
        one: st.SearchStrategy[Any] = st.sampled_from(field.choices)
    elif field.kind == "id" and field.name != "formerly":
        one = st.just(NAMED[field.leads_to])
    else:
        one = VALUES[field.kind]
    return st.lists(one, min_size=1, max_size=3) if field.many else one


@st.composite
def _said(draw: st.DrawFn, columns: list[Column]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for column in draw(st.lists(st.sampled_from(columns), unique=True, max_size=12)):
        assert column.field is not None
        put_in(said, column, draw(_value(column.field)))
    return said


def _columns(table: Table, part: str) -> list[Column]:
    return [column for column in table.columns if column.part == part]


@st.composite
def _record(draw: st.DrawFn, kind: str, needed: dict[str, Any]) -> dict[str, Any]:
    said = {**draw(_said(_columns(TABLES[kind], "record"))), **needed}
    for table in TABLES.values():
        if table.kind == kind and table.items != "photos":
            items = [item for item in draw(st.lists(_said(_columns(table, "item")), max_size=2)) if item]
            said |= {table.items: items} if items else {}
    if "district" in said.get("place", {}):
        said["place"].pop("province", None)  # told by the district
    return said


RECORDS = st.fixed_dictionaries(
    {
        "products": _record("products", {"name": {"vi": "Tranh =một", "en": "+1"}}),
        "producers": _record("producers", {"name": {"vi": "Cơ sở Một"}}),
    }
)
IDS = {"products": "tranh-mot", "producers": "co-so-mot"}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return site_from(tmp_path_factory.mktemp("tiny"), ILLUSTRATION)


@given(RECORDS, st.sampled_from(["xlsx", "csv"]), st.sampled_from(LANGUAGES))
@examples(15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_record_comes_back_from_a_sheet(tiny: TinySite, said: dict[str, Any], form: str, lang: str) -> None:
    models = {"products": Product, "producers": Producer}
    files = {kind: f"{kind}/{id_}/{FOLDERS[kind][0]}" for kind, id_ in IDS.items()}
    for kind, path in files.items():
        shutil.rmtree(tiny.content / kind, ignore_errors=True)
        tiny.write(path, new_file(said[kind], models[kind], "vi"))
    tree = scan(tiny.content, Problems())
    site = survey(tree, Problems()).site
    assert site is not None
    content = load(tree, site)
    before = {kind: as_read(tree.files[path].read()) for kind, path in files.items()}

    with tempfile.TemporaryDirectory() as folder:
        sheets = []
        filled = filled_tables(content)
        if form == "xlsx":
            sheets.append(Path(folder) / "bang.xlsx")
            sheets[0].write_bytes(workbook_bytes(content, filled, lang))
        else:
            for table in filled:
                sheets.append(Path(folder) / f"{table.table.name}.csv")
                sheets[-1].write_bytes(csv_bytes(table, lang))
        sheets.sort(key=lambda sheet: not sheet.stem.startswith("producers"))

        for sheet in sheets:
            same = plan_import(sheet, tree, site)
            assert not same.findings.errors, list(same.findings)
            assert same.files == {}

        for kind in files:
            shutil.rmtree(tiny.content / kind)
        for sheet in sheets:
            for path, data in plan_import(sheet, scan(tiny.content, Problems()), site).files.items():
                tiny.write(path, data)
    after = {kind: as_read((tiny.content / path).read_bytes()) for kind, path in files.items()}
    for kind, said_before in before.items():
        for key in {*said_before, *after[kind]}:
            assert after[kind].get(key) == said_before.get(key), key


@pytest.mark.parametrize(("file", "lang"), [("danh sách.xlsx", "vi"), ("danh-sach.csv", "en")])
def test_the_real_content_stays_to_the_byte(file: str, lang: str, tmp_path: Path) -> None:
    site = TinySite(tmp_path)
    site.content.symlink_to(PROJECT / "content", target_is_directory=True)
    before = snapshot(PROJECT / "content")
    assert site.run("export", file, "--lang", lang).code == 0
    written = sorted(tmp_path.glob("*.csv")) or [tmp_path / file]
    assert (len(written) > 1) == file.endswith(".csv")
    for sheet in written:
        done = site.run("import", sheet.name, "--yes")
        assert (done.code, done.err) == (0, ""), sheet
        assert "there is nothing to write" in done.out
    assert snapshot(PROJECT / "content") == before


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for name in ("a.xlsx", "b.xlsx"):
        assert site.run("export", name).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()

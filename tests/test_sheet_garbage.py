"""Whatever stands under our headings, an import ends with words, never with a fault, and a dry run writes nothing."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from cnnt_site.desk.sheets.columns import Table, headings, tables
from cnnt_site.reporting import sheet_wording
from tests.harness.examples import examples
from tests.harness.sites import TinySite, site_from, snapshot

OTHER_WORDS = [word for words in sheet_wording()["headings"]["products"].values() for word in words]
KNOWN = ("Tranh một", "Cơ sở Một", "tranh-mot", "co-so-mot", "Cấp tỉnh", "huyện Một", "a.jpg", "https://vi-du.example/")
ODD = ("=A1", "#N/A", "2020", "30/9/2020", "province:2020", "S¶n phÈm", "[xóa]", "-", "1", "x" * 300, "Tranh\nhai")
CELLS = st.one_of(
    st.none(),
    st.text(max_size=12).filter(lambda text: all(sign.isprintable() for sign in text)),
    st.sampled_from(KNOWN),
    st.sampled_from(ODD),
    st.integers(-5, 50_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from([date(2020, 9, 30), datetime(2020, 9, 30, 8, 15), time(8, 15)]),
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return site_from(tmp_path_factory.mktemp("tiny"))


@given(st.data(), st.sampled_from(tables(("vi", "en"))), st.sampled_from(["vi", "en"]))
@examples(20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_cells_end_in_words(tiny: TinySite, data: st.DataObject, table: Table, lang: str) -> None:
    own = headings(table, lang)
    columns = own[:2] + data.draw(st.lists(st.sampled_from(own[2:] + OTHER_WORDS), max_size=7, unique=True))
    book = openpyxl.Workbook()
    book.worksheets[0].append(columns)
    for cells in data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=5)):
        book.worksheets[0].append(cells)
    packed = io.BytesIO()
    book.save(packed)
    (tiny.folder / "bang.xlsx").write_bytes(packed.getvalue())
    before = snapshot(tiny.content)

    done = tiny.run("import", "bang.xlsx", "--lang", lang)

    assert done.code in (0, 1), done.err
    assert "Traceback" not in done.err
    assert snapshot(tiny.content) == before


@given(st.binary(max_size=400))
@examples(10)
def test_any_bytes_end_in_words(tiny: TinySite, data: bytes) -> None:
    for name, start in (("a.csv", b""), ("b.csv", b"name,year\n"), ("a.xlsx", b""), ("b.xlsx", b"PK\x03\x04")):
        (tiny.folder / name).write_bytes(start + data)
        assert tiny.run("import", name).code in (0, 1)

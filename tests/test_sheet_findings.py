"""Every thing that can be wrong with a sheet: the words that staff read, and nothing half-imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cnnt_site import reporting
from cnnt_site.desk.sheets import reading
from cnnt_site.reporting import sheet_wording
from tests.broken_sheets import CODES, HERE, LANGUAGES, broken_sheet, read_aloud, told, with_sheet
from tests.harness.sites import snapshot

WITHOUT_SHEET = {"sheet-not-found", "sheet-unreadable", "sheet-too-large", "sheet-too-long", "cell-formula"}
"""Findings that tests below or `test_sheets` show: a tiny sheet can't have them."""

_GAP = re.compile(r"(?<!{)\{(\w+)\}")


@pytest.fixture(autouse=True)
def every_gap_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gap without its detail shows as nothing to people, and fails here."""
    monkeypatch.delattr(reporting._Gaps, "__missing__")


@pytest.mark.parametrize("code", CODES)
def test_finding_is_told_in_both_languages_and_content_stays(code: str, tmp_path: Path) -> None:
    site, name = broken_sheet(code, tmp_path)
    before = snapshot(site.content)
    runs = told(site, name)
    assert read_aloud(runs) == (HERE / code / "expected.txt").read_text("utf-8")
    assert snapshot(site.content) == before
    is_error = ": error: " in runs["en"].err
    assert {run.code for run in runs.values()} == {1 if is_error else 0}
    written = site.run("import", name, "--yes")
    assert written.code == (1 if is_error else 0)
    if is_error:
        assert snapshot(site.content) == before
        assert "Nothing was written" in written.err
    for lang in LANGUAGES:
        what = sheet_wording()["findings"][code][lang]["what"]
        longest = max(_GAP.sub("\n", what).split("\n"), key=len)
        assert longest in runs[lang].err


def test_every_finding_has_a_broken_sheet_and_words_in_both_languages() -> None:
    findings = sheet_wording()["findings"]
    assert set(CODES) | WITHOUT_SHEET == set(findings)
    for code, wording in findings.items():
        assert set(wording) == set(LANGUAGES), code
        for said in wording.values():
            assert set(said) == {"what", "cure"}, code
        gaps = [set(_GAP.findall(said["what"] + said["cure"])) for said in wording.values()]
        assert gaps[0] == gaps[1], code


def test_no_file_is_told(tmp_path: Path) -> None:
    site, _ = broken_sheet("no-table", tmp_path)
    done = site.run("import", "không-có.xlsx")
    assert done.code == 1
    assert "không-có.xlsx: error: There is no such file." in done.err
    (tmp_path / "bang.csv").mkdir()
    assert "can't be read; the system says" in site.run("import", "bang.csv").err


def test_too_much_is_told_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, name = with_sheet(tmp_path, "bang.xlsx\nTên sản phẩm | Năm\nTranh hai | 2020\nTranh ba | 2020\n")
    for limit, most, told_so in (
        ("LARGEST", 1000, "the most is 0 MB"),
        ("LARGEST_UNPACKED", 1000, "the most is 0 MB"),
        ("MOST_ROWS", 2, "more than 2 rows"),
        ("MOST_COLUMNS", 1, "or 1 columns"),
    ):
        with monkeypatch.context() as change:
            change.setattr(reading, limit, most)
            done = site.run("import", name)
            assert done.code == 1
            assert told_so in done.err


def test_all_that_is_wrong_is_told_in_one_run(tmp_path: Path) -> None:
    rows = ("Tên sản phẩm | Cấp | Năm | Ngày cấp", "Tranh hai | Cấp trời | 20 | mai", "Tranh ba | Cấp tỉnh | hai | 2")
    site, name = with_sheet(tmp_path, "\n".join(("bang.csv", *rows, "")))
    err = site.run("import", name).err
    for cell in ("B2", "C2", "D2", "C3", "D3"):
        assert f"cell {cell}: error" in err

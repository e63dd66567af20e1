"""Every problem, met by a tiny site that has it: the words that staff read, and nothing published."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cnnt_site import reporting
from cnnt_site.reading import scanning, yaml_file
from tests.broken import CODES, HERE, broken_site, read_aloud, told
from tests.harness.sites import TinySite, site_from, snapshot


@pytest.fixture(autouse=True)
def every_gap_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gap without its detail shows as nothing to people, and fails here."""
    monkeypatch.delattr(reporting._Gaps, "__missing__")


@pytest.mark.parametrize("code", CODES)
def test_problem_is_told_in_both_languages_and_keeps_the_old_site(code: str, tmp_path: Path) -> None:
    site, options = broken_site(code, tmp_path)
    runs = told(site, options)
    assert read_aloud(runs) == (HERE / code / "expected.txt").read_text("utf-8")
    is_error = ": error: " in runs["en"].err
    assert {run.code for run in runs.values()} == {1 if is_error else 0}
    if is_error:
        _assert_nothing_published(site, options)


def _assert_nothing_published(site: TinySite, options: list[str]) -> None:
    """A build ends with 1 and leaves both an earlier site and the ledger as they were."""
    site.output.mkdir()
    (site.output / "site-manifest.txt").write_bytes(b"")
    (site.output / "index.html").write_bytes(b"as it was")
    ledger = site.content / "permalinks.yaml"
    before, written = snapshot(site.output), ledger.exists() and ledger.read_bytes()
    done = site.run("build", *options)
    assert done.code == 1, done.err
    assert snapshot(site.output) == before
    assert (ledger.exists() and ledger.read_bytes()) == written


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith("yaml-")])
def test_yaml_problems_are_the_same_without_the_c_library(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_file, "_Loader", yaml.SafeLoader)
    expected = (HERE / code / "expected.txt").read_text("utf-8")
    assert read_aloud(told(*broken_site(code, tmp_path))) == expected


def test_all_problems_of_a_run_are_told_at_once(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
producer: co-so-mott
group: craft
place: {district: tinh-thu/huyen-hai}
certificates:
  - level: provincial
  - level: province
    year: năm 2020
--- products/tranh-hai/product.yaml
producer: co-so-mot
--- products/tranh-ba/product.yaml
name: {vi: Tranh ba: ba bức}
--- products/tranh-bon/product.yaml
name: {vi: Tranh bốn}
photos:
  - file: khong-phai-anh.jpg
    alt: {vi: Tranh}
    author: Người chụp
    rights_holder: Cơ sở Một
    licence: {vi: Được phép đăng}
    permission: {date: 2026-01-15, by: Cơ sở Một}
  - file: chua-xin-phep.jpg
    alt: {vi: Tranh}
    author: Người chụp
    rights_holder: Cơ sở Một
    licence: {vi: Được phép đăng}
  - file: dut-doan.jpg
    alt: {vi: Tranh}
    author: Người chụp
    rights_holder: Cơ sở Một
    licence: {vi: Được phép đăng}
    permission: {date: 2026-01-15, by: Cơ sở Một}
--- products/tranh-bon/photos/khong-phai-anh.jpg
Đây không phải ảnh.
--- products/tranh-bon/photos/chua-xin-phep.jpg picture JPEG RGB 60x40
--- products/tranh-bon/photos/dut-doan.jpg picture JPEG RGB 600x400 cut
--- products/tranh-bon/vi.md
Xem <script>alert(1)</script> [tranh](product:khong-co).
--- products/tranh-nam/product.yaml
name: {vi: Tranh năm}
--- products/tranh-nam/vi.md repeat 250000
một câu dài lắm
--- products/tranh-sau/product.yaml
name: {vi: Tranh sáu}
--- products/tranh-sau/vi.md repeat 20000
[
--- products/tranh-tam/product.yaml
name: {vi: Tranh tám}
slug: {vi: mot-cho}
--- products/tranh-chin/product.yaml
name: {vi: Tranh chín}
slug: {vi: mot-cho}
--- products/TRANH-SAU/product.yaml
name: {vi: Tranh sáu}
--- products/tranh-bay link /etc
--- producers/co-so-hai/producer.yaml bytes
name: {vi: C\\xf4 so}
""",
    )
    for done in told(site, []).values():
        assert done.code == 1
        for place in (
            "products/tranh-mot/product.yaml:2:11",
            "products/tranh-mot/product.yaml:3:8",
            "products/tranh-mot/product.yaml:4:19",
            "products/tranh-mot/product.yaml:6:12",
            "products/tranh-mot/product.yaml:8:11",
            "products/tranh-hai/product.yaml:1:1",
            "products/tranh-ba/product.yaml:1:7",
            "products/tranh-bon/product.yaml:3:11",
            "products/tranh-bon/product.yaml:9:5",
            "products/tranh-bon/product.yaml:14:11",
            "products/tranh-bon/vi.md:1:5",
            "products/tranh-bon/vi.md:1:39",
            "products/tranh-nam/vi.md",
            "products/tranh-sau/vi.md:1:501",
            "products/tranh-tam/product.yaml:2:12",
            "products/TRANH-SAU",
            "products/tranh-bay",
            "producers/co-so-hai/producer.yaml:1:13",
        ):
            assert f"content/{place}: " in done.err, f"{place}\n{done.err}"
    _assert_nothing_published(site, [])


def test_what_is_gone_is_told_beside_other_problems(tmp_path: Path) -> None:
    site = site_from(tmp_path, "--- products/tranh-hai/product.yaml\nname: {vi: Tranh hai}\n").built()
    site.lay("--- products/tranh-hai/product.yaml remove\n")
    site.edit("products/tranh-mot/product.yaml", "producer: co-so-mot", "producer: co-so-mottt")
    done = site.run("check")
    assert "The product tranh-hai is gone" in done.err
    assert "There is no producer “co-so-mottt”" in done.err
    site.write("products/tranh-ba/product.yaml", "name: {vi: [}\n")
    assert "tranh-hai is gone" not in site.run("check").err, "it may be the one that can't be read, renamed"


def test_who_was_renamed_is_the_guess_for_links_to_the_old_id(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/buc-hoa/product.yaml
name: {vi: Bức họa}
formerly: [ten-cu]
--- products/tranh-mot/vi.md
Xem [bức họa](product:ten-cu).
""",
    )
    done = site.run("check")
    assert "vi.md:1:15: error: The link product:ten-cu leads nowhere." in done.err
    assert "Did you mean: buc-hoa" in done.err


def test_texts_are_checked_although_the_site_file_is_broken(tmp_path: Path) -> None:
    site = site_from(tmp_path, "--- site.yaml\nname: {vi: Trang thử\n--- products/tranh-mot/vi.md\n<b>đẹp</b>\n")
    done = site.run("check")
    assert "content/site.yaml:1:7: error: " in done.err
    assert "content/products/tranh-mot/vi.md:1:1: error: " in done.err
    assert "Nothing on the site uses this file" not in done.err


@pytest.mark.parametrize(
    "text",
    [
        "[tranh][1]\n\n[1]: product:khong-co",
        "[tranh](<product:khong-co>)",
        '[tranh](product:khong-co "tựa")',
        "- một\n\n    [tranh](product:khong-co)",
        "\\` [tranh](product:khong-co) \\`",
        "[tranh](Product:khong-co)",
        "[tranh](&#112;roduct:khong-co)",
        "[tranh]( product: )",
        "![tranh](product:khong-co)",
        "<product:khong-co>",
    ],
)
def test_no_way_of_writing_a_link_to_nothing_gets_through(text: str, tmp_path: Path) -> None:
    done = site_from(tmp_path, f"--- products/tranh-mot/vi.md\n{text}\n").run("check")
    assert done.code == 1, done.err
    assert "content/products/tranh-mot/vi.md:" in done.err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258", "latin-1"])
def test_other_encodings_are_told(encoding: str, tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.write("products/tranh-mot/vi.md", "Tranh lá\n".encode(encoding))
    assert "vi.md:1" in site.run("check").err
    assert "is not saved as UTF-8" in site.run("check").err


def test_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    before = site.files()
    for file in site.content.rglob("*"):
        if file.suffix in (".yaml", ".md"):
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert site.built().files() == before


def test_the_ledger_leads_no_page_out_of_the_output(tmp_path: Path) -> None:
    site = site_from(
        tmp_path, "--- permalinks.yaml\ncurrent: {}\nmoved:\n  vi/../../../ngoai.html: product:tranh-mot\n"
    )
    done = site.run("build")
    assert done.code == 1
    assert "permalinks.yaml:3:3: error: " in done.err


def test_empty_content_folder(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    done = site_from(tmp_path / "other").run("check", "--content", str(tmp_path / "content"))
    assert done.code == 1
    assert "site.yaml is missing" in done.err


def test_two_names_that_are_one_after_nfc(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.write("products/tranh-mot/photos/ảnh.jpg", b"")
    site.write("products/tranh-mot/photos/a\u0309nh.jpg", b"")
    assert "is the same as" in site.run("check").err


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_from(tmp_path)
    monkeypatch.setattr(scanning, "MOST_FILES", 5)
    done = site.run("check")
    assert done.code == 1
    assert "more than 5 files" in done.err


def test_wrong_commands_end_with_2(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for wrong in (["bild"], ["--as-of", "24/11/2026"], ["--base-url", "vi-du.vn"], ["--jobs", "0"], ["--lang", "fr"]):
        assert site.run(*wrong).code == 2, wrong
    assert "“mai”" in site.run("--as-of", "mai", "--lang", "vi").err
    assert site.run("--output", "content/output").code == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    assert site.run("--output", "mine").code == 2
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_strict_keeps_a_site_with_warnings_back(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    assert site.run("build", "--strict").code == 1
    assert not site.output.exists()
    assert site.run("build", "--strict", "--base-url", "https://vi-du.example/").code == 0

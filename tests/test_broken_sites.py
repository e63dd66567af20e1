"""Every problem, met by a tiny site that has it: the words that staff read, and nothing published."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnnt_site.reading import tree
from tests.broken import CODES, HERE, broken_site, told
from tests.harness.sites import site_from, snapshot


@pytest.mark.parametrize("code", CODES)
def test_problem_is_told_in_both_languages_and_keeps_the_old_site(code: str, tmp_path: Path) -> None:
    site, options = broken_site(code, tmp_path)
    (site.output).mkdir()
    (site.output / "site-manifest.txt").write_bytes(b"")
    (site.output / "index.html").write_bytes(b"as it was")
    before = snapshot(site.output)
    expected = (HERE / code / "expected.txt").read_text("utf-8")
    texts = []
    for lang in ("vi", "en"):
        done, text = told(code, site, ["--output", "elsewhere", *options], lang)
        texts.append(text)
        is_error = (": lỗi: " if lang == "vi" else ": error: ") in text
        assert done.code == (1 if is_error else 0), done.err
        if is_error:
            assert not (site.folder / "elsewhere").exists()
            assert told(code, site, options, lang)[0].code == 1
            assert snapshot(site.output) == before
    assert "\n\n".join(texts) + "\n" == expected


def test_all_problems_of_a_run_are_told_at_once(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
producer: co-so-mott
group: craft
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
--- products/tranh-bon/vi.md
Xem <script>alert(1)</script> [tranh](product:khong-co).
--- products/tranh-bon/photos/a.jpg picture JPEG CMYK 60x40
--- producers/co-so-hai/producer.yaml bytes
name: {vi: C\\xf4 so}
""",
    )
    done = site.run("check")
    assert done.code == 1
    for told_of in (
        "tranh-mot/product.yaml:2:1",
        "tranh-mot/product.yaml:3:1",
        "tranh-mot/product.yaml:5:5",
        "tranh-mot/product.yaml:7:5",
        "tranh-hai/product.yaml:1",
        "tranh-ba/product.yaml:1",
        "tranh-bon/vi.md:1:5",
        "tranh-bon/vi.md:1:39",
        "co-so-hai/producer.yaml:1",
    ):
        assert told_of in done.err, done.err


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
    monkeypatch.setattr(tree, "MOST_FILES", 5)
    done = site_from(tmp_path).run("check")
    assert done.code == 1
    assert "more than 5 files" in done.err


def test_wrong_commands_end_with_2(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for wrong in (["bild"], ["--as-of", "24/11/2026"], ["--base-url", "vi-du.vn"], ["--jobs", "0"], ["--lang", "fr"]):
        assert site.run(*wrong).code == 2, wrong
    assert "như 2026-11-24" in site.run("--as-of", "mai", "--lang", "vi").err.replace("dạng", "như")
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

"""How a run speaks and ends, whatever it was about."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnnt_site.building import publishing
from cnnt_site.cli import main
from tests.harness.sites import TinySite, site_from


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinySite:
    """A site to build from its own folder."""
    monkeypatch.chdir(tmp_path)
    return site_from(tmp_path)


def test_away_from_a_terminal_a_good_run_says_a_few_plain_lines(site: TinySite) -> None:
    done = site.run("build", "--base-url", "https://vi-du.example/")
    assert done.code == 0
    assert done.err == ""
    built, opened = done.out.splitlines()
    assert built.startswith("Built 1 products, ")
    assert opened == "Open it: output/index.html"
    assert built.isprintable()


@pytest.mark.parametrize(
    ("system", "asked", "said"),
    [
        ("vi_VN.UTF-8", [], "Mở để xem: output/index.html"),
        ("en_GB.UTF-8", [], "Open it: output/index.html"),
        ("C", [], "Open it: output/index.html"),
        ("en_GB.UTF-8", ["--lang", "vi"], "Mở để xem: output/index.html"),
        ("vi_VN.UTF-8", ["--lang=en"], "Open it: output/index.html"),
    ],
)
def test_it_speaks_the_language_asked_for_else_that_of_the_system(
    system: str,
    asked: list[str],
    said: str,
    site: TinySite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", system)
    assert main(asked) == 0
    assert said in capsys.readouterr().out


def test_a_fault_of_the_program_ends_with_3_and_is_not_put_on_the_content(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.built()
    before = site.files()

    def faulty(*_: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr(publishing, "publish", faulty)
    done = site.run("build", "--lang", "vi")
    assert done.code == 3
    assert done.err.startswith("Đây là lỗi của chính chương trình, không phải do nội dung.")
    assert "a wheel came off" in done.err
    assert site.files() == before

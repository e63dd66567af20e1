"""Builds with nothing to do start light and touch nothing; `why` says what would be made again and through what."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cnnt_site import blocks
from cnnt_site.building.making import Maker
from cnnt_site.building.memory import Memory
from cnnt_site.building.source import Files, Task
from cnnt_site.cli import PROJECT
from tests.harness.sites import TinySite, site_from, text_of

HEAVY = ("pydantic", "jinja2", "markdown", "PIL", "babel", "nh3")

RUN = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
from cnnt_site.cli import main
code = main(["build"])
print("heavy:", *[name for name in {HEAVY!r} if name in sys.modules])
sys.exit(code)
"""


def _heavy_modules(site: TinySite) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", RUN], cwd=site.folder, capture_output=True, text=True, check=True)
    said, _, heavy = done.stdout.partition("heavy:")
    return said, heavy.strip()


def _grow_old(site: TinySite) -> None:
    """Files as they are when nobody has just saved them: too young ones are always read."""
    for path in site.content.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000.5))


def test_a_build_with_nothing_to_do_loads_nothing_heavy(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    shutil.rmtree(site.folder / ".cache")
    _grow_old(site)
    first, heavy = _heavy_modules(site)
    assert set(heavy.split()) == set(HEAVY)
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    again, heavy = _heavy_modules(site)
    assert heavy == ""
    assert again.split("(")[0].split(" in ")[0] == first.split("(")[0].split(" in ")[0]
    assert "0 files new or changed" in again or "0 tệp mới" in again
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == before


def test_warnings_are_told_again_though_nothing_is_made(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    first, again = site.run(), site.run()
    assert "no sitemap" in first.err
    assert again.err == first.err


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of pages and pieces that are made, as they are made."""
    names: list[str] = []
    real = Maker.make

    def noted(maker: Maker, task: Task) -> Files:
        names.append(task.name)
        return real(maker, task)

    monkeypatch.setattr(Maker, "make", noted)
    return names


def test_a_renamed_product_has_only_its_own_pieces_made_again(tmp_path: Path, made: list[str]) -> None:
    site = site_from(tmp_path, "--- products/am-chen/product.yaml\nname: {vi: Ấm chén, en: Tea set}\n")
    site.run("build", "--base-url", "https://vi-du.example/")
    made.clear()
    site.edit("products/am-chen/product.yaml", "Tea set", "Teapot")
    site.run("build", "--base-url", "https://vi-du.example/")
    assert {name for name in made if "am-chen" in name} >= {"open-data product am-chen", "coded product am-chen"}
    assert not [name for name in made if name.endswith("product tranh-mot") or name.startswith("offline")]


def test_a_corrected_name_leaves_alone_what_only_counts(tmp_path: Path, made: list[str]) -> None:
    site = site_from(tmp_path, "--- products/am-chen/product.yaml\nname: {vi: Ấm chén, en: Tea set}\n").built()
    made.clear()
    site.edit("products/am-chen/product.yaml", "Ấm chén", "Ấm chén xanh")
    site.built()
    assert "Ấm chén xanh" in text_of(site.page("vi/san-pham/am-chen.html"))
    assert {"vi/san-pham/am-chen.html", "vi/tra-cuu.html", "open-data block "} <= set(made)
    counting = {"vi/so-lieu.html", "vi/co-so.html", "vi/nam.html", "vi/nam/2020.html", "open-data rest"}
    assert not counting & set(made)
    shutil.copytree(site.content, tmp_path / "clean" / "content")
    assert TinySite(tmp_path / "clean").built().files() == site.files()


def test_fragments_that_no_disk_keeps_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SIZE", 1)
    more = "--- products/am-chen/product.yaml\nname: {vi: Ấm chén, en: Tea set}\n"
    kept = site_from(tmp_path / "kept", more).built()
    monkeypatch.setattr(Memory, "fragment", lambda memory, address: None)
    assert site_from(tmp_path / "lost", more).built().files() == kept.files()
    kept.edit("products/am-chen/product.yaml", "Ấm chén", "Chén")
    kept.built()
    for file in ("data/products.json", "data/products.csv", "data/search/vi.js"):
        assert "Chén" in kept.files()[file].decode()


@pytest.mark.parametrize(
    ("id_", "old", "new", "own", "other"),
    [("ba", "Chè", "An", "", "/2"), ("nam", "Kẹo", "Nem", "/2", "")],
)
def test_a_product_that_moves_within_a_page_of_a_list_leaves_the_others(
    id_: str, old: str, new: str, own: str, other: str, tmp_path: Path, made: list[str]
) -> None:
    names = {"hai": "Bánh", "ba": "Chè", "bon": "Dừa", "nam": "Kẹo", "sau": "Mứt"}
    products = (
        f"--- products/{id_}/product.yaml\nname: {{vi: {name}}}\ngroup: crafts\n" for id_, name in names.items()
    )
    site = site_from(tmp_path, "".join(products))
    site.edit("products/ba/product.yaml", "group:", "certificates: [{level: district, year: 2019}]\ngroup:")
    site.edit("site.yaml", "updated:", "page_size: 3\nupdated:")
    site.built()
    made.clear()
    site.edit(f"products/{id_}/product.yaml", old, new)
    site.built()
    group, catalogue = "vi/nhom/thu-cong", "vi/tra-cuu"
    for first in (group, catalogue):
        assert new not in text_of(site.page(f"{first}{other}.html").find(".//main"))
        assert new in text_of(site.page(f"{first}{own}.html").find(".//main"))
    assert {name for name in made if name.startswith((group, catalogue))} == {
        f"{group}{own}.html",
        f"{catalogue}{own}.html",
    }


def test_why_names_the_record_that_changed(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    page = "output/vi/san-pham/tranh-mot.html"
    assert "stays as it is" in site.run("why", page).out
    site.write("products/tranh-mot/vi.md", "Chữ khác.\n")
    said = site.run("why", page).out
    assert "will be made again" in said
    assert said.split("\n")[1].strip() == "products/tranh-mot/vi.md"
    assert "stays as it is" in site.run("why", "en/index.html").out
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh đầu")
    for file in ("vi/index.html", "data/products.json", "data/search/vi.js"):  # the last two are put together
        assert "  products/tranh-mot/product.yaml\n" in site.run("why", file).out


def test_why_tells_where_a_file_of_the_content_is_shown(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    shown = site.run("why", "content/products/tranh-mot/product.yaml").out
    assert "vi/san-pham/tranh-mot.html" in shown
    assert "vi/nhom/thu-cong.html" in shown
    assert "vi/so-lieu.html" not in site.run("why", "content/products/tranh-mot/vi.md").out


def test_why_tells_of_pages_spoilt_and_pages_unknown(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    assert site.run("why", "vi/index.html").code == 1
    site.built()
    (site.output / "vi/index.html").write_text("!")
    assert "changed or is gone" in site.run("why", "vi/index.html").out
    assert site.run("why", "vi/khong-co.html").code == 1

"""Any province: an empty catalogue from one command, another country of levels and languages by content alone."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.desk.schemas import KNOWN
from cnnt_site.vietnamese import fold
from tests.harness.sites import TinySite, snapshot, text_of

ITS_OWN = (
    "dong thap",
    "dongthap",
    "tien giang",
    "dat sen",
    "cao lanh",
    "sa dec",
    "lap vo",
    "lai vung",
    "thap muoi",
    "go cong",
)
"""Names of the first province, its neighbour, its places and its showroom, as `fold` writes them."""

SOURCES = {".py", ".yaml", ".po", ".html", ".css", ".js", ".svg", ".json", ".md"}


def test_no_word_about_the_first_province_stands_in_the_program_or_its_themes() -> None:
    found = []
    for folder in ("cnnt_site", "themes", ".vscode/schemas"):
        for file in sorted((PROJECT / folder).rglob("*")):
            if file.suffix in SOURCES and "__pycache__" not in file.parts:
                words = re.sub("[^a-z0-9]+", " ", fold(_without_ids(file)))
                found += [
                    f"{file.relative_to(PROJECT)}: {name}" for name in ITS_OWN if re.search(rf"\b{name}\b", words)
                ]
    assert not found


def _without_ids(file: Path) -> str:
    """What a file says, without the ids of the content that `build.py editor` offers to editors."""
    text = file.read_text("utf-8")
    if not file.name.endswith(".schema.json"):
        return text
    said = json.loads(text)
    said["definitions"] = {name: part for name, part in said["definitions"].items() if not name.startswith(KNOWN)}
    return json.dumps(said, ensure_ascii=False)


def _started(folder: Path, *arguments: str) -> TinySite:
    site = TinySite(folder)
    folder.mkdir(parents=True, exist_ok=True)
    done = site.run("init", ".", "--updated", "2026-11-24", *arguments)
    assert done.code == 0, done.err
    return site


@pytest.mark.parametrize(
    ("name", "full", "english", "id_"),
    [
        ("An Giang", "tỉnh An Giang", "An Giang Province", "an-giang"),
        ("tỉnh  Đắk Lắk", "tỉnh Đắk Lắk", "Đắk Lắk Province", "dak-lak"),
        ("Thành phố Cần Thơ", "thành phố Cần Thơ", "Cần Thơ City", "can-tho"),
        ('Tên "lạ": #1', 'tỉnh Tên "lạ": #1', 'Tên "lạ": #1 Province', "ten-la-1"),
    ],
)
def test_an_empty_catalogue_is_valid_from_the_start(
    tmp_path: Path, name: str, full: str, english: str, id_: str
) -> None:
    site = _started(tmp_path / "Danh mục mới", "--province", name)
    checked = site.run("check")
    assert checked.code == 0, checked.err
    assert {"no-products", "no-base-address"} >= set(re.findall("no-[a-z-]+", checked.err))
    site.built()
    page = site.page(f"vi/dia-ban/{id_}.html")
    assert text_of(page.find(".//h1")).lower() == full.lower()
    assert text_of(site.page(f"en/places/{id_}.html").find(".//h1")) == english
    assert (site.folder / ".vscode/settings.json").exists()


def test_a_person_is_asked_for_the_province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = TinySite(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("tỉnh Lâm Đồng\n\nHoa xứ lạnh\n"))
    assert site.run("init", "moi", "--lang", "vi").code == 0
    text = (tmp_path / "moi/content/site.yaml").read_text("utf-8")
    assert "  vi: Hoa xứ lạnh\n" in text
    assert "# Ngày của dữ liệu" in text


def test_content_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    site = _started(tmp_path, "--province", "An Giang")
    before = snapshot(site.content)
    assert site.run("init", ".", "--province", "Cà Mau").code == 2
    assert site.run("init", "khac", "--province", "…").code == 2
    assert snapshot(site.content) == before
    assert not (tmp_path / "khac").exists()


SECOND_PROVINCE = """\
--- taxonomies/programmes.yaml
sao-vang:
  name: {vi: Sao vàng làng nghề, en: Village gold star, fr: Étoile d’or des villages}
  short: {vi: Sao vàng, en: Gold star, fr: Étoile d’or}
--- taxonomies/levels.yaml
mot-sao:
  programme: sao-vang
  step: 1
  label: {vi: Một sao, en: One star, fr: Une étoile}
  slug: {vi: mot-sao, en: one-star, fr: une-etoile}
ba-sao:
  programme: sao-vang
  step: 3
  label: {vi: Ba sao, en: Three stars, fr: Trois étoiles}
  slug: {vi: ba-sao, en: three-stars, fr: trois-etoiles}
--- taxonomies/product-groups.yaml
det:
  label: {vi: Hàng dệt, en: Textiles, fr: Textiles}
  slug: {vi: hang-det, en: textiles, fr: textiles}
--- places/communes.yaml
lam-dong/xa-moi:
  province: lam-dong
  name: {vi: xã Mới, en: Mới Commune, fr: commune de Mới}
--- producers/nha-det/producer.yaml
name: {vi: Nhà dệt, en: Weaving house, fr: Maison de tissage}
place: {province: lam-dong}
place_now: lam-dong/xa-moi
--- products/khan-tho-cam/product.yaml
name: {vi: Khăn thổ cẩm, en: Brocade scarf, fr: Écharpe de brocart}
producer: nha-det
group: det
certificates:
  - {level: ba-sao, year: 2026}
--- products/tui-tho-cam/product.yaml
name: {vi: Túi thổ cẩm, en: Brocade bag}
producer: nha-det
group: det
"""


def _in_french(folder: Path) -> None:
    """Words for a third language: those of English, told apart by a mark."""
    shutil.copytree(PROJECT / "themes", folder / "themes")
    for english in (folder / "themes").glob("*/words/en.po"):
        text = english.read_text("utf-8").replace("Language: en", "Language: fr")
        english.with_name("fr.po").write_text(text, "utf-8")


def test_other_levels_other_groups_a_third_language_and_no_districts_need_no_code(tmp_path: Path) -> None:
    site = _started(tmp_path, "--province", "Lâm Đồng", "--title", "Hoa xứ lạnh")
    site.edit("site.yaml", "  - en\n", "  - en\n  - fr\n")
    site.edit("site.yaml", "programme: cnnt", "programme: sao-vang\nsections: {products: {fr: produits}}")
    site.lay(SECOND_PROVINCE)
    _in_french(tmp_path)
    assert not (site.content / "places/districts.yaml").exists()
    checked = site.run("check")
    assert checked.code == 0, checked.err
    site.built()
    french = site.page("fr/produits/echarpe-de-brocart.html")
    assert french.get("lang") == "fr"
    assert text_of(french.find(".//h1")) == "Écharpe de brocart"
    assert "Trois étoiles" in text_of(french.find(".//main"))
    assert "Khăn thổ cẩm" in text_of(site.page("vi/cap/ba-sao.html").find(".//main"))
    assert "Brocade scarf" in text_of(site.page("en/groups/textiles.html").find(".//main"))
    assert "Khăn thổ cẩm" in text_of(site.page("vi/dia-ban/lam-dong/xa-moi.html").find(".//main"))
    pages = [data for path, data in site.files().items() if path.endswith((".html", ".json", ".js", ".xml"))]
    words = " ".join(fold(page.decode("utf-8")) for page in pages)
    assert not [name for name in ITS_OWN if re.search(rf"\b{name}\b", words)]

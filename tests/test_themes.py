"""Themes: the contract as documented, a province's own look from a few files, words without gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cnnt_site.cli import PROJECT
from cnnt_site.desk import theme_contract
from tests.harness.sites import site_from, text_of

THEMES = PROJECT / "themes"


def test_the_contract_is_written_down() -> None:
    written = (THEMES / "README.md").read_text("utf-8")
    assert written == theme_contract.text(), "run: python -m cnnt_site.desk.theme_contract > themes/README.md"


def test_every_template_of_the_contract_is_there() -> None:
    wanted = set(re.findall(r"^### `([a-z_]+\.html)`", theme_contract.text(), re.M))
    assert wanted <= {path.name for path in (THEMES / "base/templates").glob("*.html")}
    assert len(wanted) >= 20


def _words(path: Path) -> dict[str, tuple[str, ...]]:
    with path.open("rb") as opened:
        catalogue = read_po(opened, locale=path.stem)
    found = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


@pytest.mark.parametrize("theme", ["base", "showroom", "phu-sa"])
def test_both_languages_have_the_same_words_with_the_same_gaps(theme: str) -> None:
    files = [THEMES / theme / "words" / f"{lang}.po" for lang in ("vi", "en")]
    if not any(path.exists() for path in files):
        assert theme != "base"
        return
    vi, en = (_words(path) for path in files)
    assert set(vi) == set(en)
    for key in vi:
        gaps = [set(re.findall(r"\{(\w+)\}", " ".join(forms))) for forms in (vi[key], en[key])]
        assert gaps[0] == gaps[1], key


def test_no_word_of_the_themes_names_a_province() -> None:
    for path in THEMES.rglob("*.po"):
        assert "Đồng Tháp" not in path.read_text("utf-8"), path


def test_a_small_theme_restyles_everything_and_keeps_the_rest(tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--theme", "phu-sa")
    style = next((site.output / "assets").glob("site-*.css")).read_text("utf-8")
    assert "#8a2f16" in style
    assert "Bậc công nhận" in text_of(site.page("vi/index.html").find(".//main"))
    assert "Tranh một" in text_of(site.page("vi/san-pham/tranh-mot.html").find(".//h1"))


def test_a_template_may_ask_whether_there_is_something(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- themes/showroom/templates/saving.html
{% include "base/saving.html" %}
<p class="asked">{{ view.nothing is defined }} {{ view.nothing|default("không có") }}</p>
""",
    ).built()
    page = site.page("vi/index.html")
    assert text_of(page.find(".//p[@class='asked']")) == "False không có"
    assert page.find(".//template[@id='save-template']") is not None


def test_a_parents_template_can_be_extended(tmp_path: Path) -> None:
    site = site_from(
        tmp_path,
        """\
--- themes/showroom/templates/home.html
{% extends "base/home.html" %}
{% block main %}
{{ super() }}
<p>Lời chào riêng.</p>
{% endblock %}
""",
    ).built()
    home = text_of(site.page("vi/index.html").find(".//main"))
    assert home.endswith("Lời chào riêng.")
    assert "Tranh một" in home


def test_styles_find_their_pictures_by_their_published_names(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    style = next((site.output / "assets").glob("site-*.css")).read_text("utf-8")
    assert "url(band.svg)" not in style
    for name in re.findall(r"url\(([^)#\"]+)\)", style):
        assert (site.output / "assets" / name).is_file(), name
    assert 'url("data:image/svg+xml,%3Csvg' in style


def test_a_theme_adds_to_the_styles_of_a_page(tmp_path: Path) -> None:
    site = site_from(tmp_path, "--- themes/showroom/assets/product.css\n.eigen { color: red; }\n").built()
    page = (site.output / "vi/san-pham/tranh-mot.html").read_text("utf-8")
    style = (site.output / "assets" / re.findall(r"assets/(product-\w+\.css)", page)[0]).read_text("utf-8")
    assert ".gallery" in style
    assert style.rstrip().endswith("color: red; }")


def test_large_type_takes_no_compound_and_no_measure_apart(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "name: {vi: Tranh một", "name: {vi: Bộ sản phẩm tiêu biểu 12 món")
    page = next((site.built().output / "vi/san-pham").glob("*.html")).read_text("utf-8")
    assert "<h1>Bộ sản\u00a0phẩm tiêu\u00a0biểu 12\u00a0món</h1>" in page

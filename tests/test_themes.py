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


def test_text_colours_keep_their_contrast() -> None:
    """The inks of every theme on its grounds, light and dark: 4.5 to 1 at least, 7 to 1 for running text."""
    base = _properties((THEMES / "base/assets/base.css").read_text("utf-8").split("@media")[0])
    for path in (THEMES / "showroom/assets/tokens.css", THEMES / "phu-sa/assets/phu-sa.css"):
        text = path.read_text("utf-8")
        light = base | _properties(text.split("@media")[0])
        dark = light | _properties(text.split("prefers-color-scheme: dark")[1])
        for scheme in (light, dark):
            for ground in ("paper", "surface"):
                assert _contrast(scheme["ink"], scheme[ground]) >= 7, (path.name, ground)
                for ink in ("ink-2", "water", "lotus", "leaf", "straw-ink", "clay"):
                    assert _contrast(scheme[ink], scheme[ground]) >= 4.5, (path.name, ink, ground)
                assert _contrast(scheme["control"], scheme[ground]) >= 3, (path.name, "control", ground)
            for tint in ("tint-lotus", "tint-leaf", "tint-straw", "tint-water"):
                assert _contrast(scheme["ink"], scheme[tint]) >= 7, (path.name, tint)
            for ink, ground in (("cream", "deep"), ("mist", "deep"), ("gold", "deep"), ("on-water", "water")):
                assert _contrast(scheme[ink], scheme[ground]) >= 4.5, (path.name, ink, ground)
            for step in (1, 2, 3):
                assert _contrast(scheme["map-ink"], scheme[f"map-{step}"]) >= 4.5, (path.name, step)
            assert _contrast(scheme["map-ink-4"], scheme["map-4"]) >= 4.5, path.name


def _properties(style: str) -> dict[str, str]:
    found = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", style))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in found.items()
    }


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours."""
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_large_type_takes_no_compound_and_no_measure_apart(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "name: {vi: Tranh một", "name: {vi: Bộ sản phẩm tiêu biểu 12 món")
    page = next((site.built().output / "vi/san-pham").glob("*.html")).read_text("utf-8")
    assert "<h1>Bộ sản\u00a0phẩm tiêu\u00a0biểu 12\u00a0món</h1>" in page

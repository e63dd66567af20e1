"""`build.py new`: asked or given, a new record passes `check`, never collides, and nothing is half-made."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.harness.sites import Run, TinySite, parse, site_from, snapshot, text_of


def _typed(site: TinySite, monkeypatch: pytest.MonkeyPatch, what: str, *lines: str, lang: str = "vi") -> Run:
    """Runs `new` for somebody who types these lines."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return site.run("new", what, "--lang", lang)


@pytest.mark.parametrize(
    ("arguments", "page", "shown"),
    [
        (
            ("product", "--name", "Chiếu lác Định Yên", "--producer", "co-so-mot"),
            "vi/san-pham/chieu-lac-dinh-yen.html",
            "Chiếu lác",
        ),
        (
            ("product", "--name", "Nón lá", "--year", "2019", "--number", "007"),  # no source tells the level
            "vi/san-pham/non-la.html",
            "007",
        ),
        (
            ("producer", "--name", "Hợp tác xã Định Yên", "--form", "household"),
            "vi/co-so/hop-tac-xa-dinh-yen.html",
            "Định Yên",
        ),
        (
            ("fair", "--name", "Hội chợ 2026", "--start", "2026-10", "--end", "2026-10-05"),
            "vi/hoi-cho/hoi-cho-2026.html",
            "10/2026",
        ),
        (("page", "--name", "Cách gửi hàng", "--menu", "about"), "vi/cach-gui-hang.html", "Cách gửi hàng"),
    ],
)
def test_a_new_record_given_in_options_passes_check_and_has_its_page(
    tmp_path: Path, arguments: tuple[str, ...], page: str, shown: str
) -> None:
    site = site_from(tmp_path)
    done = site.run("new", *arguments)
    assert done.code == 0, done.err
    checked = site.run("check")
    assert checked.code == 0, checked.err
    assert checked.err.count("This file is empty") == 2  # what is still missing: its texts
    assert shown in text_of(site.built().page(page).find(".//main"))


def test_every_field_stands_in_the_new_file_with_its_explanation(tmp_path: Path) -> None:
    from cnnt_site.desk.fields import described, fields_of
    from cnnt_site.model.product import Product

    site = site_from(tmp_path)
    site.run(
        "new",
        "product",
        "--name",
        "Khăn rằn",
        "--level",
        "Cấp tỉnh",
        "--year",
        "2020",
        "--number",
        "007",
        "--lang",
        "vi",
    )
    text = (site.content / "products/khan-ran/product.yaml").read_text("utf-8")
    for field in fields_of(Product):
        assert f"# {described(field.words, 'vi').label}. " in text
        assert f"{field.name}:" in text
    assert 'level: province\n    year: 2020\n    number: "007"' in text


def test_a_person_is_asked_step_by_step_and_may_mistype(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_from(tmp_path)
    lines = [
        "",
        "Tranh một",
        "Picture",
        "không rõ",
        "CO SO MOT",
        "1",
        "tỉnh",
        "20",
        "2021",
        "",
        "",
        "Tranh!",
        "tranh-mot",
        "",
        "",
    ]
    done = _typed(site, monkeypatch, "product", *lines)
    assert done.code == 0, done.err
    assert "\nKhông có mục nào là “không rõ”" in done.err
    assert "“20” không phải một năm" in done.err
    assert "“Tranh!” không dùng làm mã được" in done.err
    assert "Mã “tranh-mot” đã có rồi. Có phải bạn định viết: tranh-mot-co-so-mot" in done.err
    assert "đã có một mục cùng tên, mã “tranh-mot”" in done.err
    text = (site.content / "products/tranh-mot-co-so-mot/product.yaml").read_text("utf-8")
    assert "producer: co-so-mot\n" in text
    assert "group: crafts\n" in text
    assert "slug:\n  vi: tranh-mot-co-so-mot\n  en: picture\n" in text
    assert site.run("check").code == 0


@pytest.mark.parametrize("lines", [(), ("Tranh hai", "", "", "", "", "", "", "", "", "k")])
def test_who_stops_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    site = site_from(tmp_path)
    before = snapshot(site.content)
    done = _typed(site, monkeypatch, "product", *lines)
    assert done.code == 1
    assert "Đã dừng." in done.out + done.err
    assert snapshot(site.content) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--name", "Tranh", "--id", "tranh-mot"), "taken"),
        (("--name", "Tranh", "--id", "Tranh Mới"), "can't be an id"),
        (("--name", "Tranh", "--id", "con"), "Windows"),
        (("--name", "Tranh", "--id", "tranh-cu"), "once"),
        (("--name", "Tranh", "--producer", "co-so-mott"), "Did you mean: co-so-mot"),
        (("--name", "Tranh", "--year", "hai nghìn"), "--year"),
        (("--name", "Tranh", "--name-in", "fr=Image"), "fr"),
        (("--name", "   "), "--name-vi"),
    ],
)
def test_what_collides_or_cannot_be_is_refused(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nformerly: [tranh-cu]")
    before = snapshot(site.content)
    refused = site.run("new", "product", *arguments)
    assert refused.code == 2
    assert told in refused.err
    assert snapshot(site.content) == before


def test_proposals_avoid_windows_names_old_addresses_and_one_another(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    for _ in range(2):
        assert site.run("new", "producer", "--name", "Con").code == 0
    for _ in range(2):
        assert site.run("new", "product", "--name", "Tranh một", "--name-in", "en=Painting one").code == 0
    assert {folder.name for folder in (site.content / "producers").iterdir()} == {"co-so-mot", "con-2", "con-3"}
    assert {folder.name for folder in (site.content / "products").iterdir()} == {
        "tranh-mot",
        "tranh-mot-2",
        "tranh-mot-3",
    }
    checked = site.run("check", "--locked")
    assert "address" not in checked.err.replace("full address", "")
    site.built()
    assert parse((site.output / "vi/san-pham/tranh-mot-3.html").read_bytes()) is not None


def test_without_a_site_it_says_what_to_do_first(tmp_path: Path) -> None:
    site = site_from(tmp_path, "--- site.yaml remove\n")
    refused = site.run("new", "product", "--name", "Tranh", "--lang", "vi")
    assert refused.code == 1
    assert "build.py check" in refused.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new",), "còn thiếu record"),
        (("new", "san-pham"), "record không nhận “san-pham”; chọn một trong: product, producer, fair, page"),
        (("check", "--as-off", "2026-01-01"), "không có lựa chọn --as-off 2026-01-01. Có phải bạn định viết: --as-of"),
        (("check", "--days"), "--days cần một giá trị viết ngay sau nó"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    refused = site_from(tmp_path).run(arguments[0], "--lang", "vi", *arguments[1:])
    assert refused.code == 2
    assert told in refused.err

"""Short codes: every product, fair and round has one, it scans, and it is nobody else's ever after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from cnnt_site.addresses import codes
from tests.harness import servers
from tests.harness.browser import launched
from tests.harness.codes import read_drawing
from tests.harness.sites import TinySite, site_from, text_of

BASE = "https://gian-trung-bay.vi-du.vn/"
FAIR = "--- fairs/hoi-cho/fair.yaml\nname: {vi: Hội chợ thử, en: Trial fair}\nstart: 2026-12-01\n"


def _codes(site: TinySite) -> dict[str, str]:
    """The short codes in the ledger by what they stand for; moved ones too."""
    ledger = yaml.safe_load((site.content / "permalinks.yaml").read_text("utf-8"))
    addresses = {**ledger["moved"], **ledger["current"]}
    return {key.removeprefix("code:"): at for at, key in addresses.items() if key.startswith("code:")}


def _product(name: str) -> str:
    return f"--- products/{name}/product.yaml\nname: {{vi: {name}}}\n"


def test_everything_on_cards_has_a_code_that_can_be_typed(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built()
    assert set(_codes(site)) == {"product/tranh-mot", "fair/hoi-cho", "level-year/province/2020"}
    for address in _codes(site).values():
        assert re.fullmatch(f"p/[{codes.ALPHABET}]{{4}}\\.html", address)
    product = site.page("vi/san-pham/tranh-mot.html")
    assert f"p/{text_of(product.find('.//dd//code'))}.html" == _codes(site)["product/tranh-mot"]


def test_the_page_at_a_code_is_the_permanent_page(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built()
    code = _codes(site)
    files = site.files()
    assert files[code["product/tranh-mot"]] == files["p/tranh-mot.html"]
    fair = site.page(code["fair/hoi-cho"])
    assert [a.get("href") for a in fair.iter("a") if a.get("hreflang")] == [
        "../vi/hoi-cho/hoi-cho-thu.html",
        "../en/fairs/trial-fair.html",
    ]
    assert "01/12/2026" in text_of(fair)
    assert "Cấp tỉnh, năm 2020" in text_of(site.page(code["level-year/province/2020"]))


def test_every_qr_code_says_the_address_of_its_page(tmp_path: Path) -> None:
    site = site_from(tmp_path, FAIR).built("--base-url", BASE)
    for address in _codes(site).values():
        drawing = (site.output / address).with_suffix(".svg").read_bytes()
        assert read_drawing(drawing) == [BASE + address]
        modules = int(re.findall(rb'viewBox="0 0 (\d+) ', drawing)[0]) - 8
        assert 25 <= modules <= 33, "too fine for a phone at arm's length"


def test_without_a_base_address_there_is_no_qr_code(tmp_path: Path) -> None:
    assert not [path for path in site_from(tmp_path).built().files() if path.startswith("p/") and path.endswith("svg")]


def test_a_code_stays_with_its_product_through_renames(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    code = _codes(site)["product/tranh-mot"]
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh khác hẳn")
    (site.content / "products/tranh-mot").rename(site.content / "products/tranh-khac")
    site.edit("products/tranh-khac/product.yaml", "producer: co-so-mot", "producer: co-so-mot\nformerly: [tranh-mot]")
    assert _codes(site.built())["product/tranh-khac"] == code
    (site.content / "products/tranh-khac").rename(site.content / "products/tranh-la")  # its name tells who it is
    assert _codes(site.built())["product/tranh-la"] == code
    assert b"tranh-khac-han" in (site.output / code).read_bytes()


def test_a_withdrawn_product_keeps_its_code(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    code = _codes(site)["product/tranh-mot"]
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nwithdrawn: {date: 2026-11-01}")
    site.built()
    assert "đã rời trang trưng bày" in text_of(site.page(code))
    assert _codes(site)["product/tranh-mot"] == code


def test_the_list_of_a_round_that_is_gone_leads_to_its_level(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    code = _codes(site)["level-year/province/2020"]
    site.edit("products/tranh-mot/product.yaml", "year: 2020", "year: 2021")
    site.built()
    assert any(a.get("href") == "../vi/cap/tinh.html" for a in site.page(code).iter("a"))


def test_codes_differ_and_keep_when_they_run_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one sign instead of four, collisions are the rule."""
    monkeypatch.setattr(codes, "LENGTH", 1)
    first = [f"tranh-{letter}" for letter in "abcdefghij"]
    site = site_from(tmp_path, "".join(map(_product, first))).built()
    before = _codes(site)
    assert len(set(before.values())) == len(before) == 12
    for name in ("am-chen", "zam"):
        site.lay(_product(name))
    after = _codes(site.built())
    assert {key: after[key] for key in before} == before
    assert len(set(after.values())) == len(after) == 14


def test_a_code_is_never_given_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "LENGTH", 1)
    site = site_from(tmp_path).built()
    owners: dict[str, str] = {}
    for year in range(2020, 2028):
        site.edit("products/tranh-mot/product.yaml", "year: 20", f"year: {year} #")
        for key, address in _codes(site.built()).items():
            assert owners.setdefault(address, key) == key
    assert len(owners) == 9


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "gian/trung-bay/"])
def test_a_code_may_be_typed_as_people_type(path: str, tmp_path: Path) -> None:
    """In capitals, without the ending, with a space or a full stop, without its folder; a wrong one is told."""
    site = site_from(tmp_path, FAIR).built("--base-url", f"https://vi-du.example/{path}")
    code = _codes(site)["fair/hoi-cho"].removeprefix("p/").removesuffix(".html")
    ways = [f"p/{code}", f"P/{code.upper()}.HTML", f"p/{code.capitalize()}.htm", code, code.upper()]
    ways += [f"p/{code}.html.", f"p/{code[:2]}%20{code[2:]}.html", f"p/{code}/"]
    with launched() as browser, servers.served("nginx", site.output, path=path) as root:
        page = browser.new_page()
        for way in (*ways, "P/Tranh-Mot.html"):
            page.goto(root + way)
            meant = "tranh-mot" if "ranh" in way else code
            page.wait_for_url(f"{root}p/{meant}.html", timeout=5000)
            assert page.locator(".page-permalink").count() == 1
        for wrong in ("p/0000.html", "P/AAAA", "vi/P/x.html"):
            page.goto(root + wrong)
            page.wait_for_load_state("networkidle")
            assert page.locator(".page-not-found").count() == 1

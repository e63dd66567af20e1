"""Lists that stand on several pages: levels, years, places and programmes, as long as a catalogue grows."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from cnnt_site.pages import place
from cnnt_site.pages.listing import offered
from cnnt_site.vietnamese import slug
from tests.harness.sites import TinySite, site_from, text_of

STARS = """\
--- taxonomies/programmes.yaml
cnnt:
  name: {vi: Chương trình thử, en: Trial programme}
  short: {vi: CNNT, en: CNNT}
ocop:
  name: {vi: Chương trình sao, en: Star programme}
  short: {vi: OCOP, en: OCOP}
  slug: {vi: ocop, en: ocop}
--- taxonomies/levels.yaml
district:
  programme: cnnt
  step: 1
  label: {vi: Cấp huyện, en: District level}
  slug: {vi: huyen, en: district}
province:
  programme: cnnt
  step: 2
  label: {vi: Cấp tỉnh, en: Provincial level}
  slug: {vi: tinh, en: province}
three:
  programme: ocop
  step: 3
  label: {vi: Ba sao, en: Three stars}
  slug: {vi: ba-sao, en: three-stars}
"""

PRODUCTS = {
    "Áo": "[{level: province, year: 2020}, {level: three}]",
    "Bánh": "[{level: province, year: 2020}, {level: province, year: 2021}, {level: three}]",
    "Chè": "[{level: district, year: 2020}, {programme: ocop}]",
    "Dừa": "[{level: province}, {level: district, year: 2020}, {level: three}]",
    "Kẹo": "[{programme: cnnt, year: 2020}]",
}
"""Products by their names, with their certificates; the site has `Tranh một` (province, 2020) beside them."""

LISTS = {
    "vi/cap/tinh": [["2021", "Bánh", "2020", "Áo"], ["2020", "Bánh", "Tranh một"], ["Chưa rõ năm", "Dừa"]],
    "vi/cap/huyen": [["2020", "Chè", "Dừa"]],
    "vi/nam/2020": [
        ["Cấp tỉnh", "Áo", "Bánh"],
        ["Cấp tỉnh", "Tranh một", "Cấp huyện", "Chè"],
        ["Cấp huyện", "Dừa", "Chưa rõ cấp", "Kẹo"],
    ],
    "vi/chuong-trinh/ocop": [["Ba sao", "Áo", "Bánh"], ["Ba sao", "Dừa", "Chưa rõ cấp", "Chè"]],
    "vi/dia-ban/tinh-thu": [["Áo", "Bánh"], ["Chè", "Dừa"], ["Kẹo", "Tranh một"]],
    "vi/dia-ban/tinh-thu/huyen-mot": [["Áo", "Bánh"], ["Chè", "Dừa"], ["Kẹo", "Tranh một"]],
    "vi/nhom/thu-cong": [["Tranh một"]],
}
"""What the pages of lists show, two products each: headings and names."""


def _site(folder: Path, size: int = 2) -> TinySite:
    products = "".join(
        f"--- products/{slug(name)}/product.yaml\nname: {{vi: {name}, en: {name}}}\nproducer: co-so-mot\n"
        f"certificates: {papers}\n"
        for name, papers in PRODUCTS.items()
    )
    site = site_from(folder, STARS + products)
    site.edit("site.yaml", "updated:", f"page_size: {size}\nupdated:")
    return site


def _page(first: str, number: int) -> str:
    return f"{first}.html" if number == 1 else f"{first}/{number}.html"


def _told(site: TinySite, page: str) -> list[str]:
    """The headings below the title and the names on cards, in their order."""
    main = site.page(page).find(".//main")
    assert main is not None
    known = {*PRODUCTS, *chain.from_iterable(chain.from_iterable(LISTS.values()))}
    found = (text_of(heading) for heading in main.iter() if heading.tag in ("h2", "h3"))
    return [text for text in found if text in known]


@pytest.mark.parametrize("first", LISTS)
def test_a_long_list_goes_on_from_page_to_page(first: str, tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", "https://vi-du.example/")
    pages = [_page(first, number) for number in range(1, len(LISTS[first]) + 1)]
    assert [_told(site, page) for page in pages] == LISTS[first]
    assert not (site.output / _page(first, len(pages) + 1)).exists()
    following = {link.get("href") for link in site.page(pages[0]).iter("a") if link.get("rel") == "next"}
    assert (f"{first.rpartition('/')[2]}/2.html" in following) == (len(pages) > 1)


def test_a_later_page_is_itself_and_leads_back(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", "https://vi-du.example/")
    page = site.page("vi/cap/tinh/2.html")
    assert text_of(page.find(".//h1")) == "Cấp tỉnh, trang 2"
    assert text_of(page.find(".//title")).startswith("Cấp tỉnh, trang 2 · ")
    links = {link.get("rel"): link.get("href") for link in page.iter("link") if not link.get("hreflang")}
    assert links["canonical"] == "https://vi-du.example/vi/cap/tinh/2.html"
    assert "https://vi-du.example/vi/cap/tinh/2.html" in (site.output / "sitemap.xml").read_text("utf-8")
    assert "../tinh.html" in {link.get("href") for link in page.iter("a")}
    assert site.page("vi/cap/tinh.html").find(".//ol[@class='bare pond']") is not None
    assert page.find(".//ol[@class='bare pond']") is None


def test_a_list_that_becomes_shorter_redirects_its_last_pages(tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    site.edit("site.yaml", "page_size: 2", "page_size: 24")
    site.built()
    for first, pages in LISTS.items():
        for number in range(2, len(pages) + 1):
            link = next(site.page(_page(first, number)).iter("a"))
            assert link.get("href") == f"../{first.rpartition('/')[2]}.html"


def test_a_place_with_very_many_producers_leads_to_the_list_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _site(tmp_path).built()
    main = site.page("vi/dia-ban/tinh-thu.html").find(".//main")
    assert main is not None
    assert "../co-so/co-so-mot.html" in {link.get("href") for link in main.iter("a")}
    monkeypatch.setattr(place, "MOST_PRODUCERS", 0)
    site.edit("places/provinces.yaml", "name: {vi: tỉnh Thử", "name: {vi: tỉnh Khác")
    site.built()
    main = site.page("vi/dia-ban/tinh-thu.html").find(".//main")
    assert main is not None
    links = {link.get("href") for link in main.iter("a")}
    assert "../co-so.html" in links
    assert "../co-so/co-so-mot.html" not in links


def test_a_page_of_hundreds_offers_those_near_and_round_ones() -> None:
    assert list(offered(3, 12)) == list(range(1, 13))
    assert list(offered(57, 209)) == [1, 10, 20, 30, 40, 50, 55, 56, 57, 58, 59, 60, 70, 80, 90, 100, 200, 209]

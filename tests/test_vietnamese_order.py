"""Every list of a site stands in the order of the Vietnamese alphabet."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from tests.harness.sites import TinySite, site_from, text_of

IN_ORDER = ["An nam", "Áo tơi", "Ăn vặt", "Ấm chén", "Dưa", "Đũa tre", "Êm", "Ô mai", "Ớt", "Ủ rượu", "Zèng"]
"""Letters count before tones, ă â đ ê ô ơ ư are letters of their own: no order of code points is this one."""


def test_products_producers_and_places_stand_in_vietnamese_order(tmp_path: Path) -> None:
    site = _site_of_these_names(tmp_path)
    for address in ("vi/nhom/thu-cong.html", "en/groups/handicrafts.html", "vi/tra-cuu.html", "vi/co-so.html"):
        assert _named_in(site.page(address)) == IN_ORDER, address
    districts_and_communes = _named_in(site.page("vi/dia-ban.html"))[-2 * len(IN_ORDER) :]
    assert districts_and_communes == [*IN_ORDER, *IN_ORDER]


def _site_of_these_names(folder: Path) -> TinySite:
    """A site whose only products, producers, districts and communes bear these names, in another order."""
    site = site_from(folder)
    site.lay("".join(f"--- products/tranh-mot/{file} remove\n" for file in ("product.yaml", "vi.md", "en.md")))
    districts = "tinh-thu/huyen-mot: {province: tinh-thu, name: {vi: Một}, short: {vi: Một}}\n"
    communes = ""
    for number, name in enumerate(sorted(IN_ORDER, reverse=True)):
        site.write(f"products/a{number}/product.yaml", f"name: {{vi: {name}}}\ngroup: crafts\n")
        site.write(f"producers/a{number}/producer.yaml", f"name: {{vi: {name}}}\n")
        districts += f"tinh-thu/h{number}: {{province: tinh-thu, name: {{vi: {name}}}, short: {{vi: {name}}}}}\n"
        communes += f"tinh-thu/x{number}: {{province: tinh-thu, name: {{vi: {name}}}}}\n"
    site.write("places/districts.yaml", districts)
    site.write("places/communes.yaml", communes)
    return site.built()


def _named_in(page: Element) -> list[str]:
    """Those of the names that links of the page's main part bear."""
    main = page.find(".//main")
    assert main is not None
    return [text_of(link) for link in main.iter("a") if text_of(link) in IN_ORDER]

"""Searching and narrowing as visitors do it: in a real browser, from a folder on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.harness.browser import launched, watched
from tests.harness.sites import TinySite, site_from

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

LISTS = """\
--- taxonomies/programmes.yaml
cnnt:
  name: {vi: Chương trình thử, en: Trial programme}
  short: {vi: CNNT, en: CNNT}
ocop:
  name: {vi: Mỗi xã một sản phẩm, en: One Commune One Product}
  short: {vi: OCOP, en: OCOP}
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
ocop-4:
  programme: ocop
  step: 4
  label: {vi: OCOP 4 sao, en: OCOP 4 stars}
  slug: {vi: ocop-4-sao, en: ocop-4-stars}
--- taxonomies/product-groups.yaml
crafts:
  label: {vi: Thủ công mỹ nghệ, en: Handicrafts}
  slug: {vi: thu-cong, en: handicrafts}
food:
  label: {vi: Thực phẩm, en: Food}
  slug: {vi: thuc-pham, en: food}
--- places/districts.yaml
tinh-thu/huyen-mot:
  province: tinh-thu
  name: {vi: huyện Một, en: Một District}
  short: {vi: Một, en: Một}
tinh-thu/huyen-hai:
  province: tinh-thu
  name: {vi: huyện Sen Hồng, en: Sen Hồng District}
  short: {vi: Sen Hồng, en: Sen Hồng}
--- producers/bay-nghia/producer.yaml
name: {vi: Cơ sở Bảy Nghĩa, en: Bảy Nghĩa Workshop}
kind: household
place: {district: tinh-thu/huyen-hai}
"""

PRODUCTS = (
    (
        "tranh-sen",
        "Tranh lá sen",
        "Lotus leaf painting",
        "bay-nghia",
        "crafts",
        (("district", 2019), ("province", 2020)),
    ),
    ("chieu", "Chiếu lác", "Sedge mat", "co-so-mot", "crafts", (("district", 2020),)),
    ("hu-tieu", "Hủ tiếu bột gạo", "Rice noodles", "co-so-mot", "food", (("province", 2022), ("ocop-4", 2023))),
    ("tra-sen", "Trà ướp sen", "Lotus tea", "bay-nghia", "food", (("ocop-4", 2021),)),
    ("keo-dua", "Kẹo dừa", "Coconut candy", "co-so-mot", "food", (("district", 2018),)),
    ("mut-dua", "Mứt dứa", "Pineapple jam", "co-so-mot", "food", ()),
)
"""Products: id, name in both languages, producer, group, certificates; beside them the painting of the harness."""


def sections() -> str:
    told = [LISTS]
    for id_, name, english, producer, group, papers in PRODUCTS:
        listed = "".join(f"  - {{level: {level}, year: {year}}}\n" for level, year in papers)
        told.append(
            f"--- products/{id_}/product.yaml\nname: {{vi: {name}, en: {english}}}\nproducer: {producer}\n"
            f"group: {group}\n" + (f"certificates:\n{listed}" if listed else "")
        )
    told.append("--- products/chieu/vi.md\nDệt bằng tay từ cây lác phơi nắng ba ngày.\n")
    return "".join(told)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return site_from(tmp_path_factory.mktemp("shop"), sections()).built()


@pytest.fixture
def page(browser: Browser, site: TinySite) -> Iterator[Page]:
    with watched(browser, viewport=DESKTOP) as watch:
        watch.home = "file://"
        yield watch.page
    assert not watch.complaints


def address(site: TinySite, path: str) -> str:
    file, _, state = path.partition("#")
    return (site.output / file).as_uri() + (f"#{state}" if state else "")


def names(page: Page) -> list[str]:
    """The names of the cards that are shown, with plain spaces."""
    return [name.replace("\u00a0", " ") for name in page.locator(".card:visible .card-name").all_inner_texts()]


def shows(page: Page, *expected: str) -> None:
    """Waits until exactly these products stand in the list, in whatever order."""
    expect(page.locator(".card:visible .card-name")).to_have_count(len(expected))
    assert sorted(names(page)) == sorted(expected)


def test_suggestions_are_a_combobox_for_the_keyboard(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/index.html"))
    box = page.get_by_role("combobox", name="Tìm sản phẩm, cơ sở, địa phương")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.type("tra sen")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Trà ướp sen")
    expect(options.first.locator(".suggestion-name mark")).to_have_text(["Trà", "sen"])
    assert "Cơ sở Bảy Nghĩa" in options.first.inner_text()
    expect(options.last).to_contain_text("Tìm “tra sen” trong tất cả")
    expect(page.locator(".search [role=status]")).to_have_text(
        re.compile(r"^Có \d gợi ý\. Dùng phím mũi tên để chọn\.$")
    )
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Home")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("tra sen")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Trà ướp sen")


@pytest.mark.parametrize(
    ("typed", "option", "heading"),
    [
        ("sen hong", "Địa phương: huyện Sen Hồng", "uyện Sen Hồng"),
        ("bay nghia", "Cơ sở: Cơ sở Bảy Nghĩa", "Cơ sở Bảy Nghĩa"),
    ],
)
def test_places_and_producers_are_suggested(page: Page, site: TinySite, typed: str, option: str, heading: str) -> None:
    page.goto(address(site, "vi/index.html"))
    page.locator("#search").type(typed)
    page.get_by_role("option").filter(has_text=option).click()
    expect(page.locator("h1")).to_contain_text(heading)


def test_the_index_comes_when_it_is_wanted(page: Page, site: TinySite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(site, "vi/tra-cuu.html"))
    assert not [url for url in asked if "data/search" in url or "assets/search-" in url]
    page.locator("#search").focus()
    page.wait_for_function("window.CnntIndex && CnntIndex.vi")
    assert not [url for url in asked if "texts" in url]


def test_enter_leads_to_the_list_and_back(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/index.html"))
    page.locator("#search").type("hutieu")
    page.locator("#search").press("Enter")
    shows(page, "Hủ tiếu bột gạo")
    assert page.url.endswith("vi/tra-cuu.html#q=hutieu")
    expect(page.locator(".meant")).to_have_text("Ý bạn là hủ tiếu")
    page.locator(".meant a").click()
    expect(page.locator("#search")).to_have_value("hủ tiếu")
    page.go_back()
    expect(page.locator("#search")).to_have_value("hutieu")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trang thử")


def test_filters_write_the_address_and_back_undoes_them(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html"))
    everything = names(page)
    page.get_by_role("checkbox", name="Cấp huyện").check()
    shows(page, "Tranh lá sen", "Chiếu lác", "Kẹo dừa")
    page.get_by_role("checkbox", name="Thủ công mỹ nghệ").check()
    shows(page, "Tranh lá sen", "Chiếu lác")
    assert page.url.endswith("#cap=huyen&nhom=thu-cong")
    expect(page.locator(".result")).to_contain_text("2 sản phẩm trong 7")
    expect(page.locator("main > .wrap [role=status]").last).to_have_text("Đã cập nhật: 2 sản phẩm")
    page.go_back()
    shows(page, "Tranh lá sen", "Chiếu lác", "Kẹo dừa")
    page.go_back()
    expect(page.locator(".ready-made")).to_be_visible()
    assert names(page) == everything
    page.go_forward()
    expect(page.get_by_role("checkbox", name="Cấp huyện")).to_be_checked()
    page.get_by_role("button", name="Bỏ lọc: Cấp huyện").click()
    expect(page.locator(".ready-made")).to_be_visible()
    assert "#" not in page.url


def test_every_count_is_the_length_of_its_list(page: Page, site: TinySite) -> None:
    """As the build counted, as the script counts, and as many as there are then."""
    page.goto(address(site, "vi/tra-cuu.html"))
    facets = "() => [...document.querySelectorAll('[data-value]')].filter((item) => item.querySelector('input'))"
    numbers = "[item.querySelector('input').value, parseInt(item.querySelector('.count').textContent)]"
    counts = f"({facets})().map((item) => {numbers})"
    built = page.evaluate(counts)
    for chosen in ("", "&cap=tinh", "&nhom=thuc-pham", "&chuong-trinh=ocop", "&q=sen"):
        page.goto(address(site, f"vi/tra-cuu.html#xep=ten{chosen}"))
        page.wait_for_function("!document.querySelector('.found').hidden")
        told = page.evaluate(counts)
        assert chosen or told == built
        for value, count in told:
            if page.locator(f"input[value='{value}']").is_checked():
                continue
            facet = page.locator(f"[data-facet]:has(input[value='{value}'])")
            if facet.locator("input:checked").count():
                continue
            page.evaluate("value => document.querySelector(`input[value='${value}']`).click()", value)
            expect(page.locator(f"input[value='{value}']")).to_be_checked()
            expect(page.locator(".found .card")).to_have_count(count)
            page.go_back()
            expect(page.locator(f"input[value='{value}']")).not_to_be_checked()


def test_a_found_card_is_the_ready_made_one(page: Page, site: TinySite) -> None:
    cards = """() => Object.fromEntries([...document.querySelectorAll(".card")].filter((card) => card.offsetParent)
        .map((card) => [card.dataset.product, card.innerText.trim() + card.querySelector("img, .no-picture").outerHTML
            .replace(/ (loading|decoding|fetchpriority)="[^"]*"/g, "")]))"""
    page.goto(address(site, "vi/tra-cuu.html"))
    ready_made = page.evaluate(cards)
    page.goto(address(site, "vi/tra-cuu.html#xep=ten"))
    expect(page.locator(".found .card")).to_have_count(7)
    assert page.evaluate(cards) == ready_made


def test_certificates_meet_level_and_year_as_one(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html#cap=huyen&nam=2020"))
    shows(page, "Chiếu lác")
    page.get_by_label("Từ năm").select_option("2019")
    shows(page, "Chiếu lác", "Tranh lá sen")
    assert "nam=2019-2020" in page.url


def test_an_address_is_shared_and_follows_the_language(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html#q=sen&cap=tinh&nam=2019-2022&noi=tinh-thu/huyen-hai&xep=ten"))
    shows(page, "Tranh lá sen")
    page.locator(".languages a[hreflang=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    shows(page, "Lotus leaf painting")
    expect(page.get_by_role("checkbox", name="Provincial level")).to_be_checked()
    expect(page.get_by_label("Sort")).to_have_value("name")
    page.get_by_role("button", name="Remove filter: Provincial level").click()
    expect(page.get_by_role("checkbox", name="Provincial level")).not_to_be_checked()
    assert "#q=sen&place=tinh-thu/huyen-hai&year=2019-2022&sort=name" in page.url


@pytest.mark.parametrize("state", ["mau=do", "cap=vu-tru", "nam=1900-1950", "xep=xa-xoi"])
def test_what_nobody_knows_is_ignored_with_a_notice(page: Page, site: TinySite, state: str) -> None:
    page.goto(address(site, f"vi/tra-cuu.html#{state}"))
    expect(page.locator(".notice:visible")).to_have_text("Đã bỏ qua một điều kiện lọc không còn dùng.")
    expect(page.locator(".card:visible")).to_have_count(7)


def test_an_empty_result_has_ways_out(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html#cap=tinh&nhom=thu-cong&q=hu+tieu"))
    expect(page.locator(".empty h2")).to_have_text("Chưa có sản\u00a0phẩm nào khớp")
    way = page.locator(".empty").get_by_role("button", name="Bỏ lọc: Thủ công mỹ nghệ còn 1")
    way.click()
    shows(page, "Hủ tiếu bột gạo")
    page.goto(address(site, "vi/tra-cuu.html#q=qzxwvk"))
    expect(page.locator(".empty h2")).to_have_text("Chưa tìm thấy “qzxwvk”")
    page.locator(".empty").get_by_role("link", name="Nhóm sản phẩm").click()
    expect(page.locator("h1")).to_have_text("Nhóm sản phẩm")


def test_descriptions_are_found_when_asked_for(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html#q=phoi+nang"))
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_role("checkbox", name="Tìm cả trong phần giới thiệu").check()
    shows(page, "Chiếu lác")
    assert page.url.endswith("#q=phoi+nang&gioi-thieu=1")


def test_orders(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html"))
    for order, first in (("name", "Chiếu lác"), ("level", "Hủ tiếu bột gạo"), ("place", "Chiếu lác")):
        page.get_by_label("Sắp xếp").select_option(order)
        expect(page.locator(".found .card-name").first).to_have_text(first)
    page.get_by_label("Sắp xếp").select_option("newest")
    expect(page.locator(".ready-made")).to_be_visible()
    assert names(page)[0] == "Hủ tiếu bột gạo"


def test_a_short_code_is_found(page: Page, site: TinySite) -> None:
    page.goto(address(site, "vi/tra-cuu.html"))
    code = page.locator(".card", has_text="Kẹo dừa").get_attribute("data-product")
    page.goto(address(site, f"vi/tra-cuu.html#q={code}"))
    shows(page, "Kẹo dừa")


def test_the_term_of_the_programme_is_found_by_either_translation(page: Page, site: TinySite) -> None:
    for word in ("typical", "outstanding"):
        page.goto(address(site, f"en/browse.html#q={word}"))
        expect(page.locator(".found .card")).to_have_count(5)


def test_on_phones_filters_are_a_sheet(browser: Browser, site: TinySite) -> None:
    with watched(browser, viewport=PHONE, has_touch=True) as watch:
        page = watch.page
        watch.open(address(site, "vi/tra-cuu.html"))
        expect(page.locator(".panel section").first).to_be_hidden()
        page.locator(".tools-filter").tap()
        sheet = page.get_by_role("dialog", name="Bộ lọc")
        sheet.get_by_role("checkbox", name="Cấp huyện").check()
        apply = sheet.get_by_role("button", name="Xem 3 sản phẩm")
        expect(apply).to_be_visible()
        sheet.get_by_role("button", name="Xóa hết").tap()
        expect(sheet.get_by_role("button", name="Xem 7 sản phẩm")).to_be_visible()
        sheet.get_by_role("checkbox", name="Cấp huyện").check()
        apply.click()  # a slow machine makes a long press of a tap
        expect(sheet).to_be_hidden()
        assert page.evaluate("document.activeElement.className").find("tools-filter") >= 0
        expect(page.get_by_role("button", name="Bộ lọc, đang chọn 1")).to_be_visible()
        shows(page, "Tranh lá sen", "Chiếu lác", "Kẹo dừa")
        page.locator(".tools-filter").tap()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
    assert not watch.complaints


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_scripts_make(
    browser: Browser, site: TinySite, viewport: dict[str, int], scheme: str
) -> None:
    axe = Axe()
    with watched(browser, viewport=viewport, color_scheme=scheme) as watch:
        page = watch.page
        watch.open(address(site, "vi/tra-cuu.html#cap=huyen&q=sen"))
        expect(page.locator(".found .card")).to_have_count(1)
        found = axe.run(page).response["violations"]
        page.locator("#search").fill("")
        page.locator("#search").type("bay nghia")
        expect(page.locator(".suggestions [role=option]").last).to_be_visible()
        found += axe.run(page).response["violations"]
        page.locator("#search").press("Escape")
        if viewport is PHONE:
            page.locator(".tools-filter").click()
            found += axe.run(page).response["violations"]
        watch.open(address(site, "vi/tra-cuu.html#q=qzxwvk&cap=huyen"))
        expect(page.locator(".empty")).to_be_visible()
        found += axe.run(page).response["violations"]
    assert not [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_without_scripts_the_lists_do_it(browser: Browser, site: TinySite) -> None:
    with watched(browser, java_script_enabled=False) as watch:
        for path in ("vi/index.html", "vi/tra-cuu.html"):
            watch.open(address(site, path))
            expect(watch.page.locator("form.search")).to_be_hidden()
        expect(watch.page.locator("noscript .notice")).to_be_visible()
        watch.page.locator(".panel").get_by_role("link", name="Cấp huyện").click()
        expect(watch.page.locator(".card")).to_have_count(3)


def test_without_an_index_the_ready_made_list_stays(browser: Browser, tmp_path: Path) -> None:
    site = site_from(tmp_path, sections()).built()
    for file in (site.output / "data/search").iterdir():
        file.unlink()
    with watched(browser, viewport=DESKTOP) as watch:
        watch.open(address(site, "vi/tra-cuu.html"))
        watch.page.get_by_role("checkbox", name="Cấp huyện").check()
        expect(watch.page.locator(".notice:visible")).to_contain_text("Chưa tải được danh mục")
        expect(watch.page.locator(".card:visible")).to_have_count(7)


def test_a_later_page_of_the_catalogue_searches_on_the_first(browser: Browser, tmp_path: Path) -> None:
    site = site_from(tmp_path, sections())
    site.edit("site.yaml", "programme: cnnt", "programme: cnnt\npage_size: 3")
    site.built()
    with watched(browser, viewport=DESKTOP) as watch:
        page = watch.page
        watch.open(address(site, "vi/tra-cuu/2.html"))
        page.get_by_role("checkbox", name="Thực phẩm").check()
        expect(page).to_have_url(re.compile(r"vi/tra-cuu\.html#nhom=thuc-pham$"))
        expect(page.locator(".found .card")).to_have_count(3)
        page.get_by_role("link", name="Trang 2").click()
        expect(page.locator(".found .card")).to_have_count(1)
        assert page.url.endswith("#nhom=thuc-pham&trang=2")
        page.go_back()
        expect(page.locator(".found .card")).to_have_count(3)
    assert not watch.complaints


def test_a_province_adds_words_in_its_content(browser: Browser, tmp_path: Path) -> None:
    site = site_from(tmp_path, sections() + "--- search/synonyms.yaml\nvi:\n  same:\n    - [hủ tiếu, phở miền tây]\n")
    done = site.run("build", "--strict", "--base-url", "https://example.vn/")
    assert done.code == 0, done.err
    with watched(browser, viewport=DESKTOP) as watch:
        watch.open(address(site, "vi/tra-cuu.html#q=pho+mien+tay"))
        shows(watch.page, "Hủ tiếu bột gạo")

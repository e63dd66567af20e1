"""The real content in a real browser: from a stick, on nginx below a sub-path, on Python's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.harness import servers
from tests.harness.browser import launched, watched

pytestmark = pytest.mark.browser

KINDS = (
    "index.html",
    "vi/index.html",
    "vi/tra-cuu.html",
    "vi/tra-cuu/2.html",
    "vi/san-pham/tranh-sen-bay-nghia.html",
    "vi/san-pham/hat-sen-say-nam-huy.html",
    "vi/co-so.html",
    "vi/co-so/bay-nghia.html",
    "vi/dia-ban.html",
    "vi/dia-ban/dong-thap/huyen-lap-vo.html",
    "vi/dia-ban/dong-thap/xa-lap-vo.html",
    "vi/dia-ban/tien-giang.html",
    "vi/cap.html",
    "vi/cap/tinh.html",
    "vi/cap/tinh/2020.html",
    "vi/nam.html",
    "vi/nam/2020.html",
    "vi/nhom.html",
    "vi/nhom/thu-cong-my-nghe.html",
    "vi/chuong-trinh/ocop.html",
    "vi/so-lieu.html",
    "vi/hoi-cho.html",
    "vi/hoi-cho/hoi-cho-cnnt-phia-nam-2022.html",
    "vi/doc-giay-chung-nhan.html",
    "p/tranh-sen-bay-nghia.html",
    "vi/da-luu.html",
    "en/index.html",
    "en/browse.html",
    "en/products/lotus-leaf-picture-bay-nghia.html",
    "en/products/kho-trau.html",
    "en/places.html",
    "en/levels.html",
    "en/statistics.html",
    "en/about.html",
)
"""A page of every kind, in both languages; those with an English address of their own are looked up.

Without 404.html: it has a base, and so is whole on servers only (test_hosts, test_theme_in_browser).
"""


HANDED_OUT = (
    "p/????.html",
    "print/*-a6.html",
    "print/*-a5.html",
    "print/*-shelf.html",
    "print/*-list.html",
    "embed/vi/*.html",
)
"""What organisers print, scan and put into their own pages: one of each, named by its code."""

BY_SCRIPT = ".days-left, .save, .actions, .tray, .shortlist, noscript, .needs-script, .panel, .panel-link, .notice"
"""What a script adds to a page's words, or stands there for want of one."""


def text_of_heading(page: Page) -> str:
    """The heading with plain spaces."""
    return " ".join(page.locator("h1").inner_text().split())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def kinds(real_site: Path) -> list[str]:
    """The pages of `KINDS` that the content still has; English products are taken as they come."""
    kinds = [address for address in KINDS if not address.startswith("en/products/")]
    missing = [address for address in kinds if not (real_site / address).is_file()]
    assert not missing, missing
    english = sorted((real_site / "en/products").glob("*.html"))
    handed_out = (next(iter(sorted(real_site.glob(each)))) for each in HANDED_OUT)
    return [*kinds, *(path.relative_to(real_site).as_posix() for path in (english[0], english[-1], *handed_out))]


def test_from_a_stick_every_kind_of_page_opens_without_a_complaint(
    browser: Browser, real_site: Path, kinds: list[str]
) -> None:
    with watched(browser, viewport={"width": 390, "height": 844}) as watch:
        for address in kinds:
            watch.open((real_site / address).as_uri())
            assert watch.page.title(), address
    assert not watch.complaints


@pytest.mark.parametrize("server", ["nginx", "python"])
def test_on_servers_every_kind_of_page_opens_without_a_complaint(
    server: str, browser: Browser, real_site: Path, kinds: list[str]
) -> None:
    running = servers.served("nginx", real_site) if server == "nginx" else servers.python_server(real_site)
    with running as root, watched(browser) as watch:
        for address in kinds:
            watch.open(root + address)
            assert watch.page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", address
    assert not watch.complaints


def test_a_visitor_walks_from_the_gate_to_a_product_by_keyboard(browser: Browser, real_site: Path) -> None:
    with watched(browser, viewport={"width": 1280, "height": 900}) as watch:
        watch.open((real_site / "index.html").as_uri())
        page = watch.page
        for words, heading in (("Tiếng Việt", "Sản vật"), ("Sản phẩm", "Danh mục"), ("Tranh sen", "Tranh sen")):
            for _ in range(120):
                page.keyboard.press("Tab")
                focused = page.evaluate("document.activeElement.textContent.trim()")
                if focused == words:
                    break
            else:
                if page.locator("a[rel=next]").count():
                    page.locator("a[rel=next]").focus()
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "auto"
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            if heading not in text_of_heading(page):
                page.get_by_role("link", name=words, exact=True).first.click()
            assert heading in text_of_heading(page)


def test_axe_finds_nothing(browser: Browser, real_site: Path, kinds: list[str]) -> None:
    """All its rules in the light; in the dark the one that colours matter to. Colours change at once, not by and by."""
    axe, found = Axe(), []
    size = {"width": 1280, "height": 900}
    with watched(browser, color_scheme="light", reduced_motion="reduce", viewport=size) as watch:
        for address in kinds:
            watch.open((real_site / address).as_uri())
            heard = [("light", axe.run(watch.page))]
            watch.page.emulate_media(color_scheme="dark")
            heard.append(("dark", axe.run(watch.page, options={"runOnly": ["color-contrast"]})))
            watch.page.emulate_media(color_scheme="light")
            for scheme, results in heard:
                for violation in results.response["violations"]:
                    targets = [node["html"][:120] for node in violation["nodes"][:3]]
                    found.append(f"{address}, {scheme}: {violation['id']}: {targets}")
    assert not found, "\n".join(found)


def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, real_site: Path, kinds: list[str]) -> None:
    wide = []
    with watched(browser, viewport={"width": 320, "height": 640}) as watch:
        for address in kinds:
            watch.open((real_site / address).as_uri())
            width = watch.page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wide.append(f"{address}: {width}")
    assert not wide


def test_without_scripts_the_same_words_stand_there_but_for_what_only_a_script_can_do(
    browser: Browser, real_site: Path, kinds: list[str]
) -> None:
    with watched(browser) as scripted, watched(browser, java_script_enabled=False) as plain:
        for address in kinds:
            texts = []
            for watch in (scripted, plain):
                watch.open((real_site / address).as_uri())
                watch.page.evaluate(f"document.querySelectorAll('{BY_SCRIPT}').forEach(part => part.remove())")
                texts.append(watch.page.locator("main").inner_text())
            assert texts[0] == texts[1], address


def test_switching_the_language_stays_on_the_same_thing(browser: Browser, real_site: Path) -> None:
    with watched(browser, viewport={"width": 1280, "height": 900}) as watch:
        for address in ("vi/san-pham/tranh-sen-bay-nghia.html", "vi/cap/tinh/2020.html", "vi/dia-ban.html"):
            watch.open((real_site / address).as_uri())
            page = watch.page
            page.locator(".languages a[hreflang=en]").click()
            assert page.locator("html").get_attribute("lang") == "en"
            page.locator(".languages a[hreflang=vi]").click()
            assert page.url.endswith(address)

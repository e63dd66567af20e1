"""The theme on the sample of everything awkward, in a real browser, under the policy that hosts are told to send."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from cnnt_site.headers import policy
from tests.harness.browser import Watched, launched, watched

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "404.html",
    "vi/index.html",
    "vi/moi-phan.html",
    "vi/tra-cuu.html",
    "vi/san-pham/tra-bon-cap.html",
    "vi/san-pham/binh-gom-co-nhieu-anh.html",
    "vi/san-pham/binh-gom-da-het-hieu-luc.html",
    "vi/san-pham/may-co-giay-bi-thu-hoi.html",
    "vi/san-pham/san-pham-da-ngung-trung-bay.html",
    "vi/san-pham/gom-cap-xa.html",
    "vi/co-so.html",
    "vi/dia-ban.html",
    "vi/cap/huyen.html",
    "vi/nam/2022.html",
    "vi/hoi-cho/hoi-cho-mau-voi-mot-cai-ten-rat-dai-de-thu-xuong-dong-o-dau-trang.html",
    "vi/da-luu.html",
    "en/index.html",
    "en/all-parts.html",
    "en/browse.html",
    "en/products/set-of-pomelo-peel-oil-lemongrass-oil-room-spray-and-scented-candles-in-hand-pai.html",
    "en/products/san-pham-chua-co-ten-tieng-anh.html",
    "en/products/tea-whose-certificate-expires-soon.html",
    "en/producers/an-on-uu-au-production-trading-services-and-import-export-one-member-limited-lia.html",
    "en/places/tinh-mau/huyen-chau-thanh.html",
    "en/statistics.html",
    "en/shortlist.html",
)
"""Every kind of page and every awkward product, in one language or the other."""

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=900)


class _Strict(SimpleHTTPRequestHandler):
    """Files with the policy of the site; says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", policy("'none'"))
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def root(sample_site: Path) -> Iterator[str]:
    """The address of the sample, served under the policy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Strict, directory=str(sample_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def visiting(browser: Browser, address: str, **context: Any) -> Iterator[Watched]:
    """A page, opened, of which nothing may be complained in the end."""
    with watched(browser, **{"viewport": PHONE, **context}) as watch:
        watch.open(address)
        yield watch
    assert not watch.complaints


def test_every_page_keeps_still_and_fits_320_pixels_under_the_policy(browser: Browser, root: str) -> None:
    wrong = []
    with watched(browser, viewport=PHONE) as watch:
        watch.page.add_init_script(
            "window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => "
            "(window.shifted += entry.value))).observe({ type: 'layout-shift', buffered: true });"
        )
        for address in PAGES:
            watch.page.set_viewport_size(PHONE)
            watch.open(root + address)
            watch.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")
            shifted = watch.page.evaluate("window.shifted")
            if shifted > 0.02:
                wrong.append(f"{address} moves by {shifted:.3f}")
            watch.page.set_viewport_size({"width": 320, "height": 640})
            width = watch.page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wrong.append(f"{address} is {width} wide")
    assert not wrong, "\n".join(wrong)
    assert not watch.complaints


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_axe_finds_nothing(scripts: bool, browser: Browser, root: str) -> None:
    """All rules on every page in the light; in the dark, on the same pages, the one that colours matter to."""
    axe, found = Axe(), []
    with watched(browser, viewport=PHONE, bypass_csp=True, reduced_motion="reduce") as watch:
        if not scripts:
            watch.page.route("**/*.js", lambda route: route.abort())  # axe itself has to run
        for address in PAGES:
            watch.page.emulate_media(color_scheme="light")
            watch.open(root + address)
            heard = [("light", axe.run(watch.page))]
            watch.page.emulate_media(color_scheme="dark")
            heard.append(("dark", axe.run(watch.page, options={"runOnly": ["color-contrast"]})))
            for scheme, results in heard:
                for violation in results.response["violations"]:
                    targets = [node["html"][:140] for node in violation["nodes"][:3]]
                    found.append(f"{address}, {scheme}: {violation['id']}: {targets}")
    assert not found, "\n".join(found)


def test_four_times_as_large_and_with_twice_as_large_text_all_is_there(browser: Browser, root: str) -> None:
    """A window of 1280 by 1024 at 400 %; then text of 200 % in one of half that width."""
    wrong = []
    with visiting(browser, root + PAGES[0], viewport={"width": 320, "height": 256}) as watch:
        page = watch.page
        for address in PAGES:
            page.set_viewport_size({"width": 320, "height": 256})
            page.goto(root + address)
            zoomed = page.evaluate("document.documentElement.scrollWidth")
            page.set_viewport_size({"width": 640, "height": 512})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            enlarged = page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{address}: {zoomed}, {enlarged}"] if zoomed > 320 or enlarged > 640 else []
        page.set_viewport_size({"width": 320, "height": 256})
        page.goto(root + "en/browse.html")
        page.locator(".card .save").first.click()
        assert page.evaluate("getComputedStyle(document.querySelector('.tray')).position") == "static"
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("checkbox", name="Household business").check()
        show = page.get_by_role("dialog").get_by_role("button", name="Show").bounding_box()
        assert show is not None
        assert show["y"] + show["height"] <= 256
    assert not wrong, "\n".join(wrong)


_FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  element.dataset.reached = "1";
  const box = element.getBoundingClientRect();
  const card = element.closest(".card");
  const own = element.matches(".search-row input") ? element.parentElement : element;
  const ring = card && element.closest(".card-name") ? card : own;
  const style = getComputedStyle(ring);
  const at = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 20))), box.top + box.height / 2);
  return {
    name: element.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: !(at && (element.contains(at) || at.contains(element) || (card && card.contains(at)))),
  };
}"""

_MISSED = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => !element.disabled && !element.dataset.reached)
  .map((element) => element.outerHTML.slice(0, 120))"""


def _walk(page: Page) -> list[str]:
    """Tabs through the whole page; what is wrong with the focus on the way."""
    wrong = []
    for _ in range(400):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus is None:
            break
        wrong += [f"{what}: {focus['name']}" for what in ("ring", "seen") if not focus[what]]
        wrong += [f"covered: {focus['name']}"] if focus["covered"] else []
    return wrong + [f"never reached: {name}" for name in page.evaluate(_MISSED)]


@pytest.mark.parametrize(
    ("address", "viewport"),
    [
        ("vi/index.html", DESKTOP),
        ("vi/san-pham/binh-gom-co-nhieu-anh.html", PHONE),
        ("en/browse.html", PHONE),
        ("vi/dia-ban.html", DESKTOP),
    ],
)
def test_the_keyboard_reaches_all_and_the_focus_is_never_hidden(
    address: str, viewport: ViewportSize, browser: Browser, root: str
) -> None:
    with visiting(browser, root + address, viewport=viewport) as watch:
        keep = "localStorage.setItem('cnnt-shortlist', JSON.stringify([{ code: 'x', name: 'X', picture: '' }]))"
        watch.page.evaluate(keep)  # so that the tray stands over the lower edge
        watch.page.reload()
        assert _walk(watch.page) == []


def test_the_header_of_a_phone_is_one_row(browser: Browser, root: str) -> None:
    with visiting(browser, root + "en/index.html") as watch:
        for width in (320, 360, 390):
            watch.page.set_viewport_size({"width": width, "height": 844})
            for address in ("vi/index.html", "en/index.html"):
                watch.page.goto(root + address)
                boxes = [watch.page.locator(part).bounding_box() for part in (".languages", ".saved", ".menu-link")]
                assert len({box["y"] for box in boxes if box}) == 1, f"{address} at {width} px"


def test_the_header_of_a_small_window_is_one_row(browser: Browser, root: str) -> None:
    with visiting(browser, root + "en/index.html") as watch:
        for width in (900, 1100, 1280):
            watch.page.set_viewport_size({"width": width, "height": 844})
            for address in ("vi/index.html", "en/index.html"):
                watch.page.goto(root + address)
                assert watch.page.evaluate("document.documentElement.scrollWidth") == width
                row = watch.page.locator(".header-row").bounding_box()
                assert row is not None
                assert row["height"] < 90, f"{address} at {width} px"


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(browser: Browser, root: str) -> None:
    with visiting(browser, root + "vi/index.html") as watch:
        button = watch.page.get_by_role("button", name="Danh mục")
        button.focus()
        watch.page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert watch.page.get_by_role("navigation", name="Danh mục chính").get_by_text("Số liệu").is_visible()
        watch.page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
    with visiting(browser, root + "vi/index.html", java_script_enabled=False) as watch:
        watch.page.get_by_role("link", name="Danh mục").click()
        assert watch.page.url.endswith("#menu")


def test_pictures_one_at_a_time_and_large(browser: Browser, root: str) -> None:
    address = root + "vi/san-pham/binh-gom-co-nhieu-anh.html"
    with visiting(browser, address) as watch:
        page, figures = watch.page, watch.page.locator(".gallery figure")
        page.get_by_role("link", name="Hình 2", exact=True).click()
        assert [figures.nth(n).is_visible() for n in range(3)] == [False, True, False]
        page.get_by_role("link", name="Xem lớn Hình 2").click()
        dialog = page.get_by_role("dialog")
        assert "thứ hai" in str(dialog.locator("img").get_attribute("alt"))
        page.keyboard.press("ArrowRight")
        assert "thứ ba" in str(dialog.locator("img").get_attribute("alt"))
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        page.wait_for_function("document.activeElement.className === 'enlarge'")  # told a moment after it has closed
    with visiting(browser, address, java_script_enabled=False) as watch:
        figures = watch.page.locator(".gallery figure")
        assert [figures.nth(n).is_visible() for n in range(3)] == [True, False, False]
        watch.page.get_by_role("link", name="Hình 3", exact=True).click()
        assert [figures.nth(n).is_visible() for n in range(3)] == [False, False, True]


def test_a_buyer_saves_compares_sends_and_opens_the_list_elsewhere(browser: Browser, root: str) -> None:
    with visiting(browser, root + "en/browse.html", viewport=DESKTOP) as watch:
        page = watch.page
        for number in range(3):
            page.locator(".card .save").nth(number).click()
        page.get_by_role("complementary", name="Shortlist").get_by_role("link").click()
        page.locator(".saved-row").nth(2).wait_for()
        names = page.locator(".saved-row h3").all_inner_texts()
        assert page.locator(".comparison thead th").all_inner_texts() == names
        mail = page.get_by_role("link", name="Send by email").get_attribute("href") or ""
        assert mail.startswith("mailto:?subject=")
        assert all(name.split()[0] in mail for name in names)
        page.get_by_label(f"Compare {names[0]}").uncheck()
        assert page.locator(".comparison thead th").all_inner_texts() == names[1:]
        page.get_by_role("button", name=f"Remove {names[1]} from the list").click()
        assert page.locator(".saved-row").count() == 2
        page.get_by_role("button", name="Undo").click()
        page.locator(".saved-row").nth(2).wait_for()
        link = page.locator(".list-link").inner_text()
    with visiting(browser, link) as watch:
        watch.page.locator(".saved-row").nth(2).wait_for()
        assert watch.page.locator(".saved-row h3").all_inner_texts() == names
        watch.page.get_by_role("button", name="Keep this list").click()
        watch.page.goto(root + "en/browse.html")
        assert watch.page.locator(".save[aria-pressed=true]").count() == 3
    with visiting(browser, root + "en/shortlist.html", java_script_enabled=False) as watch:
        assert "JavaScript" in watch.page.locator("main .notice").first.inner_text()


def test_days_left_are_counted_on_the_day_of_reading(browser: Browser, root: str) -> None:
    with watched(browser, viewport=PHONE) as watch:
        watch.page.clock.install(time="2026-12-30T10:00:00+07:00")
        watch.open(root + "en/products/tea-whose-certificate-expires-soon.html")
        assert "5 days left" in watch.page.locator(".certificate-main .validity").inner_text()


def test_a_product_sheet_is_one_page_with_all_that_a_buyer_needs(browser: Browser, root: str, real_site: Path) -> None:
    """The longest of the sample and of the real products, in both languages."""
    awkward = [
        "vi/san-pham/bo-san-pham-tinh-dau-vo-buoi-tinh-dau-sa-chanh-xit-thom-phong-va-nen-thom-dung-t.html",
        "en/products/set-of-pomelo-peel-oil-lemongrass-oil-room-spray-and-scented-candles-in-hand-pai.html",
        "vi/san-pham/tra-bon-cap.html",
        "vi/san-pham/binh-gom-co-nhieu-anh.html",
        "en/products/tea-of-four-levels.html",
        "en/products/machine-whose-certificate-was-withdrawn.html",
    ]
    longest = [
        sorted((real_site / folder).glob("*.html"), key=lambda page: page.stat().st_size)[-2:]
        for folder in ("vi/san-pham", "en/products")
    ]
    with watched(browser, viewport=DESKTOP) as watch:
        for address in [*(root + page for page in awkward), *(page.as_uri() for pages in longest for page in pages)]:
            watch.page.goto(address)
            sheet = pypdfium2.PdfDocument(watch.page.pdf(format="A4", prefer_css_page_size=True))
            assert len(sheet) == 1, f"{address} takes {len(sheet)} pages"
            text = " ".join(sheet[0].get_textpage().get_text_bounded().split())
            if "set-of" in address:
                told = ("Bộ sản phẩm tinh dầu vỏ bưởi", "01/GCN-MẪU", "Valid until 31 Dec 2028", "0000 000 000")
                assert all(word in text for word in told), text
                assert "sample.example/p/" in text.replace(" ", "")  # what the code says, for people without a camera
                assert "VND 1,250,000" in text
                assert "More in" not in text
                assert "Share" not in text

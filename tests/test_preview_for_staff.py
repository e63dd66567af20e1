"""What the preview adds for staff, in a real browser: a broken file shows over the page and goes when it is mended."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from cnnt_site.cli import PROJECT
from cnnt_site.desk.staff_pages import EDITORS, INDEX, REPORT, editor_link
from tests.harness.browser import launched, watched
from tests.harness.injections import TEXTS
from tests.harness.sites import TinySite, site_from, snapshot

PRODUCT = "products/tranh-mot/product.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@contextmanager
def _serving(site: TinySite, *options: str, browser: str = "") -> Iterator[str]:
    """The preview of a site, in Vietnamese; the address of its root. `browser` is a command for it to open."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = str(asked.getsockname()[1])
    opening = [] if browser else ["--no-open"]
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", port, "--lang", "vi", *opening, *options]
    environment = {**os.environ, "BROWSER": browser}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=site.folder, env=environment, stdout=quiet, stderr=quiet)
    try:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            assert process.poll() is None, "the preview ended at once"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.browser
def test_a_broken_file_is_shown_over_the_page_and_goes_when_mended(tmp_path: Path, browser: Browser) -> None:
    site = site_from(tmp_path / "Sản phẩm của tỉnh").built()
    released = snapshot(site.output)
    with _serving(site) as address, watched(browser) as watch:
        watch.open(f"{address}vi/san-pham/tranh-mot.html")
        errors = watch.page.locator(".desk-errors")
        expect(errors).to_have_count(0)
        site.edit(PRODUCT, "producer: co-so-mot", "producer: co-so-mott")
        expect(errors).to_be_visible(timeout=15_000)
        expect(errors).to_contain_text("content/products/tranh-mot/product.yaml:3:11")
        expect(errors.locator("pre")).to_contain_text("producer: co-so-mott")
        expect(errors).to_contain_text("Có phải bạn định viết: co-so-mot")
        link = errors.locator(".desk-where a").get_attribute("href") or ""
        assert unquote(link) == f"vscode://file{(site.content / PRODUCT).resolve().as_posix()}:3:11"
        expect(watch.page.locator("h1")).to_contain_text("Tranh một")  # the last good page is still behind
        site.edit(PRODUCT, "producer: co-so-mott", "producer: co-so-mot")
        expect(errors).to_have_count(0, timeout=15_000)
        assert watch.complaints == []
    assert snapshot(site.output) == released


@pytest.mark.browser
def test_hostile_keys_values_and_names_run_in_no_page_for_staff(tmp_path: Path, browser: Browser) -> None:
    site = site_from(tmp_path)
    for number, text in enumerate(TEXTS[::8]):
        words = {"vi": text, "en": text}
        site.write(f"products/tot-{number}/product.yaml", json.dumps({"name": words, "summary": words}))
    with _serving(site) as address, watched(browser) as watch:
        for page in (INDEX, REPORT, "vi/index.html", "vi/tra-cuu.html"):
            watch.open(address + page)
            assert watch.page.evaluate("window.ran") is None, page
        for number, text in enumerate(TEXTS[::4]):
            record = {"name": {"vi": "A"}, text: "A", "group": text, "certificates": [{"level": text, text: [text]}]}
            site.write(f"products/sai-{number}/product.yaml", json.dumps(record))
        watch.open(f"{address}vi/index.html")
        expect(watch.page.locator(".desk-errors")).to_be_visible(timeout=30_000)
        expect(watch.page.locator(".desk-errors")).to_contain_text("products/sai-0/product.yaml")
        for page in ("vi/index.html", REPORT):
            watch.open(address + page)
            assert watch.page.evaluate("window.ran") is None, page
        assert not watch.complaints


@pytest.mark.browser
def test_a_site_that_is_broken_from_the_start_shows_its_problems_and_heals(tmp_path: Path, browser: Browser) -> None:
    site = site_from(tmp_path)
    site.edit(PRODUCT, "group: crafts", "group: krafts\nsumary: a")
    with _serving(site, "--editor-link", "none") as address, watched(browser) as watch:
        watch.page.goto(address)
        problems = watch.page.locator(".desk-errors li")
        expect(problems).to_have_count(2)
        expect(problems.locator("a")).to_have_count(0)
        site.edit(PRODUCT, "group: krafts\nsumary: a", "group: crafts")
        expect(problems).to_have_count(0, timeout=15_000)


@pytest.mark.browser
def test_the_bar_leads_to_the_files_of_a_page_and_marks_what_is_not_translated(
    tmp_path: Path, browser: Browser
) -> None:
    site = site_from(tmp_path, "--- products/tranh-mot/en.md remove\n")
    site.edit(
        PRODUCT, "summary: {vi: Một bức tranh để thử., en: A painting for trials.}", "summary: {vi: Một bức tranh.}"
    )
    with _serving(site) as address, watched(browser, viewport={"width": 390, "height": 844}) as watch:
        watch.open(f"{address}en/products/painting-one.html")
        bar = watch.page.locator(".desk-bar")
        links = [each.get_attribute("href") or "" for each in bar.locator("nav a").all()]
        assert [Path(unquote(link)).name for link in links[:2]] == ["product.yaml:1:1", "vi.md:1:1"]
        bar.locator(".desk-untranslated summary").click()
        expect(bar.locator(".desk-untranslated li")).to_have_text(["Tóm tắt", "en.md"])
        marked = watch.page.locator(".untranslated, .prose[lang]")
        for each in marked.all():
            assert each.get_attribute("lang") == "vi"
            assert each.evaluate("each => getComputedStyle(each).outlineStyle") == "dashed"
        assert marked.count() >= 2
        wide = watch.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390


@pytest.mark.browser
def test_an_index_of_all_pages_and_the_state_are_one_click_away(tmp_path: Path, browser: Browser) -> None:
    site = site_from(tmp_path)
    with _serving(site, "--days", "30") as address, watched(browser) as watch:
        watch.open(f"{address}vi/index.html")
        watch.page.get_by_role("link", name="Mọi trang").click()
        watch.page.locator('a[href="/vi/san-pham/tranh-mot.html"]').click()
        expect(watch.page.locator("h1")).to_contain_text("Tranh một")
        watch.page.get_by_role("link", name="Tình trạng").click()
        expect(watch.page.locator("h1")).to_have_text("Tình trạng danh mục")
        expect(watch.page.get_by_text("Giấy chứng nhận hết hạn trong 30 ngày tới")).to_be_visible()
        row = (
            watch.page.get_by_role("row")
            .filter(has_text="đang dùng hình vẽ")
            .or_(watch.page.get_by_role("row").filter(has_text="chưa có cả hình vẽ"))
        )
        expect(row.get_by_role("link")).to_have_attribute("href", re.compile("^vscode://file/.*product.yaml:1:1$"))
        assert watch.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desks_own_pages_have_no_accessibility_problem(tmp_path: Path, browser: Browser, scheme: str) -> None:
    site = site_from(tmp_path, "--- products/tranh-mot/en.md remove\n--- products/thua.txt\nthừa\n")
    with _serving(site) as address, watched(browser, color_scheme=scheme) as watch:
        for page in ("_desk/report.html", "_desk/pages.html", "en/products/painting-one.html"):
            watch.open(address + page)
            for closed in watch.page.locator(".desk-bar summary").all():
                closed.click()
            found = Axe().run(watch.page, context=None if page.startswith("_desk") else ".desk-bar")
            assert found.violations_count == 0, found.generate_report()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a browser can be named")
def test_the_browser_is_opened_at_the_preview_when_it_is_ready(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    note, script = tmp_path / "opened.txt", tmp_path / "browser.py"
    asks = "import sys, urllib.request as ask\npage = ask.urlopen(sys.argv[1]).read()\n"
    script.write_text(f"{asks}open(sys.argv[2], 'wb').write(sys.argv[1].encode() + page)\n", "utf-8")
    with _serving(site, browser=f"{sys.executable} {script} %s {note}") as address:
        for _ in range(300):
            if note.exists() and note.stat().st_size > len(address):
                break
            time.sleep(0.1)
    assert note.read_text("utf-8").startswith(f"{address}<!")


def test_many_problems_are_counted_and_the_first_are_shown(tmp_path: Path) -> None:
    from cnnt_site.desk.preview import Preview
    from cnnt_site.desk.staff_pages import MOST_SHOWN, StaffPages
    from cnnt_site.pipeline import Result
    from cnnt_site.problems import Problems, Spot
    from cnnt_site.reading.tree import SourceTree

    problems = Problems()
    for number in range(MOST_SHOWN + 5):
        problems.error("unknown-group", Spot(f"products/p-{number:02}/product.yaml"), written="x")
    preview = Preview(lambda saved: Result(problems, SourceTree(tmp_path)))
    preview.rebuild()
    staff = StaffPages(preview, "en", tmp_path, "content", "", None)
    page = staff.dress("", b"<body></body>").decode()
    assert f"Errors to mend: {MOST_SHOWN + 5}" in page
    assert page.count('class="desk-what"') == MOST_SHOWN
    assert "… and 5 more" in page


def test_a_port_that_is_taken_and_an_editor_that_is_unknown_are_told(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = site.run("serve", "--no-open", "--port", str(port), "--lang", "vi")
    assert taken.code == 2
    assert f"--port {port + 1}" in taken.err
    unknown = site.run("serve", "--no-open", "--editor-link", "notepad")
    assert unknown.code == 2
    assert "vscode, vscodium" in unknown.err


@pytest.mark.parametrize(
    ("path", "opened"),
    [
        (
            PureWindowsPath(r"C:\Sở Công Thương\nội dung\site.yaml"),
            "vscode://file/C:/Sở Công Thương/nội dung/site.yaml:7:3",
        ),
        (PureWindowsPath(r"\\may-chu\chung\site.yaml"), "vscode://file//may-chu/chung/site.yaml:7:3"),
        (PurePosixPath("/home/Đặng Thị Hoa/100% sen.yaml"), "vscode://file/home/Đặng Thị Hoa/100% sen.yaml:7:3"),
    ],
)
def test_links_into_the_editor_work_for_paths_of_every_system(path: PureWindowsPath, opened: str) -> None:
    link = editor_link(EDITORS["vscode"], path, 7, 3)
    assert unquote(link) == opened
    assert link.isascii()
    assert " " not in link


def test_an_editor_of_ones_own_is_a_template() -> None:
    assert editor_link("goi:{line}:{path}", PurePosixPath("/a b"), 2) == "goi:2:/a%20b"
    assert editor_link(EDITORS["none"], PurePosixPath("/a")) == ""

"""Reading again without a network; and the policy in pages, for hosts that send no headers of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.harness import servers
from tests.harness.browser import launched, watched
from tests.harness.sites import TinySite, parse, site_from

BASE = "https://vi-du.example/trien-lam/"


def _site(folder: Path, hosting: str) -> TinySite:
    site = site_from(folder, "--- products/tranh-hai/product.yaml\nname: {vi: Tranh hai}\n")
    site.edit("site.yaml", "updated:", f"hosting: {{{hosting}}}\nupdated:")
    return site.built("--base-url", BASE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.mark.browser
def test_what_was_read_is_there_without_a_network_and_switching_off_leaves_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    site = _site(tmp_path, "offline: yes")
    context = browser.new_context()
    page = context.new_page()
    with servers.served("nginx", site.output) as root:
        port = int(root.split(":")[2].split("/")[0])
        page.goto(root + "vi/index.html")
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller")
        page.goto(root + "vi/san-pham/tranh-mot.html")
    page.goto(root + "vi/san-pham/tranh-mot.html?tu=qr")
    assert page.locator("h1").inner_text() == "Tranh một"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", "with its styles"
    page.goto(root + "en/products/painting-one.html")
    assert page.title() == "Trial site", "a page that was never read: the home page of its language"

    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh đã sửa")
    site.built("--base-url", BASE)
    with servers.served("nginx", site.output, port=port):
        page.goto(root + "vi/san-pham/tranh-mot.html")
        assert page.locator("h1").inner_text() == "Tranh đã sửa", "the network comes first"

    site.edit("site.yaml", "offline: yes", "offline: no")
    site.built("--base-url", BASE)
    with servers.served("nginx", site.output, port=port):
        page.goto(root + "vi/index.html")
        page.evaluate("navigator.serviceWorker.getRegistration().then(found => found && found.update())")
        page.wait_for_function("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
        page.wait_for_function("caches.keys().then(names => names.length === 0)")
    context.close()


def test_the_manifest_leads_to_files_that_are_there(tmp_path: Path) -> None:
    site = _site(tmp_path, "offline: yes")
    said = json.loads((site.output / "site.webmanifest").read_text("utf-8"))
    assert said["name"] == "Trang thử"
    assert (site.output / said["start_url"]).is_file()
    assert (site.output / said["icons"][0]["src"]).is_file()
    links = {link.get("rel"): link.get("href") for link in site.page("vi/san-pham/tranh-mot.html").iter("link")}
    assert links["manifest"] == "../../site.webmanifest"
    worker = (site.output / "sw.js").read_text("utf-8")
    build = json.loads(worker.splitlines()[0].removeprefix("const BUILD = ").removesuffix(";"))
    assert all((site.output / address).is_file() for address in (*build["files"], *build["homes"].values()))


def test_without_it_no_page_speaks_of_it(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    assert not (site.output / "site.webmanifest").exists()
    assert not [a for a, data in site.files().items() if a.endswith(".html") and b"webmanifest" in data]


@pytest.mark.browser
def test_a_policy_in_pages_holds_from_a_stick_too(browser: Browser, tmp_path: Path) -> None:
    """Every page carries it; nothing of ours is stopped by it; what is written into a page afterwards is."""
    site = _site(tmp_path, "policy_in_pages: yes")
    for address, data in site.files().items():
        if address.endswith(".html"):
            told = {meta.get("http-equiv"): meta.get("content") or "" for meta in parse(data).iter("meta")}
            assert "default-src 'none'" in told["Content-Security-Policy"], address
            assert "frame-ancestors" not in told["Content-Security-Policy"], "which may not stand in a page"
    with watched(browser) as watch:
        for address in ("index.html", "vi/index.html", "vi/tra-cuu.html", "vi/san-pham/tranh-mot.html"):
            watch.open((site.output / address).as_uri())
    assert not watch.complaints
    page = site.output / "vi/index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<script>window.ran = 1</script></body>"), "utf-8")
    with watched(browser) as watch:
        watch.open(page.as_uri())
        assert watch.page.evaluate("window.ran") is None
        assert [told for told in watch.complaints if "Content Security Policy" in told]

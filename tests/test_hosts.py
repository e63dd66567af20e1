"""The site on real servers with the rules that it brings along: at the root, below a path, by http and https."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.harness import servers
from tests.harness.browser import launched, watched
from tests.harness.crawling import Links, body, crawl
from tests.harness.sites import TinySite, site_from

pytestmark = pytest.mark.browser

PHOTO = "--- products/tranh-mot/photos/a.jpg picture JPEG RGB 400x300\n"
SHOWN = (
    "photos: [{file: a.jpg, alt: {vi: A}, author: A, rights_holder: A, licence: {vi: A},"
    " permission: {date: 2026-01-01, by: A}}]"
)
PATHS = {"below a path": "trien-lam/", "at the root": ""}
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "webp": "image/webp",
    "jpg": "image/jpeg",
}
MOVED = "p/tranh-mot.html"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = ("default-src 'none'", "script-src 'self'", "style-src 'self'")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TinySite]:
    """A site with a photo, a contact and a page that has moved, for each path that it is served below."""
    found = {}
    for where, path in PATHS.items():
        site = site_from(tmp_path_factory.mktemp("hosted"), PHOTO)
        site.edit("products/tranh-mot/product.yaml", "group:", f"{SHOWN}\ngroup:")
        site.edit("site.yaml", "updated:", "contact_email: van-phong@vi-du.example\nupdated:")
        site.built("--base-url", f"https://vi-du.example/{path}")
        (site.content / "products/tranh-mot").rename(site.content / "products/tranh-moi")
        found[where] = site.built("--base-url", f"https://vi-du.example/{path}")
    return found


@pytest.fixture(scope="module", params=servers.PROGRAMS)
def host(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture(scope="module", params=PATHS)
def hosted(request: pytest.FixtureRequest, host: str, sites: dict[str, TinySite]) -> Iterator[tuple[str, TinySite]]:
    """The address of the site's root on a server, and the site."""
    where: str = request.param
    with servers.served(host, sites[where].output, path=PATHS[where], secure=where == "at the root") as root:
        yield root, sites[where]


def test_every_file_comes_with_its_type_its_rules_and_all_its_bytes(hosted: tuple[str, TinySite]) -> None:
    root, site = hosted
    wrong = []
    for address, data in site.files().items():
        if address.startswith((".ht", "_", "hosting/")) or address == MOVED:
            continue
        answer = servers.ask(root + address, Accept_Encoding="gzip")
        said = dict(answer.headers.items())
        lasting = address.startswith(("assets/", "media/"))
        framed, ending = address.startswith("embed/"), address.rpartition(".")[2]
        expected = {
            **ALWAYS,
            "Content-Type": TYPES[ending],
            "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
            **({} if framed else {"X-Frame-Options": "DENY"}),
            **({"Access-Control-Allow-Origin": "*"} if address.startswith("data/") else {}),
            **({"Content-Encoding": "gzip"} if len(data) > 2000 and TYPES[ending].endswith("utf-8") else {}),
        }
        wrong += [
            f"{address}: {name} is {said.get(name)}" for name, value in expected.items() if said.get(name) != value
        ]
        policy = said.get("Content-Security-Policy", "").split("; ")
        wanted = (*STRICT, "frame-ancestors *" if framed else "frame-ancestors 'none'")
        wrong += [f"{address}: policy without {each}" for each in wanted if each not in policy]
        if framed and "X-Frame-Options" in said:
            wrong.append(f"{address}: may not be framed")
        if answer.status != 200 or body(answer) != data:
            wrong.append(f"{address}: {answer.status}, {len(answer.body)} bytes")
    assert not wrong, "\n".join(wrong)


def test_what_a_visitor_has_is_not_sent_again(hosted: tuple[str, TinySite]) -> None:
    root, _ = hosted
    first = servers.ask(root + "vi/index.html", Accept_Encoding="gzip")
    again = servers.ask(root + "vi/index.html", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    since = servers.ask(root + "vi/index.html", If_Modified_Since=first.headers["Last-Modified"])
    assert {again.status, since.status} <= {304}


def test_an_unknown_address_gets_the_page_for_it_whole_at_any_depth(hosted: tuple[str, TinySite]) -> None:
    root, site = hosted
    for address in (
        "khong-co",
        "vi/san-pham/khong-co.html",
        "a/b/c/d.html",
        "assets/khong-co.css",
        "embed/khong-co.html",
    ):
        answer = servers.ask(root + address)
        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-cache"), address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.body == (site.output / "404.html").read_bytes(), address
        links = Links(answer.body.decode())
        base = urljoin(root + address, links.base)
        assert all(servers.ask(urljoin(base, link)).status == 200 for link in links.found if ":" not in link), address


def test_an_old_address_leads_on_and_folders_show_no_list(hosted: tuple[str, TinySite]) -> None:
    root, _ = hosted
    moved = servers.ask(root + MOVED)
    assert moved.status == 301
    assert urljoin(root + MOVED, moved.headers["Location"]) == root + "p/tranh-moi.html"
    assert servers.ask(root).status == 200, "the gate"
    assert servers.ask(root + "media/").status in (403, 404)


def test_every_link_is_answered(hosted: tuple[str, TinySite]) -> None:
    root, site = hosted
    answers = list(crawl(root))
    wrong = [(origin, address, answer.status) for origin, address, answer in answers if answer.status != 200]
    assert not wrong
    pages = {f"{root}{address}" for address in site.files() if address.endswith(".html")}
    seen = {address for _, address, _ in answers}
    assert pages - seen == {f"{root}404.html", root + MOVED}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


def test_a_browser_finds_nothing_to_complain_of(host: str, browser: Browser, sites: dict[str, TinySite]) -> None:
    site = sites["below a path"]
    with servers.served(host, site.output, secure=True) as root, watched(browser, ignore_https_errors=True) as watch:
        for address in ("index.html", "vi/index.html", "vi/tra-cuu.html", "en/products/painting-one.html"):
            watch.open(root + address)
            assert watch.page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", address
    assert not watch.complaints


def test_other_sites_may_frame_the_pages_made_for_it_and_no_others(
    host: str, browser: Browser, sites: dict[str, TinySite], tmp_path: Path
) -> None:
    site = sites["below a path"].output
    framed = next(path.relative_to(site).as_posix() for path in sorted((site / "embed/vi").glob("*.html")))
    with servers.served(host, site) as root, servers.python_server(tmp_path) as elsewhere:
        shown = {}
        for address in (framed, "vi/index.html"):
            (tmp_path / "frame.html").write_text(f'<!doctype html><iframe src="{root}{address}"></iframe>', "utf-8")
            page = browser.new_page()
            page.goto(elsewhere + "frame.html", wait_until="load")
            shown[address] = page.frames[1].url
            page.close()
    assert shown[framed] == root + framed
    assert shown["vi/index.html"].startswith("chrome-error:")

"""The real content, built once: every page strictly valid, every link alive, nothing promised in vain."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.problems import Problems
from cnnt_site.weighing import demand, tell_heavy_files, tell_heavy_page, tell_heavy_pictures
from tests.harness.sites import parse, text_of


@pytest.fixture(scope="session")
def pages(real_site: Path) -> dict[str, Element]:
    """Every page, strictly parsed."""
    found = {}
    for path in sorted(real_site.rglob("*.html")):
        address = path.relative_to(real_site).as_posix()
        try:
            found[address] = parse(path.read_bytes())
        except Exception as error:
            raise AssertionError(f"{address} is not valid HTML: {error}") from error
    return found


def test_every_page_has_its_bones(pages: dict[str, Element]) -> None:
    wrong = []
    for address, page in pages.items():
        if page.get("lang") not in ("vi", "en"):
            wrong.append(f"{address}: no language")
        if len(list(page.iter("h1"))) != 1:
            wrong.append(f"{address}: not one h1")
        if not text_of(page.find(".//title")):
            wrong.append(f"{address}: no title")
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        if len(ids) != len(set(ids)):
            wrong.append(f"{address}: an id twice")
        for image in page.iter("img"):
            if image.get("alt") is None or not (image.get("width") and image.get("height")):
                wrong.append(f"{address}: {image.get('src')} without alt, width or height")
        for element in page.iter():
            if element.get("style") or any(name.startswith("on") for name in element.attrib):
                wrong.append(f"{address}: inline style or script on {element.tag}")
            if (
                element.tag == "a"
                and "data-href" not in element.attrib
                and not (text_of(element) or element.get("aria-label"))
            ):
                wrong.append(f"{address}: a link without words to {element.get('href')}")
    assert not wrong, "\n".join(wrong[:40])


def test_headings_stand_in_order(pages: dict[str, Element]) -> None:
    wrong = []
    for address, page in pages.items():
        level = 0
        for element in page.iter():
            if isinstance(element.tag, str) and element.tag in ("h1", "h2", "h3", "h4"):
                now = int(element.tag[1])
                if now > level + 1:
                    wrong.append(f"{address}: h{now} after h{level}: {text_of(element)}")
                level = now
    assert not wrong, "\n".join(wrong[:40])


def test_every_link_and_anchor_lives(real_site: Path, pages: dict[str, Element]) -> None:
    anchors = {address: {element.get("id") for element in page.iter()} for address, page in pages.items()}
    wrong = []
    for address, page in pages.items():
        for link in _links(page):
            if ":" in link.split("/")[0] or not link:
                continue
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else address
            if link.startswith("/") or not os.path.isfile(real_site / target):
                wrong.append(f"{address}: {link}")
            elif anchor and anchor not in anchors.get(target, {anchor}):
                wrong.append(f"{address}: no anchor {link}")
    assert not wrong, "\n".join(wrong[:40])


def _links(page: Element) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src"):
            value = element.get(name)
            if value is not None and element.tag not in ("use", "base"):
                yield value
        for candidate in (element.get("srcset") or "").split(","):
            if candidate.strip():
                yield candidate.split()[0]


def test_every_product_shows_its_sources_and_no_invented_contact(pages: dict[str, Element]) -> None:
    products = [page for address, page in pages.items() if address.startswith(("vi/san-pham/", "en/products/"))]
    assert len(products) == 2 * len(list((PROJECT / "content" / "products").iterdir()))
    for page in products:
        assert page.find(".//section[@class='sources']") is not None, text_of(page.find(".//h1"))
        assert not [link for link in page.iter("a") if link.get("href", "").startswith(("tel:", "mailto:"))]


def test_published_pictures_are_no_drawings_of_vectors(real_site: Path) -> None:
    assert not list((real_site / "media").glob("*.svg"))
    assert list((real_site / "media").glob("*.webp"))


KINDS = {
    "vi/index.html": "home.html",
    "vi/tra-cuu.html": "catalogue.html",
    "vi/tra-cuu/3.html": "catalogue.html",
    "vi/san-pham/tranh-sen-bay-nghia.html": "product.html",
    "vi/san-pham/kho-ca-ket-phan-chao.html": "product.html",
    "vi/hoi-cho/hoi-cho-cnnt-phia-nam-2022.html": "fair.html",
    "vi/so-lieu.html": "statistics.html",
}


def test_first_views_keep_to_their_budgets(real_site: Path) -> None:
    problems, demands = Problems(), {}
    for address, template in KINDS.items():
        page = (real_site / address).read_bytes()
        demands[address] = demand(address, template, page)
        tell_heavy_page(address, template, page, problems)
        tell_heavy_pictures(
            address, demands[address], lambda file: ((real_site / file).stat().st_size, False), problems
        )
    assets = {path.relative_to(real_site).as_posix(): path.read_bytes() for path in (real_site / "assets").iterdir()}
    tell_heavy_files(demands.items(), assets, problems)
    assert not list(problems)
    assert [len(demands[address].pictures) for address in KINDS] == [3, 4, 4, 1, 1, 0, 0]

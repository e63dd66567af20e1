"""The real content, built once: every page strictly valid, every link alive, nothing promised in vain."""

from __future__ import annotations

import os
import posixpath
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from cnnt_site.cli import PROJECT
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
            if value is not None and element.tag != "use":
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


BUDGETS = {
    "vi/index.html": (10_000, 6_000, 12),
    "vi/tra-cuu.html": (10_000, 14_000, 14),
    "vi/san-pham/tranh-sen-bay-nghia.html": (10_000, 8_000, 7),
    "vi/hoi-cho/hoi-cho-cnnt-phia-nam-2022.html": (10_000, 4_000, 9),
}
"""The most bytes of styles and of scripts, compressed, and the most files that a first view asks for."""


@pytest.mark.parametrize("address", BUDGETS)
def test_styles_and_scripts_of_a_page_stay_light(address: str, real_site: Path, pages: dict[str, Element]) -> None:
    page, folder = pages[address], (real_site / address).parent
    styles = [
        link.attrib["href"]
        for link in page.iter("link")
        if link.get("rel") == "stylesheet" and link.get("media") != "print"
    ]
    scripts = [script.attrib["src"] for script in page.iter("script") if script.get("src")]
    eager = {image.attrib["src"] for image in page.iter("img") if image.get("loading") != "lazy"}
    most_style, most_script, most_files = BUDGETS[address]
    weights = [sum(len(zlib.compress((folder / file).read_bytes(), 9)) for file in some) for some in (styles, scripts)]
    assert weights[0] <= most_style
    assert weights[1] <= most_script
    assert 1 + len(styles) + len(scripts) + len(eager) <= most_files

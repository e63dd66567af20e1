"""Content can't attack a visitor: hostile text in every field of every record, in file names, texts, addresses."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from playwright.sync_api import Browser

from cnnt_site.catalogue.picking import TOLD_NEWEST
from cnnt_site.pages.facets import ADDRESS_WORDS
from cnnt_site.vietnamese import nfc
from tests.harness.attacked import CONTACTS, LANGUAGES, write_record
from tests.harness.attacked import attacked as attacked_site
from tests.harness.browser import launched, watched
from tests.harness.injections import ADDRESSES, ELSEWHERE, INVISIBLE, MARKDOWN, TEXTS
from tests.harness.markup import intruders
from tests.harness.sites import TinySite, parse, picture, site_from, text_of

MANY = int(os.environ.get("CNNT_HOSTILE", "14"))
"""How many products; with 450 every field of theirs meets every text (`make test-hostile`)."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySite, dict[str, dict[str, Any]]]:
    """A site in which every text is hostile, and its product records by id."""
    return attacked_site(tmp_path_factory.mktemp("hostile"), MANY)


def _pages(site: TinySite) -> list[str]:
    return [address for address in site.files() if address.endswith(".html")]


def test_no_page_holds_markup_that_its_template_did_not_write(attacked: tuple[TinySite, dict[str, Any]]) -> None:
    """Read by an independent parser: no script but ours, no handler, no style, no foreign address that is loaded."""
    site, _ = attacked
    wrong = [each for address in _pages(site) for each in intruders(site, address)]
    assert not wrong, "\n".join(wrong[:20])


def test_names_are_shown_as_they_were_written(attacked: tuple[TinySite, dict[str, Any]]) -> None:
    site, products = attacked
    data = json.loads((site.output / "data/products.json").read_text("utf-8"))
    told = {product["id"]: product for product in data["products"]}
    rows = list(csv.DictReader(io.StringIO((site.output / "data/products.csv").read_bytes().decode("utf-8-sig"))))
    for id_, record in products.items():
        for lang in LANGUAGES:
            name = _shown(record, lang)
            assert told[id_]["name"][lang] == name
            page = next(path for path in _permalinks(site, id_, lang))
            assert text_of(page.find(".//h1")) == name, id_
    for row in rows:
        assert not any((cell or " ")[0] in "=+-@\t\r" for cell in row.values() if not _is_number(cell)), row


def _shown(record: dict[str, Any], lang: str) -> str:
    """A product's name as everything shows it: on one line, its letters and marks put together."""
    return " ".join(nfc(record["name"][lang]).split())


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()


def _permalinks(site: TinySite, id_: str, lang: str) -> Iterator[Any]:
    """The page of a product in a language, by way of its permanent page."""
    links = site.page(f"p/{id_}.html").iter("a")
    for link in links:
        if link.get("hreflang") == lang:
            yield site.page(os.path.normpath(f"p/{link.get('href')}"))


def test_what_machines_read_is_well_formed_and_says_the_same(attacked: tuple[TinySite, dict[str, Any]]) -> None:
    site, products = attacked
    names = {lang: {_shown(record, lang) for record in products.values()} for lang in LANGUAGES}
    for address, data in site.files().items():
        if address.endswith((".xml", ".svg")):
            ElementTree.fromstring(data)
            assert b"<!ENTITY" not in data, address
        if address.endswith((".json", ".webmanifest")):
            json.loads(data)
        if address.endswith(".html"):
            for script in parse(data).iter("script"):
                if script.get("type") == "application/ld+json":
                    json.loads(script.text or "")
    for lang in LANGUAGES:
        tree = ElementTree.parse(site.output / lang / "feed.xml")
        titles = [entry.findtext("{*}title") for entry in tree.iter("{http://www.w3.org/2005/Atom}entry")]
        assert len(titles) == min(len(products) + 1, TOLD_NEWEST)  # and the one of the smallest site
        assert len(set(titles) - names[lang]) <= 1
        assert not feedparser.parse((site.output / lang / "feed.xml").read_bytes()).bozo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.mark.browser
def test_in_a_browser_nothing_of_it_runs_and_nobody_else_is_asked(
    browser: Browser, attacked: tuple[TinySite, dict[str, Any]]
) -> None:
    site, _ = attacked
    with watched(browser) as watch:
        watch.page.on("dialog", lambda dialog: watch.complaints.append(f"dialog: {dialog.message}"))
        for address in _pages(site):
            if address == "404.html":
                continue  # it has a base, and so is whole on servers only
            watch.open((site.output / address).as_uri())
            assert watch.page.evaluate("window.ran") is None, address
            assert ELSEWHERE not in watch.page.url, address
    assert not watch.complaints


@pytest.mark.browser
def test_in_a_browser_no_part_of_an_address_runs(browser: Browser, attacked: tuple[TinySite, dict[str, Any]]) -> None:
    """`#…` and `?…` are written by whoever makes a link: on the catalogue and the shortlist, which read them."""
    site, _ = attacked
    words = (word for called in ADDRESS_WORDS.values() for word in called.values())
    names = ("q", "ds", *dict.fromkeys(words), "__proto__", "constructor", "")
    texts = TEXTS[:: max(1, len(TEXTS) // MANY)]
    with watched(browser) as watch:
        watch.page.on("dialog", lambda dialog: watch.complaints.append(f"dialog: {dialog.message}"))
        for number, text in enumerate(texts):
            written = quote(text, safe="") if number % 2 else text.replace("%", "%25")
            fragment = "&".join(f"{name}={written}" for name in names)
            for page in ("vi/tra-cuu.html", "en/browse.html", "vi/da-luu.html"):
                watch.open(f"{(site.output / page).as_uri()}?{fragment.replace('#', '%23')}#{fragment}")
                assert watch.page.evaluate("window.ran") is None, text
                assert urlsplit(watch.page.url)[:3] == urlsplit((site.output / page).as_uri())[:3], text
    assert not watch.complaints


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_that_would_act_is_refused_or_harmless(text: str, tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.write("products/tranh-mot/vi.md", f"Mở đầu.\n\n{text}\n")
    done = site.run()
    if done.code == 0:
        page = site.page("vi/san-pham/tranh-mot.html")
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not (element.get("href") or "").lower().startswith(("javascript", "data", "vbscript"))
        assert not [image for image in page.iter("img") if ELSEWHERE in (image.get("src") or "")]
    else:
        assert re.search("content/products/tranh-mot/vi.md:[35]:", done.err)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_is_refused_wherever_one_is_wanted(address: str, tmp_path: Path) -> None:
    site = site_from(tmp_path)
    more = json.dumps({"url": address}, ensure_ascii=False)
    site.edit("products/tranh-mot/product.yaml", "group:", f"sources: [{more}]\ngroup:")
    done = site.run("check", "--base-url", "https://vi-du.example/")
    assert done.code == 1
    assert "product.yaml:4:" in done.err
    assert "is not a web address" in done.err or "https://" in done.err


@pytest.mark.parametrize("kind", CONTACTS)
def test_a_contact_that_is_none_is_refused(kind: str, tmp_path: Path) -> None:
    site = site_from(tmp_path)
    texts = (*TEXTS, *ADDRESSES, "0277 1234567 onclick=x", "a@b", "x@vi-du.example, y@vi-du.example")
    contacts = [{"kind": kind, "value": text} for text in dict.fromkeys(texts)]
    write_record(site, "producers/co-so-mot/producer.yaml", {"name": {"vi": "A"}, "contacts": contacts})
    done = site.run("check")
    assert done.code == 1
    assert done.err.count("can't be used as a contact") == len(contacts)


@pytest.mark.parametrize("sign", INVISIBLE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_signs_that_nobody_sees_are_told_wherever_they_stand_and_never_reach_the_terminal(
    sign: str, tmp_path: Path
) -> None:
    site = site_from(tmp_path)
    site.write("producers/co-so-mot/producer.yaml", json.dumps({"name": {"vi": f"Cơ{sign}sở"}}, ensure_ascii=False))
    site.write("products/tranh-mot/vi.md", f"Bức {sign}tranh.")
    site.write("products/tranh-hai/product.yaml", f'name: {{vi: A}}\n"gro{sign}up": crafts\n')
    done = site.run("check")
    assert done.code == 1
    for path in (
        "producers/co-so-mot/producer.yaml:1",
        "products/tranh-mot/vi.md:1",
        "products/tranh-hai/product.yaml:2",
    ):
        assert f"content/{path}" in done.err, done.err
    assert sign not in done.err


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u0085", "\r"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_line_ends_of_other_systems_are_spaces(sign: str, tmp_path: Path) -> None:
    """YAML takes them for the end of a line, as scripts do: none of them may get into a page."""
    site = site_from(tmp_path)
    site.write("producers/co-so-mot/producer.yaml", json.dumps({"name": {"vi": f"Cơ{sign}sở"}}, ensure_ascii=False))
    assert text_of(site.built().page("vi/co-so/co-so.html").find(".//h1")) == "Cơ sở"
    texts = {address: data for address, data in site.files().items() if not address.endswith(".xlsx")}
    assert not [address for address, data in texts.items() if sign.encode() in data.replace(b"\r\n", b"\n")]


def test_what_a_file_is_called_never_reaches_the_terminal_raw(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.write("products/tranh-mot/photos/\x1b[31m\u202egnp.exe.png", picture("PNG", "RGB", "20x20"))
    site.write("products/tranh-mot/vi.md", b"\x1b]0;hostile\x07 text")
    done = site.run("check")
    assert done.code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(done.err)

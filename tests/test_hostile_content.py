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

from cnnt_site.desk.fields import Field, fields_of, files
from cnnt_site.pages.facets import ADDRESS_WORDS
from tests.harness.browser import launched, watched
from tests.harness.injections import ADDRESSES, ELSEWHERE, FILE_NAMES, INVISIBLE, MARKDOWN, TEXTS
from tests.harness.sites import TinySite, parse, picture, site_from, text_of

MANY = int(os.environ.get("CNNT_HOSTILE", "14"))
"""How many products; with 450 every field of theirs meets every text (`make test-hostile`)."""

LANGUAGES = ("vi", "en")
IDS = {
    "groups": "crafts",
    "producer_kinds": "household",
    "provinces": "tinh-thu",
    "districts": "tinh-thu/huyen-mot",
    "communes": "tinh-thu/xa-ba",
    "levels": "province",
    "programmes": "cnnt",
    "products": "tranh-mot",
    "producers": "co-so-mot",
}
CONTACTS = {
    "phone": "+(0)-. 277 1234567",
    "zalo": "0277.123.4567",
    "email": "+.--van-phòng_1@vi-du.example",
    "website": "vi-du.example/&quot;onfocus=window.ran=1?a=%22;javascript:#//hostile.example",
}
"""The worst that is still a contact of its kind."""

FOREIGN = ("iframe", "object", "embed", "base", "style", "math", "frame", "applet", "marquee")
"""Elements that no template of ours has."""

LEFT_OUT = ("illustration", "neutral_illustration", "formerly", "slug", "successor", "withdrawn", "ending", "sections")
"""Fields whose value decides where a page stands or whether it is there; each holds ids, slugs, or has a test below."""


class Attacker:
    """Fills records: every text field with the next hostile text, so that all of them are used in turn."""

    def __init__(self, start: int) -> None:
        self.next = start * 37

    def text(self) -> str:
        self.next += 1
        return TEXTS[self.next % len(TEXTS)]

    def record(self, model: type[Any], kind: str, **fixed: object) -> dict[str, object]:
        """A record of `model` with everything in it that can be written."""
        filled = {f.name: self._value(f, kind) for f in fields_of(model) if f.name not in (*LEFT_OUT, *fixed)}
        return {name: value for name, value in {**filled, **fixed}.items() if value is not None}

    def _value(self, field: Field, kind: str) -> object:
        if field.name == "photos":
            return None
        one = self._one(field, kind)
        if one is None:
            return None
        value = {lang: self._one(field, kind) for lang in LANGUAGES} if field.by_language else one
        if field.by_word:
            return None
        return [value] if field.many else value

    def _one(self, field: Field, kind: str) -> object:
        if field.kind == "line":
            return self.text()
        if field.kind == "record":
            assert field.record is not None
            return self.record(field.record, kind)
        if field.kind == "id":
            return IDS.get(field.leads_to) or ("tinh-thu/huyen-mot" if field.name == "place" else None)
        return {
            "number": "3",
            "year": "2024",
            "day": "2026-01-02",
            "rough-day": "2026-01",
            "address": f"https://vi-du.example/?q={quote(self.text())}#{quote(self.text(), safe='')}",
            "choice": field.choices[0] if field.choices else None,
        }.get(field.kind)


def _write(site: TinySite, path: str, record: object) -> None:
    site.write(path, json.dumps(record, ensure_ascii=False))


def _photo(attacker: Attacker, file: str) -> dict[str, object]:
    words = {lang: attacker.text() for lang in LANGUAGES}
    return {
        "file": file,
        "alt": words,
        "author": attacker.text(),
        "rights_holder": attacker.text(),
        "licence": words,
        "permission": {"date": "2026-01-02", "by": attacker.text()},
    }


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySite, dict[str, dict[str, Any]]]:
    """A site in which every text is hostile, and its product records by id."""
    site, models = site_from(tmp_path_factory.mktemp("hostile")), files()
    products: dict[str, dict[str, Any]] = {}
    for number in range(MANY):
        attacker, id_ = Attacker(number), f"sp-{number}"
        name = FILE_NAMES[number % len(FILE_NAMES)]
        site.write(f"products/{id_}/photos/{name}", picture("PNG", "RGB", "20x20"))
        for lang in LANGUAGES:
            site.write(f"products/{id_}/{lang}.md", _prose(attacker))
        contacts = [
            {"kind": kind, "value": value, "consent": {"date": "2026-01-02", "scope": attacker.text()}}
            for kind, value in CONTACTS.items()
        ]
        producer = attacker.record(models["producers"][1], "producers", contacts=contacts)
        _write(site, f"producers/cs-{number}/producer.yaml", producer)
        product = attacker.record(models["products"][1], "products", photos=[_photo(attacker, name)])
        products[id_] = {**product, "producer": f"cs-{number}"}
        _write(site, f"products/{id_}/product.yaml", products[id_])
        for kind, file in (("fairs", "fair.yaml"), ("pages", "page.yaml")):
            if number < 4:
                _write(site, f"{kind}/{kind}-{number}/{file}", attacker.record(models[kind][1], kind))
    attacker = Attacker(MANY)
    for kind, path in (("provinces", "places/provinces.yaml"), ("districts", "places/districts.yaml")):
        _write(site, path, {IDS[kind]: attacker.record(models[kind][1], kind)})
    _write(site, "statistics.yaml", [attacker.record(models["statistics"][1], "statistics") for _ in range(4)])
    for kind, id_ in (("groups", "crafts"), ("producer_kinds", "household"), ("programmes", "cnnt")):
        more = {"slug": {"vi": "thu-cong", "en": "handicrafts"}} if kind == "groups" else {}
        _write(site, models[kind][0], {id_: attacker.record(models[kind][1], kind, **more)})
    foreign = [{"name": {"vi": text}, "producer": {"name": {"vi": text}}, "permalink": "p/a.html"} for text in TEXTS]
    _write(site, "sources/ban.json", {"format": 1, "base_url": "https://vi-du.example/", "products": foreign})
    own = {
        "languages": list(LANGUAGES),
        "updated": "2026-11-24",
        "theme": "showroom",
        "base_url": None,
        "contact_email": CONTACTS["email"],
        "sources": [{"name": dict.fromkeys(LANGUAGES, attacker.text()), "file": "sources/ban.json"}],
        "page_size": "24",
    }
    own |= {"programme": "cnnt", "province": "tinh-thu", "validity_rule": None}
    _write(site, "site.yaml", attacker.record(models["site"][1], "site", **own))
    return site.built("--base-url", "https://vi-du.example/"), products


def _prose(attacker: Attacker) -> str:
    """A long text: all hostile ones that aren't refused outright, as prose, code, heading, list, quotation, table."""
    safe = [
        text
        for text in (attacker.text() for _ in range(12))
        if "<" not in text and "](" not in text and ":" not in text
    ]
    marks = ("{}", "`{}`", "## {}", "- {}", "> {}", "    {}", "a|b\n-|-\n{}|c", "**{}**", "[{}](https://vi-du.example)")
    return "\n\n".join(mark.format(text) for mark, text in zip(marks, safe, strict=False)) or "Không có gì."


def _pages(site: TinySite) -> list[str]:
    return [address for address in site.files() if address.endswith(".html")]


def test_no_page_holds_markup_that_its_template_did_not_write(attacked: tuple[TinySite, dict[str, Any]]) -> None:
    """Read by an independent parser: no script but ours, no handler, no style, no foreign address that is loaded."""
    site, _ = attacked
    wrong = []
    for address in _pages(site):
        for element in parse((site.output / address).read_bytes()).iter():
            if not isinstance(element.tag, str):
                continue
            where = f"{address}: <{element.tag}"
            if element.tag in FOREIGN and (element.tag, address) != ("base", "404.html"):
                wrong.append(where)
            if (
                element.tag == "script"
                and element.get("type") is None
                and not (element.get("src") or "").endswith(".js")
            ):
                wrong.append(f"{where} without src")
            for name, value in element.attrib.items():
                if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                    wrong.append(f"{where} {name}")
                loads = name in ("src", "srcset", "poster", "data", "action") or (
                    element.tag == "link" and name == "href"
                )
                if loads and value.strip().startswith(("//", "\\", "http:", "data:", "javascript:")):
                    wrong.append(f"{where} {name}={value}")
                scheme = value.strip().lower().partition(":")[0] if name == "href" else ""
                if element.tag == "a" and scheme in ("javascript", "data", "vbscript", "file", "blob"):
                    wrong.append(f"{where} {name}={value}")
    assert not wrong, "\n".join(wrong[:20])


def test_names_are_shown_as_they_were_written(attacked: tuple[TinySite, dict[str, Any]]) -> None:
    site, products = attacked
    data = json.loads((site.output / "data/products.json").read_text("utf-8"))
    told = {product["id"]: product for product in data["products"]}
    rows = list(csv.DictReader(io.StringIO((site.output / "data/products.csv").read_bytes().decode("utf-8-sig"))))
    for id_, record in products.items():
        for lang in LANGUAGES:
            name = " ".join(record["name"][lang].split())
            assert told[id_]["name"][lang] == name
            page = next(path for path in _permalinks(site, id_, lang))
            assert text_of(page.find(".//h1")) == name, id_
    for row in rows:
        assert not any((cell or " ")[0] in "=+-@\t\r" for cell in row.values() if not _is_number(cell)), row


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
    names = {lang: {" ".join(record["name"][lang].split()) for record in products.values()} for lang in LANGUAGES}
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
        titles = {title.text for title in tree.iter("{http://www.w3.org/2005/Atom}title")}
        assert names[lang] <= titles
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
    _write(site, "producers/co-so-mot/producer.yaml", {"name": {"vi": "A"}, "contacts": contacts})
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

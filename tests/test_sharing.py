"""What others see of a page: previews in chats, cards for address books, descriptions for search engines."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec_schemaorg.enums.intangible as enumerations
import msgspec_schemaorg.models as schema_org
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.harness.browser import launched
from tests.harness.servers import python_server
from tests.harness.sites import DRAWING, TinySite, site_from

BASE = "https://vi-du.vn/"
CONTENT = """\
--- producers/co-so-mot/producer.yaml
name: {vi: 'Cơ sở Một, ấp Hai', en: Một Workshop}
place: {address: 12 đường Ba, commune: xã Hai, district: tinh-thu/huyen-mot}
contacts:
  - {kind: phone, value: 0900 000 000, consent: {date: 2026-01-01, scope: trang web}}
  - {kind: email, value: mot@vi-du.example}
--- producers/co-so-hai/producer.yaml
name: {vi: Cơ sở Hai}
contacts: [{kind: phone, value: 0911 111 111}]
--- products/co-anh/product.yaml
name: {vi: Ấm chén Ỷ Lan, en: Tea set}
producer: co-so-mot
certificates:
  - level: province
    year: 2020
    number: 12/GCN
    issued_on: 2020-10-12
    valid_until: 2023-12-31
    issued_by: {vi: UBND tỉnh Thử}
photos:
  - file: anh.jpg
    alt: {vi: Ấm}
    author: A
    rights_holder: A
    licence: {vi: Được phép}
    permission: {date: 2026-01-01, by: A}
--- products/co-anh/photos/anh.jpg picture JPEG RGB 600x400
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
start: 2026-12-12
end: 2026-12-16
venue: {vi: Quảng trường}
organiser: {vi: Ban tổ chức}
"""


def _site(folder: Path) -> TinySite:
    site = site_from(folder, CONTENT + DRAWING)
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nillustration: tranh")
    return site


def _meta(site: TinySite, page: str) -> dict[str, str]:
    return {each.get("property") or "": each.get("content") or "" for each in site.page(page).iter("meta")}


def _described(site: TinySite, page: str) -> dict[str, Any]:
    scripts = [each for each in site.page(page).iter("script") if each.get("type") == "application/ld+json"]
    return {said["@type"]: said for said in (json.loads(each.text or "") for each in scripts)}


def test_every_page_that_is_shared_has_its_card(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    cards = {}
    for page in ("vi/san-pham/am-chen-y-lan.html", "en/products/painting-one.html", "vi/hoi-cho/hoi-cho-thu.html"):
        said = _meta(site, page)
        card = Image.open(site.output / said["og:image"].removeprefix(BASE))
        assert card.size == (1200, 630) == (int(said["og:image:width"]), int(said["og:image:height"]))
        assert card.format == "JPEG"
        cards[page] = card
    assert len({card.tobytes() for card in cards.values()}) == 3
    assert "og:image" not in _meta(site.built(), "vi/san-pham/am-chen-y-lan.html"), "half an address previews nothing"


def test_the_card_of_a_round_shows_its_products(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    found = []
    for page in ("vi/cap/tinh/2020.html", "vi/hoi-cho/hoi-cho-thu.html"):
        card = Image.open(site.output / _meta(site, page)["og:image"].removeprefix(BASE)).convert("RGB")
        found.append(ImageChops.difference(card, Image.new("RGB", card.size, "#0e4a4b")).crop((800, 200, 1000, 400)))
    with_product, without = (min(each.convert("L").tobytes()) for each in found)
    assert with_product > 20, "no picture"
    assert without < 5, "nothing is known of what it shows"


def test_marks_are_drawn_on_cards(tmp_path: Path) -> None:
    """A name with its marks is another picture than the same letters without; the card itself stays the same."""
    made: list[bytes] = []
    for name in ("Ấm chén Ỷ Lan", "Am chen Y Lan", "Ấm chén Ỷ Lan"):
        site = _site(tmp_path / str(len(made)))
        site.edit("products/co-anh/product.yaml", "Ấm chén Ỷ Lan", name)
        site.built("--base-url", BASE)
        address = _meta(site, "en/products/tea-set.html")["og:image"].removeprefix(BASE)
        made.append((site.output / address).read_bytes())
    assert made[0] == made[2]
    first, second = (Image.open(io.BytesIO(data)).convert("L") for data in made[:2])
    box = ImageChops.difference(first, second).getbbox()
    assert box is not None
    assert box[3] - box[1] > 40, "marks above and below"


def test_a_drawing_is_no_picture_of_the_product(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    assert "image" not in _described(site, "vi/san-pham/tranh-mot.html")["Product"]
    images = _described(site, "vi/san-pham/am-chen-y-lan.html")["Product"]["image"]
    assert images[0].startswith(f"{BASE}media/anh-")


def test_descriptions_are_whole(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    product = _described(site, "vi/san-pham/am-chen-y-lan.html")
    assert product["BreadcrumbList"]["itemListElement"][-1]["name"] == "Ấm chén Ỷ Lan"
    certificate = product["Product"]["hasCertification"][0]
    assert certificate["issuedBy"] == {"@type": "Organization", "name": "UBND tỉnh Thử"}
    assert (certificate["datePublished"], certificate["expires"]) == ("2020-10-12", "2023-12-31")
    assert certificate["certificationIdentification"] == "12/GCN"
    assert certificate["certificationStatus"].endswith("CertificationInactive")
    event = _described(site, "vi/hoi-cho/hoi-cho-thu.html")["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-12", "2026-12-16")
    assert event["location"]["name"] == "Quảng trường"
    files = _described(site, "en/index.html")["Dataset"]["distribution"]
    assert all((site.output / file["contentUrl"].removeprefix(BASE)).is_file() for file in files)
    maker = _described(site, "vi/co-so/co-so-mot-ap-hai.html")["Organization"]
    assert maker["telephone"] == "0900 000 000"


def _unknown_words(said: Any) -> Iterator[str]:
    """What a description says that schema.org doesn't know of its type, inner descriptions included."""
    if isinstance(said, list):
        for each in said:
            yield from _unknown_words(each)
    elif isinstance(said, dict):
        known = getattr(schema_org, said["@type"]).__struct_encode_fields__
        yield from (f"{said['@type']}.{word}" for word in said if word not in known)
        for inner in said.values():
            yield from _unknown_words(inner)
    elif isinstance(said, str) and said.startswith("https://schema.org/"):
        word = said.removeprefix("https://schema.org/")
        if word and not any(hasattr(kind, word) for kind in vars(enumerations).values()):
            yield word


def test_descriptions_use_the_words_of_schema_org(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    pages = [path for path in site.files() if path.endswith(".html") and path[:3] in ("vi/", "en/")]
    described = {kind: said for path in pages for kind, said in _described(site, path).items()}
    assert set(described) == {"WebSite", "Dataset", "Product", "Organization", "Event", "BreadcrumbList"}
    unknown = {word for path in pages for said in _described(site, path).values() for word in _unknown_words(said)}
    assert not unknown


def test_a_card_for_address_books_only_with_consent(tmp_path: Path) -> None:
    site = _site(tmp_path).built("--base-url", BASE)
    cards = {path: data.decode() for path, data in site.files().items() if path.endswith(".vcf")}
    assert list(cards) == ["data/producers/co-so-mot.vcf"]
    card = cards["data/producers/co-so-mot.vcf"]
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    whole = card.replace("\r\n ", "")
    assert whole.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert "FN:Cơ sở Một\\, ấp Hai\r\n" in whole
    assert "TEL;VALUE=uri;TYPE=work:tel:0900000000\r\n" in whole
    assert "mot@vi-du.example" not in whole
    page = site.page("vi/co-so/co-so-mot-ap-hai.html")
    links = [each.get("href") or "" for each in page.iter("a")]
    assert "../../data/producers/co-so-mot.vcf" in links
    assert "tel:0900000000" in links
    assert any("maps" in link and "12%20" in link for link in links)


PAGES = (
    "vi/san-pham/am-chen-y-lan.html",
    "en/fairs/trial-fair.html",
    "vi/cap/tinh/2020.html",
    "vi/co-so/co-so-mot-ap-hai.html",
)


def _sent(page: Page) -> str:
    """The address that the link to Zalo takes along."""
    link = urlsplit(page.get_attribute(".share-zalo", "href") or "")
    assert (link.scheme, link.hostname) == ("https", "button-share.zalo.me")
    return str(json.loads(base64.b64decode(parse_qs(link.query)["d"][0], validate=True))["url"])


@pytest.mark.browser
def test_a_page_is_passed_on_in_the_ways_there_are(tmp_path: Path) -> None:
    known = _site(tmp_path / "known").built("--base-url", BASE)
    unknown = _site(tmp_path / "unknown").built()
    with launched() as browser, python_server(unknown.output) as home:
        page = browser.new_page()
        for address in PAGES:
            page.goto((known.output / address).as_uri())
            assert _sent(page) == BASE + address
            assert page.get_attribute(".share-zalo", "rel") == "noopener noreferrer"
            page.goto(f"{home}{address}#products")
            assert _sent(page) == f"{home}{address}"
            page.goto((unknown.output / address).as_uri())
            assert not page.is_visible(".share-zalo"), "nobody else can open an address of this machine's disk"
            assert not page.is_visible(".share"), "this browser has no such sheet"
            page.emulate_media(media="print")
            assert not page.is_visible(".actions")
            page.emulate_media(media="screen")
        page.add_init_script("navigator.share = async (sent) => { window.sent = sent.url }")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto((known.output / PAGES[0]).as_uri())
        page.click(".share")
        page.click(".copy-link")
        page.wait_for_selector("text=Đã chép")
        assert page.evaluate("window.sent") == BASE + PAGES[0] == page.evaluate("navigator.clipboard.readText()")

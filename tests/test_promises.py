"""The promises that hold for every site, each shown on whole tiny sites."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from cnnt_site import files
from cnnt_site.building import publishing
from cnnt_site.cli import PROJECT
from cnnt_site.feeds import sitemap
from cnnt_site.search import texts
from tests.harness.sites import site_from, snapshot, text_of

MORE = """\
--- products/tranh-hai/product.yaml
name: {vi: Tranh hai}
producer: co-so-mot
certificates:
  - level: district
    year: 2019
  - level: province
--- products/am-chen/product.yaml
name: {vi: Ấm chén, en: Tea set}
certificates:
  - level: district
    year: 2020
--- products/an-thu/product.yaml
name: {vi: Ăn thử, en: Trial}
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
products: [tranh-mot]
--- pages/gioi-thieu/page.yaml
title: {vi: Giới thiệu, en: About}
--- pages/gioi-thieu/vi.md
Xem [tranh một](product:tranh-mot) và [cấp tỉnh](level:province).

## Nguồn

Chưa có.
"""

LESS = """\
--- fairs/hoi-cho/fair.yaml remove
--- pages/gioi-thieu/page.yaml remove
--- pages/gioi-thieu/vi.md remove
"""

PHOTO = """\
photos:
  - file: {file}
    alt: {{vi: Một tấm ảnh}}
    author: A
    rights_holder: A
    licence: {{vi: Được phép}}
    permission: {{date: 2026-01-01, by: A}}
"""


# P1: same content, same bytes.


def test_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    """Another hash seed, time zone, number of workers, folder order, empty cache: the same files."""
    site_from(tmp_path / "a", MORE)
    site_from(tmp_path / "b", "".join("--- " + part for part in reversed(MORE.split("--- ")[1:])))
    outputs = []
    for name, seed, zone, jobs in (("a", "1", "Asia/Ho_Chi_Minh", "1"), ("b", "77", "Pacific/Apia", "4")):
        folder = tmp_path / name
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        command = [sys.executable, str(PROJECT / "build.py"), "--jobs", jobs]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        outputs.append({**snapshot(folder / "output"), "ledger": (folder / "content/permalinks.yaml").read_bytes()})
    assert outputs[0] == outputs[1]


def test_nothing_unchanged_is_written_again(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    done = site.run()
    assert "0 files new or changed" in done.out
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == before


def test_only_the_as_of_date_moves_validity(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "year: 2020", "year: 2020\n    valid_until: 2026-12-31")
    for day, state in (
        ("2026-01-01", "valid"),
        ("2026-12-01", "soon"),
        ("2026-12-31", "soon"),
        ("2027-01-01", "expired"),
    ):
        page = site.built("--as-of", day).page("vi/san-pham/tranh-mot.html")
        classes = [element.get("class", "") for element in page.iter("span")]
        assert f"validity validity-{state}" in classes, day


# P2, P3: an edited site equals a clean one; an error publishes nothing.


def test_edits_removals_and_returns_equal_a_clean_build(tmp_path: Path) -> None:
    site = site_from(tmp_path / "edited", MORE).built()
    site.lay(LESS)
    (site.content / "permalinks.yaml").unlink()
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh đầu")
    site.built()
    clean = site_from(tmp_path / "clean", MORE)
    clean.lay(LESS)
    clean.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh đầu")
    assert site.files() == clean.built().files()


def test_an_error_keeps_every_old_byte_and_the_ledger(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    before, ledger = site.files(), (site.content / "permalinks.yaml").read_bytes()
    site.edit("products/tranh-mot/product.yaml", "producer: co-so-mot", "producer: co-so-nao")
    assert site.run().code == 1
    assert site.files() == before
    assert (site.content / "permalinks.yaml").read_bytes() == ledger


def test_files_of_others_in_the_output_are_never_touched(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    (site.output / "CNAME").write_text("vi-du.example")
    site.lay("--- fairs/hoi-cho/fair.yaml remove\n")
    (site.content / "permalinks.yaml").unlink()
    site.built()
    assert (site.output / "CNAME").read_text() == "vi-du.example"
    assert not (site.output / "vi/hoi-cho/hoi-cho-thu.html").exists()


def test_an_interrupted_publication_is_healed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped at steps of publishing from the first to the last: no file is cut, the next build equals a clean one.

    What the pages that stand there lead to is looked at in `test_faults`.
    """
    clean = site_from(tmp_path / "clean", MORE).built().files()
    real, step = files.move_into_place, 0
    while True:
        site = site_from(tmp_path / f"at-{step}").built()
        site.lay(MORE)
        left = [step]

        def until_killed(ready: Path, path: Path, left: list[int] = left) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            real(ready, path)

        monkeypatch.setattr(publishing, "move_into_place", until_killed)
        killed = site.run()
        monkeypatch.setattr(publishing, "move_into_place", real)
        if killed.code == 0:
            break
        for address, data in site.files().items():
            assert data, f"{address} is cut"
        assert site.built().files() == clean
        step = 3 * step + 1
    assert step > 7


# P4: the same folder works everywhere.


def test_pages_ask_no_other_host_and_link_relatively(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built("--base-url", "https://vi-du.example/trien-lam/")
    for address in site.files():
        if not address.endswith(".html"):
            continue
        for element in site.page(address).iter():
            loaded = [element.get(name, "") for name in ("src", "srcset", "poster", "data")]
            if element.tag == "link" and element.get("rel") in ("stylesheet", "icon"):
                loaded.append(element.get("href", ""))
            if element.tag == "a":
                loaded.append(element.get("href", ""))
            for link in loaded:
                assert not link.startswith("/"), (address, link)
                if element.tag != "a":
                    assert "//" not in link, (address, link)


# P5: no published address is ever lost.


def test_a_renamed_folder_keeps_its_addresses(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    (site.content / "products/tranh-mot").rename(site.content / "products/tranh-moi")
    site.built()
    assert text_of(site.page("vi/san-pham/tranh-mot.html").find(".//h1")) == "Tranh một"
    old = site.page("p/tranh-mot.html")
    assert "tranh-moi" in next(meta.get("content", "") for meta in old.iter("meta") if meta.get("http-equiv"))
    assert (site.output / "p/tranh-moi.html").exists()
    assert "p/tranh-mot.html" in (site.output / "_redirects").read_text()


def test_a_corrected_name_keeps_the_address_and_a_new_slug_redirects(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    site.edit("products/tranh-mot/product.yaml", "vi: Tranh một", "vi: Tranh thứ nhất")
    assert "Tranh thứ nhất" in text_of(site.built().page("vi/san-pham/tranh-mot.html").find(".//h1"))
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: crafts\nslug: {vi: tranh-thu-nhat}")
    site.built()
    old = site.page("vi/san-pham/tranh-mot.html")
    assert next(link.get("href") for link in old.iter("a")) == "tranh-thu-nhat.html"
    site.edit("products/tranh-mot/product.yaml", "\nslug: {vi: tranh-thu-nhat}", "\nslug: {vi: tranh-mot}")
    site.built()
    assert text_of(site.page("vi/san-pham/tranh-mot.html").find(".//h1")) == "Tranh thứ nhất"
    assert next(link.get("href") for link in site.page("vi/san-pham/tranh-thu-nhat.html").iter("a")) == "tranh-mot.html"


def test_a_withdrawn_product_leaves_a_page_and_every_list(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    site.edit(
        "products/tranh-mot/product.yaml",
        "group: crafts",
        "group: crafts\nwithdrawn: {date: 2026-10-01, reason: {vi: Cơ sở nghỉ làm.}}",
    )
    site.built()
    page = site.page("vi/san-pham/tranh-mot.html")
    assert "01/10/2026" in text_of(page.find(".//main"))
    assert "Cơ sở nghỉ làm." in text_of(page.find(".//main"))
    assert "Tranh một" not in text_of(site.page("vi/tra-cuu.html").find(".//main"))
    assert (site.output / "p/tranh-mot.html").exists()


def test_a_deleted_product_stops_the_build_unless_another_says_it_was_it(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    site.lay("--- products/am-chen/product.yaml remove\n")
    (site.content / "products/am-chen").rmdir()
    done = site.run()
    assert done.code == 1
    assert "withdrawn" in done.err
    assert "formerly: [am-chen]" in done.err
    site.edit("products/tranh-hai/product.yaml", "producer: co-so-mot", "producer: co-so-mot\nformerly: [am-chen]")
    site.built()
    assert (site.output / "vi/san-pham/am-chen.html").exists()


def test_a_shorter_list_redirects_its_last_pages(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE)
    site.edit("site.yaml", "updated:", "page_size: 2\nupdated:")
    site.built()
    assert (site.output / "vi/tra-cuu/2.html").exists()
    site.edit("site.yaml", "page_size: 2", "page_size: 24")
    site.built()
    assert next(link.get("href") for link in site.page("vi/tra-cuu/2.html").iter("a")) == "../tra-cuu.html"


def test_names_that_fold_to_one_get_addresses_of_their_own(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for id_, name in (("man-a", "Mận"), ("man-b", "Mần"), ("man-c", "Man")):
        site.write(f"products/{id_}/product.yaml", f"name: {{vi: {name}}}\nproducer: co-so-mot\n")
    site.built()
    names = {path.name for path in (site.output / "vi/san-pham").glob("man*")}
    assert names == {"man-co-so-mot.html", "man-co-so-mot-2.html", "man-co-so-mot-3.html"}


# P6: everything is reached by links.


@pytest.mark.parametrize("size", [1, 24])
def test_every_page_is_reached_from_the_gate_by_links(size: int, tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE)
    site.edit("site.yaml", "updated:", f"page_size: {size}\nupdated:")
    site.built()
    reached, waiting = set[str](), ["index.html"]
    while waiting:
        address = waiting.pop()
        if address in reached or not address.endswith(".html"):
            continue
        reached.add(address)
        for link in site.page(address).iter("a"):
            href = link.get("href", "").split("#")[0]
            if href and ":" not in href:
                waiting.append(os.path.normpath(os.path.join(os.path.dirname(address), href)))
    pages = {address for address in site.files() if address.endswith(".html")}
    assert pages - reached == {"404.html"}


# P7: both languages are whole, or say that they are not.


def test_a_missing_translation_is_told_marked_and_kept_from_search_engines(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built("--base-url", "https://vi-du.example/")
    page = site.page("en/products/tranh-hai.html")
    assert page.get("lang") == "en"
    title = page.find(".//h1/span")
    assert title is not None
    assert title.get("lang") == "vi"
    assert "not been translated" in text_of(page.find(".//main"))
    head = page.find("head")
    assert head is not None
    assert any(meta.get("name") == "robots" and meta.get("content") == "noindex" for meta in head.iter("meta"))
    assert not [link for link in head.iter("link") if link.get("hreflang")]
    sitemap = (site.output / "sitemap.xml").read_text()
    assert "vi/san-pham/tranh-hai.html" in sitemap
    assert "en/products/tranh-hai.html" not in sitemap
    assert "3 pages have parts" in site.run().out or "pages have parts" in site.run().out


def test_languages_point_at_each_other(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built("--base-url", "https://vi-du.example/x/")
    for here, other in (
        ("vi/san-pham/tranh-mot.html", "en/products/painting-one.html"),
        ("vi/nam/2020.html", "en/years/2020.html"),
    ):
        page = site.page(here)
        links = {link.get("hreflang"): link.get("href") for link in page.iter("link") if link.get("hreflang")}
        assert links == {
            "vi": f"https://vi-du.example/x/{here}",
            "en": f"https://vi-du.example/x/{other}",
            "x-default": f"https://vi-du.example/x/{here}",
        }
        canonical = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"]
        assert canonical == [f"https://vi-du.example/x/{here}"]


def test_many_pages_stand_in_several_sitemaps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def addresses(name: str) -> list[str]:
        return [str(loc.text) for loc in ElementTree.parse(site.output / name).findall(".//{*}loc")]

    site = site_from(tmp_path, MORE).built("--base-url", "https://vi-du.example/")
    pages = addresses("sitemap.xml")
    assert len(pages) == len(set(pages))
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 10)
    site.built("--base-url", "https://vi-du.example/", "--cache", "another")
    parts = [f"sitemap-{number}.xml" for number in range(1, -(-len(pages) // 10) + 1)]
    assert len(parts) > 1
    assert addresses("sitemap.xml") == [f"https://vi-du.example/{part}" for part in parts]
    assert [page for part in parts for page in addresses(part)] == pages
    monkeypatch.undo()
    site.built("--base-url", "https://vi-du.example/", "--cache", "a third")
    assert not [name for name in site.files() if name in parts]


# Order, counts, open data.


def test_lists_stand_in_vietnamese_order_and_counts_equal_them(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    names = [
        text_of(each) for each in site.page("vi/dia-ban/tinh-thu.html").iter("h3") if each.get("class") == "card-name"
    ]
    assert names == ["Tranh hai", "Tranh một"]
    data = json.loads((site.output / "data/products.json").read_text("utf-8"))
    assert [product["id"] for product in data["products"]] == sorted(product["id"] for product in data["products"])
    level = site.page("vi/cap/huyen.html")
    cards = [each for each in level.iter("li") if each.get("class") == "card"]
    assert len(cards) == 2
    assert "2 sản phẩm" in text_of(level.find(".//main"))


def test_open_data_keeps_its_own_schema(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built()
    data = json.loads((site.output / "data/products.json").read_text("utf-8"))
    schema = json.loads((site.output / "data/products.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    text = (site.output / "data/products.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(len(product["certificates"]) or 1 for product in data["products"]) == len(rows)
    assert {row["id"] for row in rows} == {product["id"] for product in data["products"]}


def test_every_layer_that_a_search_index_names_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 2)
    untranslated = "--- products/{0}/product.yaml\nname: {{vi: {1}}}\nsummary: {{vi: Một dòng.}}\n"
    more = "".join(untranslated.format(id_, name) for id_, name in (("an", "Ăn thử"), ("dua", "Đũa"), ("ao", "Áo")))
    site = site_from(tmp_path, MORE + more).built()
    for lang in ("vi", "en"):
        index = (site.output / f"data/search/{lang}.js").read_text("utf-8")
        layers = json.loads(index[index.index("={", index.index("]")) + 1 : index.rindex(";")])["layers"]
        assert "texts2" in layers
        assert all((site.output / "data/search" / name).is_file() for name in layers.values())


def test_feeds_are_read_by_an_independent_reader(tmp_path: Path) -> None:
    site = site_from(tmp_path, MORE).built("--base-url", "https://vi-du.example/")
    for lang, name in (("vi", "Tranh một"), ("en", "Painting one")):
        feed = feedparser.parse((site.output / lang / "feed.xml").read_bytes())
        assert not feed.bozo
        assert feed.feed.language == lang
        assert name in [entry.title for entry in feed.entries]
        assert all(entry.link.startswith(f"https://vi-du.example/{lang}/") for entry in feed.entries)


def test_structured_data_states_only_what_is_known(tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--base-url", "https://vi-du.example/")
    scripts = [each.text or "" for each in site.page("vi/san-pham/tranh-mot.html").iter("script") if each.get("type")]
    described = {data["@type"]: data for data in map(json.loads, scripts)}
    product = described["Product"]
    assert product["name"] == "Tranh một"
    assert product["manufacturer"]["name"] == "Cơ sở Một"
    certificate = product["hasCertification"][0]
    assert certificate["datePublished"] == "2020"
    assert "expires" not in certificate
    assert "image" not in product
    assert "offers" not in product
    assert described["BreadcrumbList"]["itemListElement"][0]["item"].startswith("https://vi-du.example/vi/")


# P8: nothing private leaves.


def test_contacts_appear_only_while_consent_stands(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    contact = "\ncontacts:\n  - kind: website\n    value: co-so-mot.example\n"
    consent = "    consent: {date: 2026-01-15, scope: đăng trên trang này}\n"
    withdrawn = "    consent: {date: 2026-01-15, scope: đăng trên trang này, withdrawn: 2026-02-01}\n"
    original = (site.content / "producers/co-so-mot/producer.yaml").read_text("utf-8")
    for more, shown in ((contact, False), (contact + consent, True), (contact + withdrawn, False)):
        site.write("producers/co-so-mot/producer.yaml", original + more)
        files = site.built().files()
        assert any(b"co-so-mot.example" in data for data in files.values()) is shown


def test_photos_lose_everything_but_pixels(tmp_path: Path) -> None:
    from PIL import ExifTags, Image

    site = site_from(tmp_path)
    image = Image.new("RGB", (900, 600), (200, 30, 60))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"secret comment")
    site.write("products/tranh-mot/photos/a.jpg", target.getvalue())
    record = (site.content / "products/tranh-mot/product.yaml").read_text("utf-8")
    site.write("products/tranh-mot/product.yaml", record + PHOTO.format(file="a.jpg"))
    site.built()
    made = [path for path in (site.output / "media").iterdir() if path.name.startswith("a-")]
    assert {path.name.rsplit("-", 1)[1] for path in made} == {"320.webp", "600.webp", "600.jpg"}
    for path in made:
        data = path.read_bytes()
        assert b"ecret" not in data
        assert b"Exif" not in data
        with Image.open(path) as opened:
            assert opened.height > opened.width, "turned upright"


def test_every_photo_form_becomes_srgb(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for form in ("JPEG CMYK", "JPEG L", "PNG I;16", "PNG RGBA", "PNG P", "PNG LA", "WEBP RGB"):
        id_ = "anh-" + form.lower().replace(" ", "-").replace(";", "")
        record = f"name: {{vi: Ảnh {form}}}\n" + PHOTO.format(file="a.jpg")
        site.lay(f"--- products/{id_}/product.yaml\n{record}--- products/{id_}/photos/a.jpg picture {form} 60x40\n")
    assert len(list((site.built().output / "media").glob("a-*.jpg"))) == 7

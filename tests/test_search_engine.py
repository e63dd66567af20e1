"""The search engine on indices of the project's own writer, in a real browser and from disk, as on a USB stick."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from cnnt_site.problems import Problems
from cnnt_site.search import index as writer
from cnnt_site.search import texts as text_blocks
from cnnt_site.search.rows import Facet, Place, Producer, Row, Searchable, Value, orders
from cnnt_site.search.synonyms import Synonyms, built_in, read
from cnnt_site.vietnamese import fold, one_tone_style
from tests.harness.browser import launched

ASSETS = Path(__file__).parents[1] / "themes" / "base" / "assets"
SCRIPTS = ("search.js", "catalogue.js")
CASES = json.loads((Path(__file__).parent / "cases" / "vietnamese.json").read_text("utf-8"))

OPEN = """async (entry) => {
    const load = (src) => new Promise((onload, onerror) =>
        document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror })));
    window.shop = await CnntSearch.open({ ...entry, load });
}"""

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
NAMES = (
    ("Hủ tiếu Mỹ Tho", "My Tho rice noodles", "Hộ kinh doanh Gò Cát", "my-tho"),
    ("Tranh sen Bảy Nghĩa", "Bay Nghia lotus painting", "Cơ sở Bảy Nghĩa", "lap-vo"),
    ("Tranh tre", "Bamboo painting", "Cơ sở Bảy Nghĩa", "lap-vo"),
    ("Chiếu Định Yên", "Dinh Yen sedge mat", "Hợp tác xã Định Yên", "lap-vo"),
    ("Khô cá lóc Dân Mập", "Dan Map dried snakehead", "Cơ sở Dân Mập", "thap-muoi"),
    ("Khô cá sặc rằn", "Dried snakeskin gourami", "Cơ sở Dân Mập", "thap-muoi"),
    ("Hạt sen sấy", "Dried lotus seeds", "Công ty TNHH Hương Sen Việt", "cao-lanh"),
    ("Trà tim sen", "Lotus embryo tea", "Hợp tác xã Sen Việt", "sa-dec"),
    ("Kẹo đậu phộng", "Peanut brittle", "Hộ kinh doanh Thiên Hương", "cai-be"),
    ("Kẹo mè xửng", "Sesame nougat", "Hộ kinh doanh Thiên Hương", "cai-be"),
    ("Me ngào đường", "Candied tamarind", "Hộ kinh doanh Thiên Hương", "cai-be"),
    ("Kẹo dừa", "Coconut candy", "Hộ kinh doanh Thiên Hương", "cai-be"),
    ("Dứa sấy dẻo", "Soft-dried pineapple", "Hợp tác xã Tân Phước", "tan-phuoc"),
    ("Khóm tươi", "Fresh pineapple", "Hợp tác xã Tân Phước", "tan-phuoc"),
    ("Dưa mắm chay", "Vegan melon pickle", "Hộ kinh doanh Út Lê Trâm", "go-cong"),
    ("Xoài cát Hòa Lộc", "Hoa Loc mango", "Hợp tác xã Hòa Lộc", "cai-be"),
    ("Bánh phồng tôm Sa Giang", "Sa Giang shrimp crackers", "Công ty Cổ phần Sa Giang", "sa-dec"),
    ("Bột gạo lứt", "Brown rice flour", "Hợp tác xã Mỹ Quý", "thap-muoi"),
)
LEVELS = ("district", "province", "region", "national")
YEARS = ("2018", "2020", "2022", "2024")
STATES = ("valid", "expired", "unknown")


def values(*ids: str) -> tuple[Value, ...]:
    return tuple(Value(id=id_, label={"vi": f"Nhãn {id_}", "en": f"Label {id_}"}) for id_ in ids)


FACETS = (
    Facet(key="level", scope="certificate", values=values(*LEVELS)),
    Facet(key="year", scope="certificate", values=values(*YEARS), searched=True),
    Facet(key="state", scope="certificate", values=values(*STATES)),
    Facet(key="group", scope="product", values=values("food", "craft", "machine")),
)


def made(seed: int = 1, copies: int = 3) -> Searchable:
    """The names above a few times over, with certificates drawn at random: any number, some facts unknown."""
    chance = random.Random(seed)
    rows = []
    for number, (name, english, producer, place) in enumerate(NAMES * copies):
        copy = number // len(NAMES)
        ending = f" loại {copy + 1}" if copy else ""
        papers = []
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            paper = {"level": chance.choice(LEVELS), "year": chance.choice(YEARS), "state": chance.choice(STATES)}
            papers.append({key: value for key, value in paper.items() if chance.random() > 0.1})
        rows.append(
            Row(
                id=f"p{number}",
                page={"vi": f"vi/san-pham/p{number}.html", "en": f"en/products/p{number}.html"},
                name={"vi": name + ending, "en": english + (f" type {copy + 1}" if copy else "")},
                producer=producer,
                places=(place, "dong-thap"),
                values={"group": (chance.choice(("food", "craft")),)} if chance.random() > 0.1 else {},
                certificates=tuple(papers),
                codes=(f"{100 + number}/QĐ-UBND", f"CNNT-82-2022-{number:04}"),
                newest=max((int(paper.get("year", 0)) for paper in papers), default=0),
                rank=max((LEVELS.index(paper["level"]) + 1 for paper in papers if "level" in paper), default=0),
            )
        )
    producers = {row.producer: Producer(id=row.producer, name={"vi": row.producer}) for row in rows if row.producer}
    names = {"my-tho": "Mỹ Tho", "lap-vo": "Lấp Vò", "thap-muoi": "Tháp Mười", "cao-lanh": "Cao Lãnh"}
    names |= {"sa-dec": "Sa Đéc", "cai-be": "Cái Bè", "tan-phuoc": "Tân Phước", "go-cong": "Gò Công"}
    places = {
        id_: Place(
            id=id_, name={"vi": f"Huyện {name}", "en": f"{name} District"}, page={"vi": f"vi/{id_}.html"}, facet="place"
        )
        for id_, name in names.items()
    }
    places["dong-thap"] = Place(id="dong-thap", name={"vi": "Tỉnh Đồng Tháp", "en": "Đồng Tháp Province"})
    return Searchable(
        languages=LANGUAGES,
        rows=tuple(rows),
        orders=orders(rows, LANGUAGES),
        producers=producers,
        places=places,
        facets=FACETS,
    )


def written(searchable: Searchable, synonyms: Synonyms) -> dict[str, bytes]:
    """The whole index; every second product has a long text."""
    index = writer.write(searchable, synonyms)
    texts = {
        row.id: f"Nghề gia truyền của {row.producer}, phơi nắng ba ngày." if number % 2 else ""
        for number, row in enumerate(searchable.rows)
    }
    for lang in searchable.languages:
        for file, _, ids in text_blocks.blocks_of(lang, searchable.orders[lang]):
            index[file] = writer.write_texts(file, [text_blocks.words_of(texts[id_] for id_ in ids)])
    return index


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


class Shop:
    """A catalogue that is open in the browser, by its variable there."""

    def __init__(
        self, browser: Browser, folder: Path, searchable: Searchable, lang: str = "vi", synonyms: Synonyms | None = None
    ) -> None:
        index = written(searchable, synonyms or built_in())
        (folder / "data").mkdir(parents=True)
        for name, data in index.items():
            (folder / "data" / name).write_bytes(data)
        scripts = "".join(f"<script>{(ASSETS / name).read_text('utf-8')}</script>" for name in SCRIPTS)
        (folder / "index.html").write_text(f'<!doctype html><meta charset="utf-8"><title>t</title>{scripts}', "utf-8")
        self.page = browser.new_page()
        self.page.goto((folder / "index.html").as_uri())
        entry = {"lang": lang, "src": f"data/{lang}.js"}
        self.page.evaluate(OPEN, entry)

    def ask(self, text: str = "", **query: Any) -> dict[str, Any]:
        """What the search finds: pages of the products in order, and the rest of the answer."""
        found: dict[str, Any] = self.page.evaluate(
            """async (query) => {
                const { products, counts, total, reading } = await shop.ask(query);
                return { counts, total, reading, names: products.map((n) => shop.product(n).name),
                         pages: products.map((n) => shop.product(n).page) };
            }""",
            {"text": text, **query},
        )
        return found

    def names(self, text: str, **query: Any) -> list[str]:
        found: list[str] = self.ask(text, **query)["names"]
        return found


@pytest.fixture(scope="module")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(browser, tmp_path_factory.mktemp("shop"), made(copies=1))


def test_the_engine_keeps_its_limits() -> None:
    engine = (ASSETS / "search.js").read_bytes()
    assert engine.count(b"\n") <= 500
    assert len(gzip.compress(engine, 9)) <= 7000
    for name in SCRIPTS:
        code = (ASSETS / name).read_text("utf-8")
        assert not re.search(
            r"\b(fetch|eval|WebAssembly|XMLHttpRequest|importScripts)\b|\bimport\b.*\bfrom\b|new Function", code
        )
        assert max(map(len, code.splitlines())) <= 200


def test_python_and_javascript_agree(shop: Shop) -> None:
    for rule, name in (("fold", "fold"), ("one_tone_style", "oneToneStyle"), ("slug", "slug"), ("tokens", "tokens")):
        said = shop.page.evaluate(
            f"(texts) => texts.map((text) => CnntSearch.{name}(text))", [text for text, _ in CASES[rule]]
        )
        assert said == [expected for _, expected in CASES[rule]]
    mixed = random.Random(7).sample(CASES["sorted"], len(CASES["sorted"]))
    assert shop.page.evaluate("(names) => names.sort(new Intl.Collator('vi').compare)", mixed) == CASES["sorted"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hủ tiếu mỹ tho", "Hủ tiếu Mỹ Tho"),
        ("hu tieu", "Hủ tiếu Mỹ Tho"),
        ("hutieu", "Hủ tiếu Mỹ Tho"),
        ("hutieumytho", "Hủ tiếu Mỹ Tho"),
        ("hủ tiéu", "Hủ tiếu Mỹ Tho"),
        ("hur tieeus", "Hủ tiếu Mỹ Tho"),
        ("hu3 tie61u", "Hủ tiếu Mỹ Tho"),
        ("tranh se", "Tranh sen Bảy Nghĩa"),
        ("tranhs sen", "Tranh sen Bảy Nghĩa"),
        ("bảy nghĩa", "Tranh sen Bảy Nghĩa"),
        ("xoai cat hoà loc", "Xoài cát Hòa Lộc"),
        ("chieu dinh yen", "Chiếu Định Yên"),
        ("chiêu ddijnh yeen", "Chiếu Định Yên"),
        ("khô cá lot", "Khô cá lóc Dân Mập"),
        ("kho ca xac", "Khô cá sặc rằn"),
        ("phong banh tom", "Bánh phồng tôm Sa Giang"),
        ("bánh phồg tôm", "Bánh phồng tôm Sa Giang"),
        ("kẹo lạc", "Kẹo đậu phộng"),
        ("vừng", "Kẹo mè xửng"),
        ("mua kẹo dừa ở đâu", "Kẹo dừa"),
        ("htx định yên", "Chiếu Định Yên"),
        ("bột gạo mỹ quí", "Bột gạo lứt"),
        ("lotus paintng", "Tranh sen Bảy Nghĩa"),
        ("lotus picture", "Tranh sen Bảy Nghĩa"),
        ("lotus pictre", "Tranh sen Bảy Nghĩa"),
        ("peanut", "Kẹo đậu phộng"),
        ("trà sen sa đéc", "Trà tim sen"),
    ],
)
def test_visitors_find_what_they_mean(shop: Shop, typed: str, first: str) -> None:
    assert shop.names(typed)[:1] == [first]
    assert shop.names(unicodedata.normalize("NFD", typed)) == shop.names(typed)


@pytest.mark.parametrize(
    ("typed", "only"), [("dừa", "Kẹo dừa"), ("dưa", "Dưa mắm chay"), ("me", "Me ngào đường"), ("mè", "Kẹo mè xửng")]
)
def test_marks_that_are_typed_count(shop: Shop, typed: str, only: str) -> None:
    assert shop.names(typed)[0] == only


def test_a_regional_word_comes_after_the_typed_one(shop: Shop) -> None:
    assert shop.names("dứa") == ["Dứa sấy dẻo", "Khóm tươi"]
    assert shop.names("khóm") == ["Khóm tươi", "Dứa sấy dẻo"]


@pytest.mark.parametrize(
    "typed", ["qzxwvk", "minecraft", "ethereum", "ppppqqq", "facebook", "honda", "bitcoin", "sony", "wwwwww"]
)
def test_nonsense_finds_nothing(shop: Shop, typed: str) -> None:
    assert shop.names(typed) == []


@pytest.mark.parametrize(
    "typed", ["104/QĐ-UBND", "104 qd ubnd", "104/QD", "cnnt8220220004", "82-2022-0004", "CNNT 82 2022 0004"]
)
def test_codes_are_found_whatever_their_separators(shop: Shop, typed: str) -> None:
    assert shop.names(typed) == ["Khô cá lóc Dân Mập"]


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("hu tieu", ""),
        ("hủ tiếu m", ""),
        ("hutieu", "hủ tiếu"),
        ("hur tieeus", "hủ tiếu"),
        ("kẹo dứa", ""),
        ("banh phpng tom", "bánh phồng tôm"),
    ],
)
def test_another_reading_than_the_typed_one_is_told(shop: Shop, typed: str, reading: str) -> None:
    assert shop.ask(typed)["reading"] == reading


def test_no_prefix_of_a_name_loses_the_product(shop: Shop) -> None:
    names = [name for name, *_ in NAMES]
    typed = {(name, form[:end]) for name in names for form in (name, fold(name)) for end in range(1, len(name) + 1)}
    lost = shop.page.evaluate(
        """(typed) => typed.filter(([name, text]) =>
            !shop.find({ text }).products.some((n) => shop.product(n).name === name))""",
        sorted(typed),
    )
    assert lost == []


def test_however_letters_and_tones_are_written_the_same_is_found(shop: Shop) -> None:
    """Composed or not, hoà or hòa: for every prefix of every name."""
    texts = sorted({name[:end] for name, *_ in (*NAMES, ("Khoẻ Hoà Thuỷ",)) for end in range(1, len(name) + 1)})
    pairs = [(text, other) for text in texts for other in (unicodedata.normalize("NFD", text), one_tone_style(text))]
    differing = shop.page.evaluate(
        "(pairs) => pairs.filter((pair) => new Set(pair.map((text) => String(shop.find({ text }).products))).size > 1)",
        pairs,
    )
    assert differing == []


def test_words_for_units_and_questions_need_not_match(shop: Shop) -> None:
    for typed in ("lap vo", "huyện Lấp Vò", "huyen lap vo", "sản phẩm ở huyện lấp vò"):
        assert set(shop.names(typed)) == {"Tranh sen Bảy Nghĩa", "Tranh tre", "Chiếu Định Yên"}, typed


def test_labels_of_searched_facets_are_found(shop: Shop) -> None:
    of_2020 = {
        row.name["vi"] for row in made(copies=1).rows if any(paper.get("year") == "2020" for paper in row.certificates)
    }
    assert set(shop.names("nhãn 2020")) == of_2020
    assert set(shop.names("kẹo 2020")) == {name for name in of_2020 if "Kẹo" in name}


def test_an_empty_search_lists_everything_newest_first(shop: Shop) -> None:
    found = shop.ask("")
    assert found["total"] == len(NAMES)
    years = {row.page["vi"]: row.newest for row in made(copies=1).rows}
    assert [years[page] for page in found["pages"]] == sorted(years.values(), reverse=True)


def test_sorts(shop: Shop) -> None:
    ranks = {row.page["vi"]: row.rank for row in made(copies=1).rows}
    assert [ranks[page] for page in shop.ask(sort="level")["pages"]] == sorted(ranks.values(), reverse=True)
    names = shop.ask(sort="name")["names"]
    assert names == shop.page.evaluate("(names) => names.slice().sort(new Intl.Collator('vi').compare)", names)


def test_suggestions_name_products_producers_and_places(shop: Shop) -> None:
    found = shop.page.evaluate(
        """async () => {
            const { products, producers, places } = await shop.suggest("lap vo", 5);
            return { products: products.map((n) => shop.product(n)), producers, places };
        }"""
    )
    assert {product["name"] for product in found["products"]} == {"Tranh sen Bảy Nghĩa", "Tranh tre", "Chiếu Định Yên"}
    assert found["places"] == [
        {"id": "lap-vo", "name": "Huyện Lấp Vò", "short": "Huyện Lấp Vò", "page": "vi/lap-vo.html", "count": 3}
    ]
    makers = shop.page.evaluate("async () => (await shop.suggest('bay nghia', 5)).producers.map((one) => one.name)")
    assert makers == ["Cơ sở Bảy Nghĩa"]


def test_found_words_are_marked(shop: Shop) -> None:
    marked = shop.page.evaluate(
        "async () => CnntSearch.marked('Hủ tiếu, Mỹ Tho', (await shop.ask({ text: 'hutieu' })).words)"
    )
    assert marked == ["", "Hủ", " ", "tiếu", ", Mỹ Tho"]


def test_a_product_tells_what_lists_show(shop: Shop) -> None:
    row = next(row for row in made(copies=1).rows if row.id == "p0")
    told = shop.page.evaluate("() => shop.product(shop.find({ text: 'hủ tiếu mỹ tho' }).products[0])")
    assert told["page"] == row.page["vi"]
    assert told["lang"] == "vi"
    assert told["producer"]["name"] == "Hộ kinh doanh Gò Cát"
    assert [place["id"] for place in told["places"]] == ["my-tho", "dong-thap"]


def slow_answer(rows: list[Row], filters: dict[str, list[str]]) -> tuple[set[str], dict[str, dict[str, int]]]:
    """The obvious way: try every value of every facet on every product."""

    def meets(row: Row, chosen: dict[str, list[str]]) -> bool:
        own = {"group": row.values.get("group", ()), "place": row.places}
        if any(key in chosen and not set(chosen[key]) & set(has) for key, has in own.items()):
            return False
        wanted = {key: chosen[key] for key in ("level", "year", "state") if key in chosen}
        return not wanted or any(
            all(paper.get(key) in ids for key, ids in wanted.items()) for paper in row.certificates
        )

    choices = {facet.key: [value.id for value in facet.values] for facet in FACETS}
    choices["place"] = [place.id for place in made().places.values() if place.facet]
    counts = {
        key: {id_: sum(meets(row, {**filters, key: [id_]}) for row in rows) for id_ in ids}
        for key, ids in choices.items()
    }
    return {row.page["vi"] for row in rows if meets(row, filters)}, counts


def test_counts_are_the_lists_for_any_combination(browser: Browser, tmp_path: Path) -> None:
    searchable = made(seed=5)
    shop = Shop(browser, tmp_path / "shop", searchable)
    chance = random.Random(9)
    choices = {
        "level": LEVELS,
        "year": YEARS,
        "state": STATES,
        "group": ("food", "craft", "machine"),
        "place": ("lap-vo", "cai-be"),
    }
    rows = {row.page["vi"]: row for row in searchable.rows}
    for text in ("", "sen", "kho ca", "kẹo"):
        found = [rows[address] for address in shop.ask(text)["pages"]]
        for _ in range(40):
            keys = chance.sample(sorted(choices), chance.randint(0, 4))
            filters = {key: chance.sample(choices[key], chance.randint(1, 2)) for key in keys}
            answer = shop.ask(text, filters=filters)
            expected, counts = slow_answer(found, filters)
            assert set(answer["pages"]) == expected, filters
            assert answer["counts"] == counts, filters


def test_values_that_nobody_knows_are_no_filter(shop: Shop) -> None:
    assert shop.ask("", filters={"level": ["gone"], "colour": ["red"]})["total"] == len(NAMES)


def test_certificate_facets_are_met_by_one_certificate(browser: Browser, tmp_path: Path) -> None:
    papers = ({"level": "district", "year": "2018"}, {"level": "province", "year": "2020"})
    row = dataclasses.replace(made(copies=1).rows[0], certificates=papers)
    shop = Shop(
        browser,
        tmp_path / "shop",
        dataclasses.replace(made(copies=1), rows=(row,), orders=dict.fromkeys(LANGUAGES, (row.id,))),
    )
    assert shop.ask(filters={"level": ["district"], "year": ["2018"]})["pages"] == [row.page["vi"]]
    assert shop.ask(filters={"level": ["district"], "year": ["2020"]})["pages"] == []
    assert shop.ask(filters={"level": ["district"]})["counts"]["year"] == {"2018": 1, "2020": 0, "2022": 0, "2024": 0}


def test_descriptions_are_searched_when_wanted(shop: Shop) -> None:
    assert shop.names("gia truyền phơi nắng") == []
    assert len(shop.names("gia truyền phơi nắng", long=True)) == len(NAMES) // 2
    assert shop.names("hu tieu", long=True)[0] == "Hủ tiếu Mỹ Tho"


def test_descriptions_in_blocks_are_searched_as_one(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ("gia truyền phơi nắng", "sen ba ngày", "tranh", "nghê gia truyen", "kho ca nang")
    whole = Shop(browser, tmp_path / "whole", made())
    expected = [whole.ask(text, long=True) for text in typed]
    monkeypatch.setattr(text_blocks, "BLOCK", 7)
    parts = Shop(browser, tmp_path / "parts", made())
    assert len(list((tmp_path / "parts/data").glob("vi.texts*.js"))) > 3
    assert [parts.ask(text, long=True) for text in typed] == expected


def test_a_block_of_descriptions_that_fails_leaves_names(browser: Browser, tmp_path: Path) -> None:
    shop = Shop(browser, tmp_path / "shop", made(copies=1))
    next((tmp_path / "shop/data").glob("vi.texts0.*.js")).unlink()
    assert shop.names("gia truyền phơi nắng", long=True) == []
    assert shop.names("hu tieu", long=True)[0] == "Hủ tiếu Mỹ Tho"


def test_the_other_language_is_searched_from_both_sides(browser: Browser, tmp_path: Path) -> None:
    shop = Shop(browser, tmp_path / "shop", made(copies=1), "en")
    assert shop.names("lotus tea")[0] == "Lotus embryo tea"
    assert shop.names("hạt sen sấy")[0] == "Dried lotus seeds"
    assert shop.names("keo dau phong")[0] == "Peanut brittle"
    assert shop.names("sa giang prawn crackers")[:1] == ["Sa Giang shrimp crackers"]
    assert shop.names("chieu dinh yen")[:1] == ["Dinh Yen sedge mat"]


def test_a_large_catalogue_comes_in_layers(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Shop(browser, tmp_path / "whole", made())
    texts = ("hu tieu", "định yên", "lap vo", "hợp tác xã", "sen loại 2")
    expected = [whole.ask(text, filters={"group": ["food"]}) for text in texts]
    monkeypatch.setattr(writer, "WHOLE", 10)
    layered = Shop(browser, tmp_path / "layers", made())
    first = layered.page.evaluate(
        "() => { const { products, missed } = shop.find({ text: 'hu tieu' }); return [products.length, missed] }"
    )
    assert first == [3, ["producers", "facets"]]
    assert [layered.ask(text, filters={"group": ["food"]}) for text in texts] == expected


def test_a_layer_that_fails_leaves_the_rest_at_work(browser: Browser, tmp_path: Path) -> None:
    shop = Shop(browser, tmp_path / "shop", made(copies=1))
    for path in (tmp_path / "shop" / "data").glob("vi.*.*.js"):
        path.unlink()
    assert shop.names("lotus tea") == []
    assert shop.names("hu tieu")[0] == "Hủ tiếu Mỹ Tho"


def test_the_index_is_the_same_whatever_the_order_of_the_rows() -> None:
    searchable = made()
    turned = dataclasses.replace(searchable, rows=searchable.rows[::-1])
    assert writer.write(searchable, built_in()) == writer.write(turned, built_in())


def test_a_province_adds_its_own_words(browser: Browser, tmp_path: Path) -> None:
    problems = Problems()
    own = read("search/synonyms.yaml", "vi:\n  same:\n    - [hủ tiếu, phở khô miền tây]\n".encode(), problems)
    assert not len(problems)
    shop = Shop(browser, tmp_path / "shop", made(copies=1), synonyms=built_in() + own)
    assert shop.names("phở khô miền tây") == ["Hủ tiếu Mỹ Tho"]
    assert shop.names("kẹo lạc") == ["Kẹo đậu phộng"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("vi: [a]", "needs-keys"),
        ("vi:\n  sames: []", "unknown-key"),
        ("vi:\n  same: [a]", "needs-list"),
        ("vi:\n  ignore: [[a]]", "needs-list"),
    ],
)
def test_mistakes_in_a_word_list_are_told(written: str, code: str) -> None:
    problems = Problems()
    read("search/synonyms.yaml", written.encode(), problems)
    assert [problem.code for problem in problems] == [code]


def test_our_own_word_list_holds_no_word_twice() -> None:
    for lang, finds in built_in().finds.items():
        assert all(typed not in targets for typed, targets in finds.items()), lang
        assert all(fold(typed) for typed, _ in itertools.chain(finds.items())), lang

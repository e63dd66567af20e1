"""Writes the search index of a corpus with the project's own writer: `write_index.py CORPUS.json FOLDER`.

Prints, as JSON, the first file of each language and the page of every product, which is how the adapter
gets back from what the engine finds to the ids of the corpus.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cnnt_site.search.index import write, write_texts
from cnnt_site.search.rows import Facet, Place, Producer, Row, Searchable, Value, orders
from cnnt_site.search.synonyms import built_in
from cnnt_site.search.texts import blocks_of, words_of
from cnnt_site.vietnamese import slug

LANGUAGES = ("vi", "en")
SECTIONS = {"vi": "san-pham", "en": "products"}


def searchable(products: list[dict[str, Any]]) -> Searchable:
    """The corpus as rows. Its scorer counts districts by their bare names, so these are the ids of places here."""
    rows, taken = [], set()
    for product in products:
        page = {}
        for lang in LANGUAGES:
            name, maker = product[lang]["name"], slug(product["producer"])
            wishes = (slug(name), f"{slug(name)}-{maker}", f"{slug(name)}-{maker}-{product['id']}")
            page[lang] = next(f"{lang}/{SECTIONS[lang]}/{wish}.html" for wish in wishes if (lang, wish) not in taken)
            taken.add((lang, page[lang].rsplit("/", 1)[1].removesuffix(".html")))
        rows.append(
            Row(
                id=product["id"],
                page=page,
                name={lang: product[lang]["name"] for lang in LANGUAGES},
                producer=product["producer"] or None,
                places=(product["district"], f"tỉnh {product['province']}"),
                values={"category": (product["category"],)},
                certificates=({"level": str(product["level"]), "year": str(product["year"])},),
                codes=(product["code"], product["cert"]),
                newest=product["year"],
                rank=product["level"],
            )
        )
    places = {}
    for row in rows:
        district, province = row.places
        places[district] = Place(id=district, name={"vi": district}, facet="district")
        places[province] = Place(id=province, name={"vi": province.removeprefix("tỉnh ")})
    names = sorted({product["producer"] for product in products if product["producer"]})
    makers = {name: Producer(id=name, name={"vi": name}, page={"vi": f"vi/co-so/{slug(name)}.html"}) for name in names}
    return Searchable(
        languages=LANGUAGES,
        rows=tuple(rows),
        orders=orders(rows, LANGUAGES),
        producers=makers,
        places=places,
        facets=facets(products),
    )


def texts(products: list[dict[str, Any]], found: Searchable) -> dict[str, bytes]:
    """The files of the descriptions."""
    described = {product["id"]: product for product in products}
    return {
        file: write_texts(file, [words_of(described[id_][lang]["desc"] for id_ in ids)])
        for lang in LANGUAGES
        for file, _, ids in blocks_of(lang, found.orders[lang])
    }


def facets(products: list[dict[str, Any]]) -> tuple[Facet, ...]:
    """The corpus's facets beside the districts, which are places."""

    def values(key: str) -> tuple[Value, ...]:
        return tuple(Value(id=id_, label={"vi": id_}) for id_ in sorted({str(product[key]) for product in products}))

    return (
        Facet(key="level", scope="certificate", values=values("level")),
        Facet(key="year", scope="certificate", values=values("year")),
        Facet(key="category", scope="product", values=values("category")),
    )


def main(corpus: str, folder: str, *options: str) -> None:
    products = json.loads(Path(corpus).read_text("utf-8"))
    found = searchable(products)
    index = write(found, built_in())
    if "texts" in options:
        index |= texts(products, found)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, data in index.items():
        (target / name).write_bytes(data)
    pages = {row.page[lang]: row.id for row in found.rows for lang in LANGUAGES}
    print(json.dumps({"languages": LANGUAGES, "pages": pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])

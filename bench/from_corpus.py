"""Turns a neutral corpus (a folder a product: product.yaml, vi.md, en.md, photos) into content of this project.

python bench/from_corpus.py CORPUS CONTENT
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from corpus import put, write_lists

LEVEL_OF = {2: "district", 3: "province", 4: "region", 5: "nation"}


def convert(corpus: Path, content: Path) -> None:
    """Writes every product, producer, district and category of the corpus."""
    write_lists(content)
    folders = sorted((corpus / "products").iterdir())
    said = {
        folder.name: yaml.load(folder.joinpath("product.yaml").read_text("utf-8"), yaml.CSafeLoader)
        for folder in folders
    }
    districts = sorted({record["district"] for record in said.values()})
    put(
        content / "places/districts.yaml",
        "".join(
            f"tinh-thu/{id_}: {{province: tinh-thu, name: {{vi: huyện {id_}, en: {id_} District}}, "
            f"short: {{vi: {id_}, en: {id_}}}}}\n"
            for id_ in districts
        ),
    )
    put(content / "places/communes.yaml", "{}\n")
    categories = sorted({record["category"] for record in said.values()})
    groups = (f"{id_}: {{label: {{vi: {id_}, en: {id_}}}, slug: {{vi: {id_}, en: {id_}}}}}\n" for id_ in categories)
    put(content / "taxonomies/product-groups.yaml", "".join(groups))
    for folder in folders:
        record = said[folder.name]
        _producer(content, record)
        _product(content / "products" / folder.name, folder, record)


def _producer(content: Path, record: dict[str, Any]) -> None:
    maker = record["producer"]
    place = f"{{address: {quoted(maker['address'])}, district: tinh-thu/{record['district']}}}"
    name = f"{{vi: {quoted(maker['name_vi'])}, en: {quoted(maker['name_en'])}}}"
    put(content / f"producers/{maker['id']}/producer.yaml", f"name: {name}\nkind: household\nplace: {place}\n")


def _product(folder: Path, source: Path, record: dict[str, Any]) -> None:
    lines = [
        f"name: {{vi: {quoted(record['name']['vi'])}, en: {quoted(record['name']['en'])}}}",
        f"producer: {record['producer']['id']}",
        f"group: {record['category']}",
        f"place: {{district: tinh-thu/{record['district']}}}",
        f"facts: {{price_vnd: {re.sub('[^0-9]', '', record['price'])}}}",
        "certificates:",
    ]
    for paper in record["certifications"]:
        lines += [
            f"  - level: {LEVEL_OF[paper['level']]}",
            f"    year: {paper['year']}",
            f"    number: {quoted(paper['number'])}",
            f"    issued_on: {paper['issued']}",
        ]
    photo = source / "1.jpg"
    if photo.exists():
        alt = record["photos"][0]
        lines += [
            "photos:",
            "  - file: 1.jpg",
            f"    alt: {{vi: {quoted(alt['alt_vi'])}, en: {quoted(alt['alt_en'])}}}",
            "    author: Máy",
            "    rights_holder: Máy",
            "    licence: {vi: Ảnh do máy làm, en: Made by a machine}",
            "    permission: {date: 2026-01-01, by: Máy}",
        ]
        (folder / "photos").mkdir(parents=True, exist_ok=True)
        os.link(photo, folder / "photos/1.jpg")
    put(folder / "product.yaml", "\n".join(lines) + "\n")
    for lang in ("vi", "en"):
        put(folder / f"{lang}.md", (source / f"{lang}.md").read_text("utf-8"))


def quoted(text: str) -> str:
    """A text as YAML that stands for itself."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))

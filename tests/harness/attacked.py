"""Sites in which every text is hostile: records of every kind, filled from their models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cnnt_site.desk.fields import Field, fields_of, files
from tests.harness.injections import FILE_NAMES, TEXTS
from tests.harness.sites import TinySite, picture, site_from

BASE = "https://vi-du.example/"
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


def write_record(site: TinySite, path: str, record: object) -> None:
    """Writes a record as JSON, which is YAML."""
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


def attacked(folder: Path, many: int) -> tuple[TinySite, dict[str, dict[str, Any]]]:
    """A site of `many` products in which every text is hostile, built, and its product records by id."""
    site, models = site_from(folder), files()
    products: dict[str, dict[str, Any]] = {}
    for number in range(many):
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
        write_record(site, f"producers/cs-{number}/producer.yaml", producer)
        product = attacker.record(models["products"][1], "products", photos=[_photo(attacker, name)])
        products[id_] = {**product, "producer": f"cs-{number}"}
        write_record(site, f"products/{id_}/product.yaml", products[id_])
        for kind, file in (("fairs", "fair.yaml"), ("pages", "page.yaml")):
            if number < 4:
                write_record(site, f"{kind}/{kind}-{number}/{file}", attacker.record(models[kind][1], kind))
    attacker = Attacker(many)
    for kind, path in (("provinces", "places/provinces.yaml"), ("districts", "places/districts.yaml")):
        write_record(site, path, {IDS[kind]: attacker.record(models[kind][1], kind)})
    write_record(site, "statistics.yaml", [attacker.record(models["statistics"][1], "statistics") for _ in range(4)])
    for kind, id_ in (("groups", "crafts"), ("producer_kinds", "household"), ("programmes", "cnnt")):
        more = {"slug": {"vi": "thu-cong", "en": "handicrafts"}} if kind == "groups" else {}
        write_record(site, models[kind][0], {id_: attacker.record(models[kind][1], kind, **more)})
    foreign = [_foreign(text, "p/a.html" if number % 4 else text) for number, text in enumerate(TEXTS)]
    told = {"format": 1, "base_url": BASE, "updated": attacker.text(), attacker.text(): attacker.text()}
    write_record(site, "sources/ban.json", {**told, "products": foreign})
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
    write_record(site, "site.yaml", attacker.record(models["site"][1], "site", **own))
    return site.built("--base-url", BASE), products


def _foreign(text: str, page: str) -> dict[str, object]:
    """A product of another showroom's open data, hostile in every field, in keys and types."""
    return {
        "id": text,
        "name": {"vi": text, text: text},
        "permalink": page,
        "producer": {"id": text, "name": {"vi": text, "en": [text]}},
        "certificates": [{"level": text, "year": text, text: text}],
        "withdrawn": "",
        text: text,
    }


def _prose(attacker: Attacker) -> str:
    """A long text: all hostile ones that aren't refused outright, as prose, code, heading, list, quotation, table."""
    safe = [
        text
        for text in (attacker.text() for _ in range(12))
        if "<" not in text and "](" not in text and ":" not in text
    ]
    marks = ("{}", "`{}`", "## {}", "- {}", "> {}", "    {}", "a|b\n-|-\n{}|c", "**{}**", "[{}](https://vi-du.example)")
    return "\n\n".join(mark.format(text) for mark, text in zip(marks, safe, strict=False)) or "Không có gì."

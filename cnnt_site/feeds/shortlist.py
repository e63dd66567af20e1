"""What the shortlist's script shows of products: small classic scripts, for `file://` knows no other data.

A product stands in the file that its code names (`file_of`), so that a list of three asks for three
files at most, whatever the size of the catalogue.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.parts import Validity
from cnnt_site.pages.product import facts
from cnnt_site.pages.shortlist import data_address, data_files
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller


def file_of(code: str, files: int) -> int:
    """The number of the data file that a product stands in; shortlist.js reckons the same."""
    number = 0
    for letter in code:
        number = (number * 31 + ord(letter)) % 65_521
    return number % files


def plan(showroom: Showroom) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Every data file of every language, with the products in it."""
    count = data_files(showroom)
    found: dict[int, list[str]] = defaultdict(list)
    for id_ in showroom.catalogue.listed:
        found[file_of(showroom.routes.code("product", id_), count)].append(id_)
    for lang in showroom.catalogue.languages:
        yield from ((lang, number, tuple(found[number])) for number in range(count))


def files(showroom: Showroom, lang: str, number: int, ids: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """A data file. Links in it lead from the shortlist page."""
    teller = Teller(showroom, lang, showroom.routes.of("shortlist", "", lang))
    rows = json.dumps([_row(teller, id_) for id_ in ids], ensure_ascii=False, separators=(",", ":"))
    yield data_address(lang, number), f"cnntShortlist({rows});\n".encode()


def _row(teller: Teller, id_: str) -> dict[str, object]:
    """A product as the script shows it; what is unknown is left out."""
    card, entry, scan = teller.card(id_), teller.catalogue.entries[id_], teller.scan("product", id_)
    producer = teller.catalogue.records.producers.get(entry.product.producer or "")
    contacts = contact_lines(producer) if producer else ()
    said: dict[str, object] = {
        "code": card.code,
        "href": card.href,
        "qr": scan.qr,
        "typed": scan.typed,
        "name": card.name.text,
        "lang": card.name.lang,
        "producer": _text(card.producer),
        "place": _text(card.place),
        "year": card.year,
        "step": card.badge.step if card.badge else 0,
        "level": _text(card.badge.label) if card.badge else "",
        "state": card.validity.state if card.validity else "",
        "validity": _validity(teller, card.validity) if card.validity else "",
        "picture": card.picture.webp[0].href if card.picture else "",
        "focus": card.picture.focus_class if card.picture else "",
        "facts": {fact.key: fact.value.text for fact in facts(teller, entry)},
        "contacts": [[contact.kind, contact.value, contact.href] for contact in contacts],
    }
    return {key: value for key, value in said.items() if value}


def _text(phrase: Phrase | None) -> str:
    return phrase.text if phrase else ""


def _validity(teller: Teller, validity: Validity) -> str:
    """The line of the certificate block, with its date where it has one."""
    if validity.until and validity.state in ("valid", "soon", "expired"):
        return teller.word(f"valid.{validity.state}", date=validity.until)
    return teller.word(f"valid.{validity.state}")

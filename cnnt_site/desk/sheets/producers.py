"""Producers that a list of products names: those that are there, and new ones with what the list says of them."""

from __future__ import annotations

from typing import Any

from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.findings import Cell
from cnnt_site.desk.sheets.names import name_key, new_slug
from cnnt_site.desk.sheets.references import References


def find_producer(content: Content, references: References, name: str, cell: Cell) -> str | None:
    """The id of the producer of that name, added when there is none; None when several have the name."""
    match = references.match("producers", name, cell)
    if match.several or match.id:
        return match.id
    return add_producer(content, references, name, cell)


def add_producer(content: Content, references: References, name: str, cell: Cell) -> str:
    """Proposes a producer, its kind read from its name where that begins with one."""
    said: dict[str, Any] = {"name": {content.language: name}}
    kind, rest = _kind_in(content, name)
    if kind:
        said["kind"] = kind
    near = content.names["producers"].near(name)
    id_ = content.names["producers"].new_id(new_slug(_proper_name(rest)))
    content.add("producers", id_, said)
    references.added.append(("producers", id_, cell))
    references.tell_near(name, near, cell)
    return id_


def _proper_name(rest: str) -> str:
    """The proper name at the end of a name: `sản xuất nem Hoàng Khánh` ends with `Hoàng Khánh`."""
    words = rest.split()
    plain = [number for number, word in enumerate(words, start=1) if word[:1].islower()]
    proper = words[plain[-1] :] if plain else words
    return " ".join(proper if len(proper) > 1 or "".join(proper).isupper() else words)


def _kind_in(content: Content, name: str) -> tuple[str | None, str]:
    """The kind of producer that a name begins with, the longest that fits, and the name behind it."""
    words, key = name.split(), name_key(name)
    best: tuple[int, str | None] = (0, None)
    for id_, said in content.said["producer_kinds"].items():
        for label in (*said.get("label", {}).values(), *said.get("aliases", ())):
            label_key = name_key(label)
            if key.startswith(f"{label_key} ") and len(label_key) > best[0]:
                best = (len(label_key), id_)
    rest = " ".join(key[best[0] :].split())
    return best[1], " ".join(words[-len(rest.split()) :]) if rest else name

"""An empty catalogue for a province: what is the same everywhere, and the province's own name in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from string import Template
from typing import Any

from cnnt_site.desk.yaml_edits import as_read, rewritten
from cnnt_site.vietnamese import nfc, slug

_KIND = re.compile(r"(tỉnh|thành phố|tp\.?)\s+", re.I)


@dataclass(frozen=True, slots=True)
class NewProvince:
    """A province as its showroom calls it: full and short names, id, and the showroom's name."""

    name: str
    name_en: str
    short: str
    id: str
    title: str


def province(name: str, name_en: str = "", title: str = "") -> NewProvince | None:
    """A province by its Vietnamese name, "tỉnh An Giang" or "An Giang"; None when it has no letters.

    What isn't given is made from that name.
    """
    whole = " ".join(nfc(name).split())
    kind = _KIND.match(whole)
    short = whole[kind.end() :] if kind else whole
    if not slug(short):
        return None
    is_city = kind is not None and not kind[1].lower().startswith("tỉnh")
    full = f"{'thành phố' if is_city else 'tỉnh'} {short}"
    english = name_en or f"{short} {'City' if is_city else 'Province'}"
    return NewProvince(full, english, short, slug(short), title or f"Sản vật {short}")


def catalogue_files(new: NewProvince, updated: date) -> dict[str, bytes]:
    """The files of an empty catalogue by their path in content; the data are of the day `updated`."""
    plain = {"id": new.id, "updated": updated.isoformat()}  # safe as they are; texts are quoted where they need it
    texts = {"title": new.title, "province": new.name, "province_en": new.name_en, "short": new.short}
    found = {}
    for path, text in _files(resources.files("cnnt_site.desk") / "empty_catalogue", ""):
        data = Template(text).safe_substitute(plain).encode()
        found[path] = rewritten(data, _filled(as_read(data), texts)) if "$" in data.decode() else data
    return found


def _files(folder: Traversable, before: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{before}{entry.name}/")
        else:
            yield before + entry.name, entry.read_text("utf-8")


def _filled(value: Any, texts: dict[str, str]) -> Any:
    """What a file says, with the gaps of its texts filled."""
    if isinstance(value, dict):
        return {key: _filled(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, texts) for inner in value]
    return Template(value).safe_substitute(texts)

"""Taking something out on request: a producer's contacts, or all of a product but the page that says it has left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cnnt_site.desk.record_file import ordered
from cnnt_site.desk.yaml_edits import as_read, rewritten
from cnnt_site.desk.yaml_text import block
from cnnt_site.model.product import Product
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reading.tree import SourceTree

_STAYS = ("name", "group", "slug", "formerly")
"""What the page of a withdrawn product is made of, and what keeps its addresses."""

_FEWEST_DIGITS = 8
"""Shorter runs of digits are no telephone numbers."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What changes in content: new bytes by path, None for a file that goes; and the texts that must be nowhere."""

    files: Mapping[str, bytes | None]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A place where something that was taken out still stands: path, line (None in pages and pictures), the line."""

    path: str
    line: int | None
    written: str


def without_contacts(tree: SourceTree, producer: str) -> Removal | None:
    """A producer's record without contacts; None when it has none. Raises ValueError when the file can't be edited."""
    path = f"producers/{producer}/{FOLDERS['producers'][0]}"
    data = tree.files[path].read()
    said = as_read(data)
    contacts = said.pop("contacts", None)
    if not contacts:
        return None
    values = tuple(str(each["value"]) for each in contacts if isinstance(each, dict) and each.get("value"))
    return Removal({path: rewritten(data, said)}, values)


def without_product(tree: SourceTree, product: str, day: date, reason: Mapping[str, str]) -> Removal:
    """A product reduced to the notice that it has left: its texts and photos go, fairs no longer list it."""
    folder = f"products/{product}/"
    path = folder + FOLDERS["products"][0]
    said = as_read(tree.files[path].read())
    left = {key: said[key] for key in _STAYS if key in said}
    left["withdrawn"] = {"date": day, "reason": dict(reason)}
    files: dict[str, bytes | None] = {found: None for found in tree.files if found.startswith(folder)}
    files[path] = ("\n".join(block(ordered(left, Product))) + "\n").encode("utf-8")
    for fair in tree.names_in("fairs"):
        file = tree.files.get(f"fairs/{fair}/{FOLDERS['fairs'][0]}")
        listed = as_read(file.read()) if file else {}
        if file and product in listed.get("products", ()):
            listed["products"] = [each for each in listed["products"] if each != product]
            files[file.path] = rewritten(file.read(), listed if listed["products"] else _less(listed, "products"))
    return Removal(files)


def _less(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != key}


def carry_out(content: Path, removal: Removal) -> None:
    """Writes and deletes. Raises OSError when the disk refuses."""
    from cnnt_site.files import replace_file

    for path, data in removal.files.items():
        file = content / path
        if data is not None:
            replace_file(file, data)
        else:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()


def clear_cache(cache: Path) -> None:
    """Empties the folder of reusable results but for the lock of the build that is going on."""
    import shutil

    for entry in cache.iterdir() if cache.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()


def traces(folder: Path, gone: Iterable[str]) -> Iterator[Trace]:
    """Where texts that were taken out still stand below a folder; telephone numbers however they are grouped."""
    wanted = [_pattern(each) for each in gone]
    for file in sorted(folder.rglob("*")) if wanted else ():
        if not file.is_file():
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if any(pattern.search(line) for pattern in wanted):
                yield Trace(file.relative_to(folder).as_posix(), number, line.strip()[:100])


def _pattern(text: str) -> re.Pattern[str]:
    digits = re.sub("[^0-9]", "", text)
    if len(digits) >= _FEWEST_DIGITS and not re.search("[A-Za-z]", text):
        national = digits.removeprefix("84").lstrip("0")
        return re.compile(r"(?<![0-9])(?:\+?84|0)?[ .()-]*" + r"[ .()-]*".join(national) + "(?![0-9])")
    return re.compile(re.escape(text), re.I)

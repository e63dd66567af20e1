"""Themes: a folder of templates, styles, scripts and words that may extend another."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cnnt_site.problems import Problems, Spot, closest
from cnnt_site.reading import yaml_file

CHAIN_LIMIT = 5
BUNDLES = {"styles": "site.css", "scripts": "site.js", "search": "search.js"}
"""What theme.yaml lists, and the file it becomes: for every page, and what a search loads when there is one."""

SMALL_DRAWING = 1_000
"""Up to so many bytes a drawing stands in the style that names it: on slow data a request costs more than it does."""

_URL = re.compile(rb"url\(([a-z0-9./-]+)\)")
_NOT_RUN = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)?[ \t]*(?:\n|\Z)|^[ \t]+", re.M | re.S)
"""Indents, empty lines and comments that have their lines to themselves: a fifth of what a script weighs."""

_BREAK = re.compile(rb"(?<=[;{},])\n| (?={)")
"""Breaks and spaces of a style that only its authors need."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its parents, the root of the chain first.

    `assets` are the finished files by the name that templates use; `addresses` where they stand in
    the output, with a hash of their content in the name.
    """

    name: str
    chain: tuple[Path, ...]
    assets: Mapping[str, bytes]
    addresses: Mapping[str, str]

    def word_files(self, lang: str) -> list[Path]:
        """The gettext files of a language along the chain."""
        found = [folder / "words" / f"{lang}.po" for folder in self.chain]
        return [path for path in found if path.exists()]


def load_theme(themes: Path, name: str, problems: Problems) -> Theme | None:
    """The theme `name` below the folder `themes`; None after a problem."""
    chain: list[Path] = []
    bundles: dict[str, list[Path]] = {what: [] for what in BUNDLES}
    pages: dict[str, tuple[str, list[str]]] = {}
    wanted: str | None = name
    while wanted is not None:
        folder = themes / wanted
        closed = [path.relative_to(themes.parent).as_posix() for path in _closed(folder)]
        for path in closed:
            problems.error("unreadable", Spot(path), reason=os.strerror(errno.EACCES))
        if closed:
            return None
        if not (folder / "theme.yaml").is_file() or len(chain) >= CHAIN_LIMIT:
            known = sorted(path.parent.name for path in themes.glob("*/theme.yaml"))
            problems.error("unknown-theme", Spot("site.yaml", ("theme",)), written=wanted, guess=closest(wanted, known))
            return None
        path = f"themes/{wanted}/theme.yaml"
        said = yaml_file.parse(path, (folder / "theme.yaml").read_bytes(), problems)
        if not isinstance(said, dict):
            said = {}
        chain.insert(0, folder)
        for what, files in bundles.items():
            files[:0] = _listed(folder, said, what, path, problems)
        listed = said.get("pages")
        for page, names in listed.items() if isinstance(listed, dict) else ():
            pages.setdefault(str(page), (path, [str(style) for style in names]))
        wanted = said.get("extends")
    assets: dict[str, bytes] = {}
    bundled = {file for files in bundles.values() for file in files}
    parts = {name for _, names in pages.values() for name in names}
    for folder in chain:
        for asset in sorted((folder / "assets").rglob("*")):
            file = asset.relative_to(folder / "assets").as_posix()
            if asset.is_file() and (asset not in bundled or file in parts):
                before = assets.get(file, b"") if asset.suffix == ".css" else b""
                assets[file] = before + _lean(asset)
    assets.update({bundle: joined(bundles[what]) for what, bundle in BUNDLES.items()})
    assets = _by_page(assets, pages, problems)
    addresses = {asset: _hashed(asset, data) for asset, data in assets.items()}
    for style in [asset for asset in assets if asset.endswith(".css")]:
        assets[style] = _URL.sub(lambda found: _linked(found, assets, addresses), assets[style])
        addresses[style] = _hashed(style, assets[style])
    return Theme(name, tuple(chain), assets, addresses)


def _closed(folder: Path) -> Iterator[Path]:
    """Files and folders of a theme that this user may not read: without them all pages would look otherwise."""
    if folder.exists() and not os.access(folder, os.R_OK | os.X_OK):
        yield folder
        return
    for path in folder.rglob("*"):
        if not os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK):
            yield path


def _by_page(
    assets: dict[str, bytes], pages: Mapping[str, tuple[str, list[str]]], problems: Problems
) -> dict[str, bytes]:
    """The assets with what each kind of page wants in files of its name, `home.css` and `home.js`, instead of parts.

    What every page has may be such a part, and stays: one script instead of two is one request less.
    """
    made: dict[str, bytes] = {}
    for page, (path, names) in pages.items():
        for number, name in enumerate(names):
            if name not in assets:
                problems.error("no-theme-file", Spot(path, ("pages", page, number)), file=name)
            file = f"{page}.{name.rpartition('.')[2]}"
            made[file] = made.get(file, b"") + assets.get(name, b"")
    parts = {name for _, names in pages.values() for name in names} - set(BUNDLES.values())
    return {name: data for name, data in assets.items() if name not in parts} | made


def _linked(found: re.Match[bytes], assets: Mapping[str, bytes], addresses: Mapping[str, str]) -> bytes:
    """A `url(band.svg)` of a style: a small drawing itself, else the name that the file is published under."""
    name = found[1].decode("utf-8", "replace")
    if name not in addresses:
        return found[0]
    if name.endswith(".svg") and len(assets[name]) < SMALL_DRAWING:
        return b'url("data:image/svg+xml,' + quote(assets[name].strip(), safe=" /:=,.-;()'!").encode() + b'")'
    return b"url(" + addresses[name].removeprefix("assets/").encode() + b")"


def _listed(folder: Path, said: dict[str, object], what: str, path: str, problems: Problems) -> list[Path]:
    names = said.get(what) or []
    found = []
    for number, name in enumerate(names if isinstance(names, list) else []):
        file = folder / "assets" / str(name)
        if file.is_file():
            found.append(file)
        else:
            problems.error("no-theme-file", Spot(path, (what, number)), file=name)
    return found


def joined(files: Iterable[Path]) -> bytes:
    """A bundle as it is published."""
    return b"".join(_lean(file) + b"\n" for file in files)


def _lean(file: Path) -> bytes:
    """A file as it is published: scripts and styles without what only their authors need."""
    data = file.read_bytes()
    if file.suffix not in (".js", ".css"):
        return data
    lean = _NOT_RUN.sub(b"", data.replace(b"\r\n", b"\n"))
    return _BREAK.sub(b"", lean) if file.suffix == ".css" else lean


def _hashed(name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"

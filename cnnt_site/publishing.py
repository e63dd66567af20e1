"""Publishing: what was staged and verified becomes the output folder, in an order that never breaks it.

All new bytes are first written into a folder of their own beside the pages, so a full disk is met
before anything that visitors see has changed. Then files are moved into place: pictures and assets,
other files, new pages, changed ones; then what the last manifest lists and this build doesn't have is
removed; the manifest comes last. New and vanishing pages that link to each other are stood in for
meanwhile. What no manifest lists is never touched.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cnnt_site.compressing import original
from cnnt_site.files import move_into_place, replace_file
from cnnt_site.headers import LASTING

MANIFEST = "site-manifest.txt"
STAGING = ".being-published"

STAND_IN = (
    b'<!doctype html>\n<html lang="vi">\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
    b'<meta http-equiv="refresh" content="3">\n<title>\xe2\x8b\xaf</title>\n<p>\xe2\x8b\xaf</p>\n</html>\n'
)
"""A page on its way: it has no words, and asks again until the real one has come."""

Fate = Literal["new", "changed", "kept"]
"""How a file that was made stands to the one that is published."""


class NotPublished(Exception):
    """The disk refused: which file, and why. What stood in the output before still works."""

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(str(error))
        named = error.filename2 or error.filename  # of a move, where to: there the right is missing, or the file open
        self.file = Path(str(named)) if named else folder
        self.reason = error.strerror or str(error)


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, kept as they were, and removed."""

    written: int
    kept: int
    removed: int


def is_foreign(output: Path) -> bool:
    """Whether a folder holds files but none of ours: publishing there could destroy something."""
    if not output.is_dir():
        return output.exists()
    names = {entry.name for entry in output.iterdir() if not entry.name.startswith(".")}
    return bool(names) and MANIFEST not in names


def stage(output: Path, address: str, data: bytes) -> tuple[str, Fate]:
    """Makes one file ready to be published; its sum, and how it stands to what is there. Any process may.

    Raises OSError when the disk refuses.
    """
    there = _bytes_at(output / address)
    if there != data:
        path = output / STAGING / address
        try:
            path.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    fate: Fate = "new" if there is None else "kept" if there == data else "changed"
    return hashlib.sha256(data).hexdigest(), fate


def clear_staging(output: Path) -> None:
    """Takes away what was staged and not published, and the folder when that was all there was in it."""
    shutil.rmtree(output / STAGING, ignore_errors=True)
    with suppress(OSError):
        output.rmdir()


def publish(
    output: Path, made: Mapping[str, str], fates: Mapping[str, Fate], standing: Collection[str], left: Stamp | None
) -> Published:
    """Makes `output` hold what was `made` (sums by address), all of it staged, and what is `standing` there already.

    `left` is how the last build left the manifest: sums in another one aren't believed. Raises OSError when the
    disk refuses.
    """
    before = _manifest_lines(output)
    moved = sorted((address for address, fate in fates.items() if fate != "kept"), key=lambda a: _turn(a, fates[a]))
    believed = before if stamp_of(output, MANIFEST) == left else {}
    lines = {address: believed.get(address) or _line(address, _sum_of(output / address)) for address in standing}
    lines.update((address, _line(address, hashed)) for address, hashed in made.items())
    gone = sorted((address for address in before.keys() - lines.keys() if _is_ours(before[address])), key=_leaving)
    if moved or gone or before != lines:
        output.mkdir(parents=True, exist_ok=True)
        if not lines.keys() <= before.keys():
            _write_manifest(output, {**before, **lines})
        first = next((n for n, address in enumerate(moved) if _shows_page(address)), len(moved))
        for address in moved[:first]:
            _move(output, address)
        _stand_in(output, [address for address in moved[first:] if _is_page(address) and fates[address] == "new"])
        for address in moved[first:]:
            _move(output, address)
        _stand_in(output, filter(_is_page, gone))
        for address in gone:
            _remove(output, address)
        _write_manifest(output, lines)
    return Published(len(moved), len(lines) - len(moved), len(gone))


def is_complete(output: Path) -> bool:
    """Whether the last publication came to its end: its manifest is there, and nothing is left staged."""
    return (output / MANIFEST).is_file() and not (output / STAGING).exists()


def _is_page(address: str) -> bool:
    return address.endswith(".html")


def _shows_page(address: str) -> bool:
    """Whether a visitor may get this file for a page: the page, or what stands beside it compressed."""
    return _is_page(original(address))


def _turn(address: str, fate: Fate) -> tuple[bool, bool, bool]:
    """Pages come after what they show, changed ones after new ones; files of hashed names first of all."""
    return _shows_page(address), fate == "changed", not address.startswith(LASTING)


def _leaving(address: str) -> tuple[bool, bool]:
    """Pages go before what they show, and what stands beside them before them: then the stand-in is what is sent."""
    return not _shows_page(address), _is_page(address)


def _move(output: Path, address: str) -> None:
    target = output / address
    target.parent.mkdir(parents=True, exist_ok=True)
    move_into_place(output / STAGING / address, target)


def _stand_in(output: Path, addresses: Iterable[str]) -> None:
    """Puts a page without links at each address, for as long as pages that link to each other come or go.

    Whatever happens meanwhile, no page that stands leads to one that doesn't.
    """
    stand_in, ready = output / STAGING / "stand-in", output / STAGING / "stand-in.link"
    for address in addresses:
        target = output / address
        target.parent.mkdir(parents=True, exist_ok=True)
        if not stand_in.exists():
            stand_in.parent.mkdir(parents=True, exist_ok=True)
            stand_in.write_bytes(STAND_IN)
        try:
            os.link(stand_in, ready)
        except OSError:  # a disk without links, such as most sticks
            ready.write_bytes(STAND_IN)
        move_into_place(ready, target)


Stamp = tuple[int, int]
Stamps = dict[str, dict[str, Stamp]]
"""Size and time of every file, by folder and name, without opening any."""


def stamp_of(output: Path, address: str) -> Stamp | None:
    """The stamp of a file, None when it isn't there."""
    try:
        status = os.stat(f"{output}/{address}")
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def stamp(output: Path, addresses: Iterable[str], stamps: Stamps) -> None:
    """Notes in `stamps` how the files at `addresses` are, and which of them aren't there."""
    for address in addresses:
        folder, _, name = address.rpartition("/")
        now = stamp_of(output, address)
        if now is None:
            stamps.get(folder, {}).pop(name, None)
        else:
            stamps.setdefault(folder, {})[name] = now


def touched(output: Path, stamps: Stamps) -> list[str]:
    """The addresses of files that aren't as they are in `stamps`."""
    found = []
    for folder, names in stamps.items():
        start = f"{folder}/" if folder else ""
        for name, before in names.items():
            if stamp_of(output, start + name) != before:
                found.append(start + name)
    return found


def addresses(stamps: Stamps) -> Iterator[str]:
    """The addresses of all files in `stamps`."""
    for folder, names in stamps.items():
        start = f"{folder}/" if folder else ""
        yield from (start + name for name in names)


def _bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _remove(output: Path, address: str) -> None:
    """Removes a file and the folders that it leaves empty."""
    path = output / address
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == output or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def published(output: Path) -> dict[str, str]:
    """Sums by address of what stands in `output`; lines that a manifest of ours can't have are left out."""
    return {address: line[:64] for address, line in _manifest_lines(output).items() if _is_ours(line)}


def _manifest_lines(output: Path) -> dict[str, str]:
    """The lines of the manifest by address."""
    lines = (_bytes_at(output / MANIFEST) or b"").decode("utf-8", "replace").split("\n")
    return {line[66:]: line for line in lines if len(line) > 66}


def _is_ours(line: str) -> bool:
    """Whether a line of a manifest can be one that was written here: nothing else may be taken away."""
    hashed, _, address = line.partition("  ")
    parts = address.split("/")
    return len(hashed) == 64 and all(parts) and ".." not in parts and ":" not in address and "\\" not in address


def _line(address: str, hashed: str) -> str:
    return f"{hashed}  {address}"


def _sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_manifest(output: Path, lines: Mapping[str, str]) -> None:
    text = "".join([f"{lines[address]}\n" for address in sorted(lines)]).encode("utf-8")
    if text != _bytes_at(output / MANIFEST):
        replace_file(output / MANIFEST, text)

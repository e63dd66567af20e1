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
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cnnt_site.building.outputs import stamp_of
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

Fate = Literal["changed", "kept"]
"""How a file that was made stands to the one that is published; a new one has none."""


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


def stage(output: Path, address: str, data: bytes) -> tuple[str, Fate | None]:
    """Makes one file ready to be published; its sum, and how it stands to what is there, if anything. Any process may.

    Raises OSError when the disk refuses.
    """
    there = _bytes_at(f"{output}/{address}")
    if there != data:
        _with_folder(_write, f"{output}/{STAGING}/{address}", data)
    fate: Fate | None = None if there is None else "kept" if there == data else "changed"
    return hashlib.sha256(data).hexdigest(), fate


def clear_staging(output: Path) -> None:
    """Takes away what was staged and not published, and the folder when that was all there was in it."""
    shutil.rmtree(output / STAGING, ignore_errors=True)
    with suppress(OSError):
        output.rmdir()


def publish(
    output: Path,
    made: Mapping[str, str],
    fates: Mapping[str, Fate],
    gone: Collection[str],
    standing: Callable[[], Iterable[str]],
    left: tuple[int, int] | None,
) -> Published:
    """Makes `output` hold what was `made` (sums by address), all of it staged, and no longer what is `gone`.

    `fates` are those of files that were there before; what is `standing` there already stays. `left` is how the last
    build left the manifest, which is then believed; without it, or in the place of another one, sums are made anew.
    Raises OSError when the disk refuses.
    """
    before, believed = _manifest_lines(output), stamp_of(output / MANIFEST) == left is not None
    moved = sorted((at for at in made if fates.get(at) != "kept"), key=lambda at: _turn(at, fates.get(at)))
    changed: dict[str, str | None] = {address: _line(address, hashed) for address, hashed in made.items()}
    if believed:
        vanishing = [address for address in gone if _has(before, address)]
    else:
        before.sort(key=_address)
        changed = {**{address: _line(address, _sum_of(output / address)) for address in standing()}, **changed}
        vanishing = [address for address in map(_address, before) if address not in changed]
    vanishing = sorted(filter(_may_go, vanishing), key=_leaving)
    lines = _renewed(before, {**changed, **dict.fromkeys(vanishing)}) if believed else _renewed((), changed)
    if moved or vanishing or before != lines:
        output.mkdir(parents=True, exist_ok=True)
        if len(both := _renewed(before, changed)) > len(before):
            _write_manifest(output, both)
        first = next((n for n, address in enumerate(moved) if _shows_page(address)), len(moved))
        for address in moved[:first]:
            _move(output, address)
        _stand_in(output, [address for address in moved[first:] if _is_page(address) and address not in fates])
        for address in moved[first:]:
            _move(output, address)
        _stand_in(output, filter(_is_page, vanishing))
        for address in vanishing:
            _remove(output, address)
        _write_manifest(output, lines)
    return Published(len(moved), len(lines) - len(moved), len(vanishing))


def is_complete(output: Path) -> bool:
    """Whether the last publication came to its end: its manifest is there, and nothing is left staged."""
    return (output / MANIFEST).is_file() and not (output / STAGING).exists()


def _is_page(address: str) -> bool:
    return address.endswith(".html")


def _shows_page(address: str) -> bool:
    """Whether a visitor may get this file for a page: the page, or what stands beside it compressed."""
    return _is_page(original(address))


def _turn(address: str, fate: Fate | None) -> tuple[bool, bool, bool]:
    """Pages come after what they show, changed ones after new ones; files of hashed names first of all."""
    return _shows_page(address), fate == "changed", not address.startswith(LASTING)


def _leaving(address: str) -> tuple[bool, bool]:
    """Pages go before what they show, and what stands beside them before them: then the stand-in is what is sent."""
    return not _shows_page(address), _is_page(address)


def _move(output: Path, address: str) -> None:
    _with_folder(_take, f"{output}/{address}", f"{output}/{STAGING}/{address}")


def _with_folder(put: Callable[[str, Any], None], path: str, what: Any) -> None:
    """Puts a file at `path`, whose folder is only made when it turns out not to be there: mostly it is."""
    try:
        put(path, what)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        put(path, what)


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _take(path: str, ready: str) -> None:
    move_into_place(ready, path)


def _stand_in(output: Path, addresses: Iterable[str]) -> None:
    """Puts a page without links at each address, for as long as pages that link to each other come or go.

    Whatever happens meanwhile, no page that stands leads to one that doesn't.
    """
    stand_in, ready = f"{output}/{STAGING}/stand-in", f"{output}/{STAGING}/stand-in.link"
    for number, address in enumerate(addresses):
        if number == 0 and not os.path.exists(stand_in):
            _with_folder(_write, stand_in, STAND_IN)
        try:
            os.link(stand_in, ready)
        except OSError:  # a disk without links, such as most sticks
            _write(ready, STAND_IN)
        _with_folder(_take, f"{output}/{address}", ready)


def _bytes_at(path: Path | str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
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
    return {_address(line): line[:_NAME] for line in _manifest_lines(output) if _may_go(_address(line))}


_NAME = 64
"""Where in a line the sum ends; two spaces and the address follow."""


def _manifest_lines(output: Path) -> list[str]:
    """The lines of the manifest."""
    lines = (_bytes_at(output / MANIFEST) or b"").decode("utf-8", "replace").split("\n")
    return [line for line in lines if len(line) > _NAME + 2]


def _address(line: str) -> str:
    return line[_NAME + 2 :]


def _has(lines: Sequence[str], address: str) -> bool:
    at = bisect_left(lines, address, key=_address)
    return at < len(lines) and _address(lines[at]) == address


def _renewed(lines: Sequence[str], changed: Mapping[str, str | None]) -> list[str]:
    """Lines in the order of their addresses, with others for those that have `changed`; None takes one out."""
    found: list[str] = []
    last = 0
    for address in sorted(changed):
        at = bisect_left(lines, address, last, key=_address)
        found += lines[last:at]
        line = changed[address]
        if line is not None:
            found.append(line)
        last = at + (at < len(lines) and _address(lines[at]) == address)
    return [*found, *lines[last:]]


def _may_go(address: str) -> bool:
    """Whether an address can be one of ours: nothing else may be taken away."""
    parts = address.split("/")
    return all(parts) and ".." not in parts and ":" not in address and "\\" not in address


def _line(address: str, hashed: str) -> str:
    return f"{hashed}  {address}"


def _sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_manifest(output: Path, lines: Iterable[str]) -> None:
    text = "".join([f"{line}\n" for line in lines]).encode("utf-8")
    if text != _bytes_at(output / MANIFEST):
        replace_file(output / MANIFEST, text)

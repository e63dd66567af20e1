"""Scanning a content folder: which files there are, what has changed since the last time, and what may not be there."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.tree import EMPTY, UNKNOWN, UNSURE, Listed, SourceFile, SourceTree

MOST_FILES = 2_000_000
LARGEST_FILE = 100_000_000
"""What is larger is never opened; each kind of file has a smaller bound of its own."""

DEEPEST_FOLDER = 8

_LEFT_BY_SYSTEMS = re.compile(
    r"^(\..*|thumbs\.db|desktop\.ini|~\$.*|.*~|.*\.(tmp|bak|swp|orig|pyc)|__pycache__)$", re.I
)
_WINDOWS_RESERVED = re.compile(r"^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$", re.I)
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')

YOUNG, YOUNG_COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds: a file written so shortly before a scan may be written again without a new time.

The longer one is for disks that keep times in whole seconds.
"""

_LARGEST_NUMBER = 2**63 - 1
"""Some disks of Windows number files beyond that; the lower part tells them apart as well."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found, for the next one: folders as in `SourceTree.listed`, and the name of what was made of them."""

    listed: Mapping[str, Listed] = field(default_factory=dict)
    made: bytes = b""


def scan(
    root: Path, problems: Problems, before: Scanned | None = None, saved: Iterable[Path] | None = None
) -> SourceTree:
    """Walks `root`. A link that leaves it, a device, a clash or a forbidden name is a problem.

    A folder whose own stamp is as it was `before`, and those of all its files, isn't listed again: no name in it
    has come, gone or changed, and the digests of its files are known. `saved` are the only files and folders there
    that somebody may have touched since, where that is known.
    """
    if not root.is_dir():
        problems.error("no-content-folder", Spot(""), folder=root.name)
        return SourceTree(root)
    before = before or Scanned()
    walk = _Walk(str(root), problems, before.listed)
    if saved is None or not before.listed:
        walk.enter(str(root), "", 0)
    else:
        walk.enter_again(_holding(root, saved))
    return SourceTree(root, walk.own, walk.listed, walk.fresh, before.made)


def kept(tree: SourceTree, written: Iterable[str] = ()) -> dict[str, Listed]:
    """What a later scan has to know of a tree; `written` are files that this program itself has put there since.

    Raises OSError when the disk refuses.
    """
    listed = dict(tree.listed)
    for folder in tree.fresh:
        it = listed.get(folder, EMPTY)
        if UNKNOWN in it.digests:
            digests = [tree.digest(folder, name) or UNKNOWN for name in it.names]
            listed[folder] = it._replace(digests=b"".join(digests))
    for path in written:
        folder, slash, name = path.rpartition("/")
        stamp, digest = _stamp(os.stat(tree.root / path)), SourceFile(path, f"{tree.root}/{path}", 0).digest()
        listed[folder + slash] = listed[folder + slash].with_file(name, stamp, digest)
    return listed


class _Walk:
    """One scan. Folders are told by their path with a slash at the end, the root by ''."""

    def __init__(self, root: str, problems: Problems, before: Mapping[str, Listed]) -> None:
        self.problems, self.before, self.now = problems, before, time.time_ns()
        self.root, self.boundary = root, os.path.realpath(root)
        self.own: dict[str, SourceFile] = {}
        self.listed: dict[str, Listed] = {}
        self.fresh: set[str] = set()
        self.folded: dict[str, str] = {}
        self.count = 0

    def enter(self, real: str, folder: str, depth: int) -> None:
        """Finds what is in a folder, which lies at `real`, and below it."""
        known = self.before.get(folder)
        if known is None or not _stands(real, known):
            self._list(real, folder, depth, known or EMPTY)
            return
        self.listed[folder] = known
        self.count += len(known.names)
        for name in known.below:
            self.enter(f"{real}/{name}", f"{folder}{name}/", depth + 1)

    def enter_again(self, folders: Iterable[str]) -> None:
        """Finds what is in some folders, below them, and in those that couldn't be trusted; all else is as before."""
        self.listed = dict(self.before)
        unsure = (folder for folder, it in self.before.items() if not it.stamp or UNSURE in it.stamps)
        again = {self._nearest(folder) for folder in (*folders, *unsure)}
        outermost = [it for it in sorted(again) if not any(it.startswith(other) for other in again if other != it)]
        for folder in outermost:
            self._forget(folder)
        self.count = sum(len(it.names) for it in self.listed.values())
        for folder in outermost:
            self.enter(f"{self.root}/{folder}".rstrip("/"), folder, folder.count("/"))

    def _nearest(self, folder: str) -> str:
        """The folder, or the first one above it that was there."""
        while folder not in self.before:
            folder = "".join(folder[:-1].rpartition("/")[:2])
        return folder

    def _forget(self, folder: str) -> None:
        for name in self.listed.pop(folder).below:
            self._forget(f"{folder}{name}/")

    def _list(self, real: str, folder: str, depth: int, known: Listed) -> None:
        """The same for a folder that isn't known, or has changed."""
        told, is_plain = len(self.problems), True
        try:
            stamp = self._trusted(os.stat(real))
            entries = sorted(os.scandir(real), key=_usual_first)
        except OSError as error:
            self.problems.error("unreadable", Spot(folder.rstrip("/")), reason=error.strerror or "")
            return
        self.listed[folder] = EMPTY
        files: dict[str, tuple[bytes, bytes]] = {}
        below: list[str] = []
        for entry in entries:
            if _LEFT_BY_SYSTEMS.match(entry.name):
                continue
            name = unicodedata.normalize("NFC", entry.name)
            path = folder + name
            if not self._is_fit(entry.name, path):
                continue
            usual = name == entry.name and not entry.is_symlink()
            is_plain = is_plain and usual
            if entry.is_symlink() and not _stays_inside(entry.path, self.boundary):
                self.problems.error("link-leaves-content", Spot(path))
                continue
            try:
                status = entry.stat()
            except OSError as error:
                self.problems.error("unreadable", Spot(path), reason=error.strerror or "")
                continue
            if stat.S_ISDIR(status.st_mode):
                if depth >= DEEPEST_FOLDER:
                    self.problems.error("folder-too-deep", Spot(path), most=DEEPEST_FOLDER)
                else:
                    below.append(name)
                    self.enter(entry.path, f"{path}/", depth + 1)
            elif self._may_be_read(path, status):
                files[name] = row = self._row(name, status, known)
                if row[1] == UNKNOWN or not usual:
                    digest = row[1] if row[1] != UNKNOWN else b""
                    self.own[path] = SourceFile(path, entry.path, status.st_size, digest)
        if not is_plain or len(self.problems) > told:
            stamp = b""
        names = tuple(sorted(files))
        stamps, digests = (b"".join(files[name][part] for name in names) for part in (0, 1))
        self.listed[folder] = found = Listed(stamp, names, stamps, digests, tuple(below))
        if found[1:] != known[1:] or any(row[0] == UNSURE for row in files.values()):
            self.fresh.add(folder)

    def _row(self, name: str, status: os.stat_result, known: Listed) -> tuple[bytes, bytes]:
        """Stamp and digest of a file; the digest only where it is known from an equal stamp."""
        stamp = self._trusted(status)
        same = stamp and name in known.names and known.stamp_of(name) == stamp
        return stamp or UNSURE, known.digest_of(name) if same else UNKNOWN

    def _may_be_read(self, path: str, status: os.stat_result) -> bool:
        if not stat.S_ISREG(status.st_mode):
            self.problems.error("not-a-file", Spot(path))
        elif status.st_size > LARGEST_FILE:
            size, most = status.st_size // 1000, LARGEST_FILE // 1000
            self.problems.error("file-too-large", Spot(path), size=size, most=most)
        elif self.count >= MOST_FILES:
            self.problems.error("too-many-files", Spot(path), most=MOST_FILES)
        else:
            self.count += 1
            return True
        return False

    def _is_fit(self, name: str, path: str) -> bool:
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            self.problems.error("forbidden-name", Spot(path.encode("utf-8", "replace").decode()), name=repr(name))
            return False
        if not is_fit_for_all_systems(name):
            self.problems.error("forbidden-name", Spot(path), name=name)
            return False
        twin = self.folded.setdefault(path.casefold(), name)
        if twin != name:
            self.problems.error("names-clash", Spot(path), other=twin)
            return False
        return True

    def _trusted(self, status: os.stat_result) -> bytes:
        """The stamp of a file or folder; an empty one when it is too young to be trusted."""
        written, changed = status.st_mtime_ns, status.st_ctime_ns
        if max(written, changed) > self.now - (YOUNG if written % 1_000_000_000 else YOUNG_COARSE):
            return b""
        return _stamp(status)


def _holding(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    """The folders of a tree that hold some paths; of paths elsewhere none."""
    tops = {root.absolute(), root.resolve()}
    for path in paths:
        for top in tops:
            if path.is_relative_to(top):
                folder = unicodedata.normalize("NFC", path.relative_to(top).parent.as_posix())
                yield "" if folder == "." else f"{folder}/"
                break


def _stamp(status: os.stat_result) -> bytes:
    return array("q", _numbers(status)).tobytes()


def _numbers(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & _LARGEST_NUMBER


def _stands(real: str, known: Listed) -> bool:
    """Whether a folder and all its files are as they were."""
    if not known.stamp:
        return False
    numbers: list[int] = []
    try:
        if _stamp(os.stat(real)) != known.stamp:
            return False
        for name in known.names:
            numbers += _numbers(os.stat(f"{real}/{name}"))
    except OSError:
        return False
    return array("q", numbers).tobytes() == known.stamps


def is_fit_for_all_systems(name: str) -> bool:
    """Whether a file or folder may have this name on Windows too."""
    return not (_WINDOWS_RESERVED.match(name) or _WINDOWS_FORBIDDEN.search(name))


def _usual_first(entry: os.DirEntry[str]) -> tuple[bool, str]:
    """An order in which `vi.md` comes before `VI.md`, so that of two clashing names the odd one is told."""
    return unicodedata.normalize("NFC", entry.name) != entry.name, entry.name.swapcase()


def _stays_inside(path: str, boundary: str) -> bool:
    target = os.path.realpath(path)
    return target == boundary or target.startswith(boundary + os.sep)

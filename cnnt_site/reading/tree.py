"""Scanning a content folder: which files there are, by their path in NFC with forward slashes."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from cnnt_site.problems import Problems, Spot

MOST_FILES = 2_000_000
LARGEST_FILE = 100_000_000
"""What is larger is never opened; each kind of file has a smaller bound of its own."""

DEEPEST_FOLDER = 8

_LEFT_BY_SYSTEMS = re.compile(
    r"^(\..*|thumbs\.db|desktop\.ini|~\$.*|.*~|.*\.(tmp|bak|swp|orig|pyc)|__pycache__)$", re.I
)
_WINDOWS_RESERVED = re.compile(r"^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$", re.I)
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')


Stamp = tuple[int, ...]
"""Size, time of writing, time of the last change of any kind, and number of a file."""

YOUNG, YOUNG_COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds: a file written so shortly before a scan may be written again without a new time.

The longer one is for disks that keep times in whole seconds.
"""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below content/: `path` is its name in the tree, `real` where it lies on this disk.

    `stamp` is what the disk says of it without opening it; `known` the digest of its bytes where an
    equal stamp of an earlier scan tells it.
    """

    path: str
    real: str
    size: int
    stamp: Stamp = ()
    known: bytes = b""
    _digested: list[bytes] = field(default_factory=list, compare=False, repr=False)

    def read(self) -> bytes:
        """Its bytes. Raises OSError when the disk refuses."""
        with open(self.real, "rb") as opened:
            return opened.read()

    def digest(self) -> bytes:
        """A digest of its bytes. Raises OSError when the disk refuses."""
        if self.known:
            return self.known
        if not self._digested:
            self._digested.append(blake2b(self.read(), digest_size=16).digest())
        return self._digested[0]


@dataclass(frozen=True, slots=True)
class SourceTree:
    """All files of a content folder by path, in the order of their paths."""

    root: Path
    files: dict[str, SourceFile] = field(default_factory=dict)

    def stamps(self) -> dict[str, tuple[Stamp, bytes]]:
        """Stamp and digest of every file, for the next scan. Raises OSError when the disk refuses."""
        return {path: (file.stamp, file.digest()) for path, file in self.files.items()}

    def folders(self, parent: str) -> list[str]:
        """Names of the folders directly below `parent`, in order."""
        start = parent + "/"
        return sorted(
            {
                path[len(start) :].split("/", 1)[0]
                for path in self.files
                if path.startswith(start) and "/" in path[len(start) :]
            }
        )


def scan(root: Path, problems: Problems, before: Mapping[str, tuple[Stamp, bytes]] | None = None) -> SourceTree:
    """Walks `root`. A link that leaves it, a device, a clash or a forbidden name is a problem.

    `before` has the stamps and digests of an earlier scan: of a file whose stamp is the same the
    digest is known without reading it.
    """
    seen_before, now = before or {}, time.time_ns()
    found: dict[str, SourceFile] = {}
    folded: dict[str, str] = {}
    if not root.is_dir():
        problems.error("no-content-folder", Spot(""), folder=root.name)
        return SourceTree(root)
    boundary = os.path.realpath(root)

    def enter(folder: str, prefix: str, depth: int) -> None:
        try:
            entries = sorted(os.scandir(folder), key=_usual_first)
        except OSError as error:
            problems.error("unreadable", Spot(prefix.rstrip("/")), reason=error.strerror or "")
            return
        for entry in entries:
            if _LEFT_BY_SYSTEMS.match(entry.name):
                continue
            path = prefix + unicodedata.normalize("NFC", entry.name)
            if not _name_is_fit(entry.name, path):
                continue
            if entry.is_symlink() and not _stays_inside(entry.path, boundary):
                problems.error("link-leaves-content", Spot(path))
            elif is_folder(entry):
                if depth >= DEEPEST_FOLDER:
                    problems.error("folder-too-deep", Spot(path), most=DEEPEST_FOLDER)
                else:
                    enter(entry.path, path + "/", depth + 1)
            else:
                keep(entry, path)

    def is_folder(entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:  # a link that leads to itself; `keep` tells it
            return False

    def _name_is_fit(name: str, path: str) -> bool:
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            problems.error("forbidden-name", Spot(path.encode("utf-8", "replace").decode()), name=repr(name))
            return False
        if not is_fit_for_all_systems(name):
            problems.error("forbidden-name", Spot(path), name=name)
            return False
        twin = folded.setdefault(path.casefold(), name)
        if twin != name:
            problems.error("names-clash", Spot(path), other=twin)
            return False
        return True

    def keep(entry: os.DirEntry[str], path: str) -> None:
        try:
            status = entry.stat()
        except OSError as error:
            problems.error("unreadable", Spot(path), reason=error.strerror or "")
            return
        if not stat.S_ISREG(status.st_mode):
            problems.error("not-a-file", Spot(path))
        elif status.st_size > LARGEST_FILE:
            size, most = status.st_size // 1000, LARGEST_FILE // 1000
            problems.error("file-too-large", Spot(path), size=size, most=most)
        elif len(found) >= MOST_FILES:
            problems.error("too-many-files", Spot(path), most=MOST_FILES)
        else:
            stamp: Stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            if max(stamp[1], stamp[2]) > now - (YOUNG if stamp[1] % 1_000_000_000 else YOUNG_COARSE):
                stamp = ()
            earlier = seen_before.get(path)
            known = earlier[1] if earlier is not None and stamp and earlier[0] == stamp else b""
            found[path] = SourceFile(path, entry.path, status.st_size, stamp, known)

    enter(str(root), "", 0)
    return SourceTree(root, dict(sorted(found.items())))


def is_fit_for_all_systems(name: str) -> bool:
    """Whether a file or folder may have this name on Windows too."""
    return not (_WINDOWS_RESERVED.match(name) or _WINDOWS_FORBIDDEN.search(name))


def stamp_of(path: Path) -> tuple[Stamp, bytes]:
    """Stamp and digest of a file that this program itself has just written. Raises OSError."""
    status = path.stat()
    data = blake2b(path.read_bytes(), digest_size=16).digest()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino), data


def _usual_first(entry: os.DirEntry[str]) -> tuple[bool, str]:
    """An order in which `vi.md` comes before `VI.md`, so that of two clashing names the odd one is told."""
    return unicodedata.normalize("NFC", entry.name) != entry.name, entry.name.swapcase()


def _stays_inside(path: str, boundary: str) -> bool:
    target = os.path.realpath(path)
    return target == boundary or target.startswith(boundary + os.sep)

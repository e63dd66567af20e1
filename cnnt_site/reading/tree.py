"""Scanning a content folder: which files there are, by their path in NFC with forward slashes."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
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
class Scanned:
    """What a scan found, for the next one: stamp and digest of every file, and the stamp of every folder.

    That of a folder is empty when something was told of what is in it, or when it can't be trusted.
    """

    files: Mapping[str, tuple[Stamp, bytes]] = field(default_factory=dict)
    folders: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceTree:
    """All files of a content folder by path, in the order of their paths."""

    root: Path
    files: dict[str, SourceFile] = field(default_factory=dict)
    folder_stamps: dict[str, Stamp] = field(default_factory=dict)

    def digests(self) -> dict[str, tuple[Stamp, bytes]]:
        """Stamp and digest of every file, for the next scan. Raises OSError when the disk refuses."""
        return {path: (file.stamp, file.digest()) for path, file in self.files.items()}

    def grouped(self, parents: Collection[str]) -> dict[str, dict[str, SourceFile]]:
        """Every folder directly below one of `parents` ("products/tranh-sen"), in order, with its own files by name."""
        found: dict[str, dict[str, SourceFile]] = {}
        for path, file in self.files.items():
            parent, _, rest = path.partition("/")
            if parent in parents:
                folder, slash, name = rest.partition("/")
                if slash:
                    own = found.setdefault(f"{parent}/{folder}", {})
                    if "/" not in name:
                        own[name] = file
        return found

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


def scan(root: Path, problems: Problems, before: Scanned | None = None) -> SourceTree:
    """Walks `root`. A link that leaves it, a device, a clash or a forbidden name is a problem.

    Of a file whose stamp is as it was `before`, the digest is known without reading it; a folder with the
    same stamp isn't listed again, for no name in it has come, gone or changed.
    """
    if not root.is_dir():
        problems.error("no-content-folder", Spot(""), folder=root.name)
        return SourceTree(root)
    walk = _Walk(str(root), problems, before or Scanned())
    walk.enter(str(root), "", 0)
    return SourceTree(root, dict(sorted(walk.found.items())), walk.folders)


class _Walk:
    """One scan. Folders are told by their path with a slash at the end, the root by ''."""

    def __init__(self, root: str, problems: Problems, before: Scanned) -> None:
        self.problems, self.before, self.now = problems, before, time.time_ns()
        self.boundary = os.path.realpath(root)
        self.found: dict[str, SourceFile] = {}
        self.folders: dict[str, Stamp] = {}
        self.folded: dict[str, str] = {}
        self.known: dict[str, list[str]] = {}
        for path in chain(before.files, before.folders):
            above, slash, name = path.rstrip("/").rpartition("/")
            self.known.setdefault(above + slash, []).append(name)

    def enter(self, folder: str, prefix: str, depth: int) -> None:
        """Finds what is in a folder and below it."""
        told, links = len(self.problems), False
        try:
            stamp = self._trusted(os.stat(folder))
            if stamp and self.before.folders.get(prefix) == stamp:
                self.folders[prefix] = stamp
                self._enter_again(folder, prefix, depth)
                return
            entries = sorted(os.scandir(folder), key=_usual_first)
        except OSError as error:
            self.problems.error("unreadable", Spot(prefix.rstrip("/")), reason=error.strerror or "")
            return
        for entry in entries:
            if _LEFT_BY_SYSTEMS.match(entry.name):
                continue
            path = prefix + unicodedata.normalize("NFC", entry.name)
            if not self._is_fit(entry.name, path):
                continue
            links = links or entry.is_symlink() or not path.endswith(entry.name)
            if entry.is_symlink() and not _stays_inside(entry.path, self.boundary):
                self.problems.error("link-leaves-content", Spot(path))
            else:
                self._take(entry.path, path, depth, entry.stat)
        self.folders[prefix] = () if links or len(self.problems) > told else stamp

    def _enter_again(self, folder: str, prefix: str, depth: int) -> None:
        """The same for a folder whose names are known and fit, none of them a link."""
        for name in self.known.get(prefix, ()):
            if name:
                real = f"{folder}/{name}"
                self._take(real, prefix + name, depth, partial(os.stat, real))

    def _take(self, real: str, path: str, depth: int, ask: Callable[[], os.stat_result]) -> None:
        """A file, or a folder with all that is in it."""
        try:
            status = ask()
        except OSError as error:
            self.problems.error("unreadable", Spot(path), reason=error.strerror or "")
            return
        if stat.S_ISDIR(status.st_mode):
            if depth >= DEEPEST_FOLDER:
                self.problems.error("folder-too-deep", Spot(path), most=DEEPEST_FOLDER)
            else:
                self.enter(real, path + "/", depth + 1)
        elif not stat.S_ISREG(status.st_mode):
            self.problems.error("not-a-file", Spot(path))
        elif status.st_size > LARGEST_FILE:
            size, most = status.st_size // 1000, LARGEST_FILE // 1000
            self.problems.error("file-too-large", Spot(path), size=size, most=most)
        elif len(self.found) >= MOST_FILES:
            self.problems.error("too-many-files", Spot(path), most=MOST_FILES)
        else:
            stamp, earlier = self._trusted(status), self.before.files.get(path)
            known = earlier[1] if earlier is not None and stamp and earlier[0] == stamp else b""
            self.found[path] = SourceFile(path, real, status.st_size, stamp, known)

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

    def _trusted(self, status: os.stat_result) -> Stamp:
        """The stamp of a file or folder; an empty one when it is too young to be trusted."""
        written, changed = status.st_mtime_ns, status.st_ctime_ns
        if max(written, changed) > self.now - (YOUNG if written % 1_000_000_000 else YOUNG_COARSE):
            return ()
        return status.st_size, written, changed, status.st_ino


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

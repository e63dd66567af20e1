"""The files of a content folder, by their path in NFC with forward slashes, and by folder."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

STAMP, DIGEST = 32, 16
"""Bytes of a stamp (size, time of writing, time of the last change of any kind, its number), and of a digest."""

UNSURE, UNKNOWN = bytes(STAMP), bytes(DIGEST)
"""The stamp of a file that is too young to be trusted; the digest of one that wasn't read."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below content/: `path` is its name in the tree, `real` where it lies on this disk.

    `known` is the digest of its bytes where an earlier scan tells it.
    """

    path: str
    real: str
    size: int
    known: bytes = b""
    _digested: list[bytes] = field(default_factory=list, compare=False, repr=False)

    def read(self) -> bytes:
        """Its bytes. Raises OSError when the disk refuses."""
        with open(self.real, "rb") as opened:
            return opened.read()

    @property
    def digested(self) -> bytes:
        """The digest of its bytes, where somebody has asked for it; else nothing."""
        return self.known or b"".join(self._digested)

    def digest(self) -> bytes:
        """A digest of its bytes. Raises OSError when the disk refuses."""
        if self.known:
            return self.known
        if not self._digested:
            self._digested.append(blake2b(self.read(), digest_size=DIGEST).digest())
        return self._digested[0]


class Listed(NamedTuple):
    """What stands in one folder: its own stamp, its files by name with their stamps and digests, the folders below.

    Names are in order; stamps and digests follow each other in theirs, so that a whole folder is compared at once.
    The folder's own stamp is empty when something was told of what is in it, or when it can't be trusted.
    """

    stamp: bytes
    names: tuple[str, ...]
    stamps: bytes
    digests: bytes
    below: tuple[str, ...]

    def place(self, name: str) -> int:
        """Where a file stands among the others. Raises KeyError when it isn't there."""
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(name) from None

    def stamp_of(self, name: str) -> bytes:
        """The stamp of a file. Raises KeyError when it isn't there."""
        at = self.place(name) * STAMP
        return self.stamps[at : at + STAMP]

    def digest_of(self, name: str) -> bytes:
        """The digest of a file, `UNKNOWN` when it wasn't read. Raises KeyError when it isn't there."""
        at = self.place(name) * DIGEST
        return self.digests[at : at + DIGEST]

    def with_file(self, name: str, stamp: bytes = UNSURE, digest: bytes = UNKNOWN) -> Listed:
        """The same with a file in it that is new or another one."""
        names = self.names if name in self.names else tuple(sorted((*self.names, name)))
        at, taken = names.index(name), int(name in self.names)

        def put(row: bytes, rows: bytes, size: int) -> bytes:
            return rows[: at * size] + row + rows[(at + taken) * size :]

        stamps, digests = put(stamp, self.stamps, STAMP), put(digest, self.digests, DIGEST)
        return self._replace(names=names, stamps=stamps, digests=digests)


EMPTY = Listed(b"", (), b"", b"", ())


class SourceTree:
    """All files of a content folder.

    `listed` are its folders, by their path with a slash at the end, the root by ''. `own` are files of which more is
    known than that: they weren't read yet, or lie elsewhere on the disk than their path says. `fresh` are the
    folders that aren't as they were when what `since` names was made of them.
    """

    def __init__(
        self,
        root: Path,
        own: Mapping[str, SourceFile] | None = None,
        listed: dict[str, Listed] | None = None,
        fresh: Collection[str] = (),
        since: bytes = b"",
    ) -> None:
        self.root, self.listed, self.fresh, self.since = root, listed or {}, frozenset(fresh), since
        self._own = dict(own or {})
        self.files: Mapping[str, SourceFile] = _Files(str(root), self.listed, self._own)
        """All files by path, in the order of their paths."""

    @property
    def is_sure(self) -> bool:
        """Whether no file is so young that it may be written again without a new time."""
        return not any(UNSURE in listed.stamps for listed in self.listed.values())

    def digest(self, folder: str, name: str) -> bytes | None:
        """The digest of a file in a folder ("products/tranh-sen/"), None when there is none. Raises OSError."""
        listed = self.listed.get(folder, EMPTY)
        if name not in listed.names:
            return None
        known = listed.digest_of(name)
        return self.files[folder + name].digest() if known == UNKNOWN else known

    def settle(self) -> None:
        """Puts the digests of files that were read into `listed`, which takes a fraction of the memory."""
        read: dict[str, dict[str, bytes]] = {}
        for path, file in self._own.items():
            folder, slash, name = path.rpartition("/")
            usual = file.real == f"{self.root}/{path}" and name in self.listed.get(folder + slash, EMPTY).names
            if usual and file.digested and self.listed[folder + slash].stamp_of(name) != UNSURE:
                read.setdefault(folder + slash, {})[name] = file.digested
        for folder, digests in read.items():
            it = self.listed[folder]
            now = (digests.get(name) or it.digest_of(name) for name in it.names)
            self.listed[folder] = it._replace(digests=b"".join(now))
            for name in digests:
                del self._own[folder + name]

    def names_in(self, parent: str) -> list[str]:
        """Names of the folders directly below `parent` ("products") that have any files, in order."""
        start = f"{parent}/"
        below = self.listed.get(start, EMPTY).below
        return sorted(name for name in below if self._has_files(f"{start}{name}/"))

    def only(self, folders: Iterable[str]) -> SourceTree:
        """The files that stand directly in some folders ("products/tranh-sen"), for another process to read."""
        starts = (f"{folder}/" for folder in folders)
        paths = (start + name for start in starts for name in self.listed.get(start, EMPTY).names)
        return SourceTree(self.root, {path: self.files[path] for path in paths})

    def over(self, new: Mapping[str, SourceFile]) -> SourceTree:
        """The tree as it would be with other files, too, or in the place of its own."""
        listed = dict(self.listed)
        for path in new:
            folder, slash, name = path.rpartition("/")
            listed[folder + slash] = _reached(listed, folder + slash).with_file(name)
        return SourceTree(self.root, {**self.files, **new}, listed)

    def _has_files(self, folder: str) -> bool:
        listed = self.listed.get(folder, EMPTY)
        return bool(listed.names) or any(self._has_files(f"{folder}{name}/") for name in listed.below)


class _Files(Mapping[str, SourceFile]):
    """The files of folders by path; what is known of a file is put together when it is asked for."""

    def __init__(self, root: str, listed: Mapping[str, Listed], own: Mapping[str, SourceFile]) -> None:
        self._root, self._listed, self._own = root, listed, own

    def __getitem__(self, path: str) -> SourceFile:
        own = self._own.get(path)
        if own is not None:
            return own
        folder, slash, name = path.rpartition("/")
        listed = self._listed[folder + slash]
        size = int.from_bytes(listed.stamp_of(name)[: STAMP // 4], sys.byteorder)
        return SourceFile(path, f"{self._root}/{path}", size, listed.digest_of(name))

    def __contains__(self, path: object) -> bool:
        folder, slash, name = str(path).rpartition("/")
        return path in self._own or name in self._listed.get(folder + slash, EMPTY).names

    def __iter__(self) -> Iterator[str]:
        below = (folder + name for folder, listed in self._listed.items() for name in listed.names)
        return iter(sorted({*self._own, *below}))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _reached(listed: dict[str, Listed], folder: str) -> Listed:
    """A folder, which is put below the one above it when it isn't there yet."""
    if folder not in listed:
        listed[folder] = EMPTY
        if folder:
            above, slash, name = folder[:-1].rpartition("/")
            parent = _reached(listed, above + slash)
            listed[above + slash] = parent._replace(below=(*parent.below, name))
    return listed[folder]

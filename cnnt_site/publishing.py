"""Publishing: what was staged and verified becomes the output folder, in an order that never breaks it.

All new bytes are first written into a folder of their own beside the pages, so a full disk is met
before anything that visitors see has changed. Then files are moved into place: pictures and assets,
other new files, changed ones; then what the last manifest lists and this build doesn't have is
removed; the manifest comes last. What no manifest lists is never touched.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cnnt_site.files import move_into_place, replace_file
from cnnt_site.headers import LASTING

MANIFEST = "site-manifest.txt"
STAGING = ".being-published"


class NotPublished(Exception):
    """The disk refused: which file, and why. What stood in the output before still works."""

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(str(error))
        self.file = Path(str(error.filename)) if error.filename else folder
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


def publish(output: Path, files: Mapping[str, bytes]) -> Published:
    """Makes `output` hold `files`, by address. Raises OSError when the disk refuses."""
    before = published(output)
    plan = {address: hashlib.sha256(data).hexdigest() for address, data in files.items()}
    new: list[str] = []
    changed: list[str] = []
    for address, data in files.items():
        there = _bytes_at(output / address)
        if there is None:
            new.append(address)
        elif there != data:
            changed.append(address)
    gone = [address for address in before if address not in plan]
    new.sort(key=lambda address: not address.startswith(LASTING))  # hashed names: old pages don't mind them
    if new or changed or gone or before != plan:
        staging = output / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        try:
            _stage(staging, {address: files[address] for address in (*new, *changed)})
            _write_manifest(output, {**before, **plan})
            for address in (*new, *changed):
                target = output / address
                target.parent.mkdir(parents=True, exist_ok=True)
                move_into_place(staging / address, target)
            for address in gone:
                _remove(output, address)
            _write_manifest(output, plan)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return Published(len(new) + len(changed), len(plan) - len(new) - len(changed), len(gone))


def _stage(staging: Path, files: Mapping[str, bytes]) -> None:
    staging.mkdir(parents=True)
    for address, data in files.items():
        path = staging / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


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
    found = {}
    for line in (_bytes_at(output / MANIFEST) or b"").decode("utf-8", "replace").splitlines():
        hashed, _, address = line.partition("  ")
        is_ours = len(hashed) == 64 and address and not address.startswith("/") and ".." not in address.split("/")
        if is_ours and ":" not in address and "\\" not in address:
            found[address] = hashed
    return found


def _write_manifest(output: Path, hashes: Mapping[str, str]) -> None:
    text = "".join(f"{hashed}  {address}\n" for address, hashed in sorted(hashes.items()))
    replace_file(output / MANIFEST, text.encode("utf-8"))

"""Photos beside a sheet, found by their file names: those that cells name, and those called as a record's id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.plan import Plan
from cnnt_site.desk.sheets.values import check_file_name
from cnnt_site.model.kinds import Refusal
from cnnt_site.problems import closest
from cnnt_site.reading.tree import SourceTree
from cnnt_site.vietnamese import slug

_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif")


def find_pictures(plan: Plan, folder: Path, tree: SourceTree, findings: Findings) -> dict[str, Path]:
    """The pictures to copy: their path in the content and the file beside the sheet."""
    there = dict(_beside(folder))
    described = {(owner, name) for owner, name, _ in plan.pictures if _is_described(plan, owner, name)}
    copies: dict[str, Path] = {}
    for owner, name, cell in [*plan.pictures, *_by_id(plan, there)]:
        target = f"{owner}/photos/{name}"
        found = there.get(_key(name))
        if not _fits(name, cell, findings):
            continue
        if target in tree.files:
            if found is not None and found.read_bytes() != tree.files[target].read():
                findings.warn("picture-differs", cell, file=name)
            continue
        if found is None:
            guess = closest(name, [path.name for path in there.values()])
            findings.error("picture-not-found", cell, file=name, guess=guess)
            continue
        copies[target] = found
        if (owner, name) not in described:
            findings.warn("picture-to-describe", cell, file=name, folder=f"{owner}/photos")
    return copies


def _beside(folder: Path) -> Iterator[tuple[str, Path]]:
    """Pictures in a folder and in the folders directly within it; those nearest the sheet come last and count."""
    for path in (*sorted(folder.glob("*/*")), *sorted(folder.glob("*"))):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            yield _key(path.name), path


def _by_id(plan: Plan, there: dict[str, Path]) -> Iterator[tuple[str, str, Cell]]:
    """Pictures that are called as a record of the sheet is: `tranh-sen.jpg`, `tranh-sen-2.jpg`."""
    ids = {id_: (kind, cell) for (kind, id_), cell in plan.touched.items()}
    named = {_key(name) for _, name, _ in plan.pictures}
    for key, path in there.items():
        stem = slug(path.stem)
        id_ = stem if stem in ids else re.sub(r"-[0-9]{1,2}$", "", stem)
        if id_ in ids and key not in named:
            kind, cell = ids[id_]
            yield f"{kind}/{id_}", unicodedata.normalize("NFC", path.name), cell


def _is_described(plan: Plan, owner: str, name: str) -> bool:
    kind, id_ = owner.split("/")
    return any(photo.get("file") == name for photo in plan.content.said[kind][id_].get("photos", ()))


def _fits(name: str, cell: Cell, findings: Findings) -> bool:
    try:
        check_file_name(name)
    except Refusal as refusal:
        findings.error(refusal.code, cell, **refusal.details)
        return False
    return True


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

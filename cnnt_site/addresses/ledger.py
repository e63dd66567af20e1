"""The ledger `permalinks.yaml`: every address ever published and what it leads to.

Written by the build, committed with the content, only read by `check` and the preview.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnt_site.problems import Problems, Spot
from cnnt_site.reading import yaml_file
from cnnt_site.reading.layout import LEDGER
from cnnt_site.reading.tree import SourceTree

LARGEST = 64_000_000
_ADDRESS = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.html")
_KEY = re.compile(r"[a-z-]+(?::[a-z0-9/-]+)?")
_LINE = re.compile(rf"^  ({_ADDRESS.pattern}): ({_KEY.pattern})$", re.M)

_HEADING = """\
# Sổ địa chỉ: mọi địa chỉ trang đã công bố. Chương trình tự ghi; hãy lưu cùng nội dung, đừng xóa.
# The ledger of every published address. Written by the build; keep it with the content.
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """`current` addresses in use and `moved` ones that redirect, each to its page's key ("product:tranh-sen")."""

    current: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The file's text: sorted, so that the same ledger is the same bytes."""
        lines = [_HEADING]
        for title, addresses in (("current", self.current), ("moved", self.moved)):
            lines.append(f"{title}:\n" if addresses else f"{title}: {{}}\n")
            lines += [f"  {address}: {key}\n" for address, key in sorted(addresses.items())]
        return "".join(lines)


def read_ledger(tree: SourceTree, problems: Problems) -> Ledger:
    """The ledger of a content folder, empty when there is none yet."""
    file = tree.files.get(LEDGER)
    if file is None:
        return Ledger()
    written = file.read()
    known = _as_written_here(written)
    if known is not None:
        return known
    data = yaml_file.parse(LEDGER, written, problems, largest=LARGEST)
    if data is None:
        return Ledger()
    if not isinstance(data, dict) or not set(data) <= {"current", "moved"}:
        problems.error("ledger-broken", Spot(LEDGER, line=1, column=1))
        return Ledger()
    return Ledger(_addresses(data, "current", problems), _addresses(data, "moved", problems))


def _as_written_here(written: bytes) -> Ledger | None:
    """The ledger when the file is exactly what `text` writes, which is ten times as quick as reading it as YAML."""
    text = written.replace(b"\r\n", b"\n").decode("utf-8", "replace")
    current, _, moved = text.partition("\nmoved:")
    ledger = Ledger(dict(_LINE.findall(current)), dict(_LINE.findall(moved)))
    return ledger if ledger.text() == text else None


def _addresses(data: dict[str, Any], title: str, problems: Problems) -> dict[str, str]:
    written = data.get(title) or {}
    if not isinstance(written, dict):
        problems.error("ledger-broken", Spot(LEDGER, (title,)))
        return {}
    for address, key in written.items():
        if not isinstance(key, str) or not _KEY.fullmatch(key) or not _ADDRESS.fullmatch(address):
            problems.error("ledger-broken", Spot(LEDGER, (title, address), at_key=True))
            return {}
    return written


def write_ledger(content: Path, ledger: Ledger) -> bool:
    """Writes the ledger if it changed; says whether it did. Raises OSError when the disk refuses."""
    from cnnt_site.files import replace_file

    path = content / LEDGER
    text = ledger.text().encode("utf-8")
    if path.exists() and path.read_bytes().replace(b"\r\n", b"\n") == text:
        return False
    if not path.exists() and not ledger.current:
        return False
    replace_file(path, text)
    return True

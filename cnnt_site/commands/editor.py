"""`build.py editor`: lets VS Code explain and check content while it is typed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cnnt_site.commands import DONE
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """None of its own: the files go beside the content folder."""


def run(asked: argparse.Namespace, lang: str) -> int:
    """Writes the schemas and VS Code's settings; settings of the user's own stay."""
    from cnnt_site.desk.schemas import editor_files
    from cnnt_site.files import replace_file
    from cnnt_site.problems import Problems
    from cnnt_site.reading import records
    from cnnt_site.reading.scanning import scan

    content: Path = asked.content.resolve()
    said = records.read(scan(content, Problems()), Problems())  # what is wrong with it is for `check` to tell
    ids = {kind: found or () for kind, found in said.ids.items()}
    for path, data in editor_files(content.name, ids).items():
        file = content.parent / path
        merged = _with_own(file, data)
        if merged is None:
            print(message(lang, "editor-own-settings", file=shown(file)))
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, merged)
    print(message(lang, "editor-ready", folder=content.parent.name))
    return DONE


def _with_own(file: Path, data: bytes) -> bytes | None:
    """Our settings over those that a file has already; None when those can't be understood."""
    if not file.exists() or file.parent.name != ".vscode":
        return data
    try:
        own: Any = json.loads(file.read_text("utf-8"))
    except ValueError:
        return None
    ours = json.loads(data)
    if not isinstance(own, dict):
        return None
    if "recommendations" in ours:
        known = own.get("recommendations", [])
        ours["recommendations"] = [*known, *(each for each in ours["recommendations"] if each not in known)]
    merged = {**own, **ours}
    return file.read_bytes() if merged == own else (json.dumps(merged, ensure_ascii=False, indent=1) + "\n").encode()

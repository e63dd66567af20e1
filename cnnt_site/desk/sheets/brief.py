"""Certificates in one cell, as some lists write them: `province:2020; region:2022`, or `unknown` for either part."""

from __future__ import annotations

import re
from typing import Any

from cnnt_site.desk.sheets.content import Content
from cnnt_site.desk.sheets.findings import Cell, Findings
from cnnt_site.desk.sheets.references import References

_UNKNOWN = ("unknown", "không rõ", "chưa rõ", "?")
_PART = re.compile(r"\s*(?P<level>[^:;|,]+?)\s*(?::\s*(?P<year>[0-9]{4}|unknown|không rõ|chưa rõ|\?))?\s*", re.I)


def certificates_in(cell: Cell, content: Content, references: References, findings: Findings) -> list[dict[str, Any]]:
    """The certificates that a cell lists, as plain data; what can't be read is told."""
    found = []
    for part in re.split(r"[;|,\n]+", cell.text):
        read = _PART.fullmatch(part)
        if not part.strip():
            continue
        if read is None:
            findings.error("bad-brief", cell, written=part.strip())
            continue
        said: dict[str, Any] = {}
        if read["level"].lower() in _UNKNOWN:
            said["programme"] = content.site.programme
        else:
            level = references.find("levels", read["level"], cell)
            if level is None:
                continue
            said["level"] = level
        if read["year"] and read["year"].isdecimal():
            said["year"] = int(read["year"])
        found.append(said)
    return found

"""Importing a file of Excel or CSV, from its bytes to the plan of what would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnt_site.desk.sheets.content import load
from cnnt_site.desk.sheets.findings import Findings
from cnnt_site.desk.sheets.pictures import find_pictures
from cnnt_site.desk.sheets.plan import Plan, make_plan
from cnnt_site.desk.sheets.reading import read
from cnnt_site.desk.sheets.rows import read_rows
from cnnt_site.model.site import Site
from cnnt_site.reading.tree import SourceTree


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would change: the files of content with their new bytes, and pictures to copy into it.

    With an error among the `findings` there are none of either.
    """

    plan: Plan
    findings: Findings
    files: dict[str, bytes]
    copies: dict[str, Path]


def plan_import(file: Path, tree: SourceTree, site: Site) -> Import:
    """Reads `file` against a content folder without errors."""
    findings = Findings(file.name)
    rows = read_rows(read(file, findings), site.languages, findings)
    plan = make_plan(rows, load(tree, site), findings)
    copies = find_pictures(plan, file.parent, tree, findings)
    if findings.errors:
        return Import(plan, findings, {}, {})
    return Import(plan, findings, dict(plan.content.files()), copies)

"""Telling what an import found and would do: cell by cell, record by record, in the user's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cnnt_site.desk.sheets.columns import headings, tables
from cnnt_site.desk.sheets.findings import Finding
from cnnt_site.desk.sheets.importing import Import
from cnnt_site.desk.sheets.plan import Change, Plan
from cnnt_site.reporting import filled, message, problem_wording, sheet_wording, visible

LONGEST = 70


def told_finding(finding: Finding, lang: str) -> str:
    """One finding as a paragraph: where, what, what stands there, a guess, and the cure."""
    details = dict(finding.details)
    own = sheet_wording()["findings"].get(finding.code)
    wording = (own or problem_wording()[finding.code])[lang]
    where = [finding.file]
    if finding.sheet:
        where.append(message(lang, "where-sheet", sheet=finding.sheet))
    if finding.cell is not None:
        where.append(message(lang, "where-cell", cell=finding.cell.name))
    told = [f"{', '.join(where)}: {message(lang, finding.severity)}: {filled(wording['what'], details)}"]
    if finding.cell is not None and finding.cell.text:
        told.append(f"      | {_short(finding.cell.text)}")
    if details.get("guess"):
        told.append(f"  {message(lang, 'guess', guess=details['guess'])}")
    told.append(f"  {message(lang, 'cure', cure=filled(wording['cure'], details))}")
    return visible("\n".join(told))


def told_plan(done: Import, lang: str) -> Iterator[str]:
    """What would be new and what would change, with the cells that say so."""
    plan = done.plan
    for kind, id_, cell in plan.added:
        where = _where(cell.sheet, cell.name)
        yield f"+ {_record(kind, lang)} {plan.content.name(kind, id_)} ({_path(kind, id_)}) [{where}]"
    for path, source in done.copies.items():
        yield f"+ {path} ← {source.name}"
    by_record: dict[tuple[str, str], list[Change]] = {}
    for change in plan.changes:
        by_record.setdefault((change.kind, change.id), []).append(change)
    for (kind, id_), changes in by_record.items():
        yield f"~ {_record(kind, lang)} {plan.content.name(kind, id_)} ({_path(kind, id_)})"
        for change in changes:
            old, new = (_value(value, lang) for value in (change.old, change.new))
            where = _where(change.cell.sheet, change.cell.name)
            yield f"    {_field(plan, change, lang)}: {old} → {new} [{where}]"


def counted_plan(done: Import, lang: str) -> str:
    """How much is new, changes and stays, in one line."""
    plan = done.plan
    new = Counter(kind for kind, _, _ in plan.added)
    many = sheet_wording()["many_records"]
    words = {kind: _record(kind, lang).lower() if number == 1 else many[kind][lang] for kind, number in new.items()}
    added = ", ".join(f"{number} {words[kind]}" for kind, number in new.items())
    changed = {(change.kind, change.id) for change in plan.changes}
    fresh = {(kind, id_) for kind, id_, _ in plan.added}
    same = len(set(plan.touched) - changed - fresh)
    return message(lang, "import-counted", new=added or "0", changed=len(changed), same=same)


def _record(kind: str, lang: str) -> str:
    names: dict[str, dict[str, str]] = sheet_wording()["records"]
    return names[kind][lang]


def _path(kind: str, id_: str) -> str:
    return f"{kind}/{id_}"


def _where(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if sheet else cell


def _field(plan: Plan, change: Change, lang: str) -> str:
    """What a changed field is called: `giấy thứ 2, Năm`."""
    table = next(table for table in tables(plan.content.site.languages) if table.name == change.kind)
    for other in tables(plan.content.site.languages):
        if other.owned and other.kind == change.kind and change.path.startswith(f"{other.items}."):
            table = other
    name, number, *keys = f"{change.path}..".split(".")
    in_item = number.isdecimal()
    path = ".".join(keys).rstrip(".") if in_item else change.path
    wanted = path if table.owned or not in_item else f"{table.items}.{path}"
    called = dict(zip((table.path(column) for column in table.columns), headings(table, lang), strict=True))
    if not in_item:
        return called.get(change.path, change.path)
    numbered = message(lang, "item-numbered", what=sheet_wording()["items"][name][lang], number=number)
    return f"{numbered}, {called[wanted]}" if path and wanted in called else numbered


def _value(text: str, lang: str) -> str:
    return f"“{_short(text)}”" if text else message(lang, "nothing")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return visible(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")

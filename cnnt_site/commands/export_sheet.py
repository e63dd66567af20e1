"""`build.py export`: content as a workbook of Excel or as CSV, or an empty template of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS, USAGE
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.commands.sound_content import read_or_tell
from cnnt_site.reporting import message, sheet_wording


def add_options(parser: VerbParser) -> None:
    """The file to write, and what goes into it."""
    parser.option("workbook", type=Path, nargs="?", metavar="FILE")
    parser.option("--template", action="store_true")
    parser.option("--overwrite", action="store_true")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Writes the workbook, or a CSV file for each table that has rows."""
    from cnnt_site.desk.sheets.content import load
    from cnnt_site.desk.sheets.exporting import filled_tables
    from cnnt_site.desk.sheets.writing import LONGEST_CELL, csv_bytes, workbook_bytes
    from cnnt_site.files import replace_file
    from cnnt_site.vietnamese import slug

    usual = message(lang, "template-name") if asked.template else message(lang, "export-name")
    file: Path = asked.workbook or Path(usual)
    if file.suffix.lower() not in (".xlsx", ".csv"):
        print(message(lang, "export-ending", file=shown(file)), file=sys.stderr)
        return USAGE
    read = read_or_tell(asked.content, lang)
    if read is None:
        return PROBLEMS
    tree, site = read
    content = load(tree, site)
    tables = filled_tables(content, empty=asked.template)
    too_long = [row[0] for filled in tables for row in filled.rows if max(map(len, row)) > LONGEST_CELL]
    if too_long:
        print(message(lang, "export-too-long", records=", ".join(too_long)), file=sys.stderr)
        return PROBLEMS
    files: dict[Path, bytes] = {}
    if file.suffix.lower() == ".xlsx":
        files[file] = workbook_bytes(content, tables, lang)
    else:
        for number, filled in enumerate(tables):
            ending = f"-{slug(sheet_wording()['sheets'][filled.table.name][lang])}" if number else ""
            if filled.rows or not number or asked.template:
                files[file.with_name(f"{file.stem}{ending}.csv")] = csv_bytes(filled, lang)
    there = [path for path in files if path.exists()]
    if there and not asked.overwrite:
        print(message(lang, "export-there", file=", ".join(map(shown, there))), file=sys.stderr)
        return USAGE
    try:
        for path, data in files.items():
            replace_file(path, data)
    except OSError as error:
        print(message(lang, "export-cannot-write", file=shown(file), reason=error.strerror or ""), file=sys.stderr)
        return PROBLEMS
    for path in files:
        print(message(lang, "exported", file=shown(path)))
    return DONE

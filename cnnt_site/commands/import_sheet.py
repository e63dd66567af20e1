"""`build.py import`: a list in Excel or CSV into content, shown first and written only with `--yes`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS
from cnnt_site.commands.options import VerbParser, cache_folder, shown
from cnnt_site.commands.sound_content import read_or_tell, tell
from cnnt_site.problems import Problems
from cnnt_site.reporting import message
from cnnt_site.vietnamese import fold


def add_options(parser: VerbParser) -> None:
    """The file, and whether to write."""
    parser.option("sheet", type=Path, metavar="FILE")
    parser.option("--yes", action="store_true")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Tells what would change and, with `--yes`, changes it."""
    from cnnt_site.building.locking import one_at_a_time
    from cnnt_site.desk.sheets.importing import plan_import
    from cnnt_site.desk.sheets.staging import staged
    from cnnt_site.desk.sheets.telling import counted_plan, told_finding, told_plan
    from cnnt_site.desk.survey import survey

    read = read_or_tell(asked.content, lang)
    if read is None:
        return PROBLEMS
    tree, site = read
    done = plan_import(asked.sheet, tree, site)
    for severity in ("warning", "error"):
        for finding in done.findings:
            if finding.severity == severity:
                print(told_finding(finding, lang), end="\n\n", file=sys.stderr)
    if done.findings.errors:
        counts = {"errors": done.findings.errors, "warnings": done.findings.warnings}
        print(message(lang, "counted", **counts), message(lang, "import-refused"), file=sys.stderr)
        return PROBLEMS
    for line in (*told_plan(done, lang), counted_plan(done, lang)):
        print(line)
    if not done.files and not done.copies:
        print(message(lang, "import-nothing"))
        return DONE

    try:
        with staged(cache_folder(asked), done.files, done.copies) as stage:
            would, problems = stage.over(tree), Problems()
            survey(would, problems)
            if problems.errors:
                tell(problems, would, asked.content, lang)
                print(message(lang, "import-refused"), file=sys.stderr)
                return PROBLEMS
            if not asked.yes and not _agreed(lang):
                print(message(lang, "import-dry"))
                return DONE
            with one_at_a_time(cache_folder(asked), lambda: print(message(lang, "waiting"), file=sys.stderr)):
                stage.move(asked.content)
    except OSError as error:
        file = shown(Path(error.filename)) if error.filename else shown(asked.content)
        print(message(lang, "import-cannot-write", file=file, reason=error.strerror or ""), file=sys.stderr)
        return PROBLEMS
    print(message(lang, "import-written", files=len(done.files) + len(done.copies)))
    return DONE


def _agreed(lang: str) -> bool:
    """Whether whoever sits at the terminal says yes; elsewhere nobody is asked."""
    if not sys.stdin.isatty():
        return False
    return fold(input(message(lang, "import-confirm")).strip()) in ("c", "co", "y", "yes")

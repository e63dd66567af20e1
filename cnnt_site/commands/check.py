"""`build.py check`: everything that a build does, but nothing is written; then the state of the catalogue."""

from __future__ import annotations

import argparse

from cnnt_site.commands import DONE, PROBLEMS, build
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import Reporter, message


def add_options(parser: VerbParser) -> None:
    """The options of a build, and how much to tell."""
    build.add_options(parser)
    parser.option("--days", type=parser.count, metavar="N")
    parser.option("--full", action="store_true")
    parser.option("--json", action="store_true")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Checks the content, tells all problems, then what is missing and how much there is."""
    from cnnt_site.desk.report import as_json, as_text
    from cnnt_site.desk.state import describe

    result, seconds = build.work(asked, lang)
    state = describe(result.records, result.tree, result.catalogue, result.as_of, asked.days)
    if asked.json:
        reporter = Reporter(lang, result.tree, asked.themes, shown(asked.content))
        print(as_json([reporter.told(problem) for problem in result.problems], state))
        found = result.problems
        return PROBLEMS if found.errors or (asked.strict and found.warnings) else DONE
    ended = build.tell(result, seconds, asked, lang)
    print()
    print(as_text(state, lang, full=asked.full))
    if state is not None:
        print()
        print(message(lang, "state-serve"))
    return ended

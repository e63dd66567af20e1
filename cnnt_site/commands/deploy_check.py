"""`build.py deploy-check URL`: whether a host serves what was published, and keeps the rules."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """Where the site is online, and the folder that it was published from."""
    parser.option("url", type=parser.web_address, metavar="URL")
    parser.option("--output", type=Path, default=Path("output"), metavar="DIR")
    parser.option("--jobs", type=parser.count, default=4, metavar="N")
    parser.option("--any-certificate", action="store_true")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Asks for every file once; tells each that isn't as it should be, and what to do."""
    from cnnt_site.building.publishing import MANIFEST, published
    from cnnt_site.desk.live import compare, today

    if not (asked.output / MANIFEST).is_file():
        print(message(lang, "not-built", output=shown(asked.output)), file=sys.stderr)
        return PROBLEMS
    sums, found = published(asked.output), 0
    try:
        for finding in compare(asked.url, sums, asked.jobs, today(), trusting=asked.any_certificate):
            print(message(lang, finding.key, **finding.details), file=sys.stderr)
            found += 1
    except OSError as error:
        print(message(lang, "live-no-host", url=asked.url, reason=error), file=sys.stderr)
        return PROBLEMS
    print(message(lang, "live-checked", n=len(sums), url=asked.url, found=found))
    return PROBLEMS if found else DONE

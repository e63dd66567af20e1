"""`build.py pack`: the built site as one ZIP file for a USB stick."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """Which site, and where the file goes."""
    parser.option("--output", type=Path, default=Path("output"), metavar="DIR")
    parser.option("--zip", type=Path, default=Path("showroom.zip"), metavar="FILE")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Packs what was published last; refuses when that isn't whole."""
    from cnnt_site.building.publishing import MANIFEST, NotPublished
    from cnnt_site.desk.stick import START, Damaged, pack

    if not (asked.output / MANIFEST).is_file():
        print(message(lang, "not-built", output=shown(asked.output)), file=sys.stderr)
        return PROBLEMS
    try:
        count = pack(asked.output, asked.zip)
    except Damaged as damaged:
        print(message(lang, "pack-damaged", file=f"{shown(asked.output)}/{damaged}"), file=sys.stderr)
        return PROBLEMS
    except OSError as error:
        raise NotPublished(error, asked.zip) from error
    size = f"{asked.zip.stat().st_size / 1_000_000:.1f}"
    print(message(lang, "packed", n=count, file=shown(asked.zip), size=size, start=START))
    return DONE

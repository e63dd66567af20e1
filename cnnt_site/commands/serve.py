"""`build.py serve`: the preview."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cnnt_site.commands import DONE, build
from cnnt_site.commands.options import VerbParser
from cnnt_site.reporting import message

if TYPE_CHECKING:
    from cnnt_site.pipeline import Result


def add_options(parser: VerbParser) -> None:
    """The options of a build, and where to serve it."""
    build.add_options(parser)
    parser.option("--port", type=parser.count, default=8000, metavar="N")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Serves the preview until it is stopped."""
    from cnnt_site.desk.preview import Preview, serve

    def build_and_tell() -> Result:
        result, seconds = build.do(asked, lang, None, preview=True)
        build.tell(result, seconds, asked, lang)
        return result

    print(message(lang, "serving", url=f"http://127.0.0.1:{asked.port}/"))
    serve(Preview(build_and_tell), (asked.content, asked.themes), asked.port)
    return DONE

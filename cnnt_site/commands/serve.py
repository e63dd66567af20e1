"""`build.py serve`: the preview."""

from __future__ import annotations

import argparse

from cnnt_site.commands import DONE, build
from cnnt_site.commands.options import VerbParser, cache_folder
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """The options of a build, and where to serve it."""
    build.add_options(parser)
    parser.option("--port", type=parser.count, default=8000, metavar="N")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Serves the preview until it is stopped."""
    from cnnt_site.desk.preview import serve

    site = cache_folder(asked) / "preview"
    print(message(lang, "serving", url=f"http://127.0.0.1:{asked.port}/"))
    watched = (asked.content, asked.themes)
    serve(site, watched, asked.port, lambda: build.run_build(asked, lang, site, preview=True))
    return DONE

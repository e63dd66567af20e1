"""`build.py serve`: the preview."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from cnnt_site.commands import DONE, USAGE, build
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from cnnt_site.pipeline import Result


def add_options(parser: VerbParser) -> None:
    """The options of a build, where to serve it, and what opens it."""
    build.add_options(parser)
    parser.option("--port", type=parser.count, default=8000, metavar="N")
    parser.option("--no-open", action="store_true")
    parser.option("--editor-link", default="vscode", metavar="NAME")
    parser.option("--days", type=parser.count, metavar="N")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Serves the preview until it is stopped."""
    from cnnt_site.building.memory import Memory
    from cnnt_site.desk.preview import Preview, is_free, serve
    from cnnt_site.desk.staff_pages import EDITORS, StaffPages

    memory = Memory()

    def build_and_tell(saved: Collection[Path] | None) -> Result:
        result, seconds = build.work(asked, lang, memory, saved)
        build.tell(result, seconds, asked, lang)
        return result

    def opened() -> None:
        import webbrowser

        if not asked.no_open:
            webbrowser.open(url)

    if asked.editor_link not in EDITORS and "{path}" not in asked.editor_link:
        print(message(lang, "no-such-editor", written=asked.editor_link, known=", ".join(EDITORS)), file=sys.stderr)
        return USAGE
    if not is_free(asked.port):
        print(message(lang, "port-taken", port=asked.port, other=asked.port + 1), file=sys.stderr)
        return USAGE
    url = f"http://127.0.0.1:{asked.port}/"
    print(message(lang, "serving", url=url))
    preview = Preview(build_and_tell)
    memory.early = preview.show
    editor = EDITORS.get(asked.editor_link, asked.editor_link)
    staff = StaffPages(preview, lang, asked.themes, shown(asked.content), editor, asked.days)
    preview.desk_pages, preview.dress = staff.pages(), staff.dress
    serve(preview, (asked.content, asked.themes), asked.port, opened)
    return DONE

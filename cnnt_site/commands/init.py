"""`build.py init`: an empty catalogue for another province, valid from the start."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from cnnt_site.commands import DONE, USAGE
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """Where to make it, and the answers; without a province everything is asked."""
    parser.option("directory", type=Path, metavar="DIR")
    parser.option("--province", metavar="NAME")
    parser.option("--province-en", metavar="NAME", default="")
    parser.option("--title", metavar="NAME", default="")
    parser.option("--updated", type=parser.day, metavar="DATE")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Asks for the province, then writes DIR/content and what editors need beside it."""
    from cnnt_site.commands import editor
    from cnnt_site.desk.new_catalogue import catalogue_files, province
    from cnnt_site.files import replace_file

    content: Path = asked.directory / "content"
    if content.exists() and (not content.is_dir() or any(content.iterdir())):
        print(message(lang, "init-not-empty", folder=shown(content)), file=sys.stderr)
        return USAGE
    name, name_en, title = asked.province, asked.province_en, asked.title
    if name is None:
        name = input(message(lang, "init-ask-province"))
        new = province(name)
        if new is not None:
            name_en = input(message(lang, "init-ask-province-en", proposal=new.name_en)).strip()
            title = input(message(lang, "init-ask-title", proposal=new.title)).strip()
    new = province(name, name_en, title)
    if new is None:
        print(message(lang, "init-no-name"), file=sys.stderr)
        return USAGE
    for path, data in catalogue_files(new, asked.updated or date.today()).items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
    asked.content = content
    editor.run(asked, lang)
    print(message(lang, "init-done", folder=shown(content)))
    return DONE

"""`build.py remove`: takes a producer's contacts or a product out on request, caches and published pages included."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from cnnt_site.commands import DONE, PROBLEMS, USAGE, build
from cnnt_site.commands.options import VerbParser, cache_folder, shown
from cnnt_site.reporting import message


def add_options(parser: VerbParser) -> None:
    """What to take out, and the options of the build that follows."""
    parser.option("removed", choices=("contacts", "product"))
    parser.option("of", metavar="ID")
    parser.option("--date", type=parser.day, metavar="DATE")
    parser.option("--reason", metavar="TEXT")
    parser.option("--yes", action="store_true")
    build.add_options(parser)


def run(asked: argparse.Namespace, lang: str) -> int:
    """Takes it out of content and caches, publishes anew where a site stands, and says what is left to people."""
    from cnnt_site.building.locking import one_at_a_time
    from cnnt_site.building.publishing import MANIFEST
    from cnnt_site.desk.removal import carry_out, clear_cache, traces, without_contacts, without_product
    from cnnt_site.problems import Problems, closest
    from cnnt_site.reading.layout import FOLDERS
    from cnnt_site.reading.records import read
    from cnnt_site.reading.scanning import scan

    content: Path = asked.content
    problems = Problems()
    tree = scan(content, problems)
    kind = "producers" if asked.removed == "contacts" else "products"
    if f"{kind}/{asked.of}/{FOLDERS[kind][0]}" not in tree.files:
        guess = closest(asked.of, tree.names_in(kind))
        hint = f" {message(lang, 'guess', guess=guess)}" if guess else ""
        print(message(lang, "remove-unknown", id=asked.of, folder=f"{kind}/") + hint, file=sys.stderr)
        return USAGE
    try:
        if asked.removed == "contacts":
            removal = without_contacts(tree, asked.of)
        else:
            site = read(tree, problems).site
            original = site.languages[0] if site else "vi"
            reason = {original: asked.reason} if asked.reason else {}
            removal = without_product(tree, asked.of, asked.date or date.today(), reason)
    except ValueError:
        print(message(lang, "remove-by-hand", id=asked.of), file=sys.stderr)
        return PROBLEMS
    if removal is None:
        print(message(lang, "remove-nothing", id=asked.of))
        return DONE
    changes = [f"  {'–' if data is None else '±'} {shown(content / path)}" for path, data in removal.files.items()]
    print(message(lang, "remove-will", files="\n".join(changes)))
    if not asked.yes and input(message(lang, "remove-confirm", id=asked.of)).strip() != asked.of:
        print(message(lang, "stopped"))
        return PROBLEMS
    cache, output = cache_folder(asked), asked.output
    with one_at_a_time(cache, lambda: print(message(lang, "waiting"), file=sys.stderr)):
        carry_out(content, removal)
        clear_cache(cache)
    published = (output / MANIFEST).exists()
    ended = build.run_build(asked, lang, output) if published else DONE
    folders = (content, cache, *([output] if published else []))
    left = [(folder, trace) for folder in folders for trace in traces(folder, removal.gone)]
    for folder, trace in left:
        print(
            message(lang, "remove-left", file=shown(folder / trace.path), line=trace.line, text=trace.written),
            file=sys.stderr,
        )
    if ended != DONE and published:
        print(message(lang, "remove-still-published", output=shown(output)), file=sys.stderr)
    whole = not left and ended == DONE
    print(message(lang, "remove-done", id=asked.of) if whole else message(lang, "remove-not-whole", id=asked.of))
    print(message(lang, "remove-others"))
    return PROBLEMS if left else ended

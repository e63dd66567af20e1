"""`build.py build`: the whole site, published. `check` and `serve` are the same with another end."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from cnnt_site.building import left
from cnnt_site.building.locking import one_at_a_time
from cnnt_site.building.order import Order, Outcome
from cnnt_site.building.publishing import is_foreign
from cnnt_site.building.unchanged import Seen, look
from cnnt_site.commands import DONE, PROBLEMS, USAGE
from cnnt_site.commands.options import PROJECT, VerbParser, cache_folder, shown
from cnnt_site.compressing import NoBrotli
from cnnt_site.reporting import Reporter, message

if TYPE_CHECKING:
    from cnnt_site.building.memory import Memory
    from cnnt_site.pipeline import Result


def add_options(parser: VerbParser) -> None:
    """The options of a build."""
    parser.option("--output", type=Path, default=Path("output"), metavar="DIR")
    parser.option("--theme", metavar="NAME")
    parser.option("--themes", type=Path, default=PROJECT / "themes", metavar="DIR")
    parser.option("--base-url", type=parser.web_address, metavar="URL")
    parser.option("--as-of", type=parser.day, metavar="DATE")
    parser.option("--jobs", type=parser.count, default=os.cpu_count() or 1, metavar="N")
    parser.option("--strict", action="store_true")
    parser.option("--cache", type=Path, metavar="DIR")
    parser.option("--locked", action="store_true")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Builds and publishes."""
    ended = run_build(asked, lang, asked.output)
    if ended == DONE:
        print(message(lang, "open", file=shown(asked.output / "index.html")))
    return ended


def run_build(asked: argparse.Namespace, lang: str, output: Path | None) -> int:
    """Builds into `output`, or only checks when there is none, and tells what came of it."""
    content: Path = asked.content
    if output is not None and (_within(output, content) or _within(content, output)):
        print(message(lang, "output-overlaps", output=output, content=content), file=sys.stderr)
        return USAGE
    if output is not None and is_foreign(output):
        print(message(lang, "foreign-output", output=shown(output)), file=sys.stderr)
        return USAGE
    started, order = time.monotonic(), order_of(asked, output)
    with one_at_a_time(order.cache, lambda: print(message(lang, "waiting"), file=sys.stderr)):
        try:
            seen = look(order, left.read(order.cache))
            outcome = seen.outcome or _build(order, lang, seen=seen)
        except NoBrotli:
            print(message(lang, "no-brotli"), file=sys.stderr)
            return PROBLEMS
    return tell(outcome, time.monotonic() - started, asked, lang, output)


def order_of(asked: argparse.Namespace, output: Path | None) -> Order:
    """What the options ask for."""
    return Order(
        content=asked.content,
        themes=asked.themes,
        cache=cache_folder(asked),
        output=output,
        theme=asked.theme,
        base_url=asked.base_url,
        as_of=asked.as_of,
        jobs=asked.jobs,
        strict=asked.strict,
        locked=asked.locked,
    )


def work(
    asked: argparse.Namespace, lang: str, memory: Memory | None = None, saved: Collection[Path] | None = None
) -> tuple[Result, float]:
    """Makes the site without publishing it; what came of it, and how many seconds it took.

    `saved` is as in `unchanged.look`.
    """
    started, order = time.monotonic(), order_of(asked, None)
    seen = look(order, memory.left, saved) if memory is not None else None
    return _build(order, lang, memory, seen), time.monotonic() - started


def _build(order: Order, lang: str, memory: Memory | None = None, seen: Seen | None = None) -> Result:
    from cnnt_site.building.memory import Memory
    from cnnt_site.pipeline import build
    from cnnt_site.processes import collect_seldom
    from cnnt_site.progress import Bars

    collect_seldom()
    with Bars(lang) as bars:
        return build(order, memory or Memory(order.cache, seen.left if seen else None), bars.told, seen)


def tell(result: Outcome, seconds: float, asked: argparse.Namespace, lang: str, output: Path | None = None) -> int:
    """Tells what came of a build, and returns how it ended."""
    reporter = Reporter(lang, result.tree, asked.themes, shown(asked.content))
    for paragraph in reporter.problems(result.problems):
        print(paragraph, end="\n\n", file=sys.stderr)
    found = result.problems
    if len(found):
        print(message(lang, "counted", errors=found.errors, warnings=found.warnings), file=sys.stderr)
    kept_back = bool(found.errors or (asked.strict and found.warnings))
    if kept_back:
        if not found.errors:
            print(message(lang, "strict"), file=sys.stderr)
        if output is not None:
            print(message(lang, "nothing-published", output=shown(output)), file=sys.stderr)
        return PROBLEMS
    numbers = {"products": result.products, "pages": result.pages, "seconds": f"{seconds:.1f}"}
    if result.published is None:
        print(message(lang, "checked", **numbers))
    else:
        done = result.published
        print(message(lang, "built", **numbers, written=done.written, kept=done.kept, removed=done.removed))
    if result.untranslated:
        print(message(lang, "untranslated", n=result.untranslated))
    return DONE


def _within(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())

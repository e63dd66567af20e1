"""The command line: what was asked for, what to say, and how it ended."""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from cnnt_site.languages import SPOKEN, spoken_language
from cnnt_site.publishing import NotPublished, is_foreign
from cnnt_site.reporting import Reporter, message

DONE, PROBLEMS, USAGE, BUG = 0, 1, 2, 3
"""How a run ends: all well, problems in content, a wrong command, a fault of the program."""

PROJECT = Path(__file__).parents[1]
COMMANDS = ("build", "check", "serve")

T = TypeVar("T")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = spoken_language(_asked_language(arguments))
    try:
        asked = _parser(lang).parse_args(arguments)
        return _serve(asked, lang) if asked.command == "serve" else _build(asked, lang)
    except SystemExit as end:
        return int(end.code or 0)
    except KeyboardInterrupt:
        print(message(lang, "stopped"), file=sys.stderr)
        return PROBLEMS
    except NotPublished as refused:
        print(message(lang, "cannot-write", file=_shown(refused.file), reason=refused.reason), file=sys.stderr)
        return PROBLEMS
    except Exception:
        print(message(lang, "bug"), file=sys.stderr)
        traceback.print_exc()
        return BUG


def _build(asked: argparse.Namespace, lang: str) -> int:
    from cnnt_site.pipeline import Order, build, one_at_a_time
    from cnnt_site.progress import Bars

    started = time.monotonic()
    content, output = asked.content, None if asked.command == "check" else asked.output
    if output is not None and (_within(output, content) or _within(content, output)):
        print(message(lang, "output-overlaps", output=output, content=content), file=sys.stderr)
        return USAGE
    if output is not None and is_foreign(output):
        print(message(lang, "foreign-output", output=_shown(output)), file=sys.stderr)
        return USAGE
    order = Order(
        content=content,
        themes=asked.themes,
        cache=_cache(asked),
        output=output,
        theme=asked.theme,
        base_url=asked.base_url,
        as_of=asked.as_of,
        jobs=asked.jobs,
        strict=asked.strict,
        locked=asked.locked,
        preview=asked.command == "serve",
    )
    alone = one_at_a_time(order.cache, lambda: print(message(lang, "waiting"), file=sys.stderr))
    with alone if output is not None else nullcontext(), Bars(lang) as bars:
        result = build(order, bars.told)
    reporter = Reporter(lang, result.tree, asked.themes, _shown(content))
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
            print(message(lang, "nothing-published", output=_shown(output)), file=sys.stderr)
        return PROBLEMS
    numbers = {"products": result.products, "pages": result.pages, "seconds": f"{time.monotonic() - started:.1f}"}
    if result.published is None:
        print(message(lang, "checked", **numbers))
    else:
        done = result.published
        print(message(lang, "built", **numbers, written=done.written, kept=done.kept, removed=done.removed))
    if result.untranslated:
        print(message(lang, "untranslated", n=result.untranslated))
    if asked.command == "build" and output is not None:
        print(message(lang, "open", file=_shown(output / "index.html")))
    return DONE


def _serve(asked: argparse.Namespace, lang: str) -> int:
    from cnnt_site.desk.preview import serve

    asked.output = _cache(asked) / "preview"
    print(message(lang, "serving", url=f"http://127.0.0.1:{asked.port}/"))
    serve(asked.output, (asked.content, asked.themes), asked.port, lambda: _build(asked, lang))
    return DONE


def _cache(asked: argparse.Namespace) -> Path:
    """The folder of reusable results: beside the content folder unless another is named."""
    named: Path | None = asked.cache
    return named or asked.content.resolve().parent / ".cache"


class _Parser(argparse.ArgumentParser):
    """argparse, with its errors introduced in the user's language."""

    lang = "en"

    def error(self, reason: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, message(self.lang, "usage", reason=reason) + "\n")


def _parser(lang: str) -> argparse.ArgumentParser:
    def told(key: str) -> str:
        return message(lang, f"help-{key}")

    parser = _Parser(prog="build.py", description=message(lang, "help"))
    parser.lang = lang
    commands = "; ".join(f"{name}: {told(name)}" for name in COMMANDS)
    parser.add_argument("command", nargs="?", choices=COMMANDS, default=COMMANDS[0], help=commands)
    day = _kind(lang, "bad-day", date.fromisoformat)
    address = _kind(lang, "bad-address", _base_address)
    number = _kind(lang, "bad-number", _count)
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help=told("content"))
    parser.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help=told("output"))
    parser.add_argument("--theme", metavar="NAME", help=told("theme"))
    parser.add_argument("--themes", type=Path, default=PROJECT / "themes", metavar="DIR", help=told("themes"))
    parser.add_argument("--base-url", type=address, metavar="URL", help=told("base-url"))
    parser.add_argument("--as-of", type=day, metavar="DATE", help=told("as-of"))
    parser.add_argument("--jobs", type=number, default=os.cpu_count() or 1, metavar="N", help=told("jobs"))
    parser.add_argument("--strict", action="store_true", help=told("strict"))
    parser.add_argument("--lang", choices=SPOKEN, help=told("lang"))
    parser.add_argument("--cache", type=Path, metavar="DIR", help=told("cache"))
    parser.add_argument("--locked", action="store_true", help=told("locked"))
    parser.add_argument("--port", type=number, default=8000, metavar="N", help=told("port"))
    return parser


def _kind(lang: str, code: str, read: Callable[[str], T]) -> Callable[[str], T]:
    """A reader of one option, whose failure is told in the user's language."""

    def read_or_tell(written: str) -> T:
        try:
            return read(written)
        except ValueError:
            raise argparse.ArgumentTypeError(message(lang, code, written=written)) from None

    return read_or_tell


def _base_address(written: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(written)
    return written if written.endswith("/") else f"{written}/"


def _count(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _asked_language(arguments: list[str]) -> str | None:
    """`--lang` as written, before anything can go wrong that would have to be told in it."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def _within(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())


def _shown(path: Path) -> str:
    """A path as people know it: from where they stand, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

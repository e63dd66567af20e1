"""The command line: which verb was typed, and how its run ended. The verbs are in `commands/`."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence

from cnnt_site.building.publishing import NotPublished
from cnnt_site.commands import BUG, PROBLEMS, VERBS, unfinished
from cnnt_site.commands.options import PROJECT, VerbParser, shown
from cnnt_site.languages import spoken_language
from cnnt_site.reporting import message

__all__ = ["PROJECT", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = spoken_language(_asked_language(arguments))
    try:
        return _run(arguments, lang)
    except SystemExit as end:
        return int(end.code or 0)
    except (KeyboardInterrupt, EOFError):  # EOFError: a question that nobody answers
        print(message(lang, "stopped"), file=sys.stderr)
        return PROBLEMS
    except NotPublished as refused:
        print(message(lang, "cannot-write", file=shown(refused.file), reason=refused.reason), file=sys.stderr)
        return PROBLEMS
    except Exception:
        print(message(lang, "bug"), file=sys.stderr)
        traceback.print_exc()
        return BUG


def _run(arguments: list[str], lang: str) -> int:
    """Reads the verb, which stands first, and its options, and does it."""
    default = next(iter(VERBS))
    typed = bool(arguments) and not arguments[0].startswith("-")
    verb = arguments[0] if typed else default
    asks_for_verbs = not typed and ("-h" in arguments or "--help" in arguments)
    parser = VerbParser(verb if verb in VERBS else default, lang, _about_verbs(lang) if asks_for_verbs else None)
    if verb not in VERBS:
        from cnnt_site.problems import closest

        guess = closest(verb, VERBS)
        hint = f" {message(lang, 'guess', guess=guess)}" if guess else ""
        parser.error(message(lang, "no-such-verb", verb=verb, verbs=", ".join(VERBS)) + hint)
    command = importlib.import_module(f"cnnt_site.commands.{VERBS[verb]}")
    command.add_options(parser)
    asked = parser.parse_args(arguments[typed:])
    unfinished.take_back(asked, lang)
    ended: int = command.run(asked, lang)
    return ended


def _about_verbs(lang: str) -> str:
    """All verbs, a line each, for whoever asks for help without naming one."""
    widest = max(map(len, VERBS))
    lines = (f"  {verb:<{widest}}  {message(lang, f'help-{verb}')}" for verb in VERBS)
    return "\n".join((message(lang, "verbs"), *lines))


def _asked_language(arguments: list[str]) -> str | None:
    """`--lang` as written, before anything can go wrong that would have to be told in it."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None

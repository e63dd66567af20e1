"""Options that verbs share: how they are called, what may be written for them, where they point."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from cnnt_site.commands import USAGE
from cnnt_site.languages import SPOKEN
from cnnt_site.reporting import message

PROJECT = Path(__file__).parents[2]

T = TypeVar("T")


class VerbParser(argparse.ArgumentParser):
    """The parser of one verb, whose help and errors are in the user's language.

    Every verb knows `--lang` and `--content`.
    """

    def __init__(self, verb: str, lang: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=f"build.py {verb}",
            description=message(lang, f"help-{verb}"),
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
        )
        self.lang = lang
        self._positionals.title, self._optionals.title = message(lang, "help-what"), message(lang, "help-options")
        self.add_argument("-h", "--help", action="help", help=message(lang, "help-help"))
        self.option("--content", type=Path, default=Path("content"), metavar="DIR")
        self.option("--lang", choices=SPOKEN)

    def option(self, name: str, **how: Any) -> None:
        """Adds an option or a positional argument, explained by `help-<name>` of the messages."""
        self.add_argument(name, help=message(self.lang, f"help-{name.lstrip('-')}"), **how)

    def day(self, written: str) -> date:
        """A day as `2026-11-24`."""
        return self._read(written, "bad-day", date.fromisoformat)

    def count(self, written: str) -> int:
        """A number from 1 up."""
        return self._read(written, "bad-number", _count)

    def web_address(self, written: str) -> str:
        """The address of a site, which ends with a slash."""
        return self._read(written, "bad-address", _base_address)

    def _read(self, written: str, code: str, read: Callable[[str], T]) -> T:
        try:
            return read(written)
        except ValueError:
            raise argparse.ArgumentTypeError(message(self.lang, code, written=written)) from None

    def error(self, reason: str) -> NoReturn:
        """Ends the run as a wrong command."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, message(self.lang, "usage", reason=self._in_words(reason)) + "\n")

    def _in_words(self, reason: str) -> str:
        """What argparse says in English, in the user's language; as it is when it says something else."""
        lang = self.lang
        if found := re.fullmatch(r"the following arguments are required: (.+)", reason):
            return message(lang, "usage-missing", what=found[1])
        if found := re.fullmatch(r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", reason):
            known = found[3].replace("'", "")
            return message(lang, "usage-choice", what=found[1], written=found[2], known=known)
        if found := re.fullmatch(r"argument (\S+): expected one argument", reason):
            return message(lang, "usage-value", what=found[1])
        if found := re.fullmatch(r"unrecognized arguments: (.+)", reason):
            from cnnt_site.problems import closest

            guess = closest(found[1].split()[0].partition("=")[0], self._option_string_actions)
            hint = f" {message(lang, 'guess', guess=guess)}" if guess else ""
            return message(lang, "usage-unknown", what=found[1]) + hint
        return reason


def cache_folder(asked: argparse.Namespace) -> Path:
    """The folder of reusable results: beside the content folder unless `--cache` names another."""
    named: Path | None = getattr(asked, "cache", None)
    return named or asked.content.resolve().parent / ".cache"


def shown(path: Path) -> str:
    """A path as people know it: from where they stand, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


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

"""Options that verbs share: how they are called, what may be written for them, where they point."""

from __future__ import annotations

import argparse
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
        )
        self.lang = lang
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
        self.exit(USAGE, message(self.lang, "usage", reason=reason) + "\n")


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

"""What is wrong, and where: the one thing beside the cache that crosses all stages.

A problem knows its code and its details; the sentences, in every language, stand in
`wording/problems.yaml` and are only read when there is something to say (see `reporting`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]
Key = str | int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file of content or theme: by line and column, or by the keys that lead to a value.

    `path` is relative to the folder it is in, with forward slashes; lines and columns count from 1.
    `keys` are looked up in the file when the problem is told, so that no record carries line numbers;
    `at_key` means the last key itself instead of its value.
    """

    path: str
    keys: tuple[Key, ...] = ()
    line: int | None = None
    column: int | None = None
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `details` fill the gaps of its wording."""

    code: str
    severity: Severity
    spot: Spot
    details: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Problems:
    """All problems of a run, append-only; the same one said twice counts once."""

    _found: dict[Problem, None] = field(default_factory=dict)

    def error(self, code: str, spot: Spot, **details: object) -> None:
        """Adds a problem that keeps the site from being published."""
        self._add(code, "error", spot, details)

    def warn(self, code: str, spot: Spot, **details: object) -> None:
        """Adds a problem that staff should know of; only `--strict` keeps the site back for it."""
        self._add(code, "warning", spot, details)

    def add(self, problems: Iterable[Problem]) -> None:
        """Adds problems that were found elsewhere."""
        self._found.update(dict.fromkeys(problems))

    def take(self) -> tuple[Problem, ...]:
        """Returns what was found and begins anew."""
        taken = tuple(self)
        self._found.clear()
        return taken

    def _add(self, code: str, severity: Severity, spot: Spot, details: dict[str, object]) -> None:
        filled = tuple((name, str(value)) for name, value in sorted(details.items()))
        self._found[Problem(code, severity, spot, filled)] = None

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda p: (p.spot.path, p.spot.line or 0, str(p.spot.keys), p.code)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity == "error" for problem in self._found)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self._found) - self.errors


def closest(written: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or '' when none is near."""
    from cnnt_site.vietnamese import fold

    by_fold = {fold(word): word for word in known}
    near = difflib.get_close_matches(fold(written), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""

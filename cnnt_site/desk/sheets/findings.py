"""What is wrong in a sheet, and in which cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cnnt_site.problems import Severity


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a sheet, its text trimmed and in NFC, '' when empty; row and column count from 1.

    `fault` is the code of what keeps its content from being taken; `remark` of what should be said of it. A
    `wide` cell was merged from three columns or more, as titles are.
    """

    sheet: str
    row: int
    column: int
    text: str = ""
    fault: str = ""
    remark: str = ""
    wide: bool = False

    @property
    def name(self) -> str:
        """How people call it: `C5`."""
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake or remark; `cell` is None for the whole file or sheet. `details` fill the gaps of its wording."""

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    cell: Cell | None = None
    details: tuple[tuple[str, str], ...] = ()


def _place(cell: Cell | None) -> tuple[int, int]:
    return (cell.row, cell.column) if cell else (0, 0)


@dataclass(slots=True)
class Findings:
    """All findings of one file, append-only, each told once."""

    file: str
    _found: dict[Finding, None] = field(default_factory=dict)

    def error(self, code: str, where: Cell | str = "", **details: object) -> None:
        """Adds what keeps the whole import from being made."""
        self._add(code, "error", where, details)

    def warn(self, code: str, where: Cell | str = "", **details: object) -> None:
        """Adds what people should look at."""
        self._add(code, "warning", where, details)

    def _add(self, code: str, severity: Severity, where: Cell | str, details: dict[str, object]) -> None:
        filled = tuple((name, str(value)) for name, value in sorted(details.items()))
        cell = where if isinstance(where, Cell) else None
        sheet = where.sheet if isinstance(where, Cell) else where
        self._found[Finding(code, severity, self.file, sheet, cell, filled)] = None

    def __iter__(self) -> Iterator[Finding]:
        """In the order of the cells, sheet by sheet as they were first spoken of."""
        sheets = list(dict.fromkeys(finding.sheet for finding in self._found))
        return iter(sorted(self._found, key=lambda found: (sheets.index(found.sheet), *_place(found.cell))))

    @property
    def errors(self) -> int:
        """How many are errors."""
        return sum(finding.severity == "error" for finding in self._found)

    @property
    def warnings(self) -> int:
        """How many are warnings."""
        return len(self._found) - self.errors

"""Telling people what happened: problems with their place, line, guess and cure, in their language."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from cnnt_site.model.kinds import INVISIBLE
from cnnt_site.problems import Problem, Problems, Spot
from cnnt_site.reading import yaml_file
from cnnt_site.reading.tree import SourceTree

LONGEST_LINE = 100
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words. `file` is its path as people know it, `real` where it lies on this disk.

    `line` and `column` count from 1; `written` is the line itself. What isn't known is None or ''.
    """

    code: str
    severity: str
    file: str
    real: Path | None
    line: int | None
    column: int | None
    written: str
    what: str
    guess: str
    cure: str


class Reporter:
    """Words problems and messages in `lang`; `shown` is how the content folder is called in them."""

    def __init__(self, lang: str, tree: SourceTree, themes: Path, shown: str) -> None:
        self._lang, self._tree, self._themes, self._shown = lang, tree, themes, shown
        self._open = functools.lru_cache(maxsize=1)(self._read)  # problems come file by file

    def problems(self, problems: Problems) -> Iterator[str]:
        """Every problem as a paragraph, by place; errors last so that they are what stays on the screen."""
        for severity in ("warning", "error"):
            told = [self.told(problem) for problem in problems if problem.severity == severity]
            yield from map(self._paragraph, sorted(told, key=lambda one: (one.file, one.line or 0, one.column or 0)))

    def _paragraph(self, told: Told) -> str:
        """One problem: where, what, the line itself with a mark below it, a guess, and the cure."""
        where = ":".join(str(part) for part in (told.file, told.line, told.column) if part)
        lines = [f"{where}: {message(self._lang, told.severity)}: {told.what}", *_quoted(told)]
        if told.guess:
            lines.append(f"  {message(self._lang, 'guess', guess=told.guess)}")
        lines.append(f"  {message(self._lang, 'cure', cure=told.cure)}")
        return visible("\n".join(lines))

    def told(self, problem: Problem) -> Told:
        """One problem in words. It is worded by its code; a gap that is empty or missing shows as nothing."""
        file = self._open(problem.spot.path)
        line, column = file.place(problem.spot)
        details = {name: _short(value) for name, value in problem.details}
        wording = problem_wording()[problem.code][self._lang]
        return Told(
            code=problem.code,
            severity=problem.severity,
            file=self._path(problem.spot),
            real=self._real(problem.spot),
            line=line,
            column=column,
            written=file.line(line),
            what=filled(wording["what"], details),
            guess=details.get("guess", ""),
            cure=filled(wording["cure"], details),
        )

    def _real(self, spot: Spot) -> Path | None:
        """Where a file or folder lies; None for pages that were not written."""
        if spot.path.startswith("output/"):
            return None
        file = self._tree.files.get(spot.path)
        if file is not None:
            return Path(file.real)
        if spot.path.startswith("themes/"):
            return self._themes / spot.path.removeprefix("themes/")
        return self._tree.root / spot.path

    def _path(self, spot: Spot) -> str:
        if spot.path.startswith(("themes/", "output/")):
            return spot.path
        return "/".join(part for part in (self._shown, spot.path) if part)

    def _read(self, path: str) -> _File:
        file = self._tree.files.get(path)
        try:
            if file is not None and file.size <= yaml_file.LARGEST:
                return _File(file.read())
            if path.startswith("themes/"):
                return _File((self._themes / path.removeprefix("themes/")).read_bytes())
        except OSError:
            pass
        return _File(b"")


class _File:
    """A file that problems are told of, taken apart once however many they are; empty when it can't be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._lines: list[str] | None = None
        self._places: yaml_file.Places | None = None

    def place(self, spot: Spot) -> tuple[int | None, int | None]:
        """Line and column of a spot, None for what isn't known."""
        if spot.line is not None or not spot.keys or not self._data:
            return spot.line, spot.column
        if self._places is None:
            self._places = yaml_file.places(self._data)
        return yaml_file.locate(self._places, spot.keys, at_key=spot.at_key) or (None, None)

    def line(self, line: int | None) -> str:
        """A line, '' when there is none."""
        if self._lines is None:
            text = self._data.decode("utf-8-sig", "replace")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line is None or not 0 < line <= len(self._lines):
            return ""
        return unicodedata.normalize("NFC", self._lines[line - 1]).replace("\t", " ")


def message(lang: str, key: str, **values: object) -> str:
    """A sentence of the program's own, its gaps filled. Those of the desk are only read when one is said."""
    said = _wording("messages.yaml").get(key) or _wording("desk.yaml")[key]
    return visible(filled(said[lang], {name: str(value) for name, value in values.items()}))


def _short(value: str) -> str:
    """A value as it was written, cut to what a person reads."""
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"


def visible(text: str) -> str:
    """Text for a terminal: signs that could move its cursor or turn its letters round show as one that can't."""
    return INVISIBLE.sub("\ufffd", text)


def problem_wording() -> dict[str, dict[str, dict[str, str]]]:
    """What every problem is called: code, language, then `what` is wrong and the `cure`."""
    wording: dict[str, dict[str, dict[str, str]]] = _wording("problems.yaml")
    return wording


def field_wording() -> dict[str, dict[str, dict[str, str]]]:
    """What every field of content is called: "Model.field", language, then `label` and `help`."""
    wording: dict[str, dict[str, dict[str, str]]] = _wording("fields.yaml")
    return wording


def sheet_wording() -> Any:
    """The words of sheets: their columns and help, other headings that lists use, and what is said of cells."""
    return _wording("sheets.yaml")


@functools.cache
def _wording(name: str) -> Any:
    problems = Problems()
    data = (resources.files("cnnt_site") / "wording" / name).read_bytes()
    said = yaml_file.parse(name, data, problems)
    assert not problems.errors, list(problems)
    return said


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def filled(sentence: str, details: dict[str, str]) -> str:
    """A sentence with its gaps filled; one that is missing is empty."""
    return sentence.format_map(_Gaps(details))


def _quoted(told: Told) -> list[str]:
    """The line of the file with a mark under the column, cut to what fits a screen."""
    if not told.written:
        return []
    start = max(0, (told.column or 1) - LONGEST_LINE + 20)
    quoted = [f"  {told.line:>5} | {told.written[start : start + LONGEST_LINE]}"]
    if told.column is not None:
        quoted.append(f"        | {' ' * (told.column - 1 - start)}^")
    return quoted

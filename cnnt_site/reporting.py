"""Telling people what happened: problems with their place, line, guess and cure, in their language."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from cnnt_site.problems import Problem, Problems, Spot
from cnnt_site.reading import yaml_file
from cnnt_site.reading.tree import SourceTree

LONGEST_LINE = 100


class Reporter:
    """Words problems and messages in `lang`; `shown` is how the content folder is called in them."""

    def __init__(self, lang: str, tree: SourceTree, themes: Path, shown: str) -> None:
        self._lang, self._tree, self._themes, self._shown = lang, tree, themes, shown

    def problems(self, problems: Problems) -> Iterator[str]:
        """Every problem as a paragraph, errors last so that they are what stays on the screen."""
        for severity in ("warning", "error"):
            yield from (self.problem(problem) for problem in problems if problem.severity == severity)

    def problem(self, problem: Problem) -> str:
        """One problem: where, what, the line itself with a mark below it, a guess, and the cure.

        A problem is worded by its code; a gap that is empty or missing shows as nothing.
        """
        data = self._bytes(problem.spot)
        line, column = _place(problem.spot, data)
        details = dict(problem.details)
        wording = problem_wording()[problem.code][self._lang]
        where = ":".join(str(part) for part in (self._path(problem.spot), line, column) if part)
        told = [f"{where}: {message(self._lang, problem.severity)}: {_filled(wording['what'], details)}"]
        told += _quoted(data, line, column)
        if details.get("guess"):
            told.append(f"  {message(self._lang, 'guess', guess=details['guess'])}")
        told.append(f"  {message(self._lang, 'cure', cure=_filled(wording['cure'], details))}")
        return "\n".join(told)

    def _path(self, spot: Spot) -> str:
        if spot.path.startswith(("themes/", "output/")):
            return spot.path
        return "/".join(part for part in (self._shown, spot.path) if part)

    def _bytes(self, spot: Spot) -> bytes | None:
        file = self._tree.files.get(spot.path)
        try:
            if file is not None:
                return file.read() if file.size <= yaml_file.LARGEST else None
            if spot.path.startswith("themes/"):
                return (self._themes / spot.path.removeprefix("themes/")).read_bytes()
        except OSError:
            pass
        return None


def message(lang: str, key: str, **values: object) -> str:
    """A sentence of the program's own, its gaps filled. Those of the desk are only read when one is said."""
    said = _wording("messages.yaml").get(key) or _wording("desk.yaml")[key]
    return _filled(said[lang], {name: str(value) for name, value in values.items()})


def problem_wording() -> dict[str, dict[str, dict[str, str]]]:
    """What every problem is called: code, language, then `what` is wrong and the `cure`."""
    wording: dict[str, dict[str, dict[str, str]]] = _wording("problems.yaml")
    return wording


def field_wording() -> dict[str, dict[str, dict[str, str]]]:
    """What every field of content is called: "Model.field", language, then `label` and `help`."""
    wording: dict[str, dict[str, dict[str, str]]] = _wording("fields.yaml")
    return wording


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


def _filled(sentence: str, details: dict[str, str]) -> str:
    return sentence.format_map(_Gaps(details))


def _place(spot: Spot, data: bytes | None) -> tuple[int | None, int | None]:
    if spot.line is not None or not spot.keys or data is None:
        return spot.line, spot.column
    found = yaml_file.locate(data, spot.keys)
    return found or (None, None)


def _quoted(data: bytes | None, line: int | None, column: int | None) -> list[str]:
    """The line of the file with a mark under the column, cut to what fits a screen."""
    if data is None or line is None:
        return []
    lines = data.decode("utf-8", "replace").splitlines()
    if not 0 < line <= len(lines):
        return []
    text = unicodedata.normalize("NFC", lines[line - 1]).replace("\t", " ")
    start = max(0, (column or 1) - LONGEST_LINE + 20)
    quoted = [f"  {line:>5} | {text[start : start + LONGEST_LINE]}"]
    if column is not None:
        quoted.append(f"        | {' ' * (column - 1 - start)}^")
    return quoted

"""What commonly causes a syntax error in a YAML file, told at the line where it has to be mended."""

from __future__ import annotations

import re

import yaml

from cnnt_site.problems import Problems, Spot

_CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.M)
_DASH_WITHOUT_SPACE = re.compile(r"\s*-[^\s-]")
_BARE_KEY = re.compile(r"\s*(?:- )?[\w-]+")
_FIRST_SIGN = re.compile(
    r"cannot start any token|node content|keys are not allowed|scanning an? (alias|anchor|tag|block|.*directive)"
)


def tell_cause(path: str, text: str, error: yaml.MarkedYAMLError, problems: Problems) -> None:
    """Tells the one problem that keeps a file from being read."""
    lines = text.split("\n")
    conflict = _CONFLICT.search(text)
    if conflict:
        problems.error("merge-conflict", Spot(path, line=text.count("\n", 0, conflict.start()) + 1, column=1))
        return
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    begun = (error.context_mark.line, error.context_mark.column) if error.context_mark else (line, column)
    said = f"{error.context or ''} {error.problem or ''}"
    written = lines[line] if line < len(lines) else ""
    earlier = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), line)
    indented = _start(written)

    def tell(code: str, line: int = line, column: int = column, **details: str) -> None:
        problems.error(code, Spot(path, line=line + 1, column=column + 1), **details)

    if "\t" in written[:indented] or "'\\t'" in said:
        tell("yaml-tab")
    elif "mapping values are not allowed" in said and _BARE_KEY.fullmatch(written[:column]):
        if _DASH_WITHOUT_SPACE.match(lines[earlier]):
            tell("yaml-dash", earlier, _start(lines[earlier]))
        elif ": " in lines[earlier] or lines[earlier].rstrip().endswith(":"):
            tell("yaml-indentation", line, indented)
        else:
            tell("yaml-colon-missing", earlier, _start(lines[earlier]))
    elif "mapping values are not allowed" in said:
        tell("yaml-colon-in-text")
    elif "entries are not allowed" in said:
        tell("yaml-dash")
    elif "could not find expected ':'" in said or "simple key" in said:
        tell("yaml-colon-missing", begun[0], _start(lines[begun[0]]))
    elif "escape" in said or "decimal number" in said:
        tell("yaml-backslash", line, written.rfind("\\", 0, column + 1))
    elif "quoted scalar" in said:
        tell("yaml-quote-open", *begun)
    elif "flow mapping" in said or "flow sequence" in said:
        tell("yaml-bracket-open", *begun)
    elif _FIRST_SIGN.search(said):
        at = begun[1] if "scanning" in said else column
        tell("yaml-first-sign", line, at, sign=written[at : at + 1])
    elif column > indented and written[:column].rstrip().endswith(("'", '"', "]", "}")):
        tell("yaml-text-after")
    elif (
        "document start" not in said and column == indented and ("block mapping" in said or "block collection" in said)
    ):
        tell("yaml-indentation")
    else:
        tell("yaml-syntax")


def _start(line: str) -> int:
    return len(line) - len(line.lstrip())

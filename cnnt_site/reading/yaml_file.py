"""YAML as data of this kind needs it: YAML 1.2, every scalar the exact text that stands in the file.

Values are built from the parser's events with a stack of our own: no recursion that deep nesting
could break, an alias or a duplicate key is told where it stands, and `locate` finds the line of a
value again by walking the same events.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from cnnt_site.problems import Key, Problems, Spot
from cnnt_site.reading.encoding import decode

LARGEST = 1_000_000
DEEPEST = 12

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"^(~|null|Null|NULL|)$")
_BARE_KEY = re.compile(r"\s*[\w-]+")
_LOOKALIKE = str.maketrans("ÐðƉ", "ĐđĐ")


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `key` is the mapping's key that waits for its value.

    A key without a value (`number:`) counts as not written, so it is only kept in `keys`.
    """

    value: dict[str, Any] | list[Any]
    key: str | None = None
    keys: set[str] = field(default_factory=set)


class _Stop(Exception):
    """Reading ends here; the problem has been told."""


def parse(path: str, data: bytes, problems: Problems, *, largest: int = LARGEST) -> Any:
    """The file as dicts, lists, texts and None; None as a whole after a problem that it reports."""
    if len(data) > largest:
        problems.error("file-too-large", Spot(path), size=len(data) // 1000, most=largest // 1000)
        return None
    text = decode(path, data, problems)
    if text is None:
        return None
    try:
        return _build(path, text, problems)
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        code, details = _explain(text, error)
        opened = code in ("yaml-quote-open", "yaml-bracket-open")
        mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
        spot = Spot(path, line=mark.line + 1, column=mark.column + 1) if mark else Spot(path)
        problems.error(code, spot, **details)
    except yaml.reader.ReaderError as error:
        problems.error(
            "yaml-character",
            Spot(path, line=text.count("\n", 0, error.position) + 1),
            character=f"U+{int(error.character):04X}" if isinstance(error.character, int) else str(error.character),
        )
    return None


def _build(path: str, text: str, problems: Problems) -> Any:
    stack: list[_Open] = []
    whole: Any = None

    def put(value: Any, event: Any) -> None:
        nonlocal whole
        if not stack:
            whole = value
            return
        top = stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            top.key = _mapping_key(path, value, top.keys, event, problems)
        else:
            if value is not None:
                top.value[top.key] = value
            top.key = None

    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            put(_scalar(path, event, problems), event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _refuse_tag(path, event, problems)
            if len(stack) >= DEEPEST:
                problems.error("yaml-too-deep", _spot(path, event), most=DEEPEST)
                raise _Stop
            stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            put(stack.pop().value, event)
        elif isinstance(event, yaml.AliasEvent):
            problems.error("yaml-alias", _spot(path, event), name=event.anchor)
            raise _Stop
        elif isinstance(event, yaml.DocumentStartEvent) and whole is not None:
            problems.error("yaml-two-documents", _spot(path, event))
            raise _Stop
    return whole


def _mapping_key(path: str, key: Any, earlier: set[str], event: Any, problems: Problems) -> str:
    if not isinstance(key, str):
        problems.error("yaml-odd-key", _spot(path, event))
        raise _Stop
    if key in earlier:
        problems.error("duplicate-key", _spot(path, event), key=key)
    earlier.add(key)
    return key


def _scalar(path: str, event: yaml.ScalarEvent, problems: Problems) -> str | None:
    _refuse_tag(path, event, problems)
    text = event.value
    if not event.style and _NULL.match(text):  # the C parser gives "" for a plain scalar
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if any(letter in text for letter in "ÐðƉ"):
            problems.warn("lookalike-letter", _spot(path, event), written=text, guess=text.translate(_LOOKALIKE))
            text = text.translate(_LOOKALIKE)
    return str(text)


def _refuse_tag(path: str, event: Any, problems: Problems) -> None:
    if event.tag not in (None, "!"):
        problems.error("yaml-tag", _spot(path, event), tag=event.tag)
        raise _Stop


def _spot(path: str, event: Any) -> Spot:
    return Spot(path, line=event.start_mark.line + 1, column=event.start_mark.column + 1)


def _explain(text: str, error: yaml.MarkedYAMLError) -> tuple[str, dict[str, str]]:
    """The problem's code for a syntax error, told by what commonly causes it."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    before = lines[line - 2] if 2 <= line <= len(lines) + 1 else ""
    if "\t" in written[: len(written) - len(written.lstrip())] or "'\\t'" in said:
        return "yaml-tab", {}
    if "mapping values are not allowed" in said:
        if mark and _BARE_KEY.fullmatch(written[: mark.column]):
            return "yaml-indentation", {}
        return "yaml-colon-in-text", {}
    if "could not find expected ':'" in said or "simple key" in said:
        return "yaml-colon-missing", {"before": before.strip()}
    if "flow mapping" in said or "flow sequence" in said:
        return "yaml-bracket-open", {}
    if "quoted scalar" in said:
        return "yaml-quote-open", {}
    if "did not find expected '-' indicator" in said or "did not find expected key" in said or "block mapping" in said:
        return "yaml-indentation", {}
    return "yaml-syntax", {"said": (error.problem or "").strip()}


def locate(data: bytes, keys: tuple[Key, ...]) -> tuple[int, int] | None:
    """Line and column, from 1, of the value that `keys` lead to; of the nearest that exists.

    A last key that names a mapping's key which should not be there leads to that key itself.
    """
    nearest: tuple[int, int] | None = None
    depth = -1
    try:
        for here, mark in _walk(data.decode("utf-8-sig", "replace")):
            shared = 0
            while shared < min(len(here), len(keys)) and here[shared] == keys[shared]:
                shared += 1
            if shared == len(here) and shared > depth:
                nearest, depth = (mark.line + 1, mark.column + 1), shared
                if depth == len(keys):
                    break
    except yaml.YAMLError:
        pass
    return nearest


def _walk(text: str) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Every key path of the file with the mark where it begins: keys at their name, list items at theirs."""
    path: list[Key | None] = []
    counts: list[int] = []
    for event in yaml.parse(text, Loader=_Loader):
        opens = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        if opens or isinstance(event, yaml.ScalarEvent):
            is_key = bool(path) and counts[-1] < 0 and path[-1] is None
            if is_key:
                path[-1] = unicodedata.normalize("NFC", event.value) if isinstance(event, yaml.ScalarEvent) else ""
                yield tuple(key for key in path if key is not None), event.start_mark
                continue
            if path and counts[-1] >= 0:
                path[-1] = counts[-1]
                counts[-1] += 1
                yield tuple(key for key in path if key is not None), event.start_mark
            if opens:
                path.append(None)
                counts.append(0 if isinstance(event, yaml.SequenceStartEvent) else -1)
            elif path and counts[-1] < 0:
                path[-1] = None
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            path.pop()
            counts.pop()
            if path and counts[-1] < 0:
                path[-1] = None

"""YAML as data of this kind needs it: YAML 1.2, every scalar the exact text that stands in the file.

Values are built from the parser's events with a stack of our own: no recursion that deep nesting
could break, an alias or a duplicate key is told where it stands, and `places` finds the lines of
values again by walking the same events.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from cnnt_site.model.kinds import INVISIBLE
from cnnt_site.problems import Key, Problems, Spot
from cnnt_site.reading.encoding import decode
from cnnt_site.reading.yaml_causes import tell_cause
from cnnt_site.vietnamese import nfc

LARGEST = 1_000_000
DEEPEST = 12

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CUT_BY_HASH = re.compile(r"[ \t]+#[^\s#]")
_FOREIGN_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
"""The parser would end lines here, as YAML 1.1 did; editors, and YAML 1.2, don't."""

_NULL = re.compile(r"^(~|null|Null|NULL|)$")


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `key` is the mapping's key that waits for its value.

    A key without a value (`number:`) counts as not written, so it is only kept in `spots`.
    """

    value: dict[str, Any] | list[Any]
    began: Any
    key: str | None = None
    spots: dict[str, Spot] = field(default_factory=dict)


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
    text = text.translate(_FOREIGN_BREAKS)
    try:
        return _build(path, text, problems)
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        tell_cause(path, text, error, problems)
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
    lines = text.split("\n") if _CUT_BY_HASH.search(text) else []

    def put(value: Any, event: Any) -> None:
        nonlocal whole
        if not stack:
            whole = value
            return
        top = stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            top.key = _mapping_key(path, value, top.spots, event, problems)
        else:
            if value is not None:
                top.value[top.key] = value
            elif top.began.flow_style:
                problems.error("yaml-comma-in-text", top.spots[top.key], key=top.key)
            top.key = None

    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            put(_scalar(path, event, problems), event)
            if lines:
                _tell_cut(path, event, lines, problems)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _refuse_tag(path, event, problems)
            if len(stack) >= DEEPEST:
                problems.error("yaml-too-deep", _spot(path, event), most=DEEPEST)
                raise _Stop
            stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], event))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            ended = stack.pop()
            put(ended.value, ended.began)
        elif isinstance(event, yaml.AliasEvent):
            problems.error("yaml-alias", _spot(path, event), name=event.anchor)
            raise _Stop
        elif isinstance(event, yaml.DocumentStartEvent) and whole is not None:
            problems.error("yaml-two-documents", _spot(path, event))
            raise _Stop
    return whole


def _mapping_key(path: str, key: Any, earlier: dict[str, Spot], event: Any, problems: Problems) -> str:
    spot = _spot(path, event)
    if not isinstance(key, str):
        problems.error("yaml-odd-key", spot)
        raise _Stop
    hidden = INVISIBLE.search(key) or re.search("\xa0", key)
    if hidden:
        problems.error("invisible-character", spot, character=f"U+{ord(hidden[0]):04X}")
        raise _Stop
    if key in earlier:
        problems.error("duplicate-key", spot, key=key, line=earlier[key].line)
    earlier[key] = spot
    return key


def _scalar(path: str, event: yaml.ScalarEvent, problems: Problems) -> str | None:
    _refuse_tag(path, event, problems)
    text = event.value
    if not event.style and _NULL.match(text):  # the C parser gives "" for a plain scalar
        return None
    if not text.isascii():
        written, text = unicodedata.normalize("NFC", text), nfc(text)
        if written != text:
            problems.warn("lookalike-letter", _spot(path, event), written=written, guess=text)
    return str(text)


def _tell_cut(path: str, event: Any, lines: list[str], problems: Problems) -> None:
    """Warns of a text that ends before a # which was probably part of it: `Tranh #2`."""
    line, column = event.end_mark.line, event.end_mark.column
    if not event.style and event.value and line < len(lines) and _CUT_BY_HASH.match(lines[line], column):
        column = lines[line].index("#", column)
        problems.warn("yaml-hash-in-text", Spot(path, line=line + 1, column=column + 1), rest=lines[line][column:])


def _refuse_tag(path: str, event: Any, problems: Problems) -> None:
    if event.tag not in (None, "!"):
        problems.error("yaml-tag", _spot(path, event), tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        raise _Stop


def _spot(path: str, event: Any) -> Spot:
    return Spot(path, line=event.start_mark.line + 1, column=event.start_mark.column + 1)


Places = dict[tuple[Key, ...], list[tuple[int, int]]]
"""Lines and columns, from 1, by the keys that lead there: of the key, then of the text that is its value."""


def places(data: bytes) -> Places:
    """Where everything in a file stands, as far as it can be parsed."""
    found: Places = {}
    try:
        for keys, mark in _walk(data.decode("utf-8-sig", "replace").translate(_FOREIGN_BREAKS)):
            found.setdefault(keys, []).append((mark.line + 1, mark.column + 1))
    except (yaml.YAMLError, IndexError):  # a list as a key breaks the walk; what stands before it is known
        pass
    return found


def locate(where: Places, keys: tuple[Key, ...], *, at_key: bool = False) -> tuple[int, int] | None:
    """Line and column of the value that `keys` lead to; of the nearest around it that exists.

    A value that is a mapping or list, or empty, or asked for `at_key`, is found at its key.
    """
    if keys in where and not at_key:
        return where[keys][:2][-1]
    return next((where[keys[:n]][0] for n in range(len(keys), 0, -1) if keys[:n] in where), None)


def _walk(text: str) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Every key path of the file with the mark where it begins: keys at their name, then texts and list items."""
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
            elif path and isinstance(event, yaml.ScalarEvent) and (event.value or event.style):
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

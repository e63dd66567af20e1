"""Changing what a YAML file says and nothing else: comments, order, spaces and quotes stay as people wrote them.

A library that reads a file and writes it anew (ruamel.yaml) keeps comments, but not line ends, spaces or
the breaking of lines; here only the characters of what changed are touched. The result is read
again and compared before anybody gets it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml

from cnnt_site.desk.yaml_text import block, flow, scalar
from cnnt_site.problems import Key, Problems
from cnnt_site.reading import yaml_file
from cnnt_site.vietnamese import nfc

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def rewritten(data: bytes, said: Any) -> bytes:
    """The file `data`, changed to say `said`; the same bytes when it says that already.

    `data` must be readable; `said` is made of dicts, lists, texts, numbers and days. A new key goes behind
    the one that comes before it in `said`. Raises ValueError when the file is written in a way that can't be
    edited in place.
    """
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data.decode("utf-8-sig")
    for edit in _differences(as_read(data), said, ()):
        text = _edited(text, edit)
    done = mark + text.encode("utf-8")
    if as_read(done) != as_text(said):
        raise ValueError("this YAML can't be edited in place")
    return done


def as_read(data: bytes) -> Any:
    """What a file says, as our reader hands it over; {} when it says nothing."""
    problems = Problems()
    said = yaml_file.parse("", data, problems)
    if problems.errors:
        raise ValueError("unreadable YAML")
    return {} if said is None else said


def as_text(said: Any) -> Any:
    """Values as our reader would hand them over: every one a text."""
    if isinstance(said, dict):
        return {key: as_text(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [as_text(value) for value in said]
    return nfc(said) if isinstance(said, str) else scalar(said)


@dataclass(frozen=True, slots=True)
class _Put:
    """Writes over the value at `keys`."""

    keys: tuple[Key, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class _Add:
    """Adds `values`, a part of a mapping or list, to the one at `keys`: behind `after`, first if that is None."""

    keys: tuple[Key, ...]
    values: Any
    after: Key | None


@dataclass(frozen=True, slots=True)
class _Drop:
    """Takes away the value at `keys`, with its key."""

    keys: tuple[Key, ...]


_Edit = _Put | _Add | _Drop


def _differences(old: Any, new: Any, keys: tuple[Key, ...]) -> Iterator[_Edit]:
    """Edits that lead from `old`, as read, to `new`. Each finds the places of lists as `old` has them."""
    if old == as_text(new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and new and (old or not keys):
        after: Key | None = next(iter(old), None)  # never first: the comment at the top is that of the first
        waiting: dict[str, Any] = {}
        for key, value in new.items():
            if key not in old:
                waiting[key] = value
                continue
            if waiting:
                yield _Add(keys, waiting, after)
            yield from _differences(old[key], value, (*keys, key))
            after, waiting = key, {}
        if waiting:
            yield _Add(keys, waiting, after)
        yield from (_Drop((*keys, key)) for key in old if key not in new)  # last, so that it is never empty
    elif isinstance(old, list) and isinstance(new, list | tuple) and old and new:
        yield from _list_differences(old, list(new), keys)
    else:
        yield _Put(keys, new)


def _list_differences(old: list[Any], new: list[Any], keys: tuple[Key, ...]) -> Iterator[_Edit]:
    """Edits from the end on, so that the places before stay as they were."""
    before, now = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, as_text(new)))
    for what, o1, o2, n1, n2 in reversed(SequenceMatcher(None, before, now, autojunk=False).get_opcodes()):
        if what == "equal":
            continue
        both = min(o2 - o1, n2 - n1)
        yield from (_Drop((*keys, place)) for place in reversed(range(o1 + both, o2)))
        if n1 + both < n2:
            yield _Add(keys, new[n1 + both : n2], o1 + both - 1 if o1 + both else None)
        for step in reversed(range(both)):
            yield from _differences(old[o1 + step], new[n1 + step], (*keys, o1 + step))


def _edited(text: str, edit: _Edit) -> str:
    """The text with one edit made."""
    page = _Page(text)
    if isinstance(edit, _Put):
        return page.put(edit.keys, edit.value)
    if isinstance(edit, _Drop):
        return page.drop(edit.keys)
    if isinstance(edit.values, dict):
        for key in page.named(edit.keys) & set(edit.values):  # `number:`, a key that nothing follows
            text = _Page(text).put((*edit.keys, key), edit.values[key])
        page = _Page(text)
        rest = {key: value for key, value in edit.values.items() if key not in page.named(edit.keys)}
        return page.add(edit.keys, rest, edit.after) if rest else text
    return page.add(edit.keys, edit.values, edit.after)


class _Page:
    """A text and the tree of its nodes, whose marks say where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = yaml.compose(text, Loader=_Loader)
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def named(self, keys: tuple[Key, ...]) -> set[Key]:
        """The keys of a mapping, with those that nothing follows."""
        return {name for name, _, _ in _children(self._node(keys))} if self._root is not None else set()

    def put(self, keys: tuple[Key, ...], value: Any) -> str:
        """Writes over one value."""
        *above, last = keys
        parent = self._node(tuple(above))
        key, old = self._child(parent, last)
        start, end = old.start_mark.index, self._end(old)
        if parent.flow_style:
            return self._spliced(start, end, flow(value))
        if not _opens(value):
            return self._put_short(key, old, flow(value))
        if key is None or not _is_short(old):
            lines = block(value, old.start_mark.column)
            return self._spliced(start, end, self._newline.join(lines).lstrip(" "))
        line_end = self._line_end(end)
        comment = self._text[end:line_end].strip()
        lines = block(value, key.start_mark.column + 2)
        return self._spliced(self._colon(key), line_end, self._newline.join((comment and f" {comment}", *lines)))

    def _put_short(self, key: Any, old: Any, written: str) -> str:
        """Writes a value of one line over an old value of any size."""
        start, end = old.start_mark.index, self._end(old)
        if key is None or (_is_short(old) and end > start):
            return self._spliced(start, end, written)
        colon = self._colon(key)
        between = self._text[colon:start]
        if _is_short(old) or "\n" not in between:
            return self._spliced(colon, end, f" {written}")
        return self._spliced(colon, end, f" {written}{between[: between.index(chr(10))].rstrip()}")

    def add(self, keys: tuple[Key, ...], values: Any, after: Key | None) -> str:
        """Adds to a mapping or list."""
        if self._root is None:
            start = self._text if not self._text or self._text.endswith("\n") else self._text + self._newline
            return start + "".join(line + self._newline for line in block(values))
        parent = self._node(keys)
        if parent.flow_style:
            return self._add_in_flow(parent, values, after)
        margin = parent.start_mark.column
        lines = block(values, margin)
        if after is None:
            at = parent.start_mark.index
            return self._spliced(at, at, self._newline.join((*lines, " " * margin)).lstrip(" "))
        at = self._line_end(self._end(self._child(parent, after)[1]))
        return self._spliced(at, at, "".join(self._newline + line for line in lines))

    def _add_in_flow(self, parent: Any, values: Any, after: Key | None) -> str:
        written = flow(values)[1:-1]
        if after is None:
            at = parent.start_mark.index + 1
            return self._spliced(at, at, f"{written}, ")
        at = self._end(self._child(parent, after)[1])
        return self._spliced(at, at, f", {written}")

    def drop(self, keys: tuple[Key, ...]) -> str:
        """Takes one value away, with its key and its line."""
        *above, last = keys
        parent = self._node(tuple(above))
        key, value = self._child(parent, last)
        children = list(_children(parent))
        place = [name for name, _, _ in children].index(last)
        if parent.flow_style:
            if place:
                return self._spliced(self._end(children[place - 1][2]), self._end(value), "")
            return self._spliced((key or value).start_mark.index, _start(children[1]), "")
        end = self._line_end(self._end(value))
        start = self._text.rindex("-", 0, value.start_mark.index) if key is None else key.start_mark.index
        line_start = self._text.rfind("\n", 0, start) + 1
        if self._text[line_start:start].strip():  # the first of an item behind a dash, which has to stay
            return self._spliced(start, _start(children[1]), "")
        return self._spliced(line_start, end + len(self._break_at(end)), "")

    def _node(self, keys: tuple[Key, ...]) -> Any:
        node = self._root
        for key in keys:
            node = self._child(node, key)[1]
        return node

    def _child(self, parent: Any, wanted: Key) -> tuple[Any, Any]:
        """The node of a key, None in a list, and of its value."""
        return next((key, value) for name, key, value in _children(parent) if name == wanted)

    def _end(self, node: Any) -> int:
        """Where a value ends: marks of blocks lie behind the comments that follow them."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            start, end = node.start_mark.index, int(node.end_mark.index)
            return start + len(self._text[start:end].rstrip()) if getattr(node, "style", None) in ("|", ">") else end
        *_, (_, _, last) = _children(node)
        return self._end(last)

    def _colon(self, key: Any) -> int:
        found = re.compile(r"[ \t]*:").match(self._text, key.end_mark.index)
        if found is None:
            raise ValueError("this YAML can't be edited in place")
        return found.end()

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        if end < 0:
            return len(self._text)
        return end - 1 if self._text[end - 1] == "\r" and end > at else end

    def _break_at(self, at: int) -> str:
        return self._text[at : at + 2] if self._text.startswith("\r\n", at) else self._text[at : at + 1]

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]


def _children(node: Any) -> Iterator[tuple[Key, Any, Any]]:
    """Name, node of the key and node of the value, of everything in a mapping or list."""
    if isinstance(node, yaml.MappingNode):
        yield from ((nfc(key.value), key, value) for key, value in node.value)
    else:
        yield from ((place, None, value) for place, value in enumerate(node.value))


def _start(child: tuple[Key, Any, Any]) -> int:
    return int((child[1] or child[2]).start_mark.index)


def _opens(value: Any) -> bool:
    """Whether a value is written over several lines."""
    return isinstance(value, dict | list | tuple) and bool(value)


def _is_short(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) or bool(node.flow_style)

"""One column's value in a record's plain data: read, written, taken away."""

from __future__ import annotations

from typing import Any

from cnnt_site.desk.sheets.columns import Column


def value_in(said: dict[str, Any], column: Column) -> Any:
    """What the data hold for a column: a text, a list of texts, or None."""
    *above, last = column.keys
    if _by_language_in_list(column):
        members = said.get(above[0], [])
        return [member.get(last, "") for member in members] if any(last in member for member in members) else None
    for key in above:
        said = said.get(key, {})
    return said.get(last)


def put_in(said: dict[str, Any], column: Column, value: Any) -> None:
    """Writes a column's value into the data; None takes it away, with what is empty then."""
    *above, last = column.keys
    if _by_language_in_list(column):
        _put_in_list(said, above[0], last, value or [])
        return
    path = [said]
    for key in above:
        path.append(path[-1].setdefault(key, {}))
    if value is not None:
        path[-1][last] = value
        return
    path[-1].pop(last, None)
    for around, key in reversed(list(zip(path, above, strict=False))):
        if not around[key]:
            del around[key]


def _by_language_in_list(column: Column) -> bool:
    """Whether a column holds one language of every item of a list: the members of a set."""
    return column.field is not None and column.field.many and column.field.by_language


def _put_in_list(said: dict[str, Any], name: str, language: str, texts: list[str]) -> None:
    members = said.setdefault(name, [])
    members += [{} for _ in texts[len(members) :]]
    for place, member in enumerate(members):
        if place < len(texts) and texts[place]:
            member[language] = texts[place]
        else:
            member.pop(language, None)
    said[name] = [member for member in members if member]
    if not said[name]:
        del said[name]

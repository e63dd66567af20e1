"""What the checks of a record found wrong, told as problems of ours, and the record without it."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from typing import Any

from cnnt_site.problems import Key, Problems, Spot, closest

_SHAPES = {"dict_type": "needs-keys", "dataclass_type": "needs-keys", "tuple_type": "needs-list"}
_STAND_IN = {"vi": "?"}


def tell(mistakes: Iterable[Any], record: Spot, model: type[Any], problems: Problems) -> None:
    """Tells `mistakes`, as pydantic lists them, of the record at `record`.

    A key that is missing because it is misspelt is told once, and all that a group lacks together.
    """
    located = [(tuple(part for part in mistake["loc"] if part != "[key]"), mistake) for mistake in mistakes]
    guesses = {
        inside: closest(str(inside[-1]), _fields(model, inside[:-1]))
        for inside, mistake in located
        if mistake["type"] == "unexpected_keyword_argument"
    }
    meant = {(*inside[:-1], guess) for inside, guess in guesses.items()}
    missing: dict[Spot, list[str]] = {}
    for inside, mistake in located:
        keys = record.keys + inside
        at_key = inside in guesses or mistake["loc"][-1:] == ("[key]",)
        spot = _spot(record.path, keys, at_key=at_key)
        kind, context = mistake["type"], dict(mistake.get("ctx", {}))
        if kind == "refused":
            problems.error(context.pop("code"), spot, **context)
        elif kind == "missing" and isinstance(inside[-1], str):
            if inside not in meant:
                missing.setdefault(_spot(record.path, keys[:-1]), []).append(inside[-1])
        elif inside in guesses:
            problems.error("unknown-key", spot, key=inside[-1], guess=guesses[inside])
        elif kind == "literal_error":
            expected = context["expected"].replace(" or ", ", ").replace("'", "")
            guess = closest(str(mistake["input"]), expected.split(", "))
            problems.error("not-one-of", spot, expected=expected, guess=guess)
        else:
            problems.error(_SHAPES.get(kind, "wrong-shape"), spot)
    for spot, fields in missing.items():
        problems.error("missing-field", spot, fields=", ".join(fields))


def _spot(path: str, keys: tuple[Key, ...], *, at_key: bool = False) -> Spot:
    return Spot(path, keys, at_key=at_key) if keys else Spot(path, line=1, column=1)


def without(value: Any, mistakes: Iterable[Any]) -> Any:
    """A record without its mistaken keys; lists end before their first mistake, so that places stay true.

    A mistaken name gets a stand-in: nothing is published of such a record, but the rest of it is checked.
    """
    if not isinstance(value, dict):
        return value
    kept = dict(value)
    for mistake in mistakes:
        key, *below = mistake["loc"] or ("",)
        if key in ("name", "title"):
            kept[key] = _STAND_IN
        elif below and isinstance(below[0], int) and isinstance(kept.get(key), list):
            kept[key] = kept[key][: below[0]]
        else:
            kept.pop(key, None)
    return kept


def _fields(model: Any, inside: tuple[Key, ...]) -> list[str]:
    """The keys that the mapping at `inside` of a record may have."""
    for key in inside:
        if isinstance(key, str) and dataclasses.is_dataclass(model):
            model = typing.get_type_hints(model).get(key)
        model = _innermost(model)
    return [found.name for found in dataclasses.fields(model)] if dataclasses.is_dataclass(model) else []


def _innermost(model: Any) -> Any:
    """The record type within `X | None`, `tuple[X, ...]` and the like."""
    for inner in typing.get_args(model):
        found = _innermost(inner)
        if dataclasses.is_dataclass(found):
            return found
    return model

"""The fields of every record as data: what kind of value each holds, read from the models themselves.

Editors' schemas, the forms of a content management system and the comments of new files all follow
from here, so a field that is added to a model is in all of them at once.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cnnt_site.model import kinds
from cnnt_site.model.kinds import Check
from cnnt_site.reading.layout import FOLDERS, LISTED
from cnnt_site.reporting import field_wording

Kind = Literal[
    "line", "number", "year", "day", "rough-day", "id", "slug", "address", "file", "share", "choice", "record"
]

_KINDS: dict[Any, Kind] = {
    kinds.Line: "line",
    kinds.Number: "number",
    kinds.Year: "year",
    kinds.Day: "day",
    kinds.RoughDay: "rough-day",
    kinds.Identifier: "id",
    kinds.Slug: "slug",
    kinds.WebAddress: "address",
    kinds.FileName: "file",
    kinds.Share: "share",
}

_LEADS_TO = {
    "producer": "producers",
    "group": "groups",
    "level": "levels",
    "programme": "programmes",
    "province": "provinces",
    "district": "districts",
    "place_now": "communes",
    "illustration": "illustrations",
    "neutral_illustration": "illustrations",
    "successor": "provinces",
    "products": "products",
}
"""Which records the ids of a field are, by its name; a field called `kind` leads to producer kinds."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what a person may write in it.

    `words` is the key of its description. With `by_language` a value is written for each language,
    with `by_word` under words of any kind; `many` values stand in a list, of `exactly` so many if that
    isn't 0. `leads_to` is the kind of record that an id names, '' when it may be one of several.
    """

    name: str
    words: str
    kind: Kind
    needed: bool
    many: bool = False
    exactly: int = 0
    by_language: bool = False
    by_word: bool = False
    pattern: str = ""
    choices: tuple[str, ...] = ()
    record: type[Any] | None = None
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a field or record is called in one language, and what to write."""

    label: str
    help: str


def files() -> dict[str, tuple[str, type[Any], str]]:
    """Every kind of file by its name: where it stands (a pattern), its model, and how records stand in it.

    The last is `one` (the file is a record), `keyed` (records by id) or `list`.
    """
    from cnnt_site.model.site import Site
    from cnnt_site.model.taxonomy import Statistic

    found: dict[str, tuple[str, type[Any], str]] = {"site": ("site.yaml", Site, "one")}
    found |= {kind: (path, model, "keyed") for kind, (path, model) in LISTED.items()}
    found |= {kind: (f"{kind}/*/{name}", model, "one") for kind, (name, model) in FOLDERS.items()}
    return {**found, "statistics": ("statistics.yaml", Statistic, "list")}


def records() -> list[type[Any]]:
    """Every record that content can hold, those within others too."""
    found: dict[type[Any], None] = {}

    def enter(model: type[Any]) -> None:
        if model not in found:
            found[model] = None
            for field in fields_of(model):
                if field.record is not None:
                    enter(field.record)

    for _, model, _ in files().values():
        enter(model)
    return list(found)


def fields_of(model: type[Any]) -> tuple[Field, ...]:
    """The fields of a record in the order of its model."""
    return _remembered(typing.cast("Hashable", model))


@functools.cache
def _remembered(model: Any) -> tuple[Field, ...]:
    return tuple(_fields(model))


def _fields(model: type[Any]) -> Iterator[Field]:
    hints = typing.get_type_hints(model, include_extras=True)
    for field in dataclasses.fields(model):
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        yield _field(field.name, f"{model.__name__}.{field.name}", hints[field.name], needed=needed)


def _field(name: str, words: str, hint: Any, *, needed: bool) -> Field:
    many = by_language = by_word = False
    exactly = 0
    while hint not in _KINDS and not dataclasses.is_dataclass(hint):
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is Literal:
            return Field(name, words, "choice", needed, choices=tuple(str(choice) for choice in inner))
        if origin is tuple:
            many, hint, exactly = True, inner[0], 0 if inner[-1] is Ellipsis else len(inner)
        elif origin is dict:
            by_language, by_word, hint = inner[0] == kinds.Language, inner[0] != kinds.Language, inner[1]
            if by_word and typing.get_origin(hint) is dict:
                by_language, hint = True, typing.get_args(hint)[1]
        else:
            hint = next(part for part in inner if part is not type(None))
    if dataclasses.is_dataclass(hint):
        return Field(name, words, "record", needed, many, exactly, record=typing.cast("type[Any]", hint))
    kind, checks = _KINDS[hint], [part for part in typing.get_args(hint) if isinstance(part, Check)]
    leads_to = "producer_kinds" if (name, kind) == ("kind", "id") else _LEADS_TO.get(name, "") if kind == "id" else ""
    return Field(name, words, kind, needed, many, exactly, by_language, by_word, checks[0].pattern, leads_to=leads_to)


def described(words: str, lang: str) -> Description:
    """What a field (`Product.name`) or a record (`Product`) is called: its own words, else those shared by name."""
    wording = field_wording()
    said = wording.get(words) or wording["." + words.rpartition(".")[2]]
    return Description(said[lang]["label"], said[lang]["help"])

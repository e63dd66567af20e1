"""JSON Schemas of every kind of content file, and the settings by which VS Code finds them.

Editors read YAML with types of their own (`2020` is a number to them), we take every value as it is
written: the schemas accept both. They are of draft 7, which is what YAML editors know. Ids of the content are
offered while one types; one that isn't known yet is no mistake to an editor, for `check` tells it with a guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cnnt_site.desk.fields import Field, described, fields_of, files, records
from cnnt_site.languages import SPOKEN
from cnnt_site.reading.layout import LEDGER

FOLDER = ".vscode/schemas"
_AS_TEXT: dict[str, list[str]] = {
    "line": ["string", "number", "boolean"],
    "number": ["integer", "string"],
    "year": ["integer", "string"],
    "rough-day": ["string", "integer"],
    "share": ["number", "string"],
    "id": ["string", "integer"],
    "slug": ["string", "integer"],
}
_BOUNDS = {
    "number": {"minimum": 0},
    "year": {"minimum": 1900, "maximum": 2099},
    "rough-day": {"minimum": 1900, "maximum": 2099},
    "share": {"minimum": 0, "maximum": 1},
}
_LANGUAGE = "^[a-z]{2,3}$"
_ID = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"


KNOWN = "known-"
"""Begins the names of definitions that list the ids of the content."""

Ids = Mapping[str, Iterable[str]]
"""The ids of the content by kind of record, as in `Records.ids`."""


def schema(name: str, ids: Ids) -> dict[str, Any]:
    """The schema of a kind of file, by its name in `fields.files()`."""
    _, model, form = files()[name]
    record = {"$ref": f"#/definitions/{model.__name__}"}
    whole: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#", **_words(model.__name__)}
    if form == "one":
        whole["allOf"] = [record]
    elif form == "list":
        whole |= {"type": "array", "items": record}
    else:
        whole |= {"type": "object", "propertyNames": {"pattern": _ID}, "additionalProperties": record}
    within = [used for used in records() if used in _within(model)]
    whole["definitions"] = {used.__name__: _record(used) for used in within}
    for kind in sorted({field.leads_to for used in within for field in fields_of(used)} - {""}):
        whole["definitions"][f"{KNOWN}{kind}"] = {"enum": sorted(ids.get(kind, ()))}
    return whole


def editor_files(content: str, ids: Ids) -> Mapping[str, bytes]:
    """What stands beside a content folder called `content`: the schemas, and VS Code's settings, by path."""
    wired = {f"{FOLDER}/{name}.schema.json": f"{content}/{where}" for name, (where, _, _) in files().items()}
    settings = {
        "yaml.schemas": wired,
        "yaml.schemaStore.enable": False,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.readonlyInclude": {f"{content}/{LEDGER}": True},
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.quickSuggestions": {"strings": True}},
    }
    found = {f"{FOLDER}/{name}.schema.json": schema(name, ids) for name in files()}
    found[".vscode/settings.json"] = settings
    found[".vscode/extensions.json"] = {"recommendations": ["redhat.vscode-yaml"]}
    return {path: (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode() for path, said in found.items()}


def _within(model: type[Any]) -> set[type[Any]]:
    inner = [field.record for field in fields_of(model) if field.record is not None]
    return {model}.union(*map(_within, inner))


def _words(key: str) -> dict[str, str]:
    """The label in Vietnamese; the help in Vietnamese, then in English."""
    vi, en = (described(key, lang) for lang in SPOKEN)
    return {"title": vi.label, "description": f"{vi.help}\n\n{en.label}: {en.help}"}


def _record(model: type[Any]) -> dict[str, Any]:
    fields = fields_of(model)
    return {
        "type": "object",
        **_words(model.__name__),
        "properties": {field.name: {**_words(field.words), **_shape(field)} for field in fields},
        "required": [field.name for field in fields if field.needed],
        "additionalProperties": False,
    }


def _shape(field: Field) -> dict[str, Any]:
    """The schema of a field's value. One that may be left out may stand empty too (`number:`)."""
    value = _value(field)
    if field.by_language:
        spoken: dict[str, Any] = dict.fromkeys(SPOKEN, value)
        value = {
            "type": "object",
            "properties": spoken,
            "propertyNames": {"pattern": _LANGUAGE},
            "additionalProperties": value,
        }
    if field.by_word:
        value = {"type": "object", "additionalProperties": value}
    if field.many:
        value = {"type": "array", "items": value}
        if field.exactly:
            value |= {"minItems": field.exactly, "maxItems": field.exactly}
    return value if field.needed else {"anyOf": [value, {"type": "null"}]}


def _value(field: Field) -> dict[str, Any]:
    if field.record is not None:
        return {"$ref": f"#/definitions/{field.record.__name__}"}
    if field.choices:
        return {"enum": list(field.choices)}
    value: dict[str, Any] = {"type": _AS_TEXT.get(field.kind, ["string"]), **_BOUNDS.get(field.kind, {})}
    if field.pattern:
        value["pattern"] = field.pattern
    return {"anyOf": [{"$ref": f"#/definitions/{KNOWN}{field.leads_to}"}, value]} if field.leads_to else value

"""A record as a file that people go on writing: the fields in the order of the model, explained where asked.

Changing a file that is there is `yaml_edits`' work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnt_site.desk.fields import described, fields_of
from cnnt_site.desk.yaml_text import block


def ordered(said: Mapping[str, Any], model: type[Any], *, keep_empty: bool = False) -> dict[str, Any]:
    """Plain data with its keys in the order of the model, without what is empty unless that is to be kept."""
    fields = {field.name: field for field in fields_of(model)}
    done = {}
    for name in [*fields, *(key for key in said if key not in fields)]:
        value, inner = said.get(name), fields[name].record if name in fields else None
        if inner and isinstance(value, Mapping):
            value = ordered(value, inner, keep_empty=keep_empty)
        elif inner and isinstance(value, list | tuple):
            value = [ordered(item, inner, keep_empty=keep_empty) for item in value]
        if value not in (None, "", {}, [], ()) or (keep_empty and name in said):
            done[name] = value
    return done


def new_file(
    said: Mapping[str, Any], model: type[Any], lang: str, *, explained: bool = False, notes: Sequence[str] = ()
) -> bytes:
    """The bytes of a new record's file.

    `said` is plain data: dicts, lists, texts, numbers, days. `notes` are comments at the top. When
    `explained`, each field has a comment that says in `lang` what it is, and the fields that are still
    empty stand there as comments too, ready to be filled in.
    """
    full = ordered(said, model)
    lines = [f"# {line}".rstrip() for note in notes for line in note.splitlines()]
    if not explained:
        return _bytes([*lines, *block(full)])
    for field in fields_of(model):
        about = described(field.words, lang)
        lines += ["", f"# {about.label}. {about.help}".rstrip()]
        lines += block({field.name: full[field.name]}) if field.name in full else [f"# {field.name}:"]
    return _bytes(lines[1:] if lines and not lines[0] else lines)


def _bytes(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")

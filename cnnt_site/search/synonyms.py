"""Words that mean the same in different regions: ours, and those that a province adds in its content."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnt_site.problems import Problems, Spot, closest
from cnnt_site.reading import yaml_file
from cnnt_site.reading.layout import SYNONYMS
from cnnt_site.reading.tree import SourceTree
from cnnt_site.search.tokens import tokens

_KEYS = {"same", "finds", "ignore", "apart"}


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What a search knows of a language's words.

    `finds`: what a typed phrase also finds. `ignore`: words of a question that no product needs to have.
    `apart`: words of two syllables that mean something else than their syllables ("lạc tiên" is no peanut).
    """

    finds: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def known_to(self, lang: str, vocabulary: set[str]) -> str:
        """What leads to something in the catalogue, packed: `đậu phộng=lạc,đậu phụng;dứa,khóm=dứa,khóm,thơm`.

        On the left what is found, on the right what is typed; a phrase doesn't lead to itself.
        """
        lines: dict[str, list[str]] = {}
        for typed, targets in sorted(self.finds.get(lang, {}).items()):
            useful = {target for target in targets if vocabulary.issuperset(target.split(" "))}
            if useful:
                both = useful | ({typed} if vocabulary.issuperset(typed.split(" ")) else set())
                lines.setdefault(",".join(sorted(both)), []).append(typed)
        return ";".join(f"{found}={','.join(typed)}" for found, typed in lines.items())

    def __add__(self, other: Synonyms) -> Synonyms:
        finds = {
            lang: {
                typed: tuple(
                    dict.fromkeys(self.finds.get(lang, {}).get(typed, ()) + other.finds.get(lang, {}).get(typed, ()))
                )
                for typed in {**self.finds.get(lang, {}), **other.finds.get(lang, {})}
            }
            for lang in {**self.finds, **other.finds}
        }
        return Synonyms(finds, _joined(self.ignore, other.ignore), _joined(self.apart, other.apart))


def _joined(ours: Mapping[str, tuple[str, ...]], theirs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(dict.fromkeys(ours.get(lang, ()) + theirs.get(lang, ()))) for lang in {**ours, **theirs}}


def own(tree: SourceTree, problems: Problems) -> Synonyms:
    """What a province adds in its content, in the format of ours; nothing when there is no such file."""
    file = tree.files.get(SYNONYMS)
    if file is None:
        return Synonyms()
    try:
        return read(SYNONYMS, file.read(), problems)
    except OSError as error:
        problems.error("unreadable", Spot(SYNONYMS), reason=error.strerror or "")
        return Synonyms()


@functools.cache
def built_in() -> Synonyms:
    """The list that comes with the program."""
    path = Path(__file__).with_name("synonyms.yaml")
    problems = Problems()
    found = read(path.name, path.read_bytes(), problems)
    if problems.errors:
        raise ValueError(f"{path.name} of the program itself is broken")
    return found


def read(path: str, data: bytes, problems: Problems) -> Synonyms:
    """A list from YAML: by language `same` (phrases that find each other), `finds` (one way), `ignore`, `apart`."""
    written = yaml_file.parse(path, data, problems)
    finds: dict[str, dict[str, tuple[str, ...]]] = {}
    ignore: dict[str, tuple[str, ...]] = {}
    apart: dict[str, tuple[str, ...]] = {}
    for lang, parts in _mapping(path, (), written, problems).items():
        pairs: dict[str, tuple[str, ...]] = {}
        parts = _mapping(path, (lang,), parts, problems)
        for key in parts:
            if key not in _KEYS:
                problems.error("unknown-key", Spot(path, (lang, key)), key=key, guess=closest(key, sorted(_KEYS)))
        for number, entry in enumerate(_list(path, (lang, "same"), parts.get("same"), problems)):
            phrases = _phrases(path, (lang, "same", number), entry, problems)
            for phrase in phrases:
                pairs[phrase] = pairs.get(phrase, ()) + tuple(other for other in phrases if other != phrase)
        for typed, targets in _mapping(path, (lang, "finds"), parts.get("finds"), problems).items():
            phrase = " ".join(tokens(typed))
            pairs[phrase] = pairs.get(phrase, ()) + _phrases(path, (lang, "finds", typed), targets, problems)
        finds[lang] = {typed: tuple(dict.fromkeys(targets)) for typed, targets in pairs.items()}
        ignore[lang] = _phrases(path, (lang, "ignore"), parts.get("ignore"), problems)
        apart[lang] = _phrases(path, (lang, "apart"), parts.get("apart"), problems)
    return Synonyms(finds, ignore, apart)


def _mapping(path: str, keys: tuple[str | int, ...], value: Any, problems: Problems) -> dict[str, Any]:
    if value is None or isinstance(value, dict):
        return value or {}
    problems.error("needs-keys", Spot(path, keys))
    return {}


def _list(path: str, keys: tuple[str | int, ...], value: Any, problems: Problems) -> list[Any]:
    if value is None or isinstance(value, list):
        return value or []
    problems.error("needs-list", Spot(path, keys))
    return []


def _phrases(path: str, keys: tuple[str | int, ...], value: Any, problems: Problems) -> tuple[str, ...]:
    found = []
    for phrase in _list(path, keys, value, problems):
        if isinstance(phrase, str):
            found.append(" ".join(tokens(phrase)))
        else:
            problems.error("needs-list", Spot(path, keys))
    return tuple(found)

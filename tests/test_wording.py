"""Words and code agree: every problem is worded, shown by a broken site, and nothing is worded in vain."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from cnnt_site.commands import VERBS
from cnnt_site.problems import Problems
from cnnt_site.reading import yaml_file
from cnnt_site.reporting import problem_wording, sheet_wording
from tests.broken import CODES, LANGUAGES

PACKAGE = Path(__file__).parents[1] / "cnnt_site"
WORDING = PACKAGE / "wording"
WITHOUT_SITE = {"no-avif", "too-many-files"}
"""Problems that a test of their own shows, as a site of two million files would be slow."""

MESSAGES = ("messages.yaml", "desk.yaml")
TELLING = {"error", "warn", "Refusal", "Unfit", "known"}
"""Calls whose first argument is the code of a problem."""

_GAP = re.compile(r"(?<!{)\{(\w+)\}")


def _trees() -> Iterator[ast.Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _texts(node: ast.AST) -> set[str]:
    """All texts that are written out within a piece of source."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _told() -> set[str]:
    """Codes that are told by name; others come from a table or a choice, whose texts are in the source too."""
    calls = (part for tree in _trees() for part in ast.walk(tree) if isinstance(part, ast.Call))
    firsts = (call.args[0] for call in calls if _called(call) in TELLING and call.args)
    return {code for first in firsts if isinstance(first, ast.Constant | ast.IfExp) for code in _texts(first)}


def test_every_problem_is_worded() -> None:
    assert _told() <= set(problem_wording()) | set(sheet_wording()["findings"])


def test_no_problem_is_worded_in_vain() -> None:
    assert set(problem_wording()) <= set().union(*map(_texts, _trees()))


def test_every_problem_has_a_broken_site() -> None:
    assert set(CODES) | WITHOUT_SITE == set(problem_wording())


def test_both_languages_say_what_and_cure_with_the_same_gaps() -> None:
    for code, wording in problem_wording().items():
        assert set(wording) == set(LANGUAGES), code
        for said in wording.values():
            assert set(said) == {"what", "cure"}, code
        gaps = [set(_GAP.findall(said["what"] + said["cure"])) for said in wording.values()]
        assert gaps[0] == gaps[1], code


@pytest.mark.parametrize("name", ["problems.yaml", "messages.yaml", "desk.yaml", "fields.yaml", "sheets.yaml"])
def test_words_are_composed_and_calm(name: str) -> None:
    text = (WORDING / name).read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "! " not in text
    assert '!"' not in text


def test_messages_are_used_and_there() -> None:
    general, desk = (yaml_file.parse(name, (WORDING / name).read_bytes(), Problems()) for name in MESSAGES)
    assert not set(general) & set(desk)
    messages = {**general, **desk}
    for key, said in messages.items():
        assert set(said) == set(LANGUAGES), key
        gaps = [set(_GAP.findall(text)) for text in said.values()]
        assert gaps[0] == gaps[1], key
    assert _messages_used() == set(messages)


def _messages_used() -> set[str]:
    """Keys of messages by the calls that say them: `message(lang, key)` and what the command line makes of it."""
    said_by = {
        "message": (1, ""),
        "Finding": (0, ""),
        "_read": (1, ""),
        "option": (0, "help-"),
        "progress": (0, "stage-"),
    }
    used = {"error", "warning", *(f"help-{verb}" for verb in VERBS)}
    for call in (part for tree in _trees() for part in ast.walk(tree) if isinstance(part, ast.Call)):
        place, start = said_by.get(_called(call), (9, ""))
        if len(call.args) > place and isinstance(call.args[place], ast.Constant):
            used.update(start + key.lstrip("-") for key in _texts(call.args[place]))
    templates = (path.read_text("utf-8") for path in sorted((PACKAGE / "desk" / "preview_pages").glob("*.html")))
    return used.union(*(re.findall(r"\bt\('([\w-]+)'", text) for text in templates))

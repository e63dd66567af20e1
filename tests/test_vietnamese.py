"""The rules of Vietnamese text, by the table of cases that the search engine is held to as well."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnt_site import vietnamese
from cnnt_site.search.tokens import tokens
from tests.harness.examples import examples

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "vietnamese.json").read_text("utf-8"))

RULES: dict[str, Callable[[str], Any]] = {
    "fold": vietnamese.fold,
    "one_tone_style": vietnamese.one_tone_style,
    "slug": vietnamese.slug,
    "tokens": lambda text: list(tokens(text)),
}

LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ "
SYLLABLES = st.text(LETTERS, max_size=30)


@pytest.mark.parametrize(("rule", "text", "expected"), [(rule, *case) for rule in RULES for case in CASES[rule]])
def test_cases(rule: str, text: str, expected: Any) -> None:
    assert RULES[rule](text) == expected


@pytest.mark.parametrize("seed", range(5))
def test_names_sort_as_in_dictionaries(seed: int) -> None:
    mixed = list(CASES["sorted"])
    random.Random(seed).shuffle(mixed)
    assert sorted(mixed, key=vietnamese.sort_key) == CASES["sorted"]


@examples(100)
@given(SYLLABLES)
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    for rule in RULES.values():
        assert rule(apart) == rule(unicodedata.normalize("NFC", text))
    assert vietnamese.neutral_key(apart) == vietnamese.neutral_key(text)


@examples(100)
@given(SYLLABLES)
def test_what_is_put_right_stays(text: str) -> None:
    assert vietnamese.fold(vietnamese.fold(text)) == vietnamese.fold(text)
    assert vietnamese.slug(vietnamese.slug(text)) == vietnamese.slug(text)
    assert vietnamese.one_tone_style(vietnamese.one_tone_style(text)) == vietnamese.one_tone_style(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa Lộc", "Hoà Lộc"), ("Mỹ Quí", "Mỹ Quý"), ("Thủy  Thanh", "thuỷ thanh"), ("Mĩ Tho", "Mỹ Tho")],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert vietnamese.neutral_key(one) == vietnamese.neutral_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Cái Bè", "Cái Bẻ"), ("Tân Phú", "Tần Phú"), ("Đồng", "Dồng"), ("may", "mai")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert vietnamese.neutral_key(one) != vietnamese.neutral_key(other)

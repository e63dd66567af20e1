"""Which language a text is told in when the reader's own is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Phrase(NamedTuple):
    """A text and, when it isn't in the page's language, the language it is in (else '')."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def pick(by_language: Mapping[str, T], lang: str, languages: Sequence[str]) -> tuple[T, str] | None:
    """The value in `lang`, else in the first of `languages` that has one, with its language."""
    if lang in by_language:
        return by_language[lang], lang
    for other in languages:
        if other in by_language:
            return by_language[other], other
    return None


def phrase(words: Mapping[str, str], lang: str, languages: Sequence[str]) -> Phrase | None:
    """The text for a page in `lang`, marked when it had to come from another language."""
    found = pick(words, lang, languages)
    if found is None:
        return None
    text, told_in = found
    return Phrase(text, "" if told_in == lang else told_in)

"""Values as they stand in pages: escaped, unless they are markup already.

The same as markupsafe does, with fewer steps for what pages are full of: plain texts in which nothing needs it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from cnnt_site.catalogue.fallback import Phrase

_HAS_SIGNS = re.compile("[&<>\"']").search


def shown(value: Any) -> str:
    """A value as it stands in a page."""
    kind = type(value)
    if kind is Markup or (kind is str and not _HAS_SIGNS(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


def marked(text: str) -> Markup:
    """A text that is markup."""
    return str.__new__(Markup, text)


def said(phrase: Phrase | str | None) -> Markup:
    """A phrase as markup: marked with its language when it isn't the page's."""
    if isinstance(phrase, Phrase):
        if phrase.lang:
            return marked(f'<span class="untranslated" lang="{shown(phrase.lang)}">{shown(phrase.text)}</span>')
        return marked(shown(phrase.text))
    return marked(shown("" if phrase is None else str(phrase)))


def filled(word: str, values: Mapping[str, str]) -> Markup:
    """A word as markup, its gaps filled with values that can stand in a page."""
    return marked("".join([text + values[gap] if gap else text for text, gap in _pieces(word)]))


@cache
def _pieces(word: str) -> tuple[tuple[str, str | None], ...]:
    """A word, escaped, in pieces: each a text and the name of the gap behind it, if there is one."""
    return tuple((shown(text), gap) for text, gap, _, _ in Formatter().parse(word))

"""The words of themes: gettext catalogues read in memory, by key and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cnnt_site.cache import digest
from cnnt_site.problems import Problems, Spot

if TYPE_CHECKING:
    from babel import Locale

PLAIN_NUMBERS = ("year", "nam")
"""Gaps whose number is a year: written without a thousands mark."""

_MEASURE = re.compile(r"(?<=\d) (?=[^\W\d]{1,4}(?!\w)|[%°×])|(?<=\w) (?=[-–] )")
"""The space between a number and its unit (40 cm, 12 bộ, 5 %), and that before a dash, with which no line begins."""

_MOST_KEPT = 4_096
"""So many numbers, dates and names are kept as they were written last."""


class Words:
    """All words of one language, a later theme's before its parent's.

    A missing word is told once, as an error of the theme, and its key stands in its place.
    """

    def __init__(self, lang: str, entries: Mapping[str, tuple[str, ...]], theme: str, problems: Problems) -> None:
        self.lang = lang
        self.entries = entries
        self._theme = theme
        self.problems = problems

    @cached_property
    def locale(self) -> Locale:
        """How the language writes numbers and days."""
        from babel import Locale

        return Locale.parse(self.lang)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all words."""
        return digest(self.lang.encode(), repr(sorted(self.entries.items())).encode())

    def has(self, key: str) -> bool:
        """Whether there is a word for `key`."""
        return key in self.entries

    def forms(self, key: str) -> tuple[str, ...]:
        """All forms of the word, singular first, their gaps open."""
        forms = self.entries.get(key)
        if not forms:
            self.problems.error("missing-word", Spot(f"themes/{self._theme}"), key=key, language=self.lang)
        return forms or (key,)

    def template(self, key: str, count: object = None) -> str:
        """The word with its gaps open; `count` chooses the plural form."""
        forms = self.forms(key)
        if len(forms) == 1 or not isinstance(count, int):
            return forms[0]
        return forms[min(0 if self.locale.plural_form(count) == "one" else 1, len(forms) - 1)]

    def text(self, key: str, **values: object) -> str:
        """The word as plain text, its gaps filled; whole numbers are written as the language does."""
        filled = {name: self.show(name, value) for name, value in values.items()}
        return self.template(key, values.get("n")).format(**filled)

    def show(self, name: str, value: object) -> str:
        """A value of the gap `name` as text."""
        if isinstance(value, int) and name not in PLAIN_NUMBERS:
            return self.number(value)
        if isinstance(value, date):
            return self.day(value)
        return str(value)

    def number(self, value: float) -> str:
        """1234 as 1.234 or 1,234."""
        is_plain = isinstance(value, int) and 0 <= value < 1_000  # alike everywhere: no locale need be loaded
        return str(value) if is_plain else _number(value, self.locale)

    def day(self, value: date) -> str:
        """A date as the language writes it in lists: 23/11/2022, 23 Nov 2022."""
        return _day(value, self.locale)

    @cached_property
    def compounds(self) -> re.Pattern[str]:
        """Words of several syllables that large type must not take apart, the longer ones first."""
        words = sorted(self.template("text.compounds").split("|"), key=lambda word: (-len(word), word))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I)

    def whole(self, text: str) -> str:
        """The text with no-break spaces inside of compounds and between numbers and units."""
        return _whole(text, self)

    def rough_day(self, iso: str) -> str:
        """A date that may be only a year or a month, as text: 2013, tháng 10/2013, Oct 2013."""
        from babel.dates import format_date

        if len(iso) == 4:
            return iso
        if len(iso) == 10:
            return self.day(date.fromisoformat(iso))
        month = date.fromisoformat(f"{iso}-01")
        return f"{month:%m/%Y}" if self.lang == "vi" else format_date(month, "MMM y", locale=self.locale)


@lru_cache(maxsize=_MOST_KEPT)
def _number(value: float, locale: Locale) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale)


@lru_cache(maxsize=_MOST_KEPT)
def _day(value: date, locale: Locale) -> str:
    from babel.dates import format_date

    if locale.language == "vi":
        return value.strftime("%d/%m/%Y")
    return format_date(value, "d MMM y", locale=locale)


@lru_cache(maxsize=_MOST_KEPT)
def _whole(text: str, words: Words) -> str:
    joined = words.compounds.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    return _MEASURE.sub("\u00a0", joined)


def read_words(paths: Iterable[Path], lang: str, theme: str, problems: Problems) -> Words:
    """The words of `lang` from gettext files, those of a later file before those of an earlier one."""
    from babel.messages.pofile import PoFileError, read_po

    entries: dict[str, tuple[str, ...]] = {}
    for path in paths:
        try:
            with open(path, "rb") as opened:
                catalogue = read_po(opened, locale=lang, abort_invalid=True)
        except (OSError, ValueError, PoFileError) as error:
            problems.error("words-broken", Spot(f"themes/{theme}/words/{path.name}"), reason=str(error))
            continue
        for message in catalogue:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if all(forms):
                entries[key] = forms
    return Words(lang, entries, theme, problems)

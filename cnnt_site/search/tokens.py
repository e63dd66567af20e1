"""Syllables and words as search compares them. The engine cuts queries the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cnnt_site.vietnamese import nfc, one_tone_style

_APOSTROPHE = re.compile(r"['’](?<=\w.)(?=\w)")
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def tokens(text: str) -> Iterator[str]:
    """The tokens of a text: lower case, one tone style, an apostrophe joins ("bird's" is "birds")."""
    return map(_one_tone_style, _TOKEN.findall(_APOSTROPHE.sub("", nfc(text).lower())))


_one_tone_style = lru_cache(maxsize=65_536)(one_tone_style)
"""Texts say few words often."""

"""Vietnamese text: one way to fold, to sort, to compare and to make addresses of it.

The same rules are kept in JavaScript by the search engine; `tests/cases/vietnamese.json` holds both
to one table. Sources: CLDR's `vi` collation for the order, the two schools of placing the tone for
`one_tone_style`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: their order in the dictionary
_TONE_RANK = {mark: rank for rank, mark in enumerate(_TONES, start=1)}
_MARKS = "\u0306\u0302\u031b"  # ă, â ê ô, ơ ư
_MARK_RANK = {mark: rank for rank, mark in enumerate(_MARKS, start=1)}

_RANKS = "\1\2\3\4\5\6\7"
"""A sign for each rank in a sort key: all of them less than any letter, and none the one that parts a key."""

_PLAIN_AND_MARKS = re.compile(r"[\x00-\x7f\u0300-\u034e\u0350-\u036f]*")
"""All but U+034F of the second range are marks: what Vietnamese needs, and far quicker than letter by letter."""

_STROKES = str.maketrans({"Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "ƌ": "d", "Ɖ": "D", "ɖ": "d"})
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})


def nfc(text: str) -> str:
    """Text with composed letters, and the Icelandic Ð that some keyboards write for Đ put right."""
    composed = unicodedata.normalize("NFC", text)
    if "Ð" in composed or "ð" in composed or "Ɖ" in composed or "ɖ" in composed:
        return composed.translate(_LOOKALIKES)
    return composed


def fold(text: str) -> str:
    """Text as people type it without accents: lower case, no marks, d for đ."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", text.translate(_STROKES))
    if _PLAIN_AND_MARKS.fullmatch(bare):
        return bare.encode("ascii", "ignore").decode("ascii").lower()
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()


def one_tone_style(text: str) -> str:
    """Text with the tone of open oa, oe, uy on the first vowel: hoà becomes hòa, thuỷ becomes thủy.

    After q the u belongs to the consonant (quý stays), and closed syllables (hoàn) know only one place.
    """
    return re.sub(r"[^\W\d_]+", lambda word: _old_style(word.group()), nfc(text))


@lru_cache(maxsize=8192)
def _old_style(word: str) -> str:
    spelled = unicodedata.normalize("NFD", word)
    tones = [(at, letter) for at, letter in enumerate(spelled) if letter in _TONE_RANK]
    if len(tones) != 1:
        return word
    at, tone = tones[0]
    if at < 2 or at != len(spelled) - 1:
        return word
    pair = spelled[at - 2 : at].lower()
    before = spelled[at - 3].lower() if at > 2 else ""
    if pair not in ("oa", "oe", "uy") or before == "q":
        return word
    return unicodedata.normalize("NFC", spelled[: at - 1] + tone + spelled[at - 1])


def neutral_key(text: str) -> str:
    """A key under which spellings of one name meet: either tone place, final i or y, case, spaces."""
    words = one_tone_style(text).casefold().split()
    return " ".join(_final_i(word) for word in words)


def _final_i(word: str) -> str:
    spelled = unicodedata.normalize("NFD", word)
    letters = [at for at, letter in enumerate(spelled) if not unicodedata.combining(letter)]
    last = letters[-1] if letters else 0
    vowel_before = len(letters) > 1 and spelled[letters[-2]] in "ae"
    if letters and spelled[last] == "y" and not vowel_before:
        spelled = f"{spelled[:last]}i{spelled[last + 1 :]}"
    return unicodedata.normalize("NFC", spelled)


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A key that sorts as Vietnamese dictionaries do: a ă â b c d đ e ê …, tones only then, case last.

    Punctuation comes before digits, digits before letters, as in CLDR. Marks of other languages count
    as tones do. A key is a plain text, quick to compare and to keep: class, base and mark of each letter, the
    tones, the text itself, parted by a sign that comes before all others.
    """
    letters: list[str] = []
    marks: list[int] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFD", nfc(text)):
        if letter in _MARK_RANK and letters:
            marks[-1] = _MARK_RANK[letter]
        elif unicodedata.combining(letter):
            if tones:
                tones[-1] = _TONE_RANK.get(letter, len(_TONE_RANK) + 1)
        else:
            kind, base, mark = _letter(letter)
            letters.append(_RANKS[kind] + base)
            marks.append(mark)
            tones.append(0)
    spelled = "".join(letter + _RANKS[mark] for letter, mark in zip(letters, marks, strict=True))
    return f"{spelled}\0{''.join(map(_RANKS.__getitem__, tones))}\0{text.swapcase()}"


@lru_cache(maxsize=4096)
def _letter(letter: str) -> tuple[int, str, int]:
    """The class of a character (0 space, 1 sign, 2 digit, 3 letter), its base and its mark."""
    if letter.isspace():
        return 0, "", 0
    if letter in "Đđ":
        return 3, "d", 1
    if letter.isdigit():
        return 2, letter, 0
    return (3 if letter.isalpha() else 1), letter.casefold(), 0


def slug(text: str) -> str:
    """Text as part of an address: folded, every run of other signs one hyphen, ASCII only."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")

"""Vietnamese text of the time before Unicode: TCVN3 (fonts .VnTime) and VNI, seen as the letters they show today.

`S¶n phÈm` is “Sản phẩm” in TCVN3, `Saûn phaåm` in VNI. Such text looks right only in the old fonts, so it is
refused, with what it probably says.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = dict(
    zip(
        "¨©ª«¬\xad®¡¢£¤¥¦§µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ăâêôơưđĂÂÊÔƠƯĐàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_MARKS = {
    **dict(zip("ùøûõï", _TONES, strict=True)),
    **dict(zip("âáàåãä", (_CIRCUMFLEX + tone for tone in ("", *_TONES)), strict=True)),
    **dict(zip("êéèúüë", (_BREVE + tone for tone in ("", *_TONES)), strict=True)),
}
"""What a second letter of VNI puts on the vowel before it."""

_VNI_LETTERS = {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_ONLY_TCVN3 = re.compile(
    r"[¨ª¬µ¶¸¹¼½¾×÷][a-zA-Z]|[a-zA-Z][¨ª¬µ¶¸¹¼½¾]|[a-zA-Z][©«®·»][a-zA-Z]|[§®][¨©ª«¬µ¶·¸¹»¼½¾Ç-ÖØÜÝÞ]"
    r"|[a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞ÷](?=[a-z ]|$)"
)
"""Signs within words: what TCVN3 puts where Unicode has other letters."""

_ONLY_VNI = re.compile(r"[aeouyöô][øûõùú]|a[áàâãåäéèê]|e[áàâãåä]|[oôö][åäâ]|\bñ[aeiouyöô]", re.I)
"""Pairs that neither Vietnamese nor its foreign words (Noël, naïve) have."""


def from_old_code(text: str) -> tuple[str, str] | None:
    """The name of the old code that a text is in and what it says in Unicode; None when it is in none."""
    if text.isascii() or re.search("[\u0102\u0103\u0110\u0111\u01a0-\u01b0\u1ea0-\u1ef9]", text):
        return None  # one letter that only Unicode has is proof enough
    if _ONLY_TCVN3.search(text):
        return "TCVN3", "".join(_TCVN3.get(letter, letter) for letter in text)
    if _ONLY_VNI.search(text):
        return "VNI", _from_vni(text)
    return None


def _from_vni(text: str) -> str:
    done = ""
    for letter in text:
        mark = _VNI_MARKS.get(letter.lower())
        if mark and done and done[-1].lower() in "aeouyơư":
            done = done[:-1] + unicodedata.normalize("NFC", done[-1] + mark)
        else:
            plain = _VNI_LETTERS.get(letter.lower(), letter)
            done += plain.upper() if letter.isupper() else plain
    return done


def code_of_bytes(data: bytes) -> str:
    """Which old code the bytes of a file are probably in."""
    found = from_old_code(unicodedata.normalize("NFC", data.decode("latin-1")))
    return found[0] if found else "Windows-1258"

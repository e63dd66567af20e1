"""Writes queries for a corpus, made by rule from its names: `queries.py CORPUS.json OUT.json [SEED] [EACH]`.

The classes are those of the project's brief on search; what a query must find is told by `where`, as its
scorer reads it: products all of whose fields `f` hold all the tokens.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cnnt_site.search.synonyms import built_in
from cnnt_site.search.tokens import tokens
from cnnt_site.vietnamese import fold

TONES = "\u0300\u0301\u0303\u0309\u0323"
TELEX = dict(zip(TONES, "fsxrj", strict=True)) | {"\u0302": "^", "\u0306": "w", "\u031b": "w"}
VNI = dict(zip(TONES, "21435", strict=True)) | {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEAR = {row[at]: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in ROWS for at in range(len(row))}
"""The letters beside each one on the keyboard."""

KINDS = frozenset(tokens("cơ sở hộ kinh doanh công ty tnhh mtv hợp tác xã tổ dntn sản xuất cổ phần"))
"""Words that name the kind of a producer."""

NONSENSE = (
    "youtube", "instagram", "toyota", "samsung", "javascript", "playstation", "bluetooth", "hollywood", "manchester",
    "xxxxxx", "zzzz", "qwrtpsdfg", "lkjhgf", "wifi password", "chelsea", "spotify", "kubernetes", "nvidia", "pokemon",
    "vxkq", "jjjkkk", "mnbvcx", "windows 11", "dogecoin", "uniqlo",
)  # fmt: skip

Query = tuple[str, str, list[dict[str, Any]]]


def parts(text: str) -> list[str]:
    """The words of a text as the scorer takes them apart: at apostrophes, too."""
    return re.findall(r"[^\W_]+", text.lower())


class Maker:
    """Makes queries of every class from a corpus, the same for the same seed."""

    def __init__(self, products: list[dict[str, Any]], seed: int) -> None:
        self.chance = random.Random(seed)
        self.products = [one for one in products if one.get("real")] + self.chance.sample(products, 60)
        self.vocabulary = {token for one in products for token in tokens(one["vi"]["name"])}

    def name(self, fits: Callable[[list[str]], bool] = lambda words: True) -> tuple[dict[str, Any], list[str]]:
        """A product whose name fits, and the words of its name."""
        while True:
            product = self.chance.choice(self.products)
            words = list(tokens(product["vi"]["name"]))
            if 2 <= len(words) <= 7 and not any(any(c.isdigit() for c in word) for word in words) and fits(words):
                return product, words

    def of_name(self, change: Callable[[list[str]], str | None], fits: Callable[[list[str]], bool] = bool) -> Query:
        while True:
            _, words = self.name(fits)
            text = change(list(words))
            if text is not None:
                return text, "vi", [{"f": "vi", "all": words}]

    # Changes

    def slip(self, word: str) -> str:
        """A letter doubled, dropped, swapped, or hit beside."""
        at = self.chance.randrange(len(word))
        way = self.chance.choice(("double", "drop", "swap", "beside"))
        if way == "double":
            return word[:at] + word[at] + word[at:]
        if way == "drop" and len(word) > 3:
            return word[:at] + word[at + 1 :]
        if way == "swap" and at + 1 < len(word) and word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + self.chance.choice(NEAR.get(word[at], "e")) + word[at + 1 :]

    def one(
        self, words: list[str], change: Callable[[str], str | None], fits: Callable[[str], bool] = bool
    ) -> list[str] | None:
        """The words with one of those that fit changed."""
        found = [at for at, word in enumerate(words) if fits(word)]
        if not found:
            return None
        at = self.chance.choice(found)
        changed = change(words[at])
        return None if changed is None else [*words[:at], changed, *words[at + 1 :]]

    def tone(self, word: str) -> str | None:
        spelled = unicodedata.normalize("NFD", word)
        found = [mark for mark in spelled if mark in TONES]
        if not found:
            return None
        other = self.chance.choice([mark for mark in TONES if mark != found[0]])
        return unicodedata.normalize("NFC", spelled.replace(found[0], other))

    def keys(self, word: str) -> str | None:
        """The word as Telex or VNI leaves it when no program turned it into letters."""
        table = self.chance.choice((TELEX, VNI))
        out, tone = "", ""
        for letter in unicodedata.normalize("NFD", word):
            if letter in TONES:
                tone = table[letter]
            elif letter in table:
                out += out[-1] if table[letter] == "^" else table[letter]
            elif letter == "đ":
                out += "dd" if table is TELEX else "d9"
            else:
                out += letter
        typed = out + tone
        return typed if typed != word else None

    def new_style(self, word: str) -> str:
        """The tone on the second vowel of an open oa, oe, uy."""
        spelled = unicodedata.normalize("NFD", word)
        for pair in ("oa", "oe", "uy"):
            for tone in TONES:
                spelled = (
                    spelled.replace(pair[0] + tone + pair[1], pair + tone)
                    if spelled.endswith(tone + pair[1])
                    else spelled
                )
        return unicodedata.normalize("NFC", spelled)

    def joined(self, words: list[str]) -> str:
        at = self.chance.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])

    # Classes

    def queries(self, each: int) -> Iterator[tuple[str, Query]]:
        for name in CLASSES:
            for _ in range(each):
                yield name, getattr(self, name)()
        for text in NONSENSE:
            yield "nonsense", (text, "vi", [])

    def exact(self) -> Query:
        product, words = self.name()
        return product["vi"]["name"], "vi", [{"f": "vi", "all": words}]

    def no_diacritics(self) -> Query:
        return self.of_name(lambda words: fold(" ".join(words)))

    def partial_diacritics(self) -> Query:
        return self.of_name(lambda words: " ".join(self.chance.choice((word, fold(word))) for word in words))

    def wrong_tone(self) -> Query:
        def change(words: list[str]) -> str | None:
            changed = self.one(words, self.tone, lambda word: word != fold(word))
            return " ".join(changed) if changed and changed != words else None

        return self.of_name(change)

    def tone_placement(self) -> Query:
        return self.of_name(
            lambda words: " ".join(map(self.new_style, words)), lambda words: any(self.new_style(w) != w for w in words)
        )

    def nfd(self) -> Query:
        return self.of_name(lambda words: unicodedata.normalize("NFD", " ".join(words)))

    def d_stroke(self) -> Query:
        return self.of_name(
            lambda words: " ".join(words).replace("đ", self.chance.choice("dð")), lambda words: "đ" in "".join(words)
        )

    def glued(self) -> Query:
        def change(words: list[str]) -> str:
            words = words if self.chance.random() < 0.4 else [fold(word) for word in words]
            return "".join(words[:3]) if len(words) < 4 and self.chance.random() < 0.3 else self.joined(words)

        return self.of_name(change)

    def typo(self) -> Query:
        def change(words: list[str]) -> str | None:
            changed = self.one([fold(word) for word in words], self.slip, lambda word: len(word) > 2)
            return " ".join(changed) if changed else None

        return self.of_name(change, lambda words: len(words) > 2)

    def telex_leftover(self) -> Query:
        def change(words: list[str]) -> str | None:
            changed = self.one(words, self.keys, lambda word: word != fold(word))
            return " ".join(changed) if changed else None

        return self.of_name(change)

    def prefix(self) -> Query:
        _, words = self.name()
        at = self.chance.randint(1, min(3, len(words) - 1))
        begun = fold(words[at])[: self.chance.randint(1, max(1, len(words[at]) - 1))]
        before = [fold(word) for word in words[:at]]
        return " ".join([*before, begun]), "vi", [{"f": "vi", "fold_all": before, "fold_prefix": begun}]

    def word_order(self) -> Query:
        def change(words: list[str]) -> str:
            at = self.chance.randint(1, len(words) - 1)
            turned = words[at:] + words[:at]
            return " ".join(turned) if self.chance.random() < 0.5 else fold(" ".join(turned))

        return self.of_name(change, lambda words: len(words) > 2)

    def producer(self) -> Query:
        while True:
            product, _ = self.name()
            words = [word for word in tokens(product["producer"]) if word not in KINDS]
            if len(words) > 1 and self.chance.random() < 0.3:
                words = list(tokens(product["producer"]))
            if len(words) > 1:
                text = " ".join(words)
                return self.chance.choice((text, fold(text))), "vi", [{"f": "producer", "all": words}]

    def district_product(self) -> Query:
        product, words = self.name(lambda words: len(words) < 5)
        place = list(tokens(product["district"]))
        text = " ".join([*words, *place])
        return (
            self.chance.choice((text, fold(text))),
            "vi",
            [{"f": "vi", "all": words}, {"f": "district", "all": place}],
        )

    def english(self) -> Query:
        product, _ = self.name()
        words = parts(product["en"]["name"])
        return " ".join(words), "en", [{"f": "en", "all": words}]

    def english_typo(self) -> Query:
        while True:
            text, lang, where = self.english()
            changed = self.one(text.split(), self.slip, lambda word: len(word) > 4)
            if changed:
                return " ".join(changed), lang, where

    def code(self) -> Query:
        product, _ = self.name()
        if self.chance.random() < 0.4:
            number = product["cert"]
            return (
                self.chance.choice((number, number.lower(), fold(number).replace("/", " "))),
                "vi",
                [{"f": "cert", "is": number}],
            )
        code = product["code"]
        forms = (code, code.replace("-", ""), code[5:], code.replace("-", " ").lower(), code.replace("-", "/"))
        return self.chance.choice(forms), "vi", [{"f": "code", "is": code}]

    def discriminating(self) -> Query:
        """A syllable of which the corpus has another one with the same letters."""
        while True:
            word = self.chance.choice(self.name()[1])
            if len(word) > 1 and any(other != word and fold(other) == fold(word) for other in self.vocabulary):
                return word, "vi", [{"f": "vi", "all": [word]}]

    def dialect(self) -> Query:
        """A word of the other region in place of that of the name."""
        finds = built_in().finds["vi"]
        while True:
            _, words = self.name()
            text = " ".join(words)
            ways = [
                (typed, target)
                for typed, targets in finds.items()
                for target in targets
                if f" {target} " in f" {text} "
            ]
            ways = [(typed, target) for typed, target in ways if len(typed) > 3 or len(words) > 2]
            if ways:
                typed, target = self.chance.choice(ways)
                changed = f" {text} ".replace(f" {target} ", f" {typed} ").strip()
                return self.chance.choice((changed, fold(changed))), "vi", [{"f": "vi", "all": words}]

    def combined_slips(self) -> Query:
        def change(words: list[str]) -> str | None:
            words = [fold(word) if self.chance.random() < 0.6 else word for word in words]
            ways: list[Callable[[list[str]], list[str] | None]] = [
                lambda own: self.one(own, self.slip, lambda word: len(word) > 3),
                lambda own: self.one(own, self.keys, lambda word: word != fold(word)),
                lambda own: self.one(own, self.tone, lambda word: word != fold(word)),
                lambda own: self.joined(own).split() if len(own) > 2 else None,
            ]
            for way in self.chance.sample(ways, 2):
                changed = way(words)
                if changed is None:
                    return None
                words = changed
            return " ".join(words)

        return self.of_name(change, lambda words: len(words) > 2)

    def cross_language(self) -> Query:
        product, words = self.name()
        english = parts(product["en"]["name"])
        if self.chance.random() < 0.6:
            return " ".join(english), "vi", [{"f": "en", "all": english}]
        return fold(" ".join(words)), "en", [{"f": "vi", "all": words}]


CLASSES = (
    "exact", "no_diacritics", "partial_diacritics", "wrong_tone", "tone_placement", "nfd", "d_stroke", "glued", "typo",
    "telex_leftover", "prefix", "word_order", "producer", "district_product", "english", "english_typo", "code",
    "discriminating", "dialect", "combined_slips", "cross_language",
)  # fmt: skip


def main(corpus: str, out: str, seed: str = "1", each: str = "18") -> None:
    products = json.loads(Path(corpus).read_text("utf-8"))
    made = Maker(products, int(seed)).queries(int(each))
    listed = [
        {"id": f"q{number:04}", "cls": name, "q": text, "lang": lang, "where": where}
        for number, (name, (text, lang, where)) in enumerate(made)
    ]
    Path(out).write_text(json.dumps({"queries": listed}, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

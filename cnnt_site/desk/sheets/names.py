"""What people write for a place, a producer, a group or a level, and which record they mean by it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from cnnt_site.problems import closest
from cnnt_site.vietnamese import fold, neutral_key, slug

_SHORT_FORMS = (
    (r"tp\b\.?", "thành phố "),
    (r"tx\b\.?|t\.x\.?", "thị xã "),
    (r"tt\b\.?(?=\s*\w)", "thị trấn "),
    (r"h\.", "huyện "),
    (r"x\.", "xã "),
    (r"p\.", "phường "),
    (r"t\.", "tỉnh "),
    (r"q\.", "quận "),
    (r"htx\b\.?", "hợp tác xã "),
    (r"dntn\b\.?", "doanh nghiệp tư nhân "),
    (r"hkd\b\.?", "hộ kinh doanh "),
    (r"cssx\b\.?", "cơ sở sản xuất "),
    (r"(cty|c\.ty|công ty)\s+(tnhh|trách nhiệm hữu hạn)\b\.?", "công ty tnhh "),
    (r"(cty|c\.ty|công ty)\s+cp\b\.?", "công ty cổ phần "),
    (r"(cty|c\.ty)\b\.?", "công ty "),
)
"""How lists shorten the first words of a name."""

_KIND_OF_PLACE = re.compile(r"(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)\s+", re.I)


_A_SLIP = 0.6
"""How alike two words have to be for one to be the other with a slip: `mộc` and `một` are."""


def written_out(text: str) -> str:
    """A name with its first words in full: `H. Một` is `huyện Một`."""
    for short, full in _SHORT_FORMS:
        found = re.match(short, text.strip(), re.I)
        if found:
            return (full + text.strip()[found.end() :].strip()).strip()
    return text.strip()


def without_kind(name: str) -> str:
    """The name of a place without what kind of place it is."""
    found = _KIND_OF_PLACE.match(name)
    return name[found.end() :] if found and len(name) > found.end() else name


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """The key under which spellings of one name meet: short forms, tone places, i and y, case, signs, spaces."""
    return " ".join(re.sub(r"[^\w\s]", " ", neutral_key(written_out(text))).split())


def _frames(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """A name with each of its words taken out in turn: what is left, and the word."""
    words = tuple(fold(name_key(name)).split())
    for place, word in enumerate(words):
        yield (*words[:place], "", *words[place + 1 :]), word


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was found to mean: an id, or `several`, or nothing."""

    id: str | None = None
    several: tuple[str, ...] = ()
    only_without_accents: bool = False


@dataclass(slots=True)
class Names:
    """The names of one kind of record. Grows by the records that an import proposes."""

    _by_key: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_fold: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _frames: dict[tuple[str, ...], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, id_: str, shown: Sequence[str], others: Iterable[str] = ()) -> None:
        """Makes a record known by its id, by the names it is `shown` by, the best first, and by `others`."""
        self._shown[id_] = tuple(shown)
        for frame, word in _frames(shown[0]) if shown else ():
            self._frames[frame].append((word, shown[0]))
        for name in (*shown, *others):
            for key, table in ((name_key(name), self._by_key), (fold(name_key(name)), self._by_fold)):
                if key and id_ not in table[key]:
                    table[key].append(id_)

    def shown(self, id_: str) -> str:
        """What a record is called: the first of its names that means it alone, else its id."""
        return next((name for name in self._shown.get(id_, ()) if self.find(name).id == id_), id_)

    def find(self, written: str, within: Sequence[str] = ()) -> Match:
        """The record that a text means. Of several, that of the first province of `within` that has one."""
        if written in self._shown:
            return Match(written)
        key = name_key(written)
        for table, wanted, only_folded in ((self._by_key, key, False), (self._by_fold, fold(key), True)):
            found = table.get(wanted, [])
            inside = ([id_ for id_ in found if id_.startswith(f"{province}/")] for province in within)
            near = next(filter(None, inside), []) if within else found
            if len(near) == 1:
                return Match(near[0], only_without_accents=only_folded and fold(key) != key)
            if len(near) > 1:
                return Match(several=tuple(near))
        return Match()

    def guess(self, written: str) -> str:
        """The name that was probably meant, '' when none is near."""
        return closest(written, (names[0] for names in self._shown.values() if names))

    def near(self, written: str) -> str:
        """A name that differs in one word only, and little in that: maybe the same with a slip of the pen; else ''."""
        for frame, word in _frames(written):
            for other, name in self._frames.get(frame, ()):
                if other != word and SequenceMatcher(None, word, other).ratio() >= _A_SLIP:
                    return name
        return ""

    def new_id(self, wanted: str) -> str:
        """An id that nothing has yet."""
        number, id_ = 1, wanted
        while id_ in self._shown:
            number += 1
            id_ = f"{wanted}-{number}"
        return id_


def add_record(names: Names, kind: str, id_: str, said: Mapping[str, Any], province: str = "") -> None:
    """Makes a record, plain data as read, known by all its names; `province` is that of a place, in words."""
    called = list((said.get("name") or said.get("label") or said.get("represents") or {}).values())
    shown = [called[0], f"{called[0]}, {province}"] if called and province else called[:1]
    names.add(id_, shown, (*called, *_other_names(kind, id_, said)))


def _other_names(kind: str, id_: str, said: Mapping[str, Any]) -> Iterable[str]:
    yield from said.get("short", {}).values()
    yield from said.get("aliases", ())
    if kind in ("levels", "groups"):
        yield from (id_, *said.get("slug", {}).values())
    for former in said.get("former_names", ()):
        yield from former.get("name", {}).values()
    if kind in ("provinces", "districts", "communes"):
        yield from (without_kind(name) for name in said.get("name", {}).values())


def new_slug(name: str, longest: int = 60) -> str:
    """A name as an id: whole words, not too long."""
    made = slug(name)
    return made if len(made) <= longest else made[: longest + 1].rpartition("-")[0] or made[:longest]

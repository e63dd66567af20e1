"""The ways to narrow the catalogue: which there are and what can be chosen.

A new facet is an entry of `_listed` and a line in `catalogue/choices.py`. The panel of the catalogue page and
the search index are both made from these, so their counts can't differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.vietnamese import slug, sort_key

ADDRESS_WORDS: dict[str, dict[str, str]] = {
    "level": {"vi": "cap", "en": "level"},
    "group": {"vi": "nhom", "en": "group"},
    "place": {"vi": "noi", "en": "place"},
    "commune": {"vi": "xa", "en": "commune"},
    "year": {"vi": "nam", "en": "year"},
    "validity": {"vi": "hieu-luc", "en": "validity"},
    "kind": {"vi": "loai", "en": "kind"},
    "programme": {"vi": "chuong-trinh", "en": "programme"},
    "text": {"vi": "gioi-thieu", "en": "text"},
    "sort": {"vi": "xep", "en": "sort"},
    "newest": {"vi": "moi", "en": "newest"},
    "name": {"vi": "ten", "en": "name"},
    "page": {"vi": "trang", "en": "page"},
}
"""What facets and the rest of a search are called in addresses. Every page reads the words of all languages."""

INDEX = "data/search/"
"""The folder of the search index; a search in Vietnamese starts with its `vi.js`."""

_LAYER = re.compile(rf"{INDEX}[\w.-]+\.[0-9a-f]{{10}}\.js(?:\.gz|\.br)?")

SORTS = ("newest", "level", "name", "place")
"""The orders that a list can be shown in; the first one is that of the ready-made pages."""

STATES = ("valid", "soon", "expired", "unknown", "revoked", "superseded")
"""How a certificate can stand, in the order shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet.

    `words` are what it is called in addresses, by language; `count` the products of the whole catalogue
    that have it; `page` the key of its ready-made page; `under` the choice it stands below; `step` the
    lotus of a level.
    """

    id: str
    label: Mapping[str, str]
    words: Mapping[str, str]
    count: int
    page: tuple[str, str] | None = None
    under: str = ""
    step: int = 0


def address_words(key: str, lang: str, own: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What something is called in addresses: the word that pages of `lang` write, then all they read beside it.

    `own` are the words of a choice; a facet's stand in `ADDRESS_WORDS`.
    """
    words = ADDRESS_WORDS.get(key, {}) if own is None else own
    return tuple(dict.fromkeys((words.get(lang, key), key, *words.values())))


def options(showroom: Showroom) -> dict[str, tuple[Option, ...]]:
    """Every facet that some product has something of, by key in the order shown, with its choices."""
    listed = _listed(showroom, showroom.catalogue.choices)
    return {key: tuple(found) for key, found in listed.items() if any(option.count for option in found)}


def _listed(showroom: Showroom, counts: Counter[tuple[str, str]]) -> dict[str, list[Option]]:
    """All choices of all facets. Levels and groups of the programme stay although nothing has them yet."""
    catalogue, records = showroom.catalogue, showroom.catalogue.records
    original = catalogue.languages[0]
    levels = [(id_, records.levels[id_]) for id_ in reversed(catalogue.ladder())]
    groups = sorted(records.groups.items(), key=lambda item: (item[1].order, item[0]))
    years = sorted((year for key, year in counts if key == "year"), reverse=True)
    kinds = sorted(records.producer_kinds.items(), key=lambda item: (item[1].order, item[0]))
    tellers = [Teller(showroom, lang, "") for lang in catalogue.languages]

    def named(id_: str) -> dict[str, str]:
        names = {teller.lang: teller.place_name(id_, short=True) for teller in tellers}
        return {lang: name.text for lang, name in names.items() if not name.lang}

    def places(key: str, ids: Iterable[str]) -> list[Option]:
        found = [Option(id_, named(id_), {}, counts[key, id_], ("place", id_)) for id_ in ids if counts[key, id_]]
        return sorted(found, key=lambda option: (-option.count, sort_key(option.label.get(original, "")), option.id))

    return {
        "level": [
            Option(id_, level.label, level.slug, counts["level", id_], ("level", id_), step=level.step)
            for id_, level in levels
        ],
        "group": [
            Option(id_, group.short or group.label, group.slug, counts["group", id_], ("group", id_))
            for id_, group in groups
        ],
        "place": places("place", records.districts),
        "commune": places("commune", records.communes),
        "year": [
            Option(year, dict.fromkeys(catalogue.languages, year), {}, counts["year", year], ("year", year))
            for year in years
        ],
        "validity": [_state(showroom, state, counts) for state in STATES if counts["validity", state]],
        "kind": [
            Option(id_, kind.label, _slugs(kind.label), counts["kind", id_])
            for id_, kind in kinds
            if counts["kind", id_]
        ],
        "programme": list(_programmes(catalogue, counts)),
    }


def _state(showroom: Showroom, state: str, counts: Counter[tuple[str, str]]) -> Option:
    label = {lang: words.text(f"filter.validity.{state}") for lang, words in showroom.words.items()}
    return Option(state, label, _slugs(label), counts["validity", state])


def _programmes(catalogue: Catalogue, counts: Counter[tuple[str, str]]) -> Iterator[Option]:
    """Programmes, each followed by its levels unless these are a facet of their own."""
    records = catalogue.records
    for id_, programme in sorted(records.programmes.items(), key=lambda item: (item[1].order, item[0])):
        if not counts["programme", id_]:
            continue
        own = id_ == catalogue.site.programme
        page = None if own else ("programme", id_)
        yield Option(id_, programme.short, programme.slug, counts["programme", id_], page)
        levels = [(level.step, key) for key, level in records.levels.items() if level.programme == id_ and not own]
        for _, key in sorted(levels, reverse=True):
            level = records.levels[key]
            yield Option(key, level.label, level.slug, counts["programme", key], under=id_)


def _slugs(label: Mapping[str, str]) -> dict[str, str]:
    return {lang: slug(text) for lang, text in label.items()}


def is_layer(address: str) -> bool:
    """Whether a file is part of a search index that only its first file names: no page leads to it."""
    return _LAYER.fullmatch(address) is not None

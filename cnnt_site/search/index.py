"""Writes the search index of a language: a file that search starts with, and layers loaded when wanted.

A layer is a classic script that adds one entry to the global `CnntIndex`, so that it also loads from a
USB stick. The engine that reads it is `search.js`; the meaning of every key stands beside its column here.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cnnt_site.search import packing, texts
from cnnt_site.search.rows import Facet, Row, Searchable, Texts, said
from cnnt_site.search.synonyms import Synonyms
from cnnt_site.search.tokens import tokens
from cnnt_site.vietnamese import slug, sort_key

WHOLE = 15_000
"""Up to so many products the first file carries all that search needs; above, names come first alone."""

BLOCK = 1_000
"""Above, what cards show comes in blocks of so many products."""


def write(searchable: Searchable, synonyms: Synonyms) -> dict[str, bytes]:
    """The files of the index by name: the same bytes for the same rows, whatever their order.

    Search in a language starts with `<lang>.js`, whose name never changes, so that pages needn't; the
    layers that it names carry a hash. Those of long texts are only named here, see `write_texts`.
    """
    files: dict[str, bytes] = {}
    told = {lang: _Language(searchable, lang) for lang in searchable.languages}
    for lang in searchable.languages:
        index = told[lang]
        layers = index.layers(synonyms, [other for code, other in told.items() if code != lang])
        base = {
            **index.names(),
            "same": synonyms.known_to(lang, index.vocabulary()),
            "ignore": " ".join(synonyms.ignore.get(lang, ())),
            "apart": ",".join(synonyms.apart.get(lang, ())),
        }
        if len(index.rows) <= WHOLE:
            base |= layers.pop("producers") | layers.pop("facets")
        named = {name: _put(files, f"{lang}.{name}", layer) for name, layer in layers.items()}
        base["layers"] = named | index.text_layers()
        files[f"{lang}.js"] = _script(lang, base)
    return files


def write_texts(file: str, words: Iterable[texts.Words]) -> bytes:
    """The file of that name with one block of long texts; `words` are those of the texts, in their order."""
    return _script(file.rsplit(".", 2)[0], texts.packed(words))


def _put(files: dict[str, bytes], key: str, layer: Mapping[str, Any]) -> str:
    data = _script(key, layer)
    name = f"{key}.{hashlib.sha256(data).hexdigest()[:10]}.js"
    files[name] = data
    return name


def _script(key: str, layer: Mapping[str, Any]) -> bytes:
    text = (
        json.dumps(layer, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return f'var CnntIndex=CnntIndex||{{}};CnntIndex["{key}"]={text};\n'.encode()


class _Language:
    """The columns of one language. Products stand in the order of their names, which is that of the sort by name."""

    def __init__(self, searchable: Searchable, lang: str) -> None:
        self.all, self.lang = searchable, lang
        rows = {row.id: row for row in searchable.rows}
        self.rows = [rows[id_] for id_ in searchable.orders[lang]]
        self._blocks = list(texts.blocks_of(lang, searchable.orders[lang]))
        self.makers = list(dict.fromkeys(row.producer for row in self.rows if row.producer))
        self.texts = [self.say(row.name) for row in self.rows]
        self.maker_texts = [self.say(self.all.producers[id_].name) for id_ in self.makers]
        self.words = packing.Words([*self.texts, *self.maker_texts])
        self.place_ids = sorted(self.all.places, key=lambda id_: (sort_key(self._short(id_)), id_))

    def say(self, texts: Texts) -> str:
        return said(texts, self.lang, self.all.languages)[0]

    def _place(self, id_: str) -> str:
        return self.say(self.all.places[id_].name)

    def _short(self, id_: str) -> str:
        return self.say(self.all.places[id_].short) or self._place(id_)

    def vocabulary(self) -> set[str]:
        """Every syllable that a search without the layers can meet."""
        also = (text for row in self.rows for text in row.also.get(self.lang, ()))
        aliases = (alias for id_ in self.makers for alias in self.all.producers[id_].aliases)
        labels = (self.say(value.label) for facet in self.all.facets if facet.searched for value in facet.values)
        texts = (*self.words.all, *also, *aliases, *labels, *map(self._place, self.place_ids))
        return {token for text in texts for token in tokens(text)}

    def names(self) -> dict[str, Any]:
        """What search starts with: names, other names, addresses, the languages that names are borrowed from."""
        languages = [said(row.name, self.lang, self.all.languages)[1] for row in self.rows]
        return {
            "lang": self.lang,
            "translated": int(self.lang != self.all.languages[0]),
            "others": [code for code in self.all.languages if code != self.lang],
            "count": len(self.rows),
            "block": self.block,
            "textStarts": [block.start for block in self._blocks],
            "words": " ".join(self.words.all),
            "names": "".join(self.words.pack(*parts) for parts in packing.new_words(self.texts)),
            "also": {n: " | ".join(row.also[self.lang]) for n, row in enumerate(self.rows) if row.also.get(self.lang)},
            "pages": _addresses([self.say(row.page) for row in self.rows], self.texts),
            "borrowed": {n: code for n, code in enumerate(languages) if code != self.lang},
        }

    def layers(self, synonyms: Synonyms, others: Sequence[_Language]) -> dict[str, dict[str, Any]]:
        """What is loaded when it is wanted; a layer that would be empty isn't there."""
        made: dict[str, dict[str, Any]] = {"producers": self._producers(), "facets": self._facets()}
        if any(row.codes for row in self.rows):
            made["codes"] = {"codes": "\n".join("\t".join(row.codes) for row in self.rows)}
        for other in others:
            made[other.lang] = self._crossing(other, synonyms)
        for start in range(0, len(self.rows), self.block):
            if shown := self._shown(self.rows[start : start + self.block]):
                made[f"shown{start // self.block}"] = shown
        return made

    def text_layers(self) -> dict[str, str]:
        """The files of all blocks of long texts by the names of their layers."""
        return {texts.layer_name(number): block.file for number, block in enumerate(self._blocks)}

    @property
    def block(self) -> int:
        """How many products the layer that a product's card needs also tells of."""
        return WHOLE if len(self.rows) <= WHOLE else BLOCK

    def _shown(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Columns of what cards show: the texts that occur, and for each product the number of its own."""
        found = {}
        for key in sorted({key for row in rows for key in row.shown.get(self.lang, {})}):
            column, texts = _column([row.shown.get(self.lang, {}).get(key, "") for row in rows])
            found[key] = {"of": column, "texts": texts}
        return found

    def _producers(self) -> dict[str, Any]:
        """`maker`: 0 none, 1 the next one in the list, n + 2 the n-th again."""
        numbers = {id_: number for number, id_ in enumerate(self.makers)}
        first: dict[str, str] = {}
        column = []
        for row, name in zip(self.rows, self.texts, strict=True):
            if row.producer and row.producer not in first:
                first[row.producer] = name
                column.append(1)
            else:
                column.append(numbers[row.producer] + 2 if row.producer else 0)
        endings = (packing.own_words(text, first[id_]) for id_, text in zip(self.makers, self.maker_texts, strict=True))
        records = [self.all.producers[id_] for id_ in self.makers]
        return {
            "maker": packing.letters(column),
            "makers": "".join(self.words.pack(*parts) for parts in endings),
            "makerPages": _addresses([self.say(record.page) for record in records], self.maker_texts),
            "aliases": {number: " | ".join(record.aliases) for number, record in enumerate(records) if record.aliases},
        }

    def _facets(self) -> dict[str, Any]:
        """Facets in groups whose values must be met together, and the columns of the groups.

        A character of a column tells the number of a set: for `places` in `placesOf`, for a group in its
        `sets`, each a list of choices with one value per facet of the group, -1 when it is unknown. The values
        of a facet of places are their numbers. `orders` has the newest year and the rank for each set of
        certificates.
        """
        certified = [facet for facet in self.all.facets if facet.scope == "certificate"]
        numbers = {
            facet.key: {value.id: number for number, value in enumerate(facet.values)} for facet in self.all.facets
        }
        known = [(facet.key, numbers[facet.key] | {None: -1}) for facet in certified]
        papers = [
            (
                tuple(tuple([number[paper.get(key)] for key, number in known]) for paper in row.certificates),
                (row.newest, row.rank),
            )
            for row in self.rows
        ]
        columns = {}
        columns["certificates"], kinds = _column(papers)
        groups = [self._group(certified, "certificates", [choices for choices, _ in kinds])] if certified else []
        for facet in self.all.facets:
            if facet.scope == "product":
                key, number = facet.key, numbers[facet.key]
                choices = [tuple([(number[id_],) for id_ in row.values.get(key, ())]) for row in self.rows]
                columns[facet.key], sets = _column(choices)
                groups.append(self._group([facet], facet.key, sets))
        number_of = {id_: number for number, id_ in enumerate(self.place_ids)}
        columns["places"], place_sets = _column([tuple(number_of[id_] for id_ in row.places) for row in self.rows])
        places = [self.all.places[id_] for id_ in self.place_ids]
        for key in sorted({place.facet for place in places if place.facet}):
            chosen = [number for number, place in enumerate(places) if place.facet == key]
            groups.append({"column": "places", "facets": [{"key": key, "places": chosen}]})
        return {
            "columns": columns,
            "places": [
                _without_end([place.id, self.say(place.name), self.say(place.page), place.under, self.say(place.short)])
                for place in places
            ],
            "placesOf": place_sets,
            "groups": groups,
            "orders": [order for _, order in kinds],
        }

    def _group(self, facets: Sequence[Facet], column: str, sets: Sequence[Any]) -> dict[str, Any]:
        named: list[dict[str, Any]] = []
        for facet in facets:
            values = [[value.id, self.say(value.label), value.under] for value in facet.values]
            named.append({"key": facet.key, "values": values, **({"searched": 1} if facet.searched else {})})
        return {"column": column, "facets": named, "sets": sets}

    def _crossing(self, other: _Language, synonyms: Synonyms) -> dict[str, Any]:
        """The names of another language in the order of this one, with what makers and places are called there."""
        texts = [other.say(row.name) for row in self.rows]
        words = packing.Words(texts)
        also = {}
        for number, row in enumerate(self.rows):
            named = [self.all.places[id_].name for id_ in row.places]
            if row.producer:
                named.append(self.all.producers[row.producer].name)
            there = (other.say(name) for name in named if other.say(name) != self.say(name))
            if text := " | ".join([*row.also.get(other.lang, ()), *there]):
                also[number] = text
        names = "".join(words.pack(*parts) for parts in packing.new_words(texts))
        same = synonyms.known_to(other.lang, other.vocabulary())
        return {"words": " ".join(words.all), "names": names, "also": also, "same": same}


def _addresses(addresses: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Addresses as what they have in common and, where the middle isn't the name's slug, the middle."""
    shared = Counter(address[: address.rfind("/") + 1] for address in addresses if address)
    before = min(shared, key=lambda folder: (-shared[folder], folder)) if shared else ""
    after = ".html"
    other: dict[int, str] = {}
    for number, (address, name) in enumerate(zip(addresses, names, strict=True)):
        if address != f"{before}{slug(name)}{after}":
            regular = address.startswith(before) and address.endswith(after) and len(address) > len(before) + len(after)
            other[number] = address[len(before) : -len(after)] if regular else f"/{address}"
    return {"before": before, "after": after, "other": other}


def _without_end(texts: list[str]) -> list[str]:
    """The texts without the empty ones after the last that isn't."""
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _column(values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A column whose characters point into the list of the values that occur, the frequent ones first."""
    counted = Counter(values)
    order = sorted(counted, key=lambda value: (-counted[value], repr(value)))
    number_of = {value: number for number, value in enumerate(order)}
    return packing.letters(number_of[value] for value in values), order

"""What a search index is made from: plain rows, which the catalogue fills and this package never looks behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cnnt_site.vietnamese import sort_key

Texts = Mapping[str, str]
"""A text by language. A language that is missing borrows the first one that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One choice of a facet. `under` is the id of the choice it stands below, in the same facet or another."""

    id: str
    label: Texts
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to narrow the catalogue, with its choices in the order they are shown.

    Facets of the scope `certificate` (programme, level, year, validity) must be met by one and the same
    certificate of a product; the labels of those that are `searched` are found by typing, too ("OCOP 4 sao").
    """

    key: str
    scope: Literal["product", "certificate"]
    values: tuple[Value, ...]
    searched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that products name. `facet` is the key of the facet it is a choice of, if it is one.

    `short` is its name without "huyện" or "District".
    """

    id: str
    name: Texts
    short: Texts = field(default_factory=dict)
    page: Texts = field(default_factory=dict)
    facet: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """A maker, by all its names. `page` is the address of its page by language."""

    id: str
    name: Texts
    page: Texts = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A product as the search knows it.

    `also` holds other names: members of a set, names printed on certificates. `places` and `certificates`
    have the one to show first, first; a certificate is one value of each certificate facet, without those
    that are unknown. `values` holds the values of the other product facets. `newest` (a year) and `rank`
    (higher is better) are what the sorts go by. `shown` holds by language and key what a list shows and
    nobody searches, such as its picture.
    """

    id: str
    page: Texts
    name: Texts
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    producer: str | None = None
    places: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certificates: tuple[Mapping[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    newest: int = 0
    rank: int = 0
    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """Everything that can be searched. Places that are choices of a facet need no `Value` of their own.

    `orders` are the ids of the rows by language, in the order of their names there.
    """

    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    orders: Mapping[str, Sequence[str]]
    producers: Mapping[str, Producer] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()


def said(texts: Texts, lang: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """A text in a language, else in the first language that has it; and the language it is in."""
    for code in (lang, *languages):
        if texts.get(code):
            return texts[code], code
    return "", lang


def orders(rows: Iterable[Row], languages: tuple[str, ...]) -> dict[str, list[str]]:
    """The orders of rows that no catalogue has put in order: by language the ids, sorted by name."""
    names = {row.id: row.name for row in rows}
    return {
        lang: sorted(names, key=lambda id_: (sort_key(said(names[id_], lang, languages)[0]), id_)) for lang in languages
    }

"""Records that are probably one and the same, spelt differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cnnt_site.reading.records import Records
from cnnt_site.vietnamese import fold, neutral_key


@dataclass(frozen=True, slots=True)
class Twins:
    """Records of one kind whose names meet when spelling is left aside; ids in order, names as written."""

    kind: str
    ids: tuple[str, ...]
    names: tuple[str, ...]


def find_twins(records: Records) -> tuple[Twins, ...]:
    """Producers of one name, legal forms left aside; products of one name by one maker, or by nobody named."""
    forms = [label for kind in records.producer_kinds.values() for label in kind.label.values()]
    makers: dict[str, set[str]] = defaultdict(set)
    for id_, producer in records.producers.items():
        for name in (*producer.name.values(), *producer.aliases):
            makers[bare_name(name, forms)].add(id_)
    same_maker = {id_: min(ids) for ids in makers.values() for id_ in sorted(ids) if len(ids) > 1}
    things: dict[str, set[str]] = defaultdict(set)
    for id_, product in records.products.items():
        if product.withdrawn is None:
            for name in product.name.values():
                things[bare_name(name, ())].add(id_)
    found: dict[Twins, None] = {}
    for ids in makers.values():
        if len(ids) > 1:
            found[_twins("producers", sorted(ids), records)] = None
    for ids in things.values():
        by_maker: dict[str, list[str]] = defaultdict(list)
        for id_ in sorted(ids):
            maker = records.products[id_].producer or ""
            by_maker[same_maker.get(maker, maker)].append(id_)
        unnamed = by_maker.pop("", [])
        for together in by_maker.values() or [[]]:
            if len(together) + len(unnamed) > 1:
                found[_twins("products", sorted([*together, *unnamed]), records)] = None
    return tuple(sorted(found, key=lambda twins: (twins.kind, twins.ids)))


def bare_name(name: str, forms: Iterable[str]) -> str:
    """What is left of a name without case, accents, signs, and the legal form that it begins with."""
    bare = " ".join("".join(letter if letter.isalnum() else " " for letter in fold(neutral_key(name))).split())
    for form in sorted((" ".join(fold(form).split()) for form in forms), key=len, reverse=True):
        for edge in (bare.removeprefix(f"{form} "), bare.removesuffix(f" {form}")):
            if edge != bare:
                return edge
    return bare


def _twins(kind: str, ids: list[str], records: Records) -> Twins:
    known = getattr(records, kind)
    return Twins(kind, tuple(ids), tuple(next(iter(known[id_].name.values()), id_) for id_ in ids))

"""Showcases: what a fair shows booth by booth, and the products of one round as if they stood together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Stand:
    """Products that stand together. `number` and `zone` are a booth's, None where no booth is known.

    `producer` None is a common booth, or products whose maker isn't known. `products` may hold
    withdrawn ones, for their page stays.
    """

    number: str | None
    zone: str | None
    producer: str | None
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Showcase:
    """A fair (`kind` "fair") or the list of a round (`kind` "level-year", `id` as "province/2020").

    `of_round` says that no source tells what stood at the fair, so that its stands are those of the
    round whose certificates were given there.
    """

    kind: str
    id: str
    stands: tuple[Stand, ...]
    of_round: bool = False

    def products(self) -> tuple[str, ...]:
        """Every product of the showcase, once."""
        return tuple(dict.fromkeys(product for stand in self.stands for product in stand.products))


def showcase(catalogue: Catalogue, kind: str, id_: str) -> Showcase:
    """The showcase of a fair or of a round. Raises KeyError when there is none."""
    if kind == "fair":
        return _of_fair(catalogue, id_)
    level, _, year = id_.rpartition("/")
    return Showcase(kind, id_, _by_producer(catalogue, catalogue.by_level_year[level, int(year)]))


def showcases(catalogue: Catalogue) -> Iterator[Showcase]:
    """Every showcase: fairs, then rounds."""
    for id_ in catalogue.records.fairs:
        yield showcase(catalogue, "fair", id_)
    for level, year in sorted(catalogue.by_level_year):
        if catalogue.is_ladder(level):
            yield showcase(catalogue, "level-year", f"{level}/{year}")


def _of_fair(catalogue: Catalogue, id_: str) -> Showcase:
    fair = catalogue.records.fairs[id_]
    zones = {zone: place for place, zone in enumerate(fair.zones)}
    booths = sorted(fair.booths, key=lambda booth: zones.get(booth.zone or "", len(zones)))
    stands = [
        Stand(
            booth.number,
            booth.zone,
            booth.producer,
            tuple(dict.fromkeys(booth.products)) or catalogue.by_producer.get(booth.producer or "", ()),
        )
        for booth in booths
    ]
    shown = {product for stand in stands for product in stand.products}
    stands += _by_producer(catalogue, (product for product in fair.products if product not in shown))
    if stands or fair.selection is None:
        return Showcase("fair", id_, tuple(stands))
    of_round = catalogue.by_level_year.get((fair.selection.level, fair.selection.year), ())
    return Showcase("fair", id_, _by_producer(catalogue, of_round), of_round=True)


def _by_producer(catalogue: Catalogue, products: Iterable[str]) -> tuple[Stand, ...]:
    """Products without booths: those of a producer together, producers in the order of their first."""
    found: dict[str | None, list[str]] = {}
    for product in products:
        found.setdefault(catalogue.producer_of[product], []).append(product)
    return tuple(Stand(None, None, producer, tuple(ids)) for producer, ids in found.items())

"""Entries: a product put together with what follows from the place of its producer, the lists and the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cnnt_site.catalogue.catalogue import Entry, Recognition, Whereabouts
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.catalogue.validity import standing
from cnnt_site.model.product import Product
from cnnt_site.recent import Recent

MOST_KEPT = 512
"""So many entries are held at once, and no more than twice as many, so that memory stays bounded."""


class Entries(Mapping[str, Entry]):
    """All products by id, in the order of `products`: each is read and put together when it is asked for.

    `prints` are short values that are equal for equal entries, where they are known.
    """

    def __init__(
        self, products: Mapping[str, Product], makers: Mapping[str, Whereabouts], around: Surroundings
    ) -> None:
        self._products, self._makers, self._around = products, makers, around
        self._made = Recent[Entry](MOST_KEPT)
        self.prints: dict[str, Any] | None = None

    def __getitem__(self, id_: str) -> Entry:
        found = self._made.get(id_)
        if found is None:
            product = self._products[id_]
            found = self._made.put(id_, entry(id_, product, self._makers.get(product.producer or ""), self._around))
        return found

    def __contains__(self, id_: object) -> bool:
        return id_ in self._products

    def __iter__(self) -> Iterator[str]:
        return iter(self._products)

    def __len__(self) -> int:
        return len(self._products)


def entry(id_: str, product: Product, maker: Whereabouts | None, around: Surroundings) -> Entry:
    """A product in its surroundings. `maker` is where its producer is, None when nobody knows who that is."""
    where = _place(product, maker, around)
    return Entry(id_, product, where, _recognitions(product, where, around))


def _place(product: Product, maker: Whereabouts | None, around: Surroundings) -> Whereabouts:
    """The product's own place, else its producer's; the commune of today likewise."""
    own = around.places.whereabouts(product.place, product.place_now)
    if maker is None:
        return own
    if product.place is None:
        return maker if own.commune_now is None else _moved(maker, own)
    stated_by_maker = maker.commune_now is not None and not maker.now_derived
    if stated_by_maker and (own.commune_now is None or own.now_derived):
        return _moved(own, maker)
    return own


def _moved(then: Whereabouts, now: Whereabouts) -> Whereabouts:
    return then._replace(commune_now=now.commune_now, now_derived=now.now_derived)


def _recognitions(product: Product, where: Whereabouts, around: Surroundings) -> tuple[Recognition, ...]:
    """Its certificates, the one to show first, first; none while nobody knows the site."""
    site, found = around.site, []
    if site is None:
        return ()
    for certificate in product.certificates:
        level = around.levels.get(certificate.level or "")
        programme = level.programme if level else certificate.programme or site.programme
        found.append(
            Recognition(
                certificate=certificate,
                programme=programme,
                level=certificate.level,
                step=level.step if level else 0,
                ladder=programme == site.programme,
                district=certificate.place or where.district,
                standing=standing(certificate, around.as_of, site.validity_rule, site.soon_days),
            )
        )
    return tuple(sorted(found, key=_first_shown))


def _first_shown(recognition: Recognition) -> tuple[bool, bool, bool, int, int]:
    """Own programme first, then what still stands, then the highest level, then the newest."""
    state = recognition.standing.state
    return (
        not recognition.ladder,
        state in ("revoked", "superseded"),
        state == "expired",
        -recognition.step,
        -(recognition.year or 0),
    )

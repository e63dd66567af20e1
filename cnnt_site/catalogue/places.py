"""Resolving places: of then as written, of today as stated or found by the table of merged communes."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from cnnt_site.catalogue.catalogue import Whereabouts
from cnnt_site.model.place import PlaceThen
from cnnt_site.reading.records import Records
from cnnt_site.vietnamese import neutral_key


class PlaceTables:
    """What the lists of districts and of communes know for sure."""

    def __init__(self, records: Records) -> None:
        self._districts, self._communes = records.districts, records.communes

    def whereabouts(self, then: PlaceThen | None, now: str | None) -> Whereabouts:
        """The places that a record states, completed."""
        then = then or PlaceThen()
        province = then.province
        if province is None and then.district is not None and then.district in self._districts:
            province = self._districts[then.district].province
        derived = None
        if now is None and then.district is not None and then.commune is not None:
            derived = self._successor(then.district, then.commune)
        return Whereabouts(
            address=then.address,
            commune_then=then.commune,
            district=then.district,
            province=province,
            commune_now=now or derived,
            now_derived=now is None and derived is not None,
        )

    def _successor(self, district: str, commune: str) -> str | None:
        """The one commune of today that a former one went to, or None when there is none or several."""
        found = self._by_part.get((district, neutral_key(commune)), set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _by_part(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id_, commune in self._communes.items():
            for part in commune.parts:
                found[part.district, neutral_key(part.name)].add(id_)
        return found

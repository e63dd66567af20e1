"""Resolving places: of then as written, of today as stated or found by the table of merged communes."""

from __future__ import annotations

from collections import defaultdict

from cnnt_site.catalogue.catalogue import Whereabouts
from cnnt_site.model.place import PlaceThen
from cnnt_site.reading.records import Records
from cnnt_site.vietnamese import neutral_key


class MergedCommunes:
    """Which communes of today a former commune of a district went to."""

    def __init__(self, records: Records) -> None:
        self._by_part: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id_, commune in records.communes.items():
            for part in commune.parts:
                self._by_part[part.district, neutral_key(part.name)].add(id_)

    def successor(self, district: str, commune: str) -> str | None:
        """The one commune of today, or None when there is none or several."""
        found = self._by_part.get((district, neutral_key(commune)), set())
        return next(iter(found)) if len(found) == 1 else None


def whereabouts(records: Records, merged: MergedCommunes, then: PlaceThen | None, now: str | None) -> Whereabouts:
    """The places that a record states, completed by what the place tables know for sure."""
    then = then or PlaceThen()
    district = then.district
    province = then.province
    if province is None and district is not None:
        province = records.districts[district].province
    derived = None
    if now is None and district is not None and then.commune is not None:
        derived = merged.successor(district, then.commune)
    return Whereabouts(
        address=then.address,
        commune_then=then.commune,
        district=district,
        province=province,
        commune_now=now or derived,
        now_derived=now is None and derived is not None,
    )

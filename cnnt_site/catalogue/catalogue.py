"""The catalogue: what the records say together. A value that later stages only read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cnnt_site.model.certificate import Certificate, Standing
from cnnt_site.model.product import Product
from cnnt_site.model.site import Site
from cnnt_site.model.taxonomy import Level
from cnnt_site.reading.records import Records

Section = tuple[str, int, tuple[str, ...]]
"""What a page of a list shows under a heading: its key, the number of all products under it, and those shown."""

BESIDE = 4
"""So many others of its group and of its district a product's page shows."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A certificate in the catalogue. `step` is 0 and `level` None when the level is unknown.

    `district` is the former district it is counted under. `ladder` says that it belongs to the
    programme that the showroom is about.
    """

    certificate: Certificate
    programme: str
    level: str | None
    step: int
    ladder: bool
    district: str | None
    standing: Standing

    @property
    def year(self) -> int | None:
        """The year of the round, None when unknown."""
        return self.certificate.year


class Whereabouts(NamedTuple):
    """The places of a product or producer, resolved.

    `commune_then` is as written, `commune_now` an id; `now_derived` says that the commune of today
    was found by the table of merged communes.
    """

    address: str | None = None
    commune_then: str | None = None
    district: str | None = None
    province: str | None = None
    commune_now: str | None = None
    now_derived: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A product with what follows from the other records. Recognitions: the one to show first, first."""

    id: str
    product: Product
    where: Whereabouts
    recognitions: tuple[Recognition, ...]

    @property
    def main(self) -> Recognition | None:
        """The recognition that stands for the product in lists."""
        return self.recognitions[0] if self.recognitions else None

    @property
    def newest_year(self) -> int:
        """The last year of recognition in the showroom's programme, 0 when unknown."""
        return max((r.year or 0 for r in self.recognitions if r.ladder), default=0)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records, resolved, with the indices that pages are made from.

    `namesakes` are districts that share their short name with one of another province.
    Products in every list are in the order of their names in the original language, in `listed_in` in that of
    their names in each language; `newest` begins with the last recognised;
    `beside_in_group` and `beside_in_place` are the next few after a product, round the end of its list, so that
    every product has others and none has the same; `choices` counts by facet and choice (`choices.py`).
    `sizes` and `slices` are those of lists that may stand on several pages (`lists.py`), by the kind and id of the
    first page; a slice has the number of its page, too. `level_counts` are by list and level.
    From `recognised` on everything is as `picking.py` finds it, of the showroom's programme.
    `entries` and `producer_of` hold withdrawn products too, and an entry is put together when it is asked for;
    the indices have none that is withdrawn. `reachable` are producers with a contact that may be published.
    """

    site: Site
    records: Records
    as_of: date
    entries: Mapping[str, Entry]
    producer_places: Mapping[str, Whereabouts]
    producer_of: Mapping[str, str | None]
    withdrawn: frozenset[str]
    listed: tuple[str, ...]
    listed_in: Mapping[str, tuple[str, ...]]
    newest: tuple[str, ...]
    beside_in_group: Mapping[str, tuple[str, ...]]
    beside_in_place: Mapping[str, tuple[str, ...]]
    by_level: Mapping[str, tuple[str, ...]]
    by_year: Mapping[int, tuple[str, ...]]
    by_level_year: Mapping[tuple[str, int], tuple[str, ...]]
    by_group: Mapping[str, tuple[str, ...]]
    by_place: Mapping[str, tuple[str, ...]]
    by_producer: Mapping[str, tuple[str, ...]]
    producers_by_place: Mapping[str, tuple[str, ...]]
    reachable: tuple[str, ...]
    choices: Counter[tuple[str, str]]
    sizes: Mapping[tuple[str, str], tuple[int, int]]
    slices: Mapping[tuple[str, str, int], tuple[Section, ...]]
    level_counts: Mapping[tuple[str, str, str], int]
    recognised: Mapping[tuple[int, str], int]
    certified: tuple[int, int]
    undated: tuple[str, ...]
    highest: Mapping[str, str]
    first_levels: Mapping[str, str]
    newest_in: Mapping[str, tuple[str, ...]]
    newest_papers: tuple[tuple[str, int], ...]
    windows: tuple[str, ...]
    namesakes: frozenset[str] = frozenset()
    fairs_by_product: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, the original first."""
        return self.site.languages

    def size(self, kind: str, id_: str) -> int:
        """How many products a list of these has."""
        return self.sizes.get((kind, id_), (0, 0))[0]

    def cards(self, kind: str, id_: str) -> int:
        """How many cards a list of these has: a product has one under each heading."""
        return self.sizes.get((kind, id_), (0, 0))[1]

    def slice(self, kind: str, id_: str, number: int) -> tuple[Section, ...]:
        """What stands on a page of a list of these, nothing when that is empty."""
        return self.slices.get((kind, id_, number), ())

    def is_ladder(self, level: str) -> bool:
        """Whether a level belongs to the programme that the showroom is about."""
        return self.records.levels[level].programme == self.site.programme

    def ladder(self) -> list[str]:
        """Levels of the showroom's programme, lowest first; of one step, the newest first."""
        return ladder(self.records.levels, self.site.programme)


def ladder(levels: Mapping[str, Level], programme: str) -> list[str]:
    """Levels of a programme, lowest first; of one step, the newest first."""
    own = [id_ for id_, level in levels.items() if level.programme == programme]
    return sorted(own, key=lambda id_: (levels[id_].step, -(levels[id_].since or date.min).toordinal(), id_))

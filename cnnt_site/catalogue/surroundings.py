"""What stands round every record and decides with it what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cnnt_site.catalogue.places import PlaceTables
from cnnt_site.catalogue.references import References
from cnnt_site.model.site import Site
from cnnt_site.model.taxonomy import Level
from cnnt_site.reading.records import Records


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The site, the lists, the ids that there are of every kind, and the day; no record that has a folder."""

    site: Site | None
    levels: Mapping[str, Level]
    places: PlaceTables
    references: References
    as_of: date

    @classmethod
    def of(cls, records: Records, as_of: date) -> Surroundings:
        """The surroundings that records make for each other."""
        return cls(records.site, records.levels, PlaceTables(records), References(records), as_of)

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, the original first; none while nobody knows the site."""
        return self.site.languages if self.site else ()

"""Places, dated: provinces, the districts of before July 2025, the communes of today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, Day, Identifier, Line, Number, Slugs, Words
from cnnt_site.model.source import Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceThen:
    """A place as a certificate or an address of its day names it; any part may be unknown.

    `commune` and `address` are copied as written ("xã Bình Minh"), `district` and `province` refer
    to records.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    address: Line | None = None
    commune: Line | None = None
    district: Identifier | None = None
    province: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that a place bore until a day."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    until: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Where a place stands on the schematic map: row and column, counted from 1."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    row: Number
    column: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A former commune that a commune of today was made of, and the district it lay in."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Line
    district: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """One entry of `places/provinces.yaml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    short: Words = field(default_factory=dict)
    code: Line | None = None
    since: Day | None = None
    until: Day | None = None
    successor: Identifier | None = None
    slug: Slugs = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One entry of `places/districts.yaml`, keyed `<province>/<kind>-<name>`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    province: Identifier
    name: Words
    short: Words
    code: Line | None = None
    since: Day | None = None
    until: Day | None = None
    former_names: tuple[FormerName, ...] = ()
    tile: Tile | None = None
    slug: Slugs = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """One entry of `places/communes.yaml`: a commune or ward of today, with what it came from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    province: Identifier
    name: Words
    code: Line | None = None
    since: Day | None = None
    until: Day | None = None
    parts: tuple[Part, ...] = ()
    slug: Slugs = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    source: Source | None = None


Place = Province | District | Commune

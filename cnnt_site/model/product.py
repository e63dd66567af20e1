"""Products and sets: the unit of the catalogue is the certified item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from cnnt_site.model.certificate import Certificate
from cnnt_site.model.kinds import STRICT, Day, Identifier, Number, Slugs, Words
from cnnt_site.model.picture import Photo
from cnnt_site.model.place import PlaceThen
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a buyer asks. Every field is optional: what the source doesn't say stays empty."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    materials: Words = field(default_factory=dict)
    ingredients: Words = field(default_factory=dict)
    size: Words = field(default_factory=dict)
    weight: Words = field(default_factory=dict)
    packaging: Words = field(default_factory=dict)
    shelf_life: Words = field(default_factory=dict)
    storage: Words = field(default_factory=dict)
    power: Words = field(default_factory=dict)
    standards: Words = field(default_factory=dict)
    export: Words = field(default_factory=dict)
    capacity: Words = field(default_factory=dict)
    minimum_order: Words = field(default_factory=dict)
    price_vnd: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Another distinction than a certificate of a programme."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    text: Words
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The product has left the showroom; its page stays and says so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    date: Day
    reason: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """`products/<id>/product.yaml`. `members` makes it a set; `place` is the place as certified."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    summary: Words = field(default_factory=dict)
    producer: Identifier | None = None
    group: Identifier | None = None
    place: PlaceThen | None = None
    place_now: Identifier | None = None
    members: tuple[Words, ...] = ()
    facts: Facts = Facts()
    certificates: tuple[Certificate, ...] = ()
    awards: tuple[Award, ...] = ()
    illustration: Identifier | None = None
    photos: tuple[Photo, ...] = ()
    sources: tuple[Source, ...] = ()
    slug: Slugs = field(default_factory=dict)
    formerly: tuple[Identifier, ...] = ()
    withdrawn: Withdrawal | None = None

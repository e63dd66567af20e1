"""Fairs: where certified products were or will be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, Identifier, Line, Number, RoughDay, Slugs, Words, Year
from cnnt_site.model.picture import Photo
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The round of selection that a fair belongs to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    level: Identifier
    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """A booth of ours: its number as it hangs there, whose it is, what it shows.

    Without `products` it shows all that its producer has in the showroom; without a producer it is a
    common booth.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    number: Line
    zone: Identifier | None = None
    producer: Identifier | None = None
    products: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """`fairs/<id>/fair.yaml`. A day that no source states is left out.

    `booth_count` is the size of the whole fair as a source states it; `booths` are those with products
    of the showroom, in `zones` by id. `products` are shown there without a booth that we know of.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    start: RoughDay | None = None
    end: RoughDay | None = None
    venue: Words = field(default_factory=dict)
    organiser: Words = field(default_factory=dict)
    selection: Selection | None = None
    booth_count: Number | None = None
    zones: dict[Identifier, Words] = field(default_factory=dict)
    booths: tuple[Booth, ...] = ()
    products: tuple[Identifier, ...] = ()
    photos: tuple[Photo, ...] = ()
    sources: tuple[Source, ...] = ()
    slug: Slugs = field(default_factory=dict)
    formerly: tuple[Identifier, ...] = ()

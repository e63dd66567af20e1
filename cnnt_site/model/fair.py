"""Fairs: where certified products were or will be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, Identifier, Number, RoughDay, Slugs, Words, Year
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The round of selection that a fair belongs to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    level: Identifier
    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """`fairs/<id>/fair.yaml`. A day that no source states is left out."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    start: RoughDay | None = None
    end: RoughDay | None = None
    venue: Words = field(default_factory=dict)
    organiser: Words = field(default_factory=dict)
    selection: Selection | None = None
    booths: Number | None = None
    products: tuple[Identifier, ...] = ()
    sources: tuple[Source, ...] = ()
    slug: Slugs = field(default_factory=dict)
    formerly: tuple[Identifier, ...] = ()

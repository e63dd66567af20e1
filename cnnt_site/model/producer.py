"""Producers: whoever makes a product, by all the names that sources give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from cnnt_site.model.kinds import STRICT, Day, Identifier, Line, Slugs, Words
from cnnt_site.model.picture import Photo
from cnnt_site.model.place import PlaceThen
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The recorded leave to publish a contact: when and for what (law 91/2025/QH15)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    date: Day
    scope: Line
    withdrawn: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way to reach a producer; published only while a consent stands."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    kind: Literal["phone", "zalo", "email", "website"]
    value: Line
    consent: Consent | None = None

    @property
    def public(self) -> bool:
        """Whether its publication was agreed to, and not taken back."""
        return self.consent is not None and self.consent.withdrawn is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """`producers/<id>/producer.yaml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    aliases: tuple[Line, ...] = ()
    kind: Identifier | None = None
    place: PlaceThen | None = None
    place_now: Identifier | None = None
    contacts: tuple[Contact, ...] = ()
    photos: tuple[Photo, ...] = ()
    sources: tuple[Source, ...] = ()
    slug: Slugs = field(default_factory=dict)
    formerly: tuple[Identifier, ...] = ()

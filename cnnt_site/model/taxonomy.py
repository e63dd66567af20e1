"""The lists that products are ordered by: programmes, levels, groups, kinds of producer. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, Day, Identifier, Line, Number, Slugs, Words
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme that certifies products, such as CNNT or OCOP."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    short: Words
    about: Words = field(default_factory=dict)
    slug: Slugs = field(default_factory=dict)
    order: Number = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of a programme; `step` 1 is the lowest, two levels may share a step (district, commune)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    programme: Identifier
    step: Number
    label: Words
    note: Words = field(default_factory=dict)
    slug: Slugs
    since: Day | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A product group. `aliases` are what lists call it, for importing them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    label: Words
    short: Words = field(default_factory=dict)
    aliases: tuple[Line, ...] = ()
    slug: Slugs
    order: Number = 0
    illustration: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerKind:
    """A legal form: household business, cooperative, company and the like."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    label: Words
    order: Number = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """An official total as its source states it; never the count of our records."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    period: Words
    area: Words
    programme: Identifier | None = None
    level: Identifier | None = None
    figure: Number
    what: Words
    source: Source

"""Certificates: records of their own, any number a product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from cnnt_site.model.kinds import STRICT, Day, Identifier, Line, WebAddress, Words, Year
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision that a certificate rests on."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    number: Line | None = None
    date: Day | None = None
    url: WebAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Names and address as they stand on the paper, which may differ from those of today."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Line | None = None
    producer: Line | None = None
    address: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A certificate that was revoked, or replaced by a later one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    kind: Literal["revoked", "superseded"]
    date: Day | None = None
    reason: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One recognition of one product.

    `level` or `year` is missing when the source doesn't state it; `programme` must be written when
    there is no level to tell it. `issued_by` is copied from the paper, never derived.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    programme: Identifier | None = None
    level: Identifier | None = None
    year: Year | None = None
    number: Line | None = None
    decision: Decision | None = None
    issued_by: Words = field(default_factory=dict)
    issued_on: Day | None = None
    valid_until: Day | None = None
    printed: Printed | None = None
    place: Identifier | None = None
    ending: Ending | None = None
    note: Words = field(default_factory=dict)
    source: Source | None = None


Validity = Literal["valid", "soon", "expired", "unknown", "revoked", "superseded"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands on the as-of date.

    `until` is its last day, None when it isn't known; `by_rule` says that `until` was worked out by
    the rule of site.yaml instead of being stated.
    """

    state: Validity
    until: date | None = None
    by_rule: bool = False

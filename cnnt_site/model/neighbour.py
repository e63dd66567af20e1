"""Other showrooms, whose open data this one lists beside its own: read only, marked, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, Line, WebAddress, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One entry of `sources` in site.yaml.

    `file` is a copy of the other showroom's `data/products.json`, below the content folder; `url` is where
    that showroom stands, when its data doesn't say so.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    file: Line
    url: WebAddress | None = None


@dataclass(frozen=True, slots=True)
class ForeignProduct:
    """A product of another showroom, of which only what a list shows is taken. `address` is a full one."""

    name: dict[str, str]
    producer: dict[str, str]
    level: str | None
    year: int | None
    address: str


@dataclass(frozen=True, slots=True)
class ForeignCatalogue:
    """What a neighbour shows; `updated` is the day of its data as it gives it, or None."""

    name: dict[str, str]
    home: str
    updated: str | None
    products: tuple[ForeignProduct, ...]

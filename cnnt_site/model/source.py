"""Where a statement comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from cnnt_site.model.kinds import STRICT, RoughDay, WebAddress, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public page or document; `date` is as exact as the document itself, or missing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    url: WebAddress | None = None
    title: Words | None = None
    date: RoughDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sourced sentence: the substance of place and programme pages."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    text: Words
    source: Source

"""Text pages, such as how to read a certificate or where the data come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from cnnt_site.model.kinds import STRICT, Identifier, Number, Slugs, Words
from cnnt_site.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """`pages/<id>/page.yaml`. `menu` is the list of the footer that names the page."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: Words
    summary: Words = field(default_factory=dict)
    menu: Literal["about", "audience", "none"] = "about"
    order: Number = 0
    sources: tuple[Source, ...] = ()
    slug: Slugs = field(default_factory=dict)
    formerly: tuple[Identifier, ...] = ()

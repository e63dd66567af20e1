"""Pictures: photographs of one product or producer, and drawings of a type of product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from cnnt_site.model.kinds import STRICT, Day, FileName, Line, Share, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """The leave to publish a photograph: given when and by whom."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    date: Day
    by: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture file of the `photos/` folder beside the record; never published without permission.

    `focus` is the point that stays where it is when the picture is cut: shares from the left and from the top.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    file: FileName
    kind: Literal["photograph", "illustration"] = "photograph"
    alt: Words
    author: Line
    rights_holder: Line
    licence: Words
    permission: Permission | None = None
    focus: tuple[Share, Share] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A drawing of a type of product: it shows what kind of thing is meant, never the thing itself."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    file: FileName
    represents: Words
    alt: Words
    author: Line
    licence: Words

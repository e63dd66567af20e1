"""A picture as views hold it: where its files are, and all that is said of it."""

from __future__ import annotations

from typing import NamedTuple

from cnnt_site.catalogue.fallback import Phrase


class Rendition(NamedTuple):
    """One width of a picture in one format."""

    href: str
    width: int


class Picture(NamedTuple):
    """A picture in all its widths.

    `href` is the JPEG for browsers without WebP, `avif` is empty unless the site wants it; `colour` is
    the average as `#rrggbb`; `caption` says what it is, of whom, under which licence; `represents` is
    the type that an illustration stands for.
    `focus` is the point that stays where it is when the picture is cut: shares from the left and from
    the top, None for the middle. `focus_class` says the same in classes of the theme's `focus.css`.
    """

    href: str
    width: int
    height: int
    avif: tuple[Rendition, ...]
    webp: tuple[Rendition, ...]
    jpeg: tuple[Rendition, ...]
    colour: str
    alt: Phrase
    illustration: bool
    author: str = ""
    licence: Phrase | None = None
    represents: Phrase | None = None
    focus: tuple[float, float] | None = None

    @property
    def focus_class(self) -> str:
        """Classes for the focus, to tenths of the picture: "focus-x3 focus-y7"; nothing for the middle."""
        if self.focus is None:
            return ""
        across, down = (round(share * 10) for share in self.focus)
        return f"focus-x{across} focus-y{down}"

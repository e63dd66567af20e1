"""What pages are made from, and what a page is before it is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cnnt_site.addresses.routes import Routes
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.pictures.album import Album
from cnnt_site.themes import Theme
from cnnt_site.words import Words


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page to be rendered: where it goes, its template, and all that the template sees."""

    address: str
    template: str
    lang: str
    frame: Any
    view: Any


Arguments = tuple[str | int | tuple[str, ...], ...]
"""Plain ids, languages and numbers, and tuples of ids."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is yet to be composed: its address, and how it is made.

    `compose(showroom, *arguments)` returns its PagePlan. It is a function of a module, and its
    arguments are plain: so all else that the page shows is looked up in the showroom, which knows
    what was looked at (see `noting`), and any process can make it.
    """

    address: str
    compose: Callable[..., PagePlan]
    arguments: Arguments = ()

    @property
    def name(self) -> str:
        """What the page is called among all that is made."""
        return self.address

    @property
    def call(self) -> tuple[Any, ...]:
        """The way in which the page is made."""
        return (f"{self.compose.__module__}.{self.compose.__qualname__}", *self.arguments)


@dataclass(frozen=True, slots=True)
class Showroom:
    """All that pages are made from. `base_url` ends in a slash, or is None when it isn't known."""

    catalogue: Catalogue
    routes: Routes
    album: Album
    theme: Theme
    words: Mapping[str, Words]
    base_url: str | None

    def absolute(self, address: str) -> str | None:
        """The full address of a page or file, None without a base address."""
        return None if self.base_url is None else self.base_url + re.sub(r"(^|/)index\.html$", r"\1", address)

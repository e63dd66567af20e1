"""What the whole showroom is: `site.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from cnnt_site.compressing import Compressed
from cnnt_site.model.kinds import STRICT, Day, Identifier, Line, Number, Slug, Slugs, WebAddress, Words
from cnnt_site.model.licence import LICENCES, LicenceId
from cnnt_site.model.neighbour import Neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityRule:
    """For certificates without a stated end: they run to 31 December of a year that is counted so.

    `count_from: issue` makes the year of issue year one (a certificate of 2020 with `years: 4` ends
    on 31/12/2023), `count_from: next` makes the year after it year one (31/12/2024).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    years: Number
    count_from: Literal["issue", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWords:
    """The promise at the top of the home page."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    title: Words
    lede: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """What depends on where the site is put.

    `policy_in_pages` writes the security policy into each page, for hosts that can't send headers of ours
    (GitHub Pages, a stick); `offline` lets browsers keep what was read; `compressed` puts files that are
    compressed already beside texts, for hosts that send those.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    policy_in_pages: Literal["yes", "no"] = "no"
    offline: Literal["yes", "no"] = "no"
    compressed: Compressed = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """How pictures are made. `avif` adds files a fifth to a third lighter, five times as slow to make."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    avif: Literal["yes", "no"] = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`languages[0]` is the original. `updated` is the date of the data and the default as-of date.

    The purpose `sample` says that nothing here is real: every page says so, search engines are kept out, and a
    page shows all parts of the theme in all their states.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: Words
    tagline: Words
    description: Words
    disclaimer: Words = field(default_factory=dict)
    term: Words
    languages: tuple[Slug, ...]
    updated: Day
    programme: Identifier
    province: Identifier
    home: HomeWords
    office: Words = field(default_factory=dict)
    contact_email: Line | None = None
    licence: Words = field(default_factory=dict)
    licence_id: LicenceId | None = None
    theme: Slug = "showroom"
    base_url: WebAddress | None = None
    hosting: Hosting = Hosting()
    pictures: Pictures = Pictures()
    neutral_illustration: Identifier | None = None
    validity_rule: ValidityRule | None = None
    soon_days: Number = 90
    page_size: Number = 24
    sections: dict[Slug, Slugs] = field(default_factory=dict)
    sources: tuple[Neighbour, ...] = ()
    purpose: Literal["showroom", "sample"] = "showroom"

    @property
    def licence_url(self) -> str | None:
        """Where the licence of the data can be read, when it is one that everybody knows."""
        return LICENCES[self.licence_id] if self.licence_id else None

"""The parts that views are made of: finished values in the page's language, links relative already.

This and the views beside it are the contract with themes: a template sees `frame`, `site` and `view`,
the words of its language, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import NamedTuple

from markupsafe import Markup

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.picture import Picture

_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Prose:
    """Sanitised HTML of a long text; `lang` as in `Phrase`. `letters` says how long it is for a reader."""

    html: Markup
    lang: str = ""

    @property
    def letters(self) -> int:
        """How many letters and signs there are to read."""
        return len(unescape(" ".join(_TAG.sub("", str(self.html)).split())))


class Link(NamedTuple):
    """A named way to another page of the site. `count` is the number of products behind it."""

    label: Phrase
    href: str
    count: int | None = None  # type: ignore[assignment]  # no one counts in a link
    current: bool = False


class Badge(NamedTuple):
    """A level as a mark: `step` 1 to 4 draws the lotus of the ladder, 0 means the level is unknown.

    `label` is the level's name ("Cấp tỉnh"), `year` None when unknown. `ladder` is False for levels
    of other programmes (OCOP), which have no lotus.
    """

    level: str
    step: int
    label: Phrase
    year: int | None
    ladder: bool
    href: str | None = None


class Validity(NamedTuple):
    """How a certificate stands on the as-of date: see `Standing`."""

    state: str
    until: date | None
    by_rule: bool


class SourceLine(NamedTuple):
    """A source: its title (the host when it has none), address and date as exact as it is known."""

    title: Phrase
    url: str | None
    date: str | None


class CertificateBlock(NamedTuple):
    """One certificate with all that is known of it; every None or empty value is unknown."""

    badge: Badge
    programme: Phrase
    number: str | None
    decision_number: str | None
    decision_date: date | None
    decision_url: str | None
    issued_by: Phrase | None
    issued_on: date | None
    validity: Validity
    ending_date: date | None
    ending_reason: Phrase | None
    printed_name: str | None
    printed_producer: str | None
    printed_address: str | None
    note: Phrase | None
    source: SourceLine | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A published contact: `kind` is phone, zalo, email or website; `href` is its link."""

    kind: str
    value: str
    href: str


class Scan(NamedTuple):
    """The short way to a page, for print.

    `code` is what people type into the search box, `href` the page that stands at it. `typed` is its
    address to be typed ("vi-du.vn/p/k7m2.html") and `qr` the drawing of its QR code; both are None as
    long as the site's base address isn't known.
    """

    code: str
    href: str
    typed: str | None
    qr: str | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to a producer: its card for address books, and a map; None where there is none."""

    card: str | None
    map: str | None


@dataclass(frozen=True, slots=True)
class Tools:
    """What an organiser takes from a showcase: pages to print, lists to download, a line to embed it."""

    cards: tuple[Link, ...]
    lists: tuple[Link, ...]
    embed: Embed


@dataclass(frozen=True, slots=True)
class Embed:
    """A page for a frame on another site: its address, and the line to copy.

    `line` is None as long as the site's base address isn't known.
    """

    href: str
    line: str | None


class Card(NamedTuple):
    """A product in a list. `badge` is its highest certificate, of the ladder if there is one.

    `code` is the short code that its permanent address has, and what a shortlist keeps of it.
    """

    id: str
    code: str
    href: str
    name: Phrase
    producer: Phrase | None
    place: Phrase | None
    year: int | None
    badge: Badge | None
    validity: Validity | None
    picture: Picture | None


class PlaceLines(NamedTuple):
    """A place then and now. `then` is the unit named by the source, `now` the commune of today.

    `now_derived` says that `now` was found in the table of merged communes, not stated by a source.
    """

    then: tuple[Link, ...]
    then_text: str | None
    now: Link | None
    now_derived: bool


class Switch(NamedTuple):
    """The same page in a language; `href` is None where there is none."""

    code: str
    name: str
    href: str
    current: bool


class Alternate(NamedTuple):
    """A hreflang link."""

    hreflang: str
    href: str


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of the main navigation; its words are `nav.<key>`."""

    key: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a paged list stands: cards `first`-`last` of `total`; a product that is in the list twice has two.

    `pages` are links with numbers: all of them, or of a long list those near this one and round ones.
    """

    first: int
    last: int
    total: int
    number: int
    pages: tuple[Link, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class SearchBox:
    """What searching on this page needs: the way to the index, and the marks of all levels for its results."""

    index: str
    badges: tuple[Badge, ...]


class Frame(NamedTuple):
    """What every page has around its content.

    `all_parts` leads to the page of all parts, which only a sample site has. `root` leads from the page
    to the site's root ("../../"); `base` is set on 404.html only.
    `policy` is the security policy where it stands in pages, `manifest` leads to what makes the site
    installable. `structured` are JSON-LD texts, safe to stand in a script block.
    """

    lang: str
    title: str
    description: str
    root: str
    home: str
    gate: str
    browse: str
    shortlist: str
    all_parts: str | None
    stylesheet: str
    script: str
    icon: str
    feed: str
    base: str | None
    policy: str | None
    manifest: str | None
    canonical: str | None
    alternates: tuple[Alternate, ...]
    switches: tuple[Switch, ...]
    navigation: tuple[NavigationItem, ...]
    more: tuple[NavigationItem, ...]
    crumbs: tuple[Link, ...]
    about_links: tuple[Link, ...]
    audience_links: tuple[Link, ...]
    indexed: bool
    untranslated: bool
    structured: tuple[Markup, ...]
    social_image: str | None
    permalink: str | None
    oembed: str | None
    certificate_feed: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """The showroom itself, in the page's language. `avif` says that pictures are there as AVIF too."""

    name: str
    tagline: str
    description: str
    disclaimer: str
    term: str
    updated: date
    as_of: date
    office: str
    contact_email: str | None
    licence: str
    licence_url: str | None
    programme: str
    programme_short: str
    province: str
    avif: bool
    sample: bool

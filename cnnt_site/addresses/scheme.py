"""Which pages there are, and the address that each one asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from cnnt_site.addresses.codes import codes
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.model.site import Site
from cnnt_site.reading.records import Records
from cnnt_site.vietnamese import slug

SECTIONS: dict[str, dict[str, str]] = {
    "browse": {"vi": "tra-cuu", "en": "browse"},
    "products": {"vi": "san-pham", "en": "products"},
    "producers": {"vi": "co-so", "en": "producers"},
    "places": {"vi": "dia-ban", "en": "places"},
    "levels": {"vi": "cap", "en": "levels"},
    "years": {"vi": "nam", "en": "years"},
    "groups": {"vi": "nhom", "en": "groups"},
    "programmes": {"vi": "chuong-trinh", "en": "programmes"},
    "statistics": {"vi": "so-lieu", "en": "statistics"},
    "fairs": {"vi": "hoi-cho", "en": "fairs"},
    "neighbours": {"vi": "trang-ban", "en": "neighbours"},
    "shortlist": {"vi": "da-luu", "en": "shortlist"},
    "all-parts": {"vi": "moi-phan", "en": "all-parts"},
}
"""The first part of addresses. `sections` of site.yaml adds languages or chooses other words."""


PERMANENT = "p/"
"""The folder of permanent, language-neutral addresses."""


class PageKey(NamedTuple):
    """What a page is about, the same in every language: `PageKey("product", "tranh-sen")`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @classmethod
    def read(cls, written: str) -> PageKey:
        """The key that `str` wrote."""
        kind, _, id_ = written.partition(":")
        return cls(kind, id_)


@dataclass(frozen=True, slots=True)
class Wish:
    """The address that a page asks for: `folder` + slug + ".html".

    `slug` is fixed when `written` (a person chose it, or it is a section's own page); else it comes
    from the name, and `tie_breaker` is added when another page wants the same.
    """

    key: PageKey
    lang: str
    folder: str
    slug: str
    written: bool
    tie_breaker: str = ""

    def address(self) -> str:
        """The address that is wished for."""
        return f"{self.folder}{self.slug}.html"

    def others(self) -> Iterator[str]:
        """What it takes when the address is another's: without end, in an order that never changes."""
        yield f"{self.folder}{self.slug}-{self.tie_breaker}.html"
        for number in count(2):
            yield f"{self.folder}{self.slug}-{self.tie_breaker}-{number}.html"


class CodeWish(Wish):
    """The wish for a short code: any will do."""

    __slots__ = ()

    def others(self) -> Iterator[str]:
        """The next codes of the same thing."""
        for code in codes(str(self.key)):
            yield f"{self.folder}{code}.html"


def page_count(items: int, size: int) -> int:
    """How many pages a list of so many items needs; an empty list has one."""
    return max(1, -(-items // size))


def wishes(catalogue: Catalogue) -> Iterator[Wish]:
    """Every page of the site that has an address of its own, in an order that never changes."""
    for lang in catalogue.languages:
        yield from _section_pages(catalogue, lang)
        yield from _ordered_pages(catalogue, lang)
    yield from record_wishes(catalogue.site, catalogue.records)
    for coded in coded_pages(catalogue):
        key = code_key(coded)
        yield CodeWish(key, "", PERMANENT, next(codes(str(key))), False)


def record_wishes(site: Site, records: Records) -> Iterator[Wish]:
    """The pages of products, producers, fairs, texts and places: those that depend on no index."""
    for lang in site.languages:
        yield from _record_pages(site, records, lang)
    for id_ in records.products:
        yield Wish(PageKey("permalink", id_), "", PERMANENT, id_, True)


def coded_pages(catalogue: Catalogue) -> Iterator[PageKey]:
    """The pages that have a short code: what stands on cards, and what cards belong to."""
    yield from (PageKey("product", id_) for id_ in catalogue.entries)
    yield from (PageKey("fair", id_) for id_ in catalogue.records.fairs)
    for level, year in sorted(catalogue.by_level_year):
        if catalogue.is_ladder(level):
            yield PageKey("level-year", f"{level}/{year}")


def code_key(page: PageKey) -> PageKey:
    """The key of the page that stands at a page's short code.

    >>> str(code_key(PageKey("product", "tranh-sen")))
    'code:product/tranh-sen'
    """
    return PageKey("code", f"{page.kind}/{page.id}")


def coded_page(key: PageKey) -> PageKey:
    """The page that a short code stands for: `code_key` read backwards."""
    kind, _, id_ = key.id.partition("/")
    return PageKey(kind, id_)


def section(site: Site, name: str, lang: str) -> str:
    """A section's word in an address: that of site.yaml, else the built-in one, else the English."""
    own = site.sections.get(name, {}).get(lang)
    return own or SECTIONS[name].get(lang) or SECTIONS[name]["en"]


def _section_pages(catalogue: Catalogue, lang: str) -> Iterator[Wish]:
    yield Wish(PageKey("home", ""), lang, f"{lang}/", "index", True)
    for name in ("producers", "places", "levels", "years", "groups", "statistics", "fairs", "shortlist"):
        yield Wish(PageKey(name, ""), lang, f"{lang}/", section(catalogue.site, name, lang), True)
    if catalogue.records.neighbours:
        yield Wish(PageKey("neighbours", ""), lang, f"{lang}/", section(catalogue.site, "neighbours", lang), True)
    if catalogue.site.purpose == "sample":
        yield Wish(PageKey("all-parts", ""), lang, f"{lang}/", section(catalogue.site, "all-parts", lang), True)
    browse = section(catalogue.site, "browse", lang)
    for number in range(1, page_count(len(catalogue.listed), catalogue.site.page_size) + 1):
        yield _numbered(PageKey("browse", str(number)), lang, f"{lang}/", browse, number)


def _numbered(key: PageKey, lang: str, folder: str, slug_: str, number: int) -> Wish:
    if number == 1:
        return Wish(key, lang, folder, slug_, True)
    return Wish(key, lang, f"{folder}{slug_}/", str(number), True)


def _ordered_pages(catalogue: Catalogue, lang: str) -> Iterator[Wish]:
    """Pages of levels, years, groups and programmes."""
    records = catalogue.records
    levels = f"{lang}/{section(catalogue.site, 'levels', lang)}/"
    for id_ in catalogue.ladder():
        slug_ = _slug_of(records.levels[id_].slug, lang, id_)
        yield Wish(PageKey("level", id_), lang, levels, slug_, True)
        for level, year in sorted(catalogue.by_level_year):
            if level == id_:
                yield Wish(PageKey("level-year", f"{id_}/{year}"), lang, f"{levels}{slug_}/", str(year), True)
    years = f"{lang}/{section(catalogue.site, 'years', lang)}/"
    for year in sorted(catalogue.by_year):
        yield Wish(PageKey("year", str(year)), lang, years, str(year), True)
    groups = f"{lang}/{section(catalogue.site, 'groups', lang)}/"
    for id_, group in records.groups.items():
        slug_ = _slug_of(group.slug, lang, id_)
        for number in range(1, page_count(len(catalogue.by_group.get(id_, ())), catalogue.site.page_size) + 1):
            name = id_ if number == 1 else f"{id_}/{number}"
            yield _numbered(PageKey("group", name), lang, groups, slug_, number)
    for id_, programme in records.programmes.items():
        if id_ != catalogue.site.programme:
            folder = f"{lang}/{section(catalogue.site, 'programmes', lang)}/"
            yield Wish(PageKey("programme", id_), lang, folder, _slug_of(programme.slug, lang, id_), True)


def _slug_of(slugs: dict[str, str], lang: str, id_: str) -> str:
    return slugs.get(lang) or slug(id_)


def _record_pages(site: Site, records: Records, lang: str) -> Iterator[Wish]:
    """Pages of records, whose slugs come from names."""
    products = f"{lang}/{section(site, 'products', lang)}/"
    for id_, product in records.products.items():
        producer = records.producers.get(product.producer or "")
        maker = slug(_named(producer.name, lang, site)) if producer else id_
        yield _by_name(PageKey("product", id_), lang, products, product.slug, product.name, site, maker)
    producers = f"{lang}/{section(site, 'producers', lang)}/"
    for id_, producer in records.producers.items():
        yield _by_name(PageKey("producer", id_), lang, producers, producer.slug, producer.name, site, id_)
    fairs = f"{lang}/{section(site, 'fairs', lang)}/"
    for id_, fair in records.fairs.items():
        yield _by_name(PageKey("fair", id_), lang, fairs, fair.slug, fair.name, site, id_)
    for id_, page in records.pages.items():
        yield _by_name(PageKey("page", id_), lang, f"{lang}/", page.slug, page.title, site, id_)
    places = f"{lang}/{section(site, 'places', lang)}/"
    above = {id_: province.slug.get(lang) or id_ for id_, province in records.provinces.items()}
    for id_, slug_ in above.items():
        yield Wish(PageKey("place", id_), lang, places, slug_, True)
    for kind in (records.districts, records.communes):
        for id_, place in kind.items():
            folder = f"{places}{above.get(place.province, place.province)}/"
            yield Wish(PageKey("place", id_), lang, folder, place.slug.get(lang) or id_.rsplit("/", 1)[-1], True)


def _named(words: dict[str, str], lang: str, site: Site) -> str:
    return next((words[code] for code in (lang, *site.languages) if code in words), "")


def _by_name(
    key: PageKey, lang: str, folder: str, slugs: dict[str, str], name: dict[str, str], site: Site, tie: str
) -> Wish:
    if lang in slugs:
        return Wish(key, lang, folder, slugs[lang], True)
    return Wish(key, lang, folder, slug(_named(name, lang, site))[:80].strip("-") or key.id, False, tie)

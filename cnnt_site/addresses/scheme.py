"""Which pages there are, and the address that each one asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from typing import NamedTuple

from cnnt_site.addresses.codes import codes
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.outlines import Outlines
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


FURTHER = "-page"
"""What the kind of a page that follows the first one of a list ends in."""


def page_of_list(kind: str, id_: str, number: int) -> PageKey:
    """The key of a page of a list, whose first page has that kind and id.

    >>> [str(page_of_list("place", "tinh-thu", number)) for number in (1, 2)]
    ['place:tinh-thu', 'place-page:tinh-thu/2']
    """
    if number == 1:
        return PageKey(kind, id_)
    if kind == "browse":
        return PageKey(kind, str(number))
    return PageKey(kind if kind == "group" else kind + FURTHER, f"{id_}/{number}")


def first_of_list(key: PageKey) -> PageKey:
    """The key of the first page of the list that a page belongs to; other pages are their own."""
    if key.kind == "browse":
        return PageKey(key.kind, "1")
    if key.kind == "group" or key.kind.endswith(FURTHER):
        return PageKey(key.kind.removesuffix(FURTHER), key.id.rsplit("/", 1)[0])
    return key


class Wish(NamedTuple):
    """The address that a page asks for: `folder` + slug + ".html". `key` is that of the page as written.

    `slug` is fixed when `written` (a person chose it, or it is a section's own page); else it comes
    from the name, and `tie_breaker` is added when another page wants the same.
    """

    key: str
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
    """The wish for a short code, made of what it stands for: any will do."""

    __slots__ = ()

    def address(self) -> str:
        """The first of its codes."""
        return next(self.others())

    def others(self) -> Iterator[str]:
        """All its codes."""
        for code in codes(self.key):
            yield f"{self.folder}{code}.html"


def page_count(items: int, size: int) -> int:
    """How many pages a list of so many items needs; an empty list has one."""
    return max(1, -(-items // size))


def wishes(catalogue: Catalogue, outlines: Outlines) -> Iterator[Wish]:
    """Every page of the site that has an address of its own, in an order that never changes."""
    for lang in catalogue.languages:
        yield from _section_pages(catalogue, lang)
        yield from _ordered_pages(catalogue, lang)
    yield from record_wishes(catalogue.site, catalogue.records, outlines)
    for coded in coded_pages(catalogue):
        yield CodeWish(str(code_key(coded)), "", PERMANENT, "", False)


def record_wishes(site: Site, records: Records, outlines: Outlines) -> Iterator[Wish]:
    """The pages of products, producers, fairs, texts and places: those that depend on no index.

    Of the records only the lists of places are looked at.
    """
    for number, lang in enumerate(site.languages):
        yield from _record_pages(site, outlines, number, lang)
        yield from _places(site, records, lang)
    for id_ in outlines.products:
        yield Wish(f"permalink:{id_}", "", PERMANENT, id_, True)


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
    yield Wish("home", lang, f"{lang}/", "index", True)
    for name in ("producers", "places", "levels", "years", "groups", "statistics", "fairs", "shortlist"):
        yield Wish(name, lang, f"{lang}/", section(catalogue.site, name, lang), True)
    if catalogue.records.neighbours:
        yield Wish("neighbours", lang, f"{lang}/", section(catalogue.site, "neighbours", lang), True)
    if catalogue.site.purpose == "sample":
        yield Wish("all-parts", lang, f"{lang}/", section(catalogue.site, "all-parts", lang), True)
    yield from _paged(catalogue, Wish("browse:1", lang, f"{lang}/", section(catalogue.site, "browse", lang), True))


def _paged(catalogue: Catalogue, first: Wish) -> Iterator[Wish]:
    """The first page of a list and those that follow it."""
    yield first
    kind, id_ = PageKey.read(first.key)
    for number in range(2, page_count(catalogue.cards(kind, id_), catalogue.site.page_size) + 1):
        key = str(page_of_list(kind, id_, number))
        yield Wish(key, first.lang, f"{first.folder}{first.slug}/", str(number), True)


def _ordered_pages(catalogue: Catalogue, lang: str) -> Iterator[Wish]:
    """Pages of levels, years, groups and programmes, and those that follow the first one of a place."""
    records = catalogue.records
    levels = f"{lang}/{section(catalogue.site, 'levels', lang)}/"
    for id_ in catalogue.ladder():
        slug_ = _slug_of(records.levels[id_].slug, lang, id_)
        yield from _paged(catalogue, Wish(f"level:{id_}", lang, levels, slug_, True))
        for level, year in sorted(catalogue.by_level_year):
            if level == id_:
                yield Wish(f"level-year:{id_}/{year}", lang, f"{levels}{slug_}/", str(year), True)
    years = f"{lang}/{section(catalogue.site, 'years', lang)}/"
    for year in sorted(catalogue.by_year):
        yield from _paged(catalogue, Wish(f"year:{year}", lang, years, str(year), True))
    groups = f"{lang}/{section(catalogue.site, 'groups', lang)}/"
    for id_, group in records.groups.items():
        yield from _paged(catalogue, Wish(f"group:{id_}", lang, groups, _slug_of(group.slug, lang, id_), True))
    for id_, programme in records.programmes.items():
        if id_ != catalogue.site.programme:
            folder = f"{lang}/{section(catalogue.site, 'programmes', lang)}/"
            first = Wish(f"programme:{id_}", lang, folder, _slug_of(programme.slug, lang, id_), True)
            yield from _paged(catalogue, first)
    for first in _places(catalogue.site, records, lang):
        yield from islice(_paged(catalogue, first), 1, None)


def _slug_of(slugs: dict[str, str], lang: str, id_: str) -> str:
    return slugs.get(lang) or slug(id_)


def _record_pages(site: Site, outlines: Outlines, number: int, lang: str) -> Iterator[Wish]:
    """Pages of records in the language of that number; a product's maker tells it from others of its name."""
    folder = f"{lang}/{section(site, 'products', lang)}/"
    for id_, product in outlines.products.items():
        maker = outlines.producers.get(product.producer or "")
        tie_breaker = maker.maker[number] if maker else id_
        yield Wish(f"product:{id_}", lang, folder, *product.addresses[number], tie_breaker)
    folder = f"{lang}/{section(site, 'producers', lang)}/"
    for id_, producer in outlines.producers.items():
        yield Wish(f"producer:{id_}", lang, folder, *producer.addresses[number], id_)
    folder = f"{lang}/{section(site, 'fairs', lang)}/"
    for id_, fair in outlines.fairs.items():
        yield Wish(f"fair:{id_}", lang, folder, *fair.addresses[number], id_)
    for id_, page in outlines.pages.items():
        yield Wish(f"page:{id_}", lang, f"{lang}/", *page.addresses[number], id_)


def _places(site: Site, records: Records, lang: str) -> Iterator[Wish]:
    places = f"{lang}/{section(site, 'places', lang)}/"
    above = {id_: province.slug.get(lang) or id_ for id_, province in records.provinces.items()}
    for id_, slug_ in above.items():
        yield Wish(f"place:{id_}", lang, places, slug_, True)
    for kind in (records.districts, records.communes):
        for id_, place in kind.items():
            folder = f"{places}{above.get(place.province, place.province)}/"
            yield Wish(f"place:{id_}", lang, folder, place.slug.get(lang) or id_.rsplit("/", 1)[-1], True)

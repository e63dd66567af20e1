"""Giving every page its address, and every old address its redirect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from cnnt_site.addresses.ledger import Ledger
from cnnt_site.addresses.scheme import (
    PERMANENT,
    CodeWish,
    PageKey,
    Wish,
    code_key,
    coded_page,
    first_of_list,
    record_wishes,
    wishes,
)
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.outlines import Outlines
from cnnt_site.model.site import Site
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.layout import FOLDERS, LEDGER, LISTED
from cnnt_site.reading.records import Records

FOLDER_OF = {"product": "products", "producer": "producers", "fair": "fairs", "page": "pages"}
LISTS_OF = {
    "place": ("provinces", "districts", "communes"),
    "level": ("levels",),
    "group": ("groups",),
    "programme": ("programmes",),
}


@dataclass(frozen=True, slots=True)
class Routes:
    """The address of every page by key and language, the redirects, and the ledger as it has to be.

    A page's name in `addresses` is such as "product:tranh-sen vi"; language-neutral pages (`p/<id>.html` and
    those of short codes) stand under the language ''.
    """

    addresses: Mapping[str, str]
    redirects: Mapping[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)

    def of(self, kind: str, id_: str, lang: str) -> str:
        """The address of a page. Raises KeyError for a page that doesn't exist."""
        return self.addresses[_page(kind, id_, lang)]

    def find(self, kind: str, id_: str, lang: str) -> str | None:
        """The address of a page, or None."""
        return self.addresses.get(_page(kind, id_, lang))

    def code(self, kind: str, id_: str) -> str:
        """The short code of a page, such as `k7m2`. Raises KeyError for a page that has none."""
        address = self.of(*code_key(PageKey(kind, id_)), "")
        return address.removeprefix(PERMANENT).removesuffix(".html")


def _page(kind: str, id_: str, lang: str) -> str:
    """The name of a page in `Routes.addresses`."""
    return f"{kind}:{id_} {lang}" if id_ else f"{kind} {lang}"


def route(catalogue: Catalogue, outlines: Outlines, ledger: Ledger, problems: Problems) -> Routes:
    """Addresses for all pages: as written, else as published before, else from the name."""
    wished = wishes(catalogue, outlines)
    return _Router(wished, catalogue.site, catalogue.records, outlines, ledger, problems).route()


def check_addresses(records: Records, outlines: Outlines, ledger: Ledger, problems: Problems) -> None:
    """Tells what is wrong with addresses of records while other problems keep pages from being made.

    Of a kind with records that can't be read nobody can say what is lost.
    """
    if records.site is None:
        return
    readable = [kind for kind, folder in FOLDER_OF.items() if records.ids[folder] == getattr(records, folder).keys()]
    current, moved = (
        {address: key for address, key in addresses.items() if PageKey.read(key).kind in readable}
        for addresses in (ledger.current, ledger.moved)
    )
    wished = record_wishes(records.site, records, outlines)
    _Router(wished, records.site, records, outlines, Ledger(current, moved), problems).route()


class _Router:
    def __init__(
        self,
        wished: Iterable[Wish],
        site: Site,
        records: Records,
        outlines: Outlines,
        ledger: Ledger,
        problems: Problems,
    ) -> None:
        self.site, self.records, self.ledger, self.problems = site, records, ledger, problems
        self.published = {**ledger.moved, **ledger.current}
        self.wishes = list(wished)
        self.keys = {wish.key for wish in self.wishes}
        self.given: dict[str, str] = {}
        self.holder: dict[str, Wish] = {}
        self.refused: set[str] = set()
        self.renamed = _stated_renames(outlines)

    def route(self) -> Routes:
        for wish in self.wishes:
            if wish.written:
                self._give_written(wish)
        self._give_unwritten(coded=False)
        self._give_unwritten(coded=True)  # renames are known by now
        redirects = self._redirects()
        current = {address: wish.key for address, wish in self.holder.items()}
        moved = {address: key for address, key in self.published.items() if address not in current}
        moved = {address: self.renamed.get(key, key) for address, key in moved.items()}
        return Routes(self.given, redirects, Ledger(current, moved))

    def _give_unwritten(self, *, coded: bool) -> None:
        """A page without a written slug keeps the one it was first published under, else takes one from its name."""
        before, holder, new = self._before(coded=coded), self.holder, []
        for wish in self.wishes:
            if not wish.written and isinstance(wish, CodeWish) == coded:
                page = f"{wish.key} {wish.lang}"
                published = before.get(page)
                address = "" if published is None else wish.folder + published.rpartition("/")[2]
                if published is None or address in holder:
                    new.append(wish)
                else:
                    self.given[page], holder[address] = address, wish
        self._give_by_name(new)

    def _before(self, *, coded: bool) -> dict[str, str]:
        """The address that each page is published under."""
        renamed = self.renamed
        return {
            f"{renamed.get(key, key)} {_language_of(address)}": address
            for address, key in self.ledger.current.items()
            if key.startswith("code:") == coded
        }

    def _give(self, wish: Wish, address: str) -> None:
        self.given[f"{wish.key} {wish.lang}"] = address
        self.holder[address] = wish

    def _give_written(self, wish: Wish) -> None:
        address = wish.address()
        other = self.holder.get(address)
        if other is not None:
            self.refused.add(f"{wish.key} {wish.lang}")
            there = _spot(other, self.records).path
            self.problems.error("address-twice", _spot(wish, self.records), address=address, other=there)
            return
        owner = self.published.get(address)
        owner = self.renamed.get(owner or "", owner)
        if owner is not None and owner != wish.key:
            if owner in self.keys:
                self.problems.error("address-taken", _spot(wish, self.records), address=address, owner=owner)
            else:
                self._takes_over(owner, wish)
        self._give(wish, address)

    def _give_by_name(self, waiting: list[Wish]) -> None:
        wanted = Counter(wish.address() for wish in waiting)
        for wish in waiting:
            address = wish.address()
            owner = self.published.get(address)
            if owner is not None and owner not in self.keys and self._takes_over(owner, wish):
                self._give(wish, address)
                continue
            asked = chain([address] if wanted[address] == 1 else [], wish.others())
            self._give(wish, next(a for a in asked if a not in self.holder and a not in self.published))

    def _takes_over(self, owner: str, wish: Wish) -> bool:
        """Whether a new folder is a vanished one renamed: it would stand at the very same address."""
        old, new = PageKey.read(owner), PageKey.read(wish.key)
        if old.kind != new.kind or old.kind == "code" or self.renamed.get(owner, wish.key) != wish.key:
            return False
        self.renamed.update(_renamed(old.kind, old.id, new.id))
        return True

    def _redirects(self) -> dict[str, str]:
        redirects: dict[str, str] = {}
        lost: dict[str, list[str]] = defaultdict(list)
        for address, written in self.published.items():
            if address in self.holder:
                continue
            key = self.renamed.get(written, written)
            lang = _language_of(address)
            if f"{key} {lang}" in self.refused:
                continue
            target = self._standing_in(PageKey.read(key), lang)
            if target is None:
                lost[str(_record_of(PageKey.read(key)))].append(address)
            else:
                redirects[address] = target
        for key, addresses in sorted(lost.items()):
            self._tell_lost(key, sorted(addresses))
        return redirects

    def _standing_in(self, key: PageKey, lang: str) -> str | None:
        """The address of a page, or of the one above it when lists have become shorter."""
        found = self.given.get(f"{key} {lang}")
        if found is not None:
            return found
        if key.kind == "code":
            return self._standing_in(coded_page(key), self.site.languages[0])
        first = first_of_list(key)
        if first != key:
            return self._standing_in(first, lang)
        above = {
            "year": "years",
            "neighbours": "home",
            "level-year": f"level:{key.id.rsplit('/', 1)[0]}",
        }.get(key.kind)
        return self.given.get(f"{above} {lang}") if above else None

    def _tell_lost(self, key: str, addresses: list[str]) -> None:
        kind, _, id_ = key.partition(":")
        section = "current" if addresses[0] in self.ledger.current else "moved"
        spot = Spot(LEDGER, (section, addresses[0]), at_key=True)
        folder = FOLDER_OF.get(kind)
        if folder is None:
            self.problems.error("lost-address", spot, address=addresses[0], key=key)
        else:
            code = "lost-product" if kind == "product" else "lost-record"
            file = f"{folder}/{id_}/{FOLDERS[folder][0]}"
            self.problems.error(code, spot, address=addresses[0], file=file, id=id_)


def _stated_renames(outlines: Outlines) -> dict[str, str]:
    """Old keys of records that say what they were `formerly`."""
    renames = {}
    for kind, folder in FOLDER_OF.items():
        for id_, outline in getattr(outlines, folder).items():
            for old in outline.formerly:
                renames.update(_renamed(kind, old, id_))
    return renames


def _language_of(address: str) -> str:
    return "" if address.startswith(PERMANENT) else address.partition("/")[0]


def _record_of(key: PageKey) -> PageKey:
    """The page of the record that a permanent address belongs to."""
    return {"permalink": PageKey("product", key.id), "code": coded_page(key)}.get(key.kind, first_of_list(key))


def _renamed(kind: str, old: str, new: str) -> dict[str, str]:
    """All keys of a record that was renamed, with what they are now."""
    keys = {f"{kind}:{old}": f"{kind}:{new}", f"code:{kind}/{old}": f"code:{kind}/{new}"}
    if kind == "product":
        keys[f"permalink:{old}"] = f"permalink:{new}"
    return keys


def _spot(wish: Wish, records: Records) -> Spot:
    """Where the slug of a page is written."""
    page = PageKey.read(wish.key)
    folder = FOLDER_OF.get(page.kind)
    if folder is not None:
        return Spot(f"{folder}/{page.id}/{FOLDERS[folder][0]}", ("slug", wish.lang))
    for kind in LISTS_OF.get(page.kind, ()):
        if page.id in getattr(records, kind):
            return Spot(LISTED[kind][0], (page.id, "slug", wish.lang))
    return Spot("site.yaml", ("sections",))

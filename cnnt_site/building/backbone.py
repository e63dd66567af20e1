"""The backbone of the showroom: what is found by going over all records, kept while nothing of that has changed.

It is made from outlines of records, from the lists, the ledger and the pictures. An edit that changes no
outline, such as that of a text, or only a name that keeps its place among the others, leaves it as it is, and then
no other record need be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from hashlib import blake2b
from typing import Any

from cnnt_site.addresses.ledger import Ledger, read_ledger
from cnnt_site.addresses.routes import Routes, check_addresses, route
from cnnt_site.building.memory import Memory
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.entries import Entries
from cnnt_site.catalogue.known_outlines import KnownOutlines
from cnnt_site.catalogue.outlines import Outline, ProducerOutline, ProductOutline, unnamed
from cnnt_site.catalogue.outlining import outline, outline_all
from cnnt_site.catalogue.resolving import resolve
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.noting import Kept, fingerprint
from cnnt_site.pictures.album import Album, Wanted, wanted
from cnnt_site.problems import Problem, Problems
from cnnt_site.processes import apart
from cnnt_site.program import program_version
from cnnt_site.reading.layout import FOLDERS, LEDGER
from cnnt_site.reading.records import Records
from cnnt_site.reading.tree import SourceTree

CATALOGUE = tuple(each.name for each in fields(Catalogue) if each.name not in ("site", "records", "as_of", "entries"))
"""What of a catalogue is found by going over all records."""

OTHERS = ("addresses", "redirects", "current", "moved", "pictures", "drawn")
"""What else is: fields of routes, ledger and album."""

MAPPINGS = {*OTHERS, *(each.name for each in fields(Catalogue) if str(each.type).startswith(("Mapping", "Counter")))}
"""What of these has keys."""


MANY = 5_000
"""From so many folders on records are gone over in a process of its own: what comes of that is then compact here."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """The catalogue, its addresses and its pictures; the first two are None while errors keep them from being told.

    `key` names what this was made from beside records and ledger, `problems` are those of all of it. `is_moved` says
    that some page has another address than the ledger tells. `parts` are for the memory, once the site has been made.
    """

    key: bytes
    catalogue: Catalogue | None
    routes: Routes | None
    album: Album
    problems: tuple[Problem, ...]
    is_moved: bool = False
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What going over all records finds.

    `values` are fields of catalogue, routes and ledger and the prints of all products, by name; None while errors keep
    them from being told. `pictures` are those that pages show.
    """

    values: Mapping[str, Any] | None
    pictures: tuple[Wanted, ...]
    problems: tuple[Problem, ...]
    is_moved: bool = False


class Spine:
    """What a backbone is made from: the records of a tree in their surroundings, and what `memory` knows of them.

    `key` names all of it but the records and the ledger, `lines` the records, `ledger` the ledger.
    """

    def __init__(self, records: Records, tree: SourceTree, around: Surroundings, memory: Memory) -> None:
        self.records, self.tree, self.around, self.memory = records, tree, around, memory
        self.lines = {folder: line.key for folder, line in memory.folders.lines.items()}
        self.ledger = _digest(tree, "", LEDGER)
        lists, pictures = _digests(tree, around)
        self.key = blake2b(b"".join((lists, pictures, *(folder.encode() for folder in self.lines)))).digest()
        self._outlines = KnownOutlines(memory.folders, lists)

    def as_before(self) -> Backbone | None:
        """The backbone of the last good build, if it would come to the same now."""
        memory, before = self.memory, self.memory.part("lines", {})
        if memory.part("backbone") != (self.key, self.ledger):
            return None
        changed = [folder for folder, key in self.lines.items() if before.get(folder) != key]
        if not all(self._is_alike(folder, before[folder]) for folder in changed) or not self._is_in_order(changed):
            return None
        prints = dict(memory.part("entries"))
        kept = {name: self._kept(name) for name in (*CATALOGUE, *OTHERS)}
        catalogue, routes, album = self._put_together({**kept, "entries": prints})
        for folder in changed:
            kind, _, id_ = folder.partition("/")
            if kind == "products":
                prints[id_] = fingerprint(catalogue.entries[id_])
        parts = {"lines": self.lines, "entries": prints} if changed else {}
        is_moved, told = memory.part("unwritten"), memory.part("problems")
        return Backbone(self.key, catalogue, routes, album, told, is_moved=is_moved, parts=parts)

    def anew(self, told: Iterable[Problem], measure: Callable[[Iterable[Wanted], Problems], Album]) -> Backbone:
        """The backbone, all of it made. `told` is what reading found wrong; `measure` opens pictures."""
        before, problems = frozenset(told), Problems()
        known = {name: self.memory.part(name, {}) for name in ("lines", "entries")}
        find = partial(self._find, before, **known)
        lasting = self.memory.folders.shelf.path is not None  # else outlines would be lost with that process
        found = apart(find) if lasting and len(self.lines) >= MANY else find()
        problems.add(found.problems)
        album = measure(found.pictures, problems)
        own = tuple(problem for problem in problems if problem not in before)
        if found.values is None:
            return Backbone(self.key, None, None, album, own)
        values = {**found.values, "pictures": album.pictures, "drawn": album.drawn}
        catalogue, routes, album = self._put_together(values)
        parts = {"lines": self.lines, "problems": own, **values}
        return Backbone(self.key, catalogue, routes, album, own, is_moved=found.is_moved, parts=parts)

    def _find(self, told: Collection[Problem], lines: Mapping[str, bytes], entries: Mapping[str, Any]) -> Found:
        """Goes over all records. `lines` and `entries` are those of the last good build."""
        records, tree, problems = self.records, self.tree, Problems()
        problems.add(told)
        ledger, outlines = read_ledger(tree, problems), outline_all(records, self.around, self._outlines)
        fresh = self._outlines.keep(outlines)
        catalogue = resolve(records, outlines, self.around, tree, problems)
        pictures = tuple(wanted(records, outlines, tree))
        if catalogue is None:
            check_addresses(records, outlines, ledger, problems)
            return Found(None, pictures, tuple(problems))
        routes = route(catalogue, outlines, ledger, problems)
        values = {name: getattr(catalogue, name) for name in CATALOGUE}
        values |= {"addresses": routes.addresses, "redirects": routes.redirects}
        values |= {"current": routes.ledger.current, "moved": routes.ledger.moved}
        values["entries"] = {
            id_: entries[id_]
            if id_ in entries and lines.get(folder := f"products/{id_}") == self.lines[folder] and folder not in fresh
            else fingerprint(catalogue.entries[id_])
            for id_ in catalogue.entries
        }
        return Found(values, pictures, tuple(problems), routes.ledger != ledger)

    def _put_together(self, values: Mapping[str, Any]) -> tuple[Catalogue, Routes, Album]:
        """Catalogue, addresses and pictures of what was found, now or by the last good build."""
        entries = Entries(self.records.products, values["producer_places"], self.around)
        entries.prints = values["entries"]
        own = {name: values[name] for name in CATALOGUE}
        assert self.records.site is not None
        catalogue = Catalogue(
            site=self.records.site, records=self.records, as_of=self.around.as_of, entries=entries, **own
        )
        ledger = Ledger(values["current"], values["moved"])
        routes = Routes(values["addresses"], values["redirects"], ledger)
        return catalogue, routes, Album(values["pictures"], values["drawn"])

    def _is_alike(self, folder: str, before: bytes) -> bool:
        """Whether a folder that has changed still has the outline that it had when its reading was `before`.

        Another name is none to a page whose address stands in the ledger.
        """
        kind, _, id_ = folder.partition("/")
        then = self._outlines.kept(folder, before)
        if then is None or id_ not in getattr(self.records, kind):
            return False
        now = outline(folder, self.records, self.around, self._makers_of(then))
        self._outlines.put(folder, now)
        return now == then or (not self.memory.part("unwritten") and unnamed(now) == unnamed(then))

    def _is_in_order(self, changed: Iterable[str]) -> bool:
        """Whether products that have changed stay between the neighbours that they had in the order of names."""
        ids = {folder.partition("/")[2] for folder in changed if folder.startswith("products/")}
        for number, listed in enumerate(self.memory.part("listed_in", {}).values() if ids else ()):
            for place, id_ in enumerate(listed):
                if id_ in ids:
                    beside = listed[max(place - 1, 0) : place + 2]
                    known = [(it.keys[number], other) for other in beside if (it := self._outlines.product(other))]
                    if len(known) < len(beside) or known != sorted(known):
                        return False
        return True

    def _makers_of(self, it: Outline) -> dict[str, ProducerOutline]:
        """The outline of a product's producer as it is now."""
        if not isinstance(it, ProductOutline) or it.producer not in self.records.producers:
            return {}
        folder = f"producers/{it.producer}"
        maker = self._outlines(folder) or outline(folder, self.records, self.around, {})
        return {it.producer: maker} if it.producer and isinstance(maker, ProducerOutline) else {}

    def _kept(self, name: str) -> Any:
        """What the last good build found; mappings are loaded when they are looked into."""
        return Kept(partial(self.memory.part, name, {})) if name in MAPPINGS else self.memory.part(name)


def _digests(tree: SourceTree, around: Surroundings) -> tuple[bytes, bytes]:
    """What names all that stands round the records, and what names the pictures beside them and the drawings."""
    lists, pictures = blake2b(f"{program_version()} {around.as_of}".encode()), blake2b()
    for folder in sorted(tree.listed):
        parent, _, rest = folder.partition("/")
        if parent in FOLDERS and rest.count("/") == 1:
            continue
        of = pictures if parent in FOLDERS else lists
        for name in tree.listed[folder].names:
            if folder + name != LEDGER:
                of.update((folder + name).encode() + _digest(tree, folder, name))
    return lists.digest(), pictures.digest()


def _digest(tree: SourceTree, folder: str, name: str) -> bytes:
    """16 bytes that name what is in a file, others when there is none or it can't be read."""
    try:
        return tree.digest(folder, name) or b"none"
    except OSError:
        return b"unreadable"

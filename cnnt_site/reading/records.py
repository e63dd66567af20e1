"""Files to records: every YAML file checked against its model, every mistake told at its place."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar

from cnnt_site.model.fair import Fair
from cnnt_site.model.neighbour import ForeignCatalogue
from cnnt_site.model.page import TextPage
from cnnt_site.model.picture import Illustration
from cnnt_site.model.place import Commune, District, Province
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.model.site import Site
from cnnt_site.model.taxonomy import Group, Level, ProducerKind, Programme, Statistic
from cnnt_site.problems import Key, Problems, Spot
from cnnt_site.reading import text_file, yaml_file
from cnnt_site.reading.folders import Asked, FolderRecords, Folders, FolderTexts, Reading
from cnnt_site.reading.kept_files import kept
from cnnt_site.reading.layout import FOLDER_NAME, FOLDERS, LEDGER, LISTED, SYNONYMS
from cnnt_site.reading.mistakes import tell, without
from cnnt_site.reading.neighbours import read_neighbours
from cnnt_site.reading.text_file import Text
from cnnt_site.reading.tree import SourceFile, SourceTree
from cnnt_site.reading.unknown_files import tell_unknown_files
from cnnt_site.shelf import Shelf

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """All that content says, by kind and id, nothing resolved yet.

    `texts` are the long texts by the path of their file, `told_in` the languages that a folder ("products/tranh-sen")
    has one in. `ids` are all that a kind
    has, those of unreadable records too, so that one mistake isn't told again wherever it is referred
    to; None when a whole list can't be read.
    """

    site: Site | None = None
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    producer_kinds: Mapping[str, ProducerKind] = field(default_factory=dict)
    provinces: Mapping[str, Province] = field(default_factory=dict)
    districts: Mapping[str, District] = field(default_factory=dict)
    communes: Mapping[str, Commune] = field(default_factory=dict)
    illustrations: Mapping[str, Illustration] = field(default_factory=dict)
    producers: Mapping[str, Producer] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    fairs: Mapping[str, Fair] = field(default_factory=dict)
    pages: Mapping[str, TextPage] = field(default_factory=dict)
    statistics: tuple[Statistic, ...] = ()
    neighbours: tuple[ForeignCatalogue, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    told_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: dict[str, frozenset[str] | None] = field(default_factory=dict)

    def texts_of(self, folder: str) -> Iterator[Text]:
        """The long texts of a folder."""
        return (self.texts[f"{folder}/{lang}.md"] for lang in self.told_in.get(folder, ()))


def read_record(tree: SourceTree, folder: str, asked: Asked) -> Reading:
    """Reads the record of a folder."""
    reader, (kind, _, name) = _Reader(tree, Problems(), *asked), folder.partition("/")
    return Reading(reader.folder(kind, name, *FOLDERS[kind]), reader.problems.take())


def read_texts(tree: SourceTree, folder: str, asked: Asked) -> Reading:
    """Reads the long texts of a folder."""
    reader = _Reader(tree, Problems(), *asked)
    return Reading(reader.texts(folder), reader.problems.take())


def unread(shelf: Shelf) -> Folders:
    """The folders of a content folder that is yet to be read; what is read is kept on `shelf`."""
    return Folders(shelf, (read_record, read_texts), {kind: file for kind, (file, _) in FOLDERS.items()})


def read(
    tree: SourceTree,
    problems: Problems,
    progress: Callable[[int, int], None] = lambda done, total: None,
    folders: Folders | None = None,
    jobs: int = 1,
) -> Records:
    """All records of a content folder, every problem told. Of `folders` only what has changed is read.

    Of a record with a problem stays what is right, so that its references are checked in the same run.
    """
    folders = folders or unread(Shelf(None))
    reader = _Reader(tree, problems)

    def file(path: str, read: Callable[[_Reader], T]) -> T:
        reader.known.add(path)
        asked, shelf = reader.languages, folders.shelf
        return kept(shelf, tree.files.get(path), str(asked), lambda told: read(_Reader(tree, told, asked)), problems)

    site = file("site.yaml", lambda it: it.whole_file("site.yaml", Site, needed=True))
    reader.languages = site.languages if site else ()
    reader.written = reader.languages or _names_of_texts(tree)
    kinds: dict[str, Mapping[str, Any]] = {}
    ids: dict[str, frozenset[str] | None] = {}
    for kind, (path, model) in LISTED.items():
        kinds[kind], ids[kind] = file(path, methodcaller("listed_file", path, model))
    statistics = file("statistics.yaml", lambda it: it.statistics("statistics.yaml"))
    names = folders.read(tree, Asked(reader.languages, reader.written), jobs, progress)
    problems.add(folders.problems())
    for kind in FOLDERS:
        kinds[kind], ids[kind] = FolderRecords(folders, kind), frozenset(names[kind])
    sources = site.sources if site else ()
    reader.known.update(source.file for source in sources)
    neighbours = read_neighbours(sources, tree, problems)
    tell_unknown_files(tree, reader.known, reader.written, problems)
    told_in = {folder: tuple(line.texts) for folder, line in folders.lines.items() if line.texts}
    long = {"texts": FolderTexts(folders), "told_in": told_in}
    return Records(site=site, statistics=statistics, neighbours=neighbours, ids=ids, **long, **kinds)


def mistakes_in(said: Any, model: type[Any], languages: tuple[str, ...]) -> Problems:
    """What is wrong with a record that stands in no file yet: plain data, as the YAML reader would give it."""
    problems = Problems()
    _Reader(SourceTree(Path()), problems, languages)._checked("", (), said, model)
    return problems


@dataclass(slots=True)
class _Reader:
    """Reads file by file. `languages` are the site's, `written` those that texts are looked for in."""

    tree: SourceTree
    problems: Problems
    languages: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    known: set[str] = field(default_factory=lambda: {LEDGER, SYNONYMS})

    def whole_file(self, path: str, model: type[T], *, needed: bool = False) -> T | None:
        """The one record that a file holds."""
        data = self._parsed(path, needed=needed)
        return None if data is None else self._checked(path, (), data, model)

    def listed_file(self, path: str, model: type[T]) -> tuple[dict[str, T], frozenset[str] | None]:
        """The records of a file by their ids, and all its ids; no ids are known of a broken file."""
        if path not in self.tree.files:
            return {}, frozenset()
        data = self._parsed(path)
        if data is None:
            return {}, None
        if not isinstance(data, dict):
            self.problems.error("needs-keys", Spot(path, line=1, column=1))
            return {}, None
        found: dict[str, T] = {}
        for identifier, value in data.items():
            if not _IDENTIFIER.fullmatch(identifier):
                self.problems.error("bad-identifier", Spot(path, (identifier,)), written=identifier)
                continue
            record = self._checked(path, (identifier,), value, model)
            if record is not None:
                found[identifier] = record
        return found, frozenset(data)

    def statistics(self, path: str) -> tuple[Statistic, ...]:
        """The list of official totals."""
        data = self._parsed(path)
        if data is None:
            return ()
        if not isinstance(data, list):
            self.problems.error("needs-list", Spot(path, line=1, column=1))
            return ()
        checked = [self._checked(path, (number,), value, Statistic) for number, value in enumerate(data)]
        return tuple(statistic for statistic in checked if statistic is not None)

    def folder(self, kind: str, name: str, file: str, model: type[T]) -> T | None:
        """The record of a folder, whose name is its id."""
        path = f"{kind}/{name}"
        if not FOLDER_NAME.fullmatch(name):
            from cnnt_site.vietnamese import slug

            self.problems.error("bad-folder-name", Spot(path), written=name, guess=slug(name))
            return None
        if f"{path}/{file}" not in self.tree.files:
            self.problems.error("no-record-file", Spot(path), file=file)
            return None
        return self.whole_file(f"{path}/{file}", model)

    def texts(self, folder: str) -> dict[str, Text]:
        """The long texts of a folder by language."""
        found: dict[str, Text] = {}
        for language in self.written:
            path = f"{folder}/{language}.md"
            file = self.tree.files.get(path)
            if file is None:
                continue
            self.known.add(path)
            data = self._bytes(file)
            text = None if data is None else text_file.parse(path, data, self.problems)
            if text is not None:
                found[language] = text
        return found

    def _parsed(self, path: str, *, needed: bool = False) -> Any:
        self.known.add(path)
        file = self.tree.files.get(path)
        if file is None:
            if needed and self.tree.root.is_dir():
                self.problems.error("no-site-file", Spot(path))
            return None
        data = self._bytes(file)
        if data is None:
            return None
        before, value = self.problems.errors, yaml_file.parse(path, data, self.problems)
        if value is None and self.problems.errors == before:
            self.problems.error("empty-file", Spot(path))
        return value

    def _bytes(self, file: SourceFile) -> bytes | None:
        if file.size > (most := yaml_file.LARGEST) * 8:
            self.problems.error("file-too-large", Spot(file.path), size=file.size // 1000, most=most // 1000)
            return None
        try:
            return file.read()
        except OSError as error:
            self.problems.error("unreadable", Spot(file.path), reason=error.strerror or "")
            return None

    def _checked(self, path: str, keys: tuple[Key, ...], value: Any, model: type[T]) -> T | None:
        from pydantic import ValidationError

        adapter = _adapter(typing.cast("Any", model))
        context = {"languages": self.languages}
        try:
            return typing.cast("T", adapter.validate_python(value, context=context))
        except ValidationError as error:
            mistakes = error.errors(include_url=False)
        tell(mistakes, Spot(path, keys), model, self.problems)
        try:
            return typing.cast("T", adapter.validate_python(without(value, mistakes), context=context))
        except ValidationError:
            return None


_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")


def _names_of_texts(tree: SourceTree) -> tuple[str, ...]:
    """The languages that texts seem to be in, when site.yaml can't tell."""
    names = {path.rsplit("/", 1)[-1] for path in tree.files if path.endswith(".md")}
    return tuple(sorted(name.removesuffix(".md") for name in names))


@functools.cache
def _adapter(model: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(model)

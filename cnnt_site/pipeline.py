"""The whole way from a content folder to a published site, on one screen.

Each step is a function from finished values to a finished value; `problems` and `cache` are the only
things that go along. An error anywhere means that nothing is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from cnnt_site import publishing
from cnnt_site.addresses.ledger import read_ledger, write_ledger
from cnnt_site.addresses.routes import Routes, check_addresses, route
from cnnt_site.cache import Cache
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.outlining import outline_all
from cnnt_site.catalogue.resolving import resolve
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.compressing import ready
from cnnt_site.making import Source
from cnnt_site.memory import Memory, Readings, recall, remember
from cnnt_site.order import Order, Outcome
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import album, renditions
from cnnt_site.placing import Place
from cnnt_site.problems import Problems, Spot
from cnnt_site.program import program_version
from cnnt_site.publishing import NotPublished
from cnnt_site.reading import records
from cnnt_site.reading.tree import scan, stamp_of
from cnnt_site.search import synonyms
from cnnt_site.search.synonyms import Synonyms
from cnnt_site.store import MEMORY, Store
from cnnt_site.themes import Theme, load_theme
from cnnt_site.unchanged import outcome_parts, theme_stamps
from cnnt_site.words import read_words
from cnnt_site.workshop import Workshop

Progress = Callable[[str, int, int], None]
"""Told the stage (read, pictures, files of pictures, pages), how much of it is done, and how much there is."""


@dataclass(slots=True)
class Result(Outcome):
    """An outcome with what it was made from: `records` and the day `as_of` are what was read.

    `catalogue`, `routes` and `showroom` are None while it has errors; `files` are those of a site held in
    memory.
    """

    records: records.Records = field(default_factory=records.Records)
    as_of: date = date.min
    catalogue: Catalogue | None = None
    routes: Routes | None = None
    synonyms: Synonyms = field(default_factory=Synonyms)
    showroom: Showroom | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def open_showroom(
    order: Order,
    progress: Progress = lambda stage, done, total: None,
    memory: Memory | None = None,
    *,
    making: bool = False,
) -> Result:
    """Everything up to the pages: what they are made from, when the content has no errors.

    What `memory` knows is not read again, and it learns what was read. With `making` the pictures that pages
    show are made as soon as they are opened.
    """
    problems, cache, memory = Problems(), Cache(order.cache), memory or Memory()
    tree = scan(order.content, problems, memory.stamps)
    result, readings = Result(problems, tree), Readings(memory.readings)
    said = records.read(tree, problems, lambda done, total: progress("read", done, total), readings.read)
    ledger, result.synonyms = read_ledger(tree, problems), synonyms.own(tree, problems)
    as_of = order.as_of or (said.site.updated if said.site else date.min)
    around = Surroundings.of(said, as_of)
    outlines = outline_all(said, around)
    catalogue = resolve(said, outlines, around, tree, problems)
    result.records, result.as_of, result.catalogue = said, as_of, catalogue
    theme = load_theme(order.themes, order.theme or said.site.theme, problems) if said.site else None
    pictures = album.measure(
        album.wanted(said, outlines, tree),
        tree,
        cache,
        problems,
        jobs=order.jobs,
        making=making,
        progress=lambda done, total: progress("pictures", done, total),
    )
    if catalogue is None or theme is None:
        check_addresses(said, outlines, ledger, problems)
        return result
    routes = result.routes = route(catalogue, outlines, ledger, problems)
    if order.locked and routes.ledger != ledger:
        problems.error("ledger-would-change", Spot(records.LEDGER))
    result.products = len(catalogue.listed)
    if not problems.errors:
        result.showroom = _showroom(order, catalogue, routes, pictures, theme, problems)
        memory.stamps, memory.readings = tree.stamps(), readings.now
    return result


def build(order: Order, progress: Progress = lambda stage, done, total: None, memory: Memory | None = None) -> Result:
    """Builds the site that `order` describes. Raises NotPublished when the disk refuses, NoBrotli when it is missing.

    A build into a folder remembers in the cache what it made from what; one without keeps its files in
    `memory` when it is given one, and in the result.
    """
    cache, store, themes = Cache(order.cache), Store(order.cache / MEMORY), theme_stamps(order.themes)
    before = recall(store, program_version()) if memory is None else memory
    result = open_showroom(order, progress, before, making=True)
    problems, showroom = result.problems, result.showroom
    if showroom is None:
        return result
    compressed = showroom.catalogue.site.hosting.compressed if order.output is not None else "no"
    ready(compressed)
    workshop = Workshop(before, Place(order.output, memory is not None, compressed), progress)
    try:
        if order.output is not None:
            publishing.clear_staging(order.output)
        maker = workshop.make(Source(showroom, result.synonyms), result.tree, cache, order.jobs, problems)
        pages = [unit.facts for unit in workshop.units.values() if unit.facts is not None]
        result.pages, result.untranslated = len(pages), sum(facts.untranslated for facts in pages)
        if problems.errors or (order.strict and problems.warnings):
            return result
        if order.output is not None:
            if write_ledger(order.content, showroom.routes.ledger):
                before.stamps[records.LEDGER] = stamp_of(order.content / records.LEDGER)
            result.published = publishing.publish(order.output, workshop.sums, workshop.fates)
    except OSError as error:
        raise NotPublished(error, order.output or order.content) from error
    finally:
        if order.output is not None:
            publishing.clear_staging(order.output)
    workshop.settle(maker)
    if memory is not None:
        files = {**memory.files, **workshop.files}
        result.files = memory.files = {address: files[address] for address in workshop.sums}
    elif order.output is not None:
        remember(store, program_version(), before, outcome_parts(order, result, themes))
        cache.prune(lambda: renditions.keys(showroom.album.pictures.values()))
    return result


def _showroom(
    order: Order, catalogue: Catalogue, routes: Routes, pictures: album.Album, theme: Theme, problems: Problems
) -> Showroom:
    words = {lang: read_words(theme.word_files(lang), lang, theme.name, problems) for lang in catalogue.languages}
    base_url = order.base_url or catalogue.site.base_url
    if base_url is None:
        problems.warn("no-base-address", Spot("site.yaml"))
    return Showroom(catalogue, routes, pictures, theme, words, base_url and base_url.rstrip("/") + "/")

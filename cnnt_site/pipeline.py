"""The whole way from a content folder to a published site, on one screen.

Each step is a function from finished values to a finished value; `problems` and `cache` are the only
things that go along. An error anywhere means that nothing is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pickle import dumps

from cnnt_site.addresses.ledger import write_ledger
from cnnt_site.addresses.routes import Routes
from cnnt_site.building import publishing
from cnnt_site.building.backbone import Backbone, Spine
from cnnt_site.building.dressing import dress
from cnnt_site.building.left import Left
from cnnt_site.building.memory import Memory
from cnnt_site.building.order import Order, Outcome
from cnnt_site.building.outputs import stamp_of
from cnnt_site.building.placing import Place
from cnnt_site.building.publishing import NotPublished
from cnnt_site.building.source import Source
from cnnt_site.building.unchanged import Seen, asked, look
from cnnt_site.building.workshop import Workshop
from cnnt_site.cache import Cache
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.compressing import ready
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import album, renditions
from cnnt_site.pictures.album import Album, Wanted
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading import records
from cnnt_site.reading.layout import LEDGER
from cnnt_site.reading.scanning import kept
from cnnt_site.search import synonyms
from cnnt_site.search.synonyms import Synonyms
from cnnt_site.themes import Theme
from cnnt_site.words import Words

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
    backbone: Backbone | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def open_showroom(
    order: Order,
    memory: Memory,
    progress: Progress = lambda stage, done, total: None,
    seen: Seen | None = None,
    *,
    making: bool = False,
) -> Result:
    """Everything up to the pages: what they are made from, when the content has no errors.

    What `memory` knows is not read again. With `making` the pictures that pages
    show are made as soon as they are opened.
    """
    problems, cache = Problems(), Cache(order.cache)
    seen = seen or look(order, memory.left)
    tree = seen.tree
    problems.add(seen.told)
    said = records.read(tree, problems, lambda done, total: progress("read", done, total), memory.folders, order.jobs)
    tree.settle()
    as_of = order.as_of or (said.site.updated if said.site else date.min)
    result = Result(problems, tree, records=said, as_of=as_of, synonyms=synonyms.own(tree, problems))
    site, dressed = said.site, None
    if site is not None:
        name, languages = order.theme or site.theme, site.languages
        dressed = dress(seen.themes, name, languages, memory, problems)
    spine = Spine(said, tree, Surroundings.of(said, as_of), memory)

    def measure(pictures: Iterable[Wanted], problems: Problems) -> Album:
        return album.measure(
            pictures,
            tree,
            cache,
            problems,
            jobs=order.jobs,
            making=making,
            progress=lambda done, total: progress("pictures", done, total),
        )

    backbone = result.backbone = spine.as_before() or spine.anew(problems, measure)
    problems.add(backbone.problems)
    result.catalogue, result.routes = backbone.catalogue, backbone.routes
    if backbone.catalogue is None or backbone.routes is None or dressed is None:
        return result
    if order.locked and backbone.is_moved:
        problems.error("ledger-would-change", Spot(LEDGER))
    result.products = len(backbone.catalogue.listed)
    if not problems.errors:
        result.showroom = _showroom(order, backbone.catalogue, backbone.routes, backbone.album, *dressed, problems)
    return result


def build(
    order: Order, memory: Memory, progress: Progress = lambda stage, done, total: None, seen: Seen | None = None
) -> Result:
    """Builds the site that `order` describes. Raises NotPublished when the disk refuses, NoBrotli when it is missing.

    An order without an output only checks, or makes the site in memory when `memory` holds it there.
    """
    cache, seen = Cache(order.cache), seen or look(order, memory.left)
    result = open_showroom(order, memory, progress, seen, making=True)
    problems, showroom, backbone = result.problems, result.showroom, result.backbone
    if showroom is None or backbone is None:
        return result
    compressed = showroom.catalogue.site.hosting.compressed if order.output is not None else "no"
    ready(compressed)
    place = Place(order.output, memory.is_held, compressed)
    try:
        if order.output is not None:
            publishing.clear_staging(order.output)
        workshop = Workshop(Source(showroom, result.synonyms), result.tree, cache, memory, place, order.jobs, progress)
        workshop.make(problems)
        result.pages, result.untranslated = workshop.pages, workshop.untranslated
        if problems.errors or (order.strict and problems.warnings):
            memory.discard()
            return result
        content, outputs, manifest = kept(result.tree), memory.left.outputs, None
        if order.output is not None:
            if "addresses" in backbone.parts and write_ledger(order.content, showroom.routes.ledger):
                content = kept(result.tree, (LEDGER,))
            result.published = publishing.publish(
                order.output, workshop.sums, workshop.fates, workshop.gone, workshop.standing, memory.left.manifest
            )
            outputs = outputs.renewed(order.output, chain(workshop.sums, workshop.gone))
            manifest = stamp_of(order.output / publishing.MANIFEST)
    except OSError as error:
        raise NotPublished(error, order.output or order.content) from error
    finally:
        if order.output is not None:
            publishing.clear_staging(order.output)
    if order.output is None and not memory.is_held:
        memory.discard()
        return result
    ledger = content[""].digest_of(LEDGER) if LEDGER in content[""].names else b"none"
    own = {"backbone": (backbone.key, ledger), "unwritten": backbone.is_moved and order.output is None}
    for name, value in {**own, **backbone.parts}.items():
        memory.put(name, value)
    workshop.settle(
        Left(
            asked=asked(order),
            numbers=(result.products, result.pages, result.untranslated),
            told=dumps(tuple(problems), 5),
            reading=memory.folders.name,
            content=content,
            themes=seen.themes.listed,
            place=place.name,
            outputs=outputs,
            manifest=manifest,
        )
    )
    result.files = memory.files
    if order.output is not None:
        cache.prune(lambda: renditions.keys(showroom.album.pictures.values()))
    return result


def _showroom(
    order: Order,
    catalogue: Catalogue,
    routes: Routes,
    pictures: Album,
    theme: Theme,
    words: dict[str, Words],
    problems: Problems,
) -> Showroom:
    base_url = order.base_url or catalogue.site.base_url
    if base_url is None:
        problems.warn("no-base-address", Spot("site.yaml"))
    return Showroom(catalogue, routes, pictures, theme, words, base_url and base_url.rstrip("/") + "/")

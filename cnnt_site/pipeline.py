"""The whole way from a content folder to a published site, on one screen.

Each step is a function from finished values to a finished value; `problems` and `cache` are the only
things that go along. An error anywhere means that nothing is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cnnt_site import publishing
from cnnt_site.addresses.ledger import read_ledger, write_ledger
from cnnt_site.addresses.routes import Routes, check_addresses, route
from cnnt_site.cache import Cache
from cnnt_site.catalogue.catalogue import Catalogue
from cnnt_site.catalogue.resolving import resolve
from cnnt_site.feeds import address_book, atom, booth_lists, hosts, oembed, open_data, qr_codes, shortlist, sitemap
from cnnt_site.pages.framing import site_view
from cnnt_site.pages.parts import Frame
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.site_plan import plan_pages
from cnnt_site.pictures import album, renditions
from cnnt_site.printing import social
from cnnt_site.problems import Problems, Spot
from cnnt_site.publishing import NotPublished, Published
from cnnt_site.reading import records
from cnnt_site.reading.tree import SourceTree, scan
from cnnt_site.rendering import Renderer
from cnnt_site.search import filling, synonyms
from cnnt_site.search.synonyms import Synonyms
from cnnt_site.themes import Theme, load_theme
from cnnt_site.verifying import Verifier
from cnnt_site.words import read_words

Progress = Callable[[str, int, int], None]
"""Told the stage (read, pictures, pages), how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and how. `output` None builds without publishing; a `preview` claims no addresses."""

    content: Path
    themes: Path
    cache: Path
    output: Path | None = None
    theme: str | None = None
    base_url: str | None = None
    as_of: date | None = None
    jobs: int = 1
    strict: bool = False
    locked: bool = False
    preview: bool = False


@dataclass(slots=True)
class Result:
    """What came of it. `published` is None when problems (or the order) kept the site back.

    `records` and the day `as_of` are what was read; `catalogue` and `routes` are None while it has errors.
    """

    problems: Problems
    tree: SourceTree
    records: records.Records = field(default_factory=records.Records)
    as_of: date = date.min
    catalogue: Catalogue | None = None
    routes: Routes | None = None
    synonyms: Synonyms = field(default_factory=Synonyms)
    showroom: Showroom | None = None
    products: int = 0
    pages: int = 0
    untranslated: int = 0
    published: Published | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def open_showroom(order: Order, progress: Progress = lambda stage, done, total: None) -> Result:
    """Everything up to the pages: what they are made from, when the content has no errors."""
    problems, cache = Problems(), Cache(order.cache)
    tree = scan(order.content, problems)
    result = Result(problems, tree)
    said = records.read(tree, problems, lambda done, total: progress("read", done, total))
    ledger, result.synonyms = read_ledger(tree, problems), synonyms.own(tree, problems)
    as_of = order.as_of or (said.site.updated if said.site else date.min)
    catalogue = resolve(said, tree, as_of, problems)
    result.records, result.as_of, result.catalogue = said, as_of, catalogue
    theme = load_theme(order.themes, order.theme or said.site.theme, problems) if said.site else None
    pictures = album.measure(album.wanted(said, tree), tree, cache, problems)
    if catalogue is None or theme is None:
        check_addresses(said, ledger, problems)
        return result
    routes = result.routes = route(catalogue, ledger, problems)
    if order.locked and routes.ledger != ledger:
        problems.error("ledger-would-change", Spot(records.LEDGER))
    result.products = len(catalogue.listed)
    if not problems.errors:
        result.showroom = _showroom(order, catalogue, routes, pictures, theme, problems)
    return result


def build(order: Order, progress: Progress = lambda stage, done, total: None) -> Result:
    """Builds the site that `order` describes. Raises NotPublished when the disk refuses."""
    result = open_showroom(order, progress)
    problems, showroom = result.problems, result.showroom
    if showroom is None:
        return result
    tree, cache = result.tree, Cache(order.cache)
    for address, data in _files(showroom, result.synonyms, tree, cache, order.jobs, result, progress):
        result.files[address] = data
    if problems.errors or (order.strict and problems.warnings) or order.output is None:
        return result

    try:
        if not order.preview:
            write_ledger(order.content, showroom.routes.ledger)
        result.published = publishing.publish(order.output, result.files)
    except OSError as error:
        raise NotPublished(error, order.output) from error
    return result


def _showroom(
    order: Order, catalogue: Catalogue, routes: Routes, pictures: album.Album, theme: Theme, problems: Problems
) -> Showroom:
    words = {lang: read_words(theme.word_files(lang), lang, theme.name, problems) for lang in catalogue.languages}
    base_url = order.base_url or catalogue.site.base_url
    if base_url is None:
        problems.warn("no-base-address", Spot("site.yaml"))
    return Showroom(catalogue, routes, pictures, theme, words, base_url and base_url.rstrip("/") + "/")


def _files(
    showroom: Showroom,
    words: Synonyms,
    tree: SourceTree,
    cache: Cache,
    jobs: int,
    result: Result,
    progress: Progress,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, its links checked when the last one has been made."""
    problems = result.problems
    sites = {lang: site_view(showroom, lang) for lang in showroom.catalogue.languages}
    renderer = Renderer(showroom.theme, showroom.words, sites, problems)
    verifier, frames, addresses = Verifier(), list[Frame](), set[str]()
    drafts = list(plan_pages(showroom))
    for draft in drafts:
        plan = draft.compose(showroom, *draft.arguments)
        page = renderer.render(plan)
        if page is None:
            continue
        verifier.look(plan.address, plan.template, page, problems)
        frames.append(plan.frame)
        addresses.add(plan.address)
        result.pages += 1
        result.untranslated += plan.frame.untranslated
        progress("pages", result.pages, len(drafts))
        yield plan.address, page
    for address, data in _other_files(showroom, words, tree, cache, jobs, frames, progress):
        addresses.add(address)
        yield address, data
    yield from hosts.files(showroom, addresses)
    if not problems.errors:
        verifier.tell(addresses, problems)


def _other_files(
    showroom: Showroom,
    words: Synonyms,
    tree: SourceTree,
    cache: Cache,
    jobs: int,
    frames: list[Frame],
    progress: Progress,
) -> Iterator[tuple[str, bytes]]:
    for name, data in showroom.theme.assets.items():
        yield showroom.theme.addresses[name], data
    made = renditions.make_all(showroom.album, tree, cache, jobs, lambda done, of: progress("pictures", done, of))
    yield from made
    yield from filling.files(showroom, words)
    yield from open_data.files(showroom)
    yield from shortlist.files(showroom)
    yield from atom.files(showroom)
    yield from address_book.files(showroom)
    yield from qr_codes.files(showroom, cache)
    yield from booth_lists.files(showroom, cache)
    yield from oembed.files(showroom)
    yield from social.files(showroom, tree, cache, jobs)
    yield from sitemap.files(showroom, frames)


@contextmanager
def one_at_a_time(cache: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of a content folder's builds; calls `waiting` once when another build holds it.

    The lock is the operating system's, so a dead process doesn't hold it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(cache / "lock")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    except OSError as error:
        raise NotPublished(error, cache) from error
    try:
        yield
    finally:
        lock.release()

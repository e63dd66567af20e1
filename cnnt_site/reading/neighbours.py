"""Data of other showrooms to records. Nothing in it is trusted: it may be broken, huge, or written to harm.

A dataset that can't be read is left out with a warning, a product that can't be read likewise; the
showroom itself is built all the same.
"""

from __future__ import annotations

import json
import re
from typing import Any

from cnnt_site.model.kinds import INVISIBLE
from cnnt_site.model.neighbour import ForeignCatalogue, ForeignProduct, Neighbour
from cnnt_site.problems import Problems, Spot, closest
from cnnt_site.reading.tree import SourceTree

FORMAT = 1
"""The format of open data that is understood, as `feeds.open_records.FORMAT` writes it."""

LARGEST = 50_000_000
MOST_PRODUCTS = 20_000
LONGEST = 300
_HOME = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_PAGE = re.compile(r"([a-z0-9-]+/){0,8}[a-z0-9-]+\.html")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_neighbours(
    sources: tuple[Neighbour, ...], tree: SourceTree, problems: Problems
) -> tuple[ForeignCatalogue, ...]:
    """The catalogues of all neighbours that can be read."""
    found = (
        _read(source, Spot("site.yaml", ("sources", n, "file")), tree, problems) for n, source in enumerate(sources)
    )
    return tuple(catalogue for catalogue in found if catalogue is not None)


def _read(source: Neighbour, spot: Spot, tree: SourceTree, problems: Problems) -> ForeignCatalogue | None:
    file = tree.files.get(source.file)
    if file is None:
        guess = closest(source.file, (path for path in tree.files if path.endswith(".json")))
        problems.error("neighbour-missing", spot, written=source.file, guess=guess)
        return None
    try:
        data = json.loads(file.read()) if file.size <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("products"), list):
        problems.warn("neighbour-broken", Spot(source.file), name=_any(source.name))
        return None
    home = source.url or data.get("base_url")
    if not isinstance(home, str) or not _HOME.fullmatch(home):
        problems.warn("neighbour-without-address", spot, name=_any(source.name))
        return None
    home = home.rstrip("/") + "/"
    written = data["products"][:MOST_PRODUCTS]
    products = [_product(product, home) for product in written if not _withdrawn(product)]
    lost = sum(product is None for product in products) + len(data["products"]) - len(written)
    if lost:
        problems.warn("neighbour-skipped", Spot(source.file), n=lost, name=_any(source.name))
    updated = data.get("updated")
    day = updated if isinstance(updated, str) and _DAY.fullmatch(updated) else None
    return ForeignCatalogue(source.name, home, day, tuple(product for product in products if product is not None))


def _withdrawn(product: Any) -> bool:
    return isinstance(product, dict) and bool(product.get("withdrawn"))


def _product(product: Any, home: str) -> ForeignProduct | None:
    """What a list shows of a product; None when it has no readable name or no page to lead to."""
    if not isinstance(product, dict):
        return None
    name, page = _words(product.get("name")), product.get("permalink")
    if not name or not isinstance(page, str) or not _PAGE.fullmatch(page):
        return None
    producer, certificates = product.get("producer"), product.get("certificates")
    first = certificates[0] if isinstance(certificates, list) and certificates else None
    level, year = (first.get("level"), first.get("year")) if isinstance(first, dict) else (None, None)
    return ForeignProduct(
        name=name,
        producer=_words(producer.get("name")) if isinstance(producer, dict) else {},
        level=level if isinstance(level, str) else None,
        year=year if isinstance(year, int) and not isinstance(year, bool) and 1900 < year < 2100 else None,
        address=home + page,
    )


def _words(value: Any) -> dict[str, str]:
    """A text by language: one line each, nothing invisible in it, of bearable length."""
    if not isinstance(value, dict):
        return {}
    found = {}
    for code, text in list(value.items())[:20]:
        if isinstance(text, str) and _LANGUAGE.fullmatch(code):
            line = " ".join(INVISIBLE.sub(" ", text[: LONGEST * 4]).split())
            if line:
                found[code] = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return found


def _any(words: dict[str, str]) -> str:
    return next(iter(words.values()), "")

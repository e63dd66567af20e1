"""Knowing that nothing has changed, by what the disk says of every file, before anything heavy is loaded.

The stamps of content, themes and output are those of the last good build, whose order and program were
the same: so its outcome is told again. Whatever else is the case is left to a real build.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from cnnt_site import publishing
from cnnt_site.order import Order, Outcome
from cnnt_site.problems import Problems
from cnnt_site.program import program_version
from cnnt_site.publishing import Published
from cnnt_site.reading.tree import Scanned, Stamp, scan
from cnnt_site.store import Store
from cnnt_site.unpickling import BROKEN, loads


def still_good(order: Order, store: Store) -> Outcome | None:
    """The outcome of the last build when one with this order would come to the same; None when it might not."""
    try:
        if order.output is None or store.part("version") != (program_version(),):
            return None
        files, folders, outputs, themes = (store.part(name)[0] for name in ("files", "folders", "outputs", "themes"))
        asked, outcome, found = loads(store.part("outcome")[0])
    except (sqlite3.Error, *BROKEN):
        return None
    finally:
        store.close()
    if asked != _asked(order) or theme_stamps(order.themes) != themes or not all(themes.values()):
        return None
    problems = Problems()
    tree = scan(order.content, problems, Scanned(files, folders))
    if len(tree.files) != len(files) or not all(file.known for file in tree.files.values()):
        return None
    if not publishing.is_complete(order.output) or publishing.touched(order.output, outputs):
        return None
    problems.add(found)
    products, pages, untranslated = outcome
    return Outcome(problems, tree, products, pages, untranslated, Published(0, sum(map(len, outputs.values())), 0))


def outcome_parts(order: Order, outcome: Outcome, themes: dict[str, Stamp]) -> dict[str, Any]:
    """What `still_good` has to know of a build that went well; `themes` as they were when it began."""
    numbers = (outcome.products, outcome.pages, outcome.untranslated)
    return {"themes": themes, "outcome": (_asked(order), numbers, tuple(outcome.problems))}


def theme_stamps(themes: Path) -> dict[str, Stamp]:
    """The stamp of every theme file; one that is too young to be trusted has none."""
    tree = scan(themes, Problems())
    return {path: file.stamp for path, file in tree.files.items()}


def _asked(order: Order) -> tuple[object, ...]:
    """All of an order that shows in what is published; how many processes work doesn't."""
    output = order.output.resolve() if order.output else None
    places = (order.content.resolve(), order.themes.resolve(), output)
    return (*map(str, places), order.theme, order.base_url, order.as_of, order.strict)

"""Knowing that nothing has changed, by what the disk says of every file, before anything heavy is loaded.

The stamps of content, themes and output are those of the last good build, whose order and program were
the same: so its outcome is told again. Whatever else is the case is left to a real build.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cnnt_site import publishing
from cnnt_site.order import Order, Outcome
from cnnt_site.problems import Problem, Problems
from cnnt_site.program import program_version
from cnnt_site.publishing import MANIFEST, Published
from cnnt_site.reading.tree import Scanned, SourceTree, Stamp, scan
from cnnt_site.store import Store
from cnnt_site.unpickling import BROKEN, loads


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on the disk as a build begins: the content, what there is to tell of its names, the themes.

    `outcome` is that of the last build when this one would come to the same.
    """

    tree: SourceTree
    told: tuple[Problem, ...]
    themes: dict[str, Stamp]
    outcome: Outcome | None = None


PARTS = ("files", "folders", "outputs", "themes", "manifest")
NOTHING: tuple[Any, tuple[int, int, int], tuple[Problem, ...]] = (None, (0, 0, 0), ())
"""The outcome of a build that never was."""


def look(order: Order, store: Store) -> Seen:
    """Looks at content and themes; at the output only when these are as they were at the last build of this order."""
    try:
        kept = store.part("version") == (program_version(),)
        parts = {name: found[0] for name in PARTS if kept and (found := store.part(name))}
        asked, numbers, found = loads(store.part("outcome")[0]) if kept else NOTHING
    except (sqlite3.Error, *BROKEN):
        parts, (asked, numbers, found) = {}, NOTHING
    problems = Problems()
    files = parts.get("files", {})
    tree = scan(order.content, problems, Scanned(files, parts.get("folders", {})))
    seen = Seen(tree, tuple(problems), theme_stamps(order.themes))
    same = asked == _asked(order) and seen.themes == parts["themes"] and len(tree.files) == len(files)
    known = all(seen.themes.values()) and all(file.known for file in tree.files.values())
    if not same or not known or order.output is None:
        return seen
    complete = publishing.is_complete(order.output) and publishing.stamp_of(order.output, MANIFEST) == parts["manifest"]
    if not complete or publishing.touched(order.output, parts["outputs"]):
        return seen
    problems.add(found)
    published = Published(0, sum(map(len, parts["outputs"].values())), 0)
    products, pages, untranslated = numbers
    return replace(seen, outcome=Outcome(problems, tree, products, pages, untranslated, published))


def outcome_parts(order: Order, outcome: Outcome, themes: dict[str, Stamp]) -> dict[str, Any]:
    """What `look` has to know of a build that went well; `themes` as they were when it began."""
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

"""Knowing that nothing has changed, by what the disk says of every file, before anything heavy is loaded.

The stamps of content, themes and output are those of the last good build, whose order and program were
the same: so its outcome is told again. Whatever else is the case is left to a real build.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from cnnt_site.building import publishing
from cnnt_site.building.left import Left
from cnnt_site.building.order import Order, Outcome
from cnnt_site.building.outputs import stamp_of
from cnnt_site.building.publishing import MANIFEST, Published
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.scanning import Scanned, scan
from cnnt_site.reading.tree import SourceTree
from cnnt_site.unpickling import BROKEN, loads


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on the disk as a build begins: the content, what there is to tell of its names, the themes.

    `left` is what the last build left; `outcome` is that of the last build when this one would come to the same.
    """

    tree: SourceTree
    told: tuple[Problem, ...]
    themes: SourceTree
    left: Left
    outcome: Outcome | None = None


def look(order: Order, left: Left, saved: Collection[Path] | None = None) -> Seen:
    """Looks at content and themes; at the output only when these are as they were at the last build of this order.

    `saved` are the only files of content and themes that may have changed since that build, where that is known.
    """
    problems = Problems()
    tree = scan(order.content, problems, Scanned(left.content, left.reading), saved)
    seen = Seen(tree, tuple(problems), scan(order.themes, Problems(), Scanned(left.themes), saved), left)
    if left.asked != asked(order) or tree.fresh or seen.themes.fresh or order.output is None:
        return seen
    complete = publishing.is_complete(order.output) and stamp_of(order.output / MANIFEST) == left.manifest
    if not complete or left.outputs.touched(order.output):
        return seen
    try:
        problems.add(loads(left.told))
    except BROKEN:
        return seen
    products, pages, untranslated = left.numbers
    published = Published(0, len(left.outputs), 0)
    return replace(seen, outcome=Outcome(problems, tree, products, pages, untranslated, published))


def asked(order: Order) -> tuple[str | bool | None, ...]:
    """All of an order that shows in what is published; how many processes work doesn't."""
    output = order.output.resolve() if order.output else None
    places = (order.content.resolve(), order.themes.resolve(), output)
    return (*map(str, places), order.theme, order.base_url, str(order.as_of), order.strict)

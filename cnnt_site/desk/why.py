"""Why a page was or would be made again: what it looked at, and which of that has changed since the last build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cnnt_site.building.fragments import Fragments
from cnnt_site.building.making import Maker, task_of
from cnnt_site.building.memory import Memory
from cnnt_site.building.order import Order
from cnnt_site.building.pieces import plan_pieces
from cnnt_site.building.placing import Place
from cnnt_site.building.source import Piece, Source, Task, Tools, is_join
from cnnt_site.compressing import original
from cnnt_site.noting import Cell, number_of
from cnnt_site.pages.site_plan import plan_pages
from cnnt_site.pipeline import Result
from cnnt_site.reading.layout import FOLDERS, LISTED

State = Literal["unknown", "new", "vanished", "changed", "made-otherwise", "touched", "stands"]


@dataclass(frozen=True, slots=True)
class Why:
    """How a file of the output stands, what of it has changed, and how many parts it was made from."""

    state: State
    changed: tuple[str, ...] = ()
    looked_at: int = 0


def why(result: Result, memory: Memory, order: Order, tools: Tools, address: str) -> Why:
    """Why the file at `address` would be made again. `result` is of the content as it is now, without errors."""
    assert result.showroom is not None
    address = original(address)
    name = _unit_of(memory, address)
    planned: list[Task] = [*plan_pages(result.showroom), *plan_pieces(result.showroom)]
    tasks = {task.name: task for task in planned}
    if name is None:
        return Why("new" if address in tasks else "unknown")
    changed = memory.changed_cells(Maker(Source(result.showroom, result.synonyms), tools).glass)
    makers = _makers(memory, name)
    looked_at = {number for maker in (name, *makers) for number in memory.looked_at(maker)}
    found = sorted({source_of(cell) for cell in changed if number_of(cell) in looked_at})
    if found:
        return Why("changed", tuple(found), len(looked_at))
    for maker in makers:
        call = memory.call(maker)
        if call is not None and task_of(maker, call) is not None:
            if maker not in tasks:
                return Why("vanished", looked_at=len(looked_at))
            if tasks[maker].call != call:
                return Why("made-otherwise", looked_at=len(looked_at))
    place = Place(order.output, compressed=result.showroom.catalogue.site.hosting.compressed)
    touched = not place.is_of(memory.left.place) or place.touched(memory.left.outputs.only(address))
    return Why("touched" if touched else "stands", looked_at=len(looked_at))


def shown_by(memory: Memory, path: str) -> Iterator[str]:
    """Addresses of pages that looked at what the content's file at `path` says."""
    cells = (cell for cell in memory.cells() if source_of(cell).split(": ")[0] == path)
    for name in sorted(memory.made_from(cells)):
        unit = memory.unit(name)
        if unit is not None and unit.facts is not None:
            yield name


def source_of(cell: Cell) -> str:
    """Where a part that was looked at comes from: a file, and the record in it; else the part's own name."""
    path, key = cell
    name, _, aspect = path.removeprefix("showroom.").partition("#")
    room, _, kind = name.rpartition(".")
    if name == "catalogue.entries" and key is not None:
        return f"products/{key}/product.yaml"
    if name == "catalogue.site" or name.endswith("records.site"):
        return "site.yaml"
    if kind == "texts" and key is not None:
        return str(key)
    if kind == "told_in" and key is not None:
        return f"{key}/*.md"
    if kind in FOLDERS and key is not None:
        return f"{kind}/{key}/{FOLDERS[kind][0]}"
    if kind in LISTED and room.endswith("records"):
        return f"{LISTED[kind][0]}: {key}" if key is not None else LISTED[kind][0]
    if name == "album.pictures" and key is not None:
        return str(key)
    if name in ("templates", "words"):
        return f"themes: {name}/{key}"
    if key is None:
        return f"{name} ({aspect})" if aspect else name
    return f"{name}: {key[0] if isinstance(key, tuple) else key}"


def _makers(memory: Memory, name: str) -> list[str]:
    """The names of the units that made what a unit is put together from; else its own."""
    task = task_of(name, memory.call(name) or ())
    if not isinstance(task, Piece) or not is_join(task):
        return [name]
    return list(dict.fromkeys(maker for maker, _, _ in Fragments(memory).of(task)))


def _unit_of(memory: Memory, address: str) -> str | None:
    """The name of the unit that made the file at `address`."""
    if memory.call(address) is not None:
        return address
    return next((name for name, unit in memory.units() if address in unit.sums), None)

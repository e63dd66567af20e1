"""Outlines that were made before, on the shelf beside the readings that they were made of."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator

from cnnt_site.catalogue.outlines import Outline, Outlines, ProductOutline
from cnnt_site.reading.folders import Folders
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.unpickling import BROKEN, loads

_START = "outline "
_IDS = "ids outlined"


class KnownOutlines:
    """The outlines on the shelf of `folders` that were made in the surroundings that `around` names."""

    def __init__(self, folders: Folders, around: bytes) -> None:
        self._folders, self._around = folders, around
        self._taken: dict[str, Outline] = {}
        told = folders.shelf.get(_IDS)
        before = frozenset(marshal.loads(told) if told else ())  # noqa: S302 (ours, and its sum is right)
        self._none_gone, self._none_new = before <= folders.lines.keys(), folders.lines.keys() <= before

    def __call__(self, folder: str) -> Outline | None:
        """The outline of a folder, None when it isn't known."""
        found = self.kept(folder, self._folders.lines[folder].key) if self._none_gone else None
        if found is None or (found.problems and not self._none_new):
            return None
        self._taken[folder] = found
        return found

    def product(self, id_: str) -> ProductOutline | None:
        """The outline of a product, None when it isn't known."""
        found = self(f"products/{id_}")
        return found if isinstance(found, ProductOutline) else None

    def kept(self, folder: str, key: bytes) -> Outline | None:
        """The outline that was made of the reading that `key` names."""
        body, start = self._folders.shelf.get(_START + folder), key + self._around
        if body is None or not body.startswith(start):
            return None
        try:
            found: Outline = loads(body[len(start) :])
        except BROKEN:
            return None
        return found

    def keep(self, outlines: Outlines) -> set[str]:
        """Puts on the shelf what was made anew, and takes away what is no longer there; the folders made anew."""
        shelf = self._folders.shelf
        fresh = {folder: it for folder, it in _each(outlines) if self._taken.get(folder) is not it}
        if fresh or not (self._none_gone and self._none_new):
            touched = (*self._folders.gone, *self._folders.fresh)
            shelf.remove(_START + folder for folder in touched if folder not in fresh)
            shelf.put(self._row(folder, it) for folder, it in fresh.items())
            shelf.put([(_IDS, marshal.dumps(tuple(self._folders.lines)))])
            shelf.commit()
        return set(fresh)

    def put(self, folder: str, it: Outline) -> None:
        """Puts one outline on the shelf."""
        self._folders.shelf.put([self._row(folder, it)])
        self._folders.shelf.commit()

    def _row(self, folder: str, it: Outline) -> tuple[str, bytes]:
        return _START + folder, self._folders.lines[folder].key + self._around + pickle.dumps(it, 5)


def _each(outlines: Outlines) -> Iterator[tuple[str, Outline]]:
    for kind in FOLDERS:
        yield from ((f"{kind}/{id_}", it) for id_, it in getattr(outlines, kind).items())

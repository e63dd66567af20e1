"""Photos of records: named but missing, or there without being named."""

from __future__ import annotations

from cnnt_site.catalogue.outlines import Outlines
from cnnt_site.catalogue.references import tell_no_file
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.records import FOLDERS, WITH_PHOTOS
from cnnt_site.reading.tree import SourceTree


def check_photos(outlines: Outlines, tree: SourceTree, problems: Problems) -> None:
    """Tells photos that aren't there; warns of those that no record names, unless the record beside has errors."""
    named = set()
    for kind, id_, number, file, _ in outlines.photos():
        path = f"{kind}/{id_}/photos/{file}"
        named.add(path)
        if path not in tree.files:
            keys = ("photos", number, "file")
            tell_no_file(f"{kind}/{id_}/{FOLDERS[kind][0]}", keys, path, tree, problems)
    broken = {problem.spot.path.rsplit("/", 1)[0] for problem in problems if problem.severity == "error"}
    for path in tree.files:
        if "/photos/" in path and path not in named:
            parts = path.split("/")
            is_photo = len(parts) == 4 and parts[0] in WITH_PHOTOS and parts[2] == "photos"
            if is_photo and "/".join(parts[:2]) not in broken:
                problems.warn("unused-photo", Spot(path))

"""Photos of records: named but missing, or there without being named."""

from __future__ import annotations

from cnnt_site.catalogue.outlines import Outlines
from cnnt_site.catalogue.references import tell_no_file
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.layout import FOLDERS, WITH_PHOTOS
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
    for folder, listed in tree.listed.items():
        kind, _, rest = folder.partition("/")
        record, _, name = rest.partition("/")
        if name == "photos/" and kind in WITH_PHOTOS and f"{kind}/{record}" not in broken:
            for photo in listed.names:
                if folder + photo not in named:
                    problems.warn("unused-photo", Spot(folder + photo))

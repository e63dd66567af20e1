"""Files that nothing reads: a misspelt name must not vanish silently."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cnnt_site.problems import Problems, Spot, closest
from cnnt_site.reading.layout import FOLDER_NAME, FOLDERS, LISTED, SYNONYMS, WITH_PHOTOS
from cnnt_site.reading.tree import SourceTree


def tell_unknown_files(tree: SourceTree, read: Collection[str], written: Collection[str], problems: Problems) -> None:
    """Warns of every file but those that were `read`, photos, drawings, and texts in a language that is `written`."""
    for path in sorted(_not_of_records(tree, written)):
        parts = path.split("/")
        is_photo = len(parts) == 4 and parts[0] in WITH_PHOTOS and parts[2] == "photos"
        is_drawing = len(parts) == 2 and parts[0] == "illustrations" and path.endswith(".svg")
        if path in read or is_photo or is_drawing or _is_read(parts, written):
            continue
        expected = [known for known in _expected_names(parts, written) if known not in tree.files]
        problems.warn("unknown-file", Spot(path), guess=closest(path, expected))


def _not_of_records(tree: SourceTree, written: Collection[str]) -> Iterator[str]:
    """The files that aren't just what a record's folder should hold."""
    usual = {kind: {file, *(f"{code}.md" for code in written)} for kind, (file, _) in FOLDERS.items()}
    for folder, listed in tree.listed.items():
        kind, _, rest = folder.partition("/")
        if kind not in usual or rest.count("/") != 1 or not usual[kind].issuperset(listed.names):
            yield from (folder + name for name in listed.names)


def _is_read(parts: list[str], written: Collection[str]) -> bool:
    """Whether a file is a record or text in a folder of its own, or stands in one whose name is told."""
    if parts[0] not in FOLDERS or len(parts) < 3:
        return False
    is_text = parts[2].removesuffix(".md") in written and parts[2].endswith(".md")
    return not FOLDER_NAME.fullmatch(parts[1]) or (len(parts) == 3 and (parts[2] == FOLDERS[parts[0]][0] or is_text))


def _expected_names(parts: list[str], languages: Collection[str]) -> Iterator[str]:
    """The files that could stand beside one that nothing reads."""
    if parts[0] in FOLDERS and len(parts) >= 3:
        folder = "/".join(parts[:2])
        yield f"{folder}/{FOLDERS[parts[0]][0]}"
        yield from (f"{folder}/{language}.md" for language in languages)
        if parts[0] in WITH_PHOTOS and not parts[-1].endswith((".md", ".yaml", ".txt")):
            yield f"{folder}/photos/{parts[-1]}"
    else:
        yield from (path for path, _ in LISTED.values())
        yield from ("site.yaml", "statistics.yaml", SYNONYMS)

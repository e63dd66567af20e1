"""Content as plain data that an import may change, and the names that its records go by."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cnnt_site.desk.fields import Field
from cnnt_site.desk.record_file import new_file, ordered
from cnnt_site.desk.sheets.names import Names, add_record
from cnnt_site.desk.yaml_edits import as_read, as_text, rewritten
from cnnt_site.desk.yaml_text import block
from cnnt_site.model.site import Site
from cnnt_site.reading.layout import FOLDERS, LISTED
from cnnt_site.reading.tree import SourceTree

EDITED = ("producers", "products")
"""Kinds with a folder each that sheets hold."""

_PLACES = ("districts", "communes")


@dataclass(slots=True)
class Content:
    """The records of a content folder by kind and id, as read from YAML, and as an import wants them.

    `now` is what the files say; `said` starts as a copy of it and is written to. `notes` go as comments
    into the files of new records.
    """

    site: Site
    now: dict[str, dict[str, dict[str, Any]]]
    bytes_of: dict[str, bytes]
    said: dict[str, dict[str, dict[str, Any]]]
    names: dict[str, Names] = field(default_factory=dict)
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the original."""
        return self.site.languages[0]

    def add(self, kind: str, id_: str, said: dict[str, Any]) -> None:
        """Proposes a new record."""
        self.said[kind][id_] = said
        self._name(kind, id_, said)

    def name(self, kind: str, id_: str) -> str:
        """What a record is called in the original."""
        said = self.said[kind].get(id_, {})
        called = said.get("name") or said.get("label") or {}
        return str(called.get(self.language) or next(iter(called.values()), id_))

    def shown(self, field: Field | None, value: Any) -> str:
        """A value as people read it: an id as the name of what it is the id of, a list a line each."""
        if isinstance(value, list | tuple):
            return "\n".join(self.shown(None, part) or "-" for part in value)
        text = " ".join(str(as_text(value)).split())
        if field is None:
            return text
        kinds = (field.leads_to,) if field.leads_to else ("districts", "communes") if field.name == "place" else ()
        kind = next((kind for kind in kinds if text in self.said[kind]), None)
        return self.names[kind].shown(text) if kind else text

    def provinces_of_today(self, province: str) -> tuple[str, ...]:
        """A province and those that have become part of it."""
        joined = (id_ for id_, said in self.said["provinces"].items() if said.get("successor") == province)
        return (province, *joined)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that is new or says something new, with its bytes."""
        for kind, (path, model) in LISTED.items():
            if self.said[kind] != self.now[kind]:
                old = self.bytes_of.get(path, b"")
                new = {id_: ordered(said, model, keep_empty=True) for id_, said in self.said[kind].items()}
                yield path, rewritten(old, new) if old else ("\n".join(block(new)) + "\n").encode()
        for kind in EDITED:
            name, model = FOLDERS[kind]
            for id_, said in self.said[kind].items():
                path, now = f"{kind}/{id_}/{name}", self.now[kind].get(id_)
                if now is None:
                    yield path, new_file(said, model, self.language, notes=self.notes.get((kind, id_), ()))
                elif as_text(said) != now:
                    yield path, rewritten(self.bytes_of[path], ordered(said, model, keep_empty=True))

    def _name(self, kind: str, id_: str, said: dict[str, Any]) -> None:
        province = self.name("provinces", said.get("province", "")) if kind in _PLACES else ""
        add_record(self.names[kind], kind, id_, said, province)


def load(tree: SourceTree, site: Site) -> Content:
    """The content of a folder without errors."""
    now: dict[str, dict[str, dict[str, Any]]] = {}
    bytes_of = {}
    for kind, (path, _) in LISTED.items():
        if path in tree.files:
            bytes_of[path] = tree.files[path].read()
        now[kind] = as_read(bytes_of.get(path, b""))
    for kind in EDITED:
        now[kind] = {}
        for id_ in tree.names_in(kind):
            path = f"{kind}/{id_}/{FOLDERS[kind][0]}"
            bytes_of[path] = tree.files[path].read()
            now[kind][id_] = as_read(bytes_of[path])
    content = Content(site, now, bytes_of, copy.deepcopy(now))
    content.names = {kind: Names() for kind in now}
    for kind, records in now.items():
        for id_, said in records.items():
            content._name(kind, id_, said)
    return content

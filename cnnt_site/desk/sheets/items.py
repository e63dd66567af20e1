"""Which item of a record's list a row speaks of: a certificate, a contact, a photo, a source."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cnnt_site.desk.yaml_edits import as_text

_KNOWN_BY = {
    "certificates": (("number",), ("programme", "level", "year")),
    "contacts": (("kind", "value"),),
    "photos": (("file",),),
    "sources": (("url",), ("title",)),
    "awards": (("text",),),
}
"""What makes two items of a list the same: all of a group that both have."""


def find_item(name: str, items: list[dict[str, Any]], row: dict[str, Any], taken: Collection[int]) -> int | None:
    """The place of the item that a row means; None when it means a new one.

    Without its number a certificate is known by programme, level and year; one whose year is not known yet,
    by programme and level.
    """
    wanted = as_text(row)
    free = [place for place in range(len(items)) if place not in taken]
    for keys in _KNOWN_BY[name]:
        for place in free:
            item = as_text(items[place])
            same = any(key in wanted for key in keys) and all(wanted.get(key) == item.get(key) for key in keys)
            if same and not (name == "certificates" and _numbered_otherwise(wanted, item)):
                return place
    if name == "certificates" and wanted.get("level"):
        for place in free:
            item = as_text(items[place])
            same = wanted["level"] == item.get("level") and not (wanted.get("year") and item.get("year"))
            if same and not _numbered_otherwise(wanted, item):
                return place
    return None


def _numbered_otherwise(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one.get("number") and other.get("number") and one["number"] != other["number"])

"""What was used lately, so that memory stays bounded whatever is asked for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Results by key. At least the last `most` that were used are there, never more than twice as many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now: dict[Hashable, Value] = {}
        self._before: dict[Hashable, Value] = {}

    def get(self, key: Hashable) -> Value | None:
        """What was put there, None when it is forgotten or never was."""
        found = self._now.get(key)
        if found is None:
            found = self._before.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: Value) -> Value:
        """Remembers a value, and returns it."""
        if len(self._now) >= self._most:
            self._before, self._now = self._now, {}
        self._now[key] = value
        return value

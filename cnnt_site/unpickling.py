"""Loading what was pickled: records of ours and plain values, and nothing that could do anything."""

from __future__ import annotations

import functools
import importlib
import io
import pickle
from dataclasses import is_dataclass
from typing import Any

_PLAIN = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("collections", "Counter"),
    ("datetime", "date"),
    ("markupsafe", "Markup"),
}
"""What is kept beside records of ours."""

BROKEN = (TypeError, ValueError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, KeyError)
"""What `loads` raises for bytes that it can't load."""


class _Unpickler(pickle.Unpickler):
    """Makes records of ours and plain values, and calls nothing else: a cache may have come with a folder from afar."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may be made. Raises UnpicklingError for anything else."""
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> Any:
    plain = (module, name) in _PLAIN
    if plain or module.startswith("cnnt_site."):
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
        if plain or (isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple))):
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def loads(body: bytes) -> Any:
    """What was pickled. Raises one of `BROKEN`."""
    return _Unpickler(io.BytesIO(body)).load()

"""How many examples a property is tried on: few, the same in every run; with `make fuzz` many, never the same."""

from __future__ import annotations

import io
import os
from typing import Any

from hypothesis import settings
from PIL import Image

TIMES = int(os.environ.get("CNNT_FUZZ", "0"))
"""How many times as many examples `make fuzz` wants; 0 in ordinary tests."""


def examples(usual: int, **more: Any) -> settings:
    """The settings of a property: `usual` examples in ordinary tests, which fail only for what a change broke."""
    return settings(max_examples=usual * (TIMES or 1), deadline=None, derandomize=not TIMES, print_blob=True, **more)


def photographs() -> list[bytes]:
    """A small photograph in each form that is read, for a property to damage."""
    found = []
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        target = io.BytesIO()
        Image.new("RGB", (24, 16), (90, 20, 200)).save(target, form)
        found.append(target.getvalue())
    return found

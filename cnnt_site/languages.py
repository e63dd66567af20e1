"""Which of our languages the program speaks to staff."""

from __future__ import annotations

import locale
import os

SPOKEN = ("vi", "en")


def spoken_language(asked: str | None = None) -> str:
    """The language asked for, else that of the system, else English."""
    if asked in SPOKEN:
        return str(asked)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "vi" if os.environ[name].lower().startswith("vi") else "en"
    system = locale.getlocale()[0] or ""
    return "vi" if system.lower().startswith("vi") else "en"

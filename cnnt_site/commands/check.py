"""`build.py check`: everything that a build does, but nothing is written."""

from __future__ import annotations

import argparse

from cnnt_site.commands.build import add_options, run_build

__all__ = ["add_options", "run"]


def run(asked: argparse.Namespace, lang: str) -> int:
    """Checks the content."""
    return run_build(asked, lang, None)

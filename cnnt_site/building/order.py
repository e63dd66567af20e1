"""What is asked of a build, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cnnt_site.building.publishing import Published
from cnnt_site.problems import Problems
from cnnt_site.reading.tree import SourceTree


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and how. `output` None publishes nothing and claims no address."""

    content: Path
    themes: Path
    cache: Path
    output: Path | None = None
    theme: str | None = None
    base_url: str | None = None
    as_of: date | None = None
    jobs: int = 1
    strict: bool = False
    locked: bool = False


@dataclass(slots=True)
class Outcome:
    """What people are told. `published` is None when problems (or the order) kept the site back."""

    problems: Problems
    tree: SourceTree
    products: int = 0
    pages: int = 0
    untranslated: int = 0
    published: Published | None = None

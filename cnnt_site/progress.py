"""Bars for long work, on a terminal only: elsewhere the program is quiet."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from cnnt_site.reporting import message

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars:
    """One bar a stage, told by the pipeline."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def told(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` steps of a stage are over."""
        if self._progress is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(message(self._lang, f"stage-{stage}"), total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)

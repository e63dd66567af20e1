"""Bars for long work, on a terminal only: elsewhere the program is quiet."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from cnnt_site.reporting import message

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PAUSE = 0.1
"""Seconds between two drawings of the bars."""


class Bars:
    """One bar a stage, told by the pipeline: how much of how much is done, and how long the rest will take.

    They are drawn when something is told, by no thread of their own: beside one, no process can be forked.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._drawn = 0.0

    def __enter__(self) -> Bars:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[left]}"),
            )
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
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
            said = message(self._lang, f"stage-{stage}")
            self._tasks[stage] = self._progress.add_task(said, total=total, left="")
        task = self._tasks[stage]
        self._progress.update(task, completed=done, total=total)
        now = time.monotonic()
        if done >= total or now - self._drawn > PAUSE:
            self._drawn = now
            seconds = next(each for each in self._progress.tasks if each.id == task).time_remaining
            left = "" if not seconds else message(self._lang, "time-left", time=clock(seconds))
            self._progress.update(task, left=left)
            self._progress.refresh()


def clock(seconds: float) -> str:
    """A duration in words of a watch: "0:07", "12:30", "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""Other processes to work on all cores: forked where that is safe, else spawned; both must come to the same."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Done = TypeVar("Done")

AHEAD = 8
"""So many tasks a process are under way at once: what is done and not yet taken over is held in memory."""

WORTH = 8
"""So many tasks of a tenth of a second must wait for it to be worth to start other processes."""


def spread(
    work: Callable[[Task], Done],
    tasks: Sequence[Task],
    jobs: int,
    here: Callable[[Task], Done] | None = None,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
) -> Iterator[Done]:
    """What comes of each task, in order: worked on here or, when many wait, in `jobs` processes.

    What processes that were killed didn't come to is worked on here, where one needs less memory than many. `here`
    is how that is done, when it isn't `work` itself, because processes first have to `begin` with what is `given`.
    """
    done = 0
    if jobs > 1 and len(tasks) >= WORTH:
        from concurrent.futures.process import BrokenProcessPool

        with _processes(jobs, begin, *given) as pool:
            begun, waiting = deque[Any](), iter(tasks)
            try:
                while done < len(tasks):
                    begun.extend(pool.submit(work, task) for task in islice(waiting, jobs * AHEAD - len(begun)))
                    yield begun.popleft().result()
                    done += 1
            except BrokenProcessPool:  # one was killed, as systems do when memory runs out
                pass
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    yield from map(here or work, tasks[done:])


def _processes(count: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:
    """So many processes, each of which calls `begin` with what is given first.

    A process that is forked finds that in its memory, one that is spawned is sent it once. No lock may be
    held when forking, so there must be no other thread.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    forked = sys.platform == "linux" and threading.active_count() == 1
    if forked:
        gc.freeze()  # what is there already stays, and pages of memory that are only read stay shared
    return ProcessPoolExecutor(count, get_context("fork" if forked else "spawn"), _begin, (begin, *given))


def collect_seldom() -> None:
    """Looks for circles in memory seldom: builds make few, and much that stays until they end."""
    gc.set_threshold(200_000, 20, 1_000)


def _begin(begin: Callable[..., None] | None, *given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells us to end
    collect_seldom()
    if begin is not None:
        begin(*given)

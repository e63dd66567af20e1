"""Other processes to work on all cores: forked where that is safe, else spawned; both must come to the same."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Done = TypeVar("Done")

AHEAD, MOST_WAITING = 2, 3
"""So many tasks a process are under way at once, and so many with those that are done and wait: these are in memory."""

WORTH = 8
"""So many tasks of a tenth of a second must wait for it to be worth to start other processes."""

RENEWED_AFTER = 10.0
"""So many seconds a forked process works before another takes its place: it copies what it shares as it looks at it."""


def spread(
    work: Callable[[Task], Done],
    tasks: Sequence[Task],
    jobs: int,
    here: Callable[[Task], Done] | None = None,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
) -> Iterator[Done]:
    """What comes of each task, in order: worked on here and, when many wait, beside that in `jobs` - 1 processes.

    Once one was killed, all that is left is worked on here, where one needs less memory than many. `here` is how that
    is done, when it isn't `work` itself, because processes first have to `begin` with what is `given`.
    """
    here, waiting = here or work, deque(tasks)
    may_have_others = jobs > 1 and len(tasks) >= WORTH
    while waiting and may_have_others:
        until = monotonic() + RENEWED_AFTER if _may_fork() else inf
        with _processes(jobs - 1, begin, *given) as pool:
            try:
                may_have_others = yield from _beside(pool, work, here, waiting, jobs - 1, until)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    yield from map(here, waiting)


def _beside(
    pool: ProcessPoolExecutor,
    work: Callable[[Task], Done],
    here: Callable[[Task], Done],
    waiting: deque[Task],
    processes: int,
    until: float,
) -> Generator[Done, None, bool]:
    """What comes of each task, in order, done by so many `processes` of the pool and by this one.

    What is left `waiting` at the time of `until`, or when a process was killed, isn't begun, but for a first task.
    Returns whether all processes are well.
    """
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    begun, is_broken, all_of_them = deque[tuple[Task, Future[Done]]](), False, len(waiting)
    while begun or (waiting and not is_broken and (len(waiting) == all_of_them or monotonic() < until)):
        room = (processes + 1) * MOST_WAITING - len(begun)
        away = sum(not future.done() for _, future in begun)
        if monotonic() < until and not is_broken:
            for _ in range(min(room, processes * AHEAD - away, len(waiting))):
                try:
                    future = pool.submit(work, waiting[0])
                except BrokenProcessPool:
                    is_broken = True
                    break
                begun.append((waiting.popleft(), future))
        if waiting and room > 0 and not (begun and begun[0][1].done()):
            task, future = waiting.popleft(), Future()
            future.set_result(here(task))
            begun.append((task, future))
            continue
        task, future = begun.popleft()
        try:
            result = future.result()
        except BrokenProcessPool:  # it was killed, as systems do when memory runs out
            is_broken, result = True, here(task)
        yield result
    return not is_broken


def _processes(count: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:
    """So many processes, each of which calls `begin` with what is given first.

    A process that is forked finds that in its memory, one that is spawned is sent it once. No lock may be
    held when forking, so there must be no other thread.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if forked := _may_fork():
        gc.collect()  # or circles that nobody needs would stay, too
        gc.freeze()  # what is there already stays, and pages of memory that are only read stay shared
    return ProcessPoolExecutor(count, get_context("fork" if forked else "spawn"), _begin, (begin, *given))


def apart(work: Callable[[], Done]) -> Done:
    """What `work` returns, done in a process of its own, whose memory is given back whole: holes in it would stay.

    It is done here where no process can be forked, and when that was killed.
    """
    if not _may_fork():
        return work()
    from concurrent.futures.process import BrokenProcessPool

    with _processes(1, _set_apart, work) as pool:
        try:
            done: Done = pool.submit(_do_apart).result()
        except BrokenProcessPool:
            done = work()
    return done


_what_is_apart: Callable[[], Any] | None = None
"""What this process was forked for."""


def _set_apart(work: Callable[[], Any]) -> None:
    global _what_is_apart
    _what_is_apart = work
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever interrupts the parent doesn't wait for all of this


def _do_apart() -> Any:
    assert _what_is_apart is not None
    return _what_is_apart()


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def collect_seldom() -> None:
    """Looks for circles in memory seldom: builds make few, and much that stays until they end."""
    gc.set_threshold(200_000, 20, 1_000)


def _begin(begin: Callable[..., None] | None, *given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells us to end
    collect_seldom()
    if begin is not None:
        begin(*given)

"""One build of a content folder at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cnnt_site.building.publishing import NotPublished


@contextmanager
def one_at_a_time(cache: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of a content folder's builds; calls `waiting` once when another build holds it.

    The lock is the operating system's, so a dead process doesn't hold it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(cache / "lock")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    except OSError as error:
        raise NotPublished(error, cache) from error
    try:
        yield
    finally:
        lock.release()

"""Other processes to work on all cores: forked where that is safe, else spawned; both must come to the same."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any


def processes(count: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:
    """So many processes, each of which calls `begin` with what is given first.

    A process that is forked finds that in its memory, one that is spawned is sent it once. No lock may be
    held when forking, so there must be no other thread.
    """
    forked = sys.platform == "linux" and threading.active_count() == 1
    if forked:
        gc.freeze()  # what is there already stays, and pages of memory that are only read stay shared
    return ProcessPoolExecutor(count, get_context("fork" if forked else "spawn"), _begin, (begin, *given))


def _begin(begin: Callable[..., None] | None, *given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells us to end
    if begin is not None:
        begin(*given)

"""Work that is spread over processes: the same in the same order, even when some of them are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from cnnt_site.processes import WORTH, spread

TASKS = list(range(3 * WORTH))


def _squared(number: int) -> int:
    return number * number


def _killed_at_seven(number: int) -> int:
    """As systems do when memory runs out: no more than a process is left when this one was."""
    if number == 7 and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return number * number


def _fails_at_seven(number: int) -> int:
    if number == 7:
        raise OSError("the disk is full")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(spread(_squared, TASKS, jobs)) == [number * number for number in TASKS]


def test_what_a_killed_process_left_is_done_here() -> None:
    assert list(spread(_killed_at_seven, TASKS, 2)) == [number * number for number in TASKS]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_refuses_is_told_to_the_caller(jobs: int) -> None:
    with pytest.raises(OSError, match="the disk is full"):
        list(spread(_fails_at_seven, TASKS, jobs))

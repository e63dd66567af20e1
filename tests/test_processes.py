"""Work that is spread over processes: the same in the same order, even when some of them are killed."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future
from math import inf
from pathlib import Path
from typing import Any

import pytest

from cnnt_site import processes
from cnnt_site.building import backbone
from cnnt_site.building.memory import Memory
from cnnt_site.building.news import Known
from cnnt_site.building.order import Order
from cnnt_site.building.workers import together
from cnnt_site.cli import PROJECT
from cnnt_site.noting import Kept
from cnnt_site.pages.site_plan import plan_pages
from cnnt_site.pipeline import build, open_showroom
from cnnt_site.processes import WORTH, apart, spread
from cnnt_site.shelf import Shelf
from tests.harness.sites import MANY, TinySite, site_from

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


RENEWING = f"""
import os, sys, time
sys.path.insert(0, {str(PROJECT)!r})
from cnnt_site import processes
from cnnt_site.building import backbone

def told_who(number):
    time.sleep(0.03)
    return number, os.getpid()

processes.RENEWED_AFTER = float(sys.argv[1])
done = list(processes.spread(told_who, list(range(50)), 2))
assert [number for number, _ in done] == list(range(50))
assert os.getpid() in {{who for _, who in done}}
print(len({{who for _, who in done}}))
"""
"""In a program of its own: beside the threads of others nothing is forked."""


@pytest.mark.skipif(sys.platform != "linux", reason="only forked processes share memory, and are renewed")
@pytest.mark.parametrize(("after", "least"), [("0", 1), ("0.2", 3)])
def test_forked_processes_are_renewed(after: str, least: int) -> None:
    done = subprocess.run([sys.executable, "-c", RENEWING, after], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= least


def _killed_unless_here(number: int) -> int:
    time.sleep(0.01)
    return _killed_at_seven(7) + number


def test_after_one_was_killed_no_others_are_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, real = list[int](), processes._processes

    def counted(count: int, *rest: Any) -> Any:
        begun.append(count)
        return real(count, *rest)

    monkeypatch.setattr(processes, "RENEWED_AFTER", 0.05)
    monkeypatch.setattr(processes, "_processes", counted)
    assert list(spread(_killed_unless_here, list(range(60)), 2)) == [49 + number for number in range(60)]
    assert begun == [1]


def test_many_processes_all_have_something_to_do() -> None:
    begun, most = [0], [0]

    class Pool:
        """As slow as can be: nothing is done before somebody waits for it."""

        def submit(self, work: Callable[[int], int], task: int) -> Future[int]:
            begun[0] += 1
            most[0] = max(most[0], begun[0])
            future = Future[int]()
            future.result = lambda timeout=None: self._done(future, work(task))  # type: ignore[method-assign]
            return future

        def _done(self, future: Future[int], result: int) -> int:
            begun[0] -= 1
            future.set_result(result)
            return result

    pool: Any = Pool()
    done = list(processes._beside(pool, _squared, _squared, deque(range(100)), 15, inf))
    assert done == [number * number for number in range(100)]
    assert most[0] >= 15 * 2


def test_what_a_killed_process_left_is_done_here() -> None:
    assert list(spread(_killed_at_seven, TASKS, 2)) == [number * number for number in TASKS]


def _killed_apart() -> int:
    return _killed_at_seven(7)


def _fails_apart() -> int:
    return _fails_at_seven(7)


def test_what_is_done_apart_comes_to_the_same_when_that_process_is_killed() -> None:
    assert apart(_killed_apart) == 49


def test_what_goes_wrong_apart_is_told_to_the_caller() -> None:
    with pytest.raises(OSError, match="the disk is full"):
        apart(_fails_apart)


APART = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
from cnnt_site.building import backbone
from cnnt_site.cli import main

def apart(work, real=backbone.apart):
    print("apart")
    return real(work)

backbone.MANY, backbone.apart = 1, apart
sys.exit(main(sys.argv[1:]))
"""


def test_records_gone_over_apart_make_the_same_site(tmp_path: Path) -> None:
    site, other = site_from(tmp_path / "apart", MANY), site_from(tmp_path / "here", MANY)
    for name in ("Ấm chén 7", "Bình 7"):
        for each in (site, other):
            each.edit("products/am-chen-7/product.yaml", "Ấm chén 7", name)
        other.built()
        done = _run(APART, site, "build")
        assert done.returncode == 0, done.stderr
        assert "apart" in done.stdout
        assert site.files() == other.files()


def test_a_preview_keeps_the_outlines_that_its_first_build_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds them in memory, where those of another process would never arrive."""
    site, memory = site_from(tmp_path, MANY), Memory()
    order = Order(content=site.content, themes=PROJECT / "themes", cache=tmp_path / "cache")
    monkeypatch.setattr(backbone, "MANY", 1)
    assert build(order, memory).backbone is not None
    monkeypatch.setattr(backbone.Spine, "anew", None)
    site.edit("products/am-chen-7/vi.md", "Bộ ấm", "Một bộ ấm")
    assert build(order, memory).backbone is not None


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_that_refuses_is_told_to_the_caller(jobs: int) -> None:
    with pytest.raises(OSError, match="the disk is full"):
        list(spread(_fails_at_seven, TASKS, jobs))


def test_pages_of_the_same_products_are_made_beside_each_other(tmp_path: Path) -> None:
    site = site_from(tmp_path, MANY)
    order = Order(content=site.content, themes=PROJECT / "themes", cache=tmp_path / "cache")
    showroom = open_showroom(order, Memory()).showroom
    assert showroom is not None
    planned = list(plan_pages(showroom))
    made = together(planned, showroom.catalogue)
    assert sorted(draft.name for draft in made) == sorted(draft.name for draft in planned)
    id_ = showroom.catalogue.listed[30]
    places = [place for place, draft in enumerate(made) if id_ in draft.arguments]
    assert len(places) >= 6
    assert places == list(range(places[0], places[0] + len(places)))
    first = showroom.catalogue.slice("browse", "1", 2)[0][2][0]
    lists = [place for place, draft in enumerate(made) if draft.address in ("vi/tra-cuu/2.html", "en/browse/2.html")]
    near = [place for place, draft in enumerate(made) if first in draft.arguments]
    assert len(lists) == 2
    assert max(*lists, *near) - min(*lists, *near) < len(lists) + len(near)


def test_processes_that_are_spawned_make_what_forked_ones_make(tmp_path: Path) -> None:
    """As on Windows, macOS and beside other threads: workers are sent everything, also what an earlier build found."""
    site, clean = site_from(tmp_path / "spawned", MANY), site_from(tmp_path / "clean", MANY)
    for each in (site, clean):
        shutil.copytree(PROJECT / "themes", each.folder / "themes")
    template = "themes/base/templates/page.html"
    for sign in ("", "<!-- another -->", "<!-- one more -->"):
        for each in (site, clean):
            path = each.folder / template
            path.write_text(path.read_text("utf-8").replace("</body>", f"{sign}</body>"), "utf-8")
        done = _run(SPAWNING, site, "build", "--jobs", "2", "--themes", "themes")
        assert done.returncode == 0, done.stderr
        shutil.rmtree(clean.output, ignore_errors=True)
        shutil.rmtree(clean.folder / ".cache")
        assert site.files() == clean.built("--jobs", "1").files()


SPAWNING = f"""
import sys, threading
sys.path.insert(0, {str(PROJECT)!r})
from cnnt_site.cli import main
threading.Thread(target=threading.Event().wait, daemon=True).start()  # no lock may be held when forking
sys.exit(main(sys.argv[1:]))
"""


def _run(program: str, site: TinySite, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=site.folder, capture_output=True, text=True, check=False)


def test_what_workers_are_sent_can_be_sent() -> None:
    """A shelf without a file, a mapping that was never loaded, and addresses that the memory knows."""
    memory = Memory()
    memory.files = {"vi/a.html": b"", "vi/a.css": b""}
    shelf, kept, known = (
        pickle.loads(pickle.dumps(each))
        for each in (Shelf(None), Kept(lambda: Counter(a=1)), Known(memory, ["assets/site.css"]))
    )
    assert shelf.get("products/tranh-mot") is None
    assert (kept["a"], kept["b"]) == (1, 0)
    assert known == {"vi/a.html", "assets/site.css"}

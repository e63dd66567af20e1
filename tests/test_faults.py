"""Nothing that happens to the machine breaks the published site: a quick sample of `make faults`."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.unpickling import loads
from tests.harness.crawling import dead_links
from tests.harness.failing import WAYS
from tests.harness.faults import BASE, EDITS
from tests.harness.sites import TinySite, site_from


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each failure needs a process that is forked")
@pytest.mark.parametrize("edit", EDITS)
def test_a_failure_breaks_no_page_and_the_next_build_heals_it(edit: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.harness.faults", str(tmp_path), "--sample", "1", "--edit", edit]
    ways = [f"--way={way}" for way in WAYS]
    done = subprocess.run([*command, *ways], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(WAYS)} failures" in done.stdout
    assert "; 0 things wrong" in done.stdout


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "flipped": lambda data: bytes([*data[: len(data) // 2], *(255 - byte for byte in data[len(data) // 2 :])]),
    "longer": lambda data: data + b"\0" * 100,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_costs_time_and_nothing_else(damage: str, tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--base-url", BASE)
    clean = site.files()
    entries = [path for path in (tmp_path / ".cache").rglob("*") if path.is_file() and path.name != "lock"]
    assert entries
    for path in entries:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert site.built("--base-url", BASE).files() == clean
    (site.output / "vi/index.html").write_bytes(b"")
    assert site.built("--base-url", BASE).files() == clean


def test_a_cache_that_came_from_afar_runs_nothing() -> None:
    for hostile in (print, os.system, subprocess.Popen, eval, open, __import__, TinySite, Path):
        with pytest.raises(pickle.UnpicklingError):
            loads(pickle.dumps(hostile))


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    command = [sys.executable, str(PROJECT / "build.py"), "--base-url", BASE, "--lang", "en"]

    def built(number: int) -> int:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(built, range(3))) == [0, 0, 0]
    files = site.files()
    assert not list(dead_links(files))
    assert site.built("--base-url", BASE).files() == files


def test_a_clock_set_back_changes_nothing(tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--base-url", BASE)
    for path in (*site.content.rglob("*"), *site.output.rglob("*")):
        os.utime(path, (0, 0))
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh mới")
    os.utime(site.content / "products/tranh-mot/product.yaml", (0, 0))
    files = site.built("--base-url", BASE).files()
    assert "Tranh mới" in files["vi/san-pham/tranh-mot.html"].decode()
    assert "Tranh mới" in files["data/products.json"].decode()
    assert not list(dead_links(files))


def test_files_that_can_only_be_read_and_a_folder_in_the_way_are_told_or_replaced(tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--base-url", BASE)
    for path in site.output.rglob("*.html"):
        path.chmod(0o444)
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh mới")
    site.built("--base-url", BASE)
    (site.output / "vi/index.html").unlink()
    (site.output / "vi/index.html/within").mkdir(parents=True)
    done = site.run("build", "--base-url", BASE)
    assert done.code == 1
    assert "Could not write" in done.err
    assert "Traceback" not in done.err


NOBODY = 65534


def _as_nobody(site: TinySite) -> tuple[int, str]:
    """Builds as a user who owns nothing here; how it ended and what it said. Root may write everywhere."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.chdir(site.folder)  # the way back to where we are may be closed to others
                if os.geteuid() == 0:
                    os.setgroups([])
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                done = site.run("build", "--base-url", BASE)
                os.write(told.fileno(), done.err.encode())
                code = done.code
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read().decode()


CLOSED = {
    "output": "Could not write output/.being-published",
    "output/vi": "Could not write output/vi/",
    "output/site-manifest.txt": "Could not write output/site-manifest.txt",
    ".cache": "",
    "content": "Could not write content/",
    "content/products/tranh-mot/product.yaml": "content/products/tranh-mot/product.yaml: error: The file can't be read",
    "themes/showroom": "themes/showroom: error: The file can't be read",
    "themes/showroom/templates": "themes/showroom/templates: error: The file can't be read",
    "themes/base/theme.yaml": "themes/base/theme.yaml: error: The file can't be read",
}
"""What a user may lose the right to, and what is said then; nothing where the build goes well without."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no users to become")
@pytest.mark.parametrize("closed", CLOSED)
def test_rights_that_were_lost_are_told_and_break_nothing(closed: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = site_from(Path(folder), "--- themes/showroom/assets/mine.css\na { color: red }\n")
        before = site.built("--base-url", BASE).files()
        site.edit("products/tranh-mot/product.yaml", "name:", "slug: {vi: tranh-khac}\nname:")
        if os.geteuid() == 0:
            for path in (site.folder, *site.folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.chown(site.folder / closed, 0, 0)
        path = site.folder / closed
        mode = path.stat().st_mode
        path.chmod(0o555 if path.is_dir() and "themes" not in closed else 0)
        status, told = _as_nobody(site)
        assert status == (1 if CLOSED[closed] else 0), told
        assert CLOSED[closed] in told
        if status:
            assert not list(dead_links(site.files()))
            assert before.keys() <= site.files().keys()
        path.chmod(mode)
        files = site.built("--base-url", BASE).files()
        shutil.rmtree(site.output)
        (site.folder / ".cache/memory.db").unlink()
        assert site.built("--base-url", BASE).files() == files

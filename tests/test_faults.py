"""Nothing that happens to the machine breaks the published site: a quick sample of `make faults`."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.memory import _Unpickler
from tests.harness.crawling import dead_links
from tests.harness.faults import BASE, WAYS
from tests.harness.sites import TinySite, site_from


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each failure needs a process that is forked")
@pytest.mark.parametrize("way", WAYS)
def test_a_failure_breaks_no_page_and_the_next_build_heals_it(way: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.harness.faults", str(tmp_path), "--sample", "3", "--way", way]
    done = subprocess.run([*command, "--edit", "edited"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 things wrong" in done.stdout


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
            _Unpickler(io.BytesIO(pickle.dumps(hostile))).load()


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

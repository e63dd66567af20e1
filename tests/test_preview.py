"""The preview: serves this machine only, and shows a saved change."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator
from pathlib import Path

from cnnt_site.cli import PROJECT
from cnnt_site.desk.preview import Preview, as_they_stand, follow
from cnnt_site.pipeline import Result
from cnnt_site.problems import Problems
from cnnt_site.reading.tree import SourceTree
from tests.harness.sites import MANY, TinySite, site_from


def test_a_saved_change_is_served_and_a_broken_one_keeps_the_last_good_page(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    root, process = _served(site)
    try:
        address = f"{root}vi/san-pham/tranh-mot.html"
        _wait_for(address, "Tranh một")
        site.edit("products/tranh-mot/product.yaml", "Một bức tranh để thử", "Câu vừa sửa")
        _wait_for(address, "Câu vừa sửa")
        site.edit("products/tranh-mot/product.yaml", "producer: co-so-mot", "producer: khong-co")
        time.sleep(2)
        assert "Câu vừa sửa" in _read(address)
    finally:
        process.terminate()
        said = process.communicate(timeout=10)[0].decode()

    assert "There is no producer “khong-co”" in said
    assert not (site.content / "permalinks.yaml").exists()
    assert not site.output.exists()


def test_a_theme_that_changes_all_pages_of_a_large_site_is_served(tmp_path: Path) -> None:
    """Other processes then make the pages, though threads run here."""
    site = site_from(tmp_path, MANY)
    shutil.copytree(PROJECT / "themes", site.folder / "themes")
    root, process = _served(site, "--themes", "themes", "--jobs", "2")
    try:
        _wait_for(f"{root}vi/san-pham/am-chen-119.html", "Bộ ấm chén thứ 119")
        path = site.folder / "themes/base/templates/page.html"
        path.write_text(path.read_text("utf-8").replace("</body>", "<!-- another --></body>"), "utf-8")
        for address in ("vi/san-pham/am-chen-0.html", "en/products/tea-set-119.html", "p/am-chen-7.html"):
            _wait_for(root + address, "<!-- another -->")
    finally:
        process.terminate()
        said = process.communicate(timeout=10)[0].decode()
    assert "Traceback" not in said


def test_what_the_system_does_not_tell_of_is_found_at_a_pause_and_what_it_tells_is_built_once(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    told: list[Collection[Path] | None] = []

    def build(saved: Collection[Path] | None) -> Result:
        told.append(saved)
        return Result(Problems(), SourceTree(site.content), files={"index.html": b""})

    def bursts() -> Iterator[frozenset[Path]]:
        yield frozenset()  # nothing was saved between the first build and the first look
        site.write("products/tranh-mot/vi.md", "Chữ được báo.\n")
        yield frozenset({site.content / "products/tranh-mot/vi.md"})
        time.sleep(0.1)
        yield frozenset()
        site.write("products/tranh-mot/en.md", "Words that nobody told of.\n")
        time.sleep(0.1)
        yield frozenset()
        yield frozenset()

    for path in site.content.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000.5))
    time.sleep(0.1)  # files that were just written aren't trusted
    preview, watched = Preview(build), (site.content,)
    follow(preview, bursts(), watched, as_they_stand(watched))
    assert told == [None, None]  # a preview that was never built can't say what has changed since
    preview.rebuild([site.content / "site.yaml"])
    assert told[-1] == frozenset({site.content / "site.yaml"})


def test_what_was_saved_is_told_until_a_build_goes_well(tmp_path: Path) -> None:
    told: list[Collection[Path] | None] = []
    outcomes = iter([b"good", b"", b"", b"good", b"good"])

    def build(saved: Collection[Path] | None) -> Result:
        told.append(saved)
        made = next(outcomes)
        return Result(Problems(), SourceTree(tmp_path), files={"index.html": made} if made else {})

    preview = Preview(build)
    preview.rebuild()
    for name in "abcd":
        preview.rebuild([Path(name)])
    a, b, c, d = map(Path, "abcd")
    assert told == [None, frozenset({a}), frozenset({a, b}), frozenset({a, b, c}), frozenset({d})]
    assert preview.files == {"index.html": b"good"}


def _served(site: TinySite, *options: str) -> tuple[str, subprocess.Popen[bytes]]:
    """The address of a preview of the site, and its process."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = str(asked.getsockname()[1])
    command = [
        sys.executable,
        str(PROJECT / "build.py"),
        "serve",
        "--port",
        port,
        "--no-open",
        "--lang",
        "en",
        *options,
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=site.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return f"http://127.0.0.1:{port}/", process


def _wait_for(address: str, words: str) -> None:
    for _ in range(150):
        if words in _read(address):
            return
        time.sleep(0.1)
    raise AssertionError(f"{words!r} is not served at {address}")


def _read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as opened:
            text: str = opened.read().decode("utf-8")
            return text
    except OSError:
        return ""

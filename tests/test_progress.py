"""What a terminal shows of long work: how much of how much is done and how long the rest takes; elsewhere nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.progress import clock
from tests.harness.sites import site_from

PHOTOS = 8
SITE = (
    "--- products/tranh-mot/product.yaml\nname: {vi: Tranh một}\nphotos:\n"
    + "".join(
        f"  - file: {number}.png\n    alt: {{vi: A}}\n    author: A\n    rights_holder: A\n    licence: {{vi: A}}\n"
        "    permission: {date: 2026-01-01, by: A}\n"
        for number in range(PHOTOS)
    )
    + "".join(f"--- products/tranh-mot/photos/{n}.png picture PNG RGB 400x{300 + n}\n" for n in range(PHOTOS))
)


SLOW = """
import sys, time
sys.path.insert(0, {project!r})
from cnnt_site.progress import PAUSE, Bars
with Bars({lang!r}) as bars:
    for done in range(5):
        bars.told("pictures", done, 5)
        time.sleep(2 * PAUSE)
"""
"""Work of which every step takes longer than the bars wait between two drawings."""


def _on_a_terminal(folder: Path, *order: str) -> str:
    """What a run of Python writes to standard error when that is a terminal."""
    import pty

    mine, theirs = pty.openpty()
    command = [sys.executable, *order]
    plain = {"TERM": "xterm", "COLUMNS": "120"}
    done = subprocess.Popen(command, cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL, env={**os.environ, **plain})
    os.close(theirs)
    told = b""
    try:
        while chunk := os.read(mine, 65536):
            told += chunk
    except OSError:  # the other end is closed: Linux says so in this way
        pass
    os.close(mine)
    assert done.wait() == 0, told.decode()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals that a test could hold")
@pytest.mark.parametrize(
    ("lang", "pictures", "pages"),
    [("vi", "Làm ảnh", "Dựng trang"), ("en", "Making pictures", "Making pages")],
)
def test_a_terminal_shows_what_is_done(lang: str, pictures: str, pages: str, tmp_path: Path) -> None:
    site_from(tmp_path, SITE)
    told = _on_a_terminal(tmp_path, str(PROJECT / "build.py"), "--lang", lang, "--jobs", "1")
    shown = re.findall(rf"{pictures} +\S+ +(\d+)/(\d+)", told)
    assert shown, told
    assert {total for _, total in shown} == {str(PHOTOS)}
    counts = [int(done) for done, _ in shown]
    assert counts == sorted(counts)
    assert counts[-1] == PHOTOS
    assert re.search(rf"{pages} +\S+ +(\d+)/\1", told)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals that a test could hold")
@pytest.mark.parametrize(("lang", "left"), [("vi", "còn khoảng"), ("en", "about")])
def test_a_terminal_shows_how_long_the_rest_takes(lang: str, left: str, tmp_path: Path) -> None:
    told = _on_a_terminal(tmp_path, "-c", SLOW.format(project=str(PROJECT), lang=lang))
    assert re.search(rf"\d/5 *{left} \d+:\d\d", told), told


def test_what_is_no_terminal_is_told_nothing_of_it(tmp_path: Path) -> None:
    site_from(tmp_path, SITE)
    command = [sys.executable, str(PROJECT / "build.py"), "--lang", "en", "--base-url", "https://vi-du.example/"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "Making" not in done.stderr + done.stdout
    assert "\x1b" not in done.stderr + done.stdout


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0:00"), (7, "0:07"), (750.4, "12:30"), (3723, "1:02:03")])
def test_durations_are_told_as_a_watch_does(seconds: float, said: str) -> None:
    assert clock(seconds) == said

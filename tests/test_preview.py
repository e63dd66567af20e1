"""The preview: serves this machine only, and shows a saved change."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from cnnt_site.cli import PROJECT
from tests.harness.sites import site_from


def test_a_saved_change_is_served_and_a_broken_one_keeps_the_last_good_page(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = str(asked.getsockname()[1])
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", port, "--no-open", "--lang", "en"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}/vi/san-pham/tranh-mot.html"
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

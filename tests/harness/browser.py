"""Real browsers: finding one, opening pages, and noting what goes wrong in them."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """The path of an installed browser, else of Playwright's own, else None."""
    named = os.environ.get("CNNT_BROWSER")
    if named:
        return named
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    found = found or next((path for path in PLACES if Path(path).exists()), None)
    if found:
        return found
    own = _playwright().chromium.executable_path
    return own if Path(own).exists() else None


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, until the block ends."""
    path = find_browser()
    assert path, "no browser: `make test` gets one, `make test-without-browser` does without"
    browser = _playwright().chromium.launch(executable_path=path, args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()


@cache
def _playwright() -> Playwright:
    """What drives browsers: one for the whole process, for a second one refuses to start beside it."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@dataclass(slots=True)
class Watched:
    """A page, with all that a visitor must never meet: errors, failed files, requests to other hosts."""

    page: Page
    home: str = ""
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Opens an address; its host is the only one that may be asked."""
        parts = urlsplit(address)
        self.home = f"{parts.scheme}://{parts.netloc}"
        self.page.goto(address, wait_until="load")


@contextmanager
def watched(browser: Browser, **context: Any) -> Iterator[Watched]:
    """A fresh page whose complaints are noted. `context`: viewport, color_scheme, java_script_enabled …"""
    opened = browser.new_context(**context)
    watch = Watched(opened.new_page())

    def on_console(told: ConsoleMessage) -> None:
        if told.type in ("error", "warning"):
            watch.complaints.append(f"console {told.type}: {told.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((watch.home, "data:")):
            watch.complaints.append(f"asks {request.url}")

    def on_failure(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before its icon had come
            watch.complaints.append(f"failed: {request.url} {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            watch.complaints.append(f"{response.status} {response.url}")

    watch.page.on("console", on_console)
    watch.page.on("pageerror", lambda error: watch.complaints.append(f"script: {error}"))
    watch.page.on("request", on_request)
    watch.page.on("requestfailed", on_failure)
    watch.page.on("response", on_response)
    try:
        yield watch
    finally:
        opened.close()

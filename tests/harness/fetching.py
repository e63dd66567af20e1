"""Getting what tests need beside Python: a browser and servers. `python -m tests.harness.fetching`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.harness.browser import find_browser
from tests.harness.servers import PROGRAMS, find_server

PACKAGES = {"nginx": ("nginx-light", "nginx"), "apache": ("apache2-bin",), "caddy": ("caddy",)}
"""Debian's packages of each server, the first that installs; none of them starts a service that tests could meet."""

WITHOUT = """\
Không có {missing} và không cài được. Chạy phần còn lại bằng: make test-without-browser
There is no {missing}, and it could not be installed. Run the rest with: make test-without-browser"""


def fetch() -> list[str]:
    """Installs what is missing; returns what is missing still."""
    if find_browser() is None:
        _debian("chromium")
    if find_browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    for server in PROGRAMS:
        if find_server(server) is None:
            any(_debian(package) for package in PACKAGES[server])
    have = {"Chromium, Chrome, Edge": find_browser(), **{server: find_server(server) for server in PROGRAMS}}
    return [name for name, found in have.items() if found is None]


def _debian(package: str) -> bool:
    """Installs a Debian package, as root or where sudo asks for no password."""
    if shutil.which("apt-get") is None:
        return False
    before = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if before and shutil.which("sudo") is None:
        return False
    print(f"Đang cài / installing {package}…", file=sys.stderr)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([*before, "apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
    install = [*before, "apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    return bool(subprocess.run(install, check=False, **quiet).returncode == 0)  # type: ignore[call-overload]


if __name__ == "__main__":
    missing = fetch()
    if missing:
        sys.exit(WITHOUT.format(missing=", ".join(missing)))

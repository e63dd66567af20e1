"""Real servers on this machine only: nginx below a sub-path, and Python's own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUB_PATH = "trien-lam"

_NGINX = """\
{user}
worker_processes 1;
daemon off;
pid "{home}/pid";
error_log "{home}/error.log";
events {{ worker_connections 64; }}
http {{
  types {{
    text/html html; text/css css; text/javascript js; image/svg+xml svg; image/webp webp; image/jpeg jpg;
    application/json json; text/csv csv; application/xml xml; text/plain txt;
  }}
  charset utf-8;
  access_log off;
  client_body_temp_path "{home}/body";
  proxy_temp_path "{home}/proxy";
  fastcgi_temp_path "{home}/fastcgi";
  uwsgi_temp_path "{home}/uwsgi";
  scgi_temp_path "{home}/scgi";
  server {{
    listen 127.0.0.1:{port};
    location /{sub_path}/ {{ alias "{site}/"; error_page 404 /{sub_path}/404.html; }}
  }}
}}
"""


def find_nginx() -> str | None:
    """The path of an installed nginx. On Debian it stands where only root's PATH leads."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def nginx(site: Path, home: Path) -> Iterator[str]:
    """The site on nginx below a sub-path; the address of its root. `home` is a folder for nginx itself."""
    program = find_nginx()
    assert program, "no nginx: `make test` gets one, `make test-without-browser` does without"
    port = _free_port()
    config = home / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else its worker may not read the tests' folders
    config.write_text(_NGINX.format(user=user, home=home, port=port, site=site, sub_path=SUB_PATH), "utf-8")
    process = subprocess.Popen([program, "-c", str(config), "-e", str(home / "error.log")])
    with _running(process, port):
        yield f"http://127.0.0.1:{port}/{SUB_PATH}/"


@contextmanager
def python_server(site: Path) -> Iterator[str]:
    """The site on Python's own server; the address of its root."""
    port = _free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _running(process, port):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def _running(process: subprocess.Popen[bytes], port: int) -> Iterator[None]:
    """Waits until somebody listens, and ends that very process afterwards."""
    try:
        for _ in range(100):
            assert process.poll() is None, "the server ended at once"
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port

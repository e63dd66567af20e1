"""Real servers on this machine only: nginx, Apache, Caddy by the rules that the site brings along; Python's own."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

SUB_PATH = "trien-lam"

_NGINX = """\
{user}
worker_processes 1;
daemon off;
pid "{home}/pid";
error_log "{home}/error.log";
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path "{home}/body";
  proxy_temp_path "{home}/proxy";
  fastcgi_temp_path "{home}/fastcgi";
  uwsgi_temp_path "{home}/uwsgi";
  scgi_temp_path "{home}/scgi";
  server {{
    listen 127.0.0.1:{port}{secure};
    {certificate}
    location /{path} {{ alias "{site}/"; include "{site}/hosting/nginx.conf"; }}
  }}
}}
"""

_APACHE = """\
ServerRoot "{home}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{home}/pid"
ErrorLog "{home}/error.log"
{user}
{modules}
{certificate}
TypesConfig /dev/null
DocumentRoot "{home}"
DirectoryIndex index.html
Alias /{path} "{site}/"
<Directory "{site}">
  Require all granted
  Options FollowSymLinks
  AllowOverride All
</Directory>
"""
_APACHE_MODULES = (
    *("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "rewrite", "filter", "deflate"),
    *("socache_shmcb", "ssl"),
)

_CADDY = """\
{{
  admin off
  auto_https off
  storage file_system "{home}"
}}
{scheme}://127.0.0.1:{port} {{
  {certificate}
  handle_path /{path}* {{
    root * "{site}"
    import "{site}/hosting/Caddyfile"
  }}
}}
"""

PROGRAMS = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}
"""Servers and what their program is called; httpd is Apache's name outside Debian."""


def find_server(kind: str) -> str | None:
    """The path of an installed server. On Debian some stand where only root's PATH leads."""
    name = PROGRAMS[kind]
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


@contextmanager
def served(
    kind: str, site: Path, *, path: str = f"{SUB_PATH}/", secure: bool = False, port: int | None = None
) -> Iterator[str]:
    """The site on a server, below `path` ("" for the root), by https when `secure`; the address of its root."""
    program = find_server(kind)
    assert program, f"no {kind}: `make test` gets one, `make test-without-browser` does without"
    with tempfile.TemporaryDirectory(prefix="cnnt-") as folder:
        home, port = Path(folder), port or _free_port()
        home.chmod(0o755)
        if kind == "apache" and os.geteuid() == 0:  # it gives up its rights, and then can't enter the tests' folders
            site = Path(shutil.copytree(site, home / "site"))
        key = _certificate(home) if secure else None
        command = _configured(kind, program, home, {"site": site, "port": port, "path": path, "home": home}, key)
        with _running(command, port, home):
            yield f"{'https' if secure else 'http'}://127.0.0.1:{port}/{path}"


def _configured(kind: str, program: str, home: Path, values: dict[str, object], key: Path | None) -> list[str]:
    """Writes a server's configuration and returns the command that starts it in the foreground."""
    is_root = os.geteuid() == 0
    config = home / f"{kind}.conf"
    if kind == "nginx":
        certificate = f'ssl_certificate "{key}"; ssl_certificate_key "{key}";' if key else ""
        values |= {"user": "user root;" if is_root else "", "secure": " ssl" if key else "", "certificate": certificate}
        config.write_text(_NGINX.format(**values), "utf-8")
        return [program, "-c", str(config), "-e", str(home / "error.log")]
    if kind == "apache":
        modules = Path("/usr/lib/apache2/modules")
        loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _APACHE_MODULES)
        certificate = f'SSLEngine on\nSSLCertificateFile "{key}"' if key else ""
        values |= {
            "user": "User nobody\nGroup nogroup" if is_root else "",
            "modules": loaded,
            "certificate": certificate,
        }
        config.write_text(_APACHE.format(**values), "utf-8")
        return [program, "-f", str(config), "-DFOREGROUND"]
    values |= {"scheme": "https" if key else "http", "certificate": f'tls "{key}" "{key}"' if key else ""}
    config.write_text(_CADDY.format(**values), "utf-8")
    return [program, "run", "--config", str(config), "--adapter", "caddyfile"]


def _certificate(home: Path) -> Path:
    """A key and a certificate that it signed itself, in one file."""
    file = home / "key.pem"
    options = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    named = ["-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", *options, *named, "-keyout", str(file), "-out", str(home / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + (home / "cert.pem").read_bytes())
    return file


@contextmanager
def python_server(site: Path) -> Iterator[str]:
    """The site on Python's own server; the address of its root."""
    port = _free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    with tempfile.TemporaryDirectory(prefix="cnnt-") as home, _running(command, port, Path(home)):
        yield f"http://127.0.0.1:{port}/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: status, headers, bytes as they were sent."""

    status: int
    headers: Message
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Redirects are looked at, not followed."""


def _opener() -> urllib.request.OpenerDirector:
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=trusting))


_OPENER = _opener()


def ask(address: str, **headers: str) -> Answer:
    """One request, redirects not followed; `headers` with underscores for hyphens."""
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with _OPENER.open(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except HTTPError as answer:
        with answer:
            return Answer(answer.code, answer.headers, answer.read())


@contextmanager
def _running(command: list[str], port: int, home: Path) -> Iterator[None]:
    """Starts a server in `home`, waits until it listens, and ends that very process afterwards."""
    said = home / "said.log"
    with said.open("wb") as told, subprocess.Popen(command, cwd=home, stdout=told, stderr=told) as process:
        try:
            for _ in range(200):
                assert process.poll() is None, [path.read_text("utf-8", "replace") for path in home.glob("*.log")]
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

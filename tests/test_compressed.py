"""Files compressed beforehand: whole, the same each time, sent by real hosts, gone when no longer wanted."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from cnnt_site.building.publishing import published
from cnnt_site.compressing import WORTH
from cnnt_site.desk.live import compare
from cnnt_site.headers import COMPRESSED
from tests.harness import servers
from tests.harness.sites import TinySite, site_from
from tests.test_hosts import MOVED

BASE = f"https://vi-du.example/{servers.SUB_PATH}/"
UNPACKED = {".gz": gzip.decompress, ".br": brotli.decompress}
SENT = {"nginx": ("gzip",), "apache": ("gzip", "br"), "caddy": ("gzip", "br")}
"""What Debian's programs send of what stands there; nginx has a module of its own for the other."""


def _site(folder: Path, how: str) -> TinySite:
    site = site_from(folder)
    site.edit("site.yaml", "updated:", f"hosting: {{compressed: {how}}}\nupdated:")
    return site.built("--base-url", BASE)


@pytest.mark.parametrize(("how", "endings"), [("gzip", (".gz",)), ("brotli", (".br", ".gz")), ("no", ())])
def test_every_text_that_is_worth_it_stands_there_compressed_and_nothing_else(
    how: str, endings: tuple[str, ...], tmp_path: Path
) -> None:
    site = _site(tmp_path / "a", how)
    files = site.files()
    plain = {address: data for address, data in files.items() if not address.endswith(tuple(UNPACKED))}
    texts = tuple(f".{ending}" for ending in COMPRESSED)
    own = ("site-manifest.txt",)
    worth = {a for a, data in plain.items() if a.endswith(texts) and len(data) >= WORTH and a not in own}
    assert {"vi/index.html", "data/products.json"} <= worth
    assert files.keys() - plain.keys() == {address + ending for address in worth for ending in endings}
    for address in worth:
        for ending in endings:
            assert UNPACKED[ending](files[address + ending]) == plain[address]
            assert len(files[address + ending]) < len(plain[address])
    assert all(data[4:10] == b"\0\0\0\0\2\xff" for a, data in files.items() if a.endswith(".gz")), "no clock, no system"
    assert _site(tmp_path / "b", how).files() == files


def test_only_what_changes_is_compressed_anew_and_all_goes_when_it_is_switched_off(tmp_path: Path) -> None:
    site = _site(tmp_path, "gzip")
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*.gz")}
    site.edit("products/tranh-mot/product.yaml", "Một bức tranh để thử", "Một bức tranh để xem")
    files = site.built("--base-url", BASE).files()
    after = {path: path.stat().st_mtime_ns for path in site.output.rglob("*.gz")}
    assert before.keys() == after.keys()
    changed = {path.relative_to(site.output).as_posix() for path, when in after.items() if when != before[path]}
    assert "vi/san-pham/tranh-mot.html.gz" in changed
    assert not [address for address in changed if address.startswith(("assets/", "vi/cap/", "vi/gioi-thieu"))]
    for page in ("vi/index.html", "vi/index.html.gz"):
        assert "stays as it is" in site.run("why", page, "--base-url", BASE).out
    site.edit("site.yaml", "compressed: gzip", "compressed: no")
    assert not [a for a in site.built("--base-url", BASE).files() if a.endswith(".gz")]
    site.edit("site.yaml", "compressed: no", "compressed: gzip")
    assert site.built("--base-url", BASE).files() == files


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "chạy python -m pip install brotli"), ("en", "which this machine lacks")]
)
def test_brotli_that_is_missing_is_told(lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = _site(tmp_path, "gzip")
    before = site.files()
    site.edit("site.yaml", "compressed: gzip", "compressed: brotli")
    monkeypatch.setitem(sys.modules, "brotli", None)
    done = site.run("build", "--base-url", BASE, "--lang", lang)
    assert (done.code, said in done.err) == (1, True), done.err
    assert site.files() == before
    assert site.run("check", "--base-url", BASE).code == 0


@pytest.fixture(scope="module", params=servers.PROGRAMS)
def hosted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, TinySite]]:
    kind: str = request.param
    site = _site(tmp_path_factory.mktemp("hosted"), "brotli")
    (site.content / "products/tranh-mot").rename(site.content / "products/tranh-moi")
    site.built("--base-url", BASE)
    with servers.served(kind, site.output) as root:
        yield kind, root, site


@pytest.mark.browser
def test_a_live_site_whose_compressed_files_are_old_is_told(tmp_path: Path) -> None:
    site = _site(tmp_path, "gzip")
    with servers.served("nginx", site.output) as root:
        told = list(compare(root, published(site.output), 2, datetime(2026, 12, 1, tzinfo=UTC)))
        assert told == []
        (site.output / "vi/index.html.gz").write_bytes(gzip.compress(b"old"))
        (site.output / "en/index.html.gz").write_bytes(b"broken")
        told = list(compare(root, published(site.output), 2, datetime(2026, 12, 1, tzinfo=UTC)))
    assert [(each.key, each.details["file"]) for each in told] == [
        ("live-different", "en/index.html.gz"),
        ("live-different", "vi/index.html.gz"),
    ]


@pytest.mark.browser
def test_hosts_send_what_stands_there(hosted: tuple[str, str, TinySite]) -> None:
    kind, root, site = hosted
    asset = next(address for address in site.files() if address.startswith("assets/") and address.endswith(".css"))
    for address in ("vi/index.html", "vi/", asset, "data/products.json", "sitemap.xml"):
        file = address + "index.html" if address.endswith("/") else address
        plain = servers.ask(root + address)
        assert plain.body == (site.output / file).read_bytes()
        assert "Content-Encoding" not in plain.headers
        for coding, ending in (("gzip", ".gz"), ("br", ".br")):
            if coding not in SENT[kind]:
                continue
            answer = servers.ask(root + address, Accept_Encoding=coding)
            assert answer.headers["Content-Encoding"] == coding, (address, coding)
            assert answer.body == (site.output / (file + ending)).read_bytes(), (address, coding)
            assert "accept-encoding" in (answer.headers["Vary"] or "").lower(), (address, coding)
            for name in ("Content-Type", "Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"):
                assert answer.headers.get_all(name) == plain.headers.get_all(name), (address, coding, name)
            again = servers.ask(root + address, Accept_Encoding=coding, If_None_Match=answer.headers["ETag"])
            assert again.status == 304, (address, coding)
    assert servers.ask(root + MOVED, Accept_Encoding="gzip").status == 301
    missing = servers.ask(root + "khong-co.html", Accept_Encoding="gzip")
    assert missing.status == 404

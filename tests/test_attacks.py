"""Files made to exhaust the builder: told like any other mistake, within bounds of time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from tests.harness import attacks
from tests.harness.sites import TinySite, site_from

MEMORY = 1_500_000_000
SECONDS = 60
"""What a check of any of these sites may take: address space in bytes, and time of the processor."""

HARMLESS = {"chunks.png", "itself", "list"}
HARMLESS_TEXTS = {"*", "_", "**_", "|", "a|", "\\", "&", "#", "\n    ", "\t", "table"}
"""What is odd, and no more than that: it is shown."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bounds for a process")


def _checked(site: TinySite) -> subprocess.CompletedProcess[str]:
    """`check` in a process of its own that may not take more than the bounds."""
    bounds = (
        "import resource, sys; from cnnt_site.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}));"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}));"
        "sys.exit(main(['check', '--lang', 'en', '--jobs', '1', '--base-url', 'https://vi-du.example/']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", bounds]
    return subprocess.run(command, cwd=site.folder, env=environment, capture_output=True, text=True, check=False)


def _assert_told(done: subprocess.CompletedProcess[str], guilty: set[str], harmless: set[str]) -> None:
    assert done.returncode == 1, done.stderr[-2000:]
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert [path for path in guilty if not any(path in line for line in errors)] == []
    assert [path for path in harmless if any(path in line for line in errors)] == []
    assert max(map(len, errors)) < 1_000


def test_pictures(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    told = {"author": "A", "rights_holder": "A", "licence": {"vi": "A"}}
    told |= {"permission": {"date": "2026-01-01", "by": "A"}}
    for name, made in attacks.PHOTOS.items():
        site.write(f"products/tranh-mot/photos/{name}", made())
    photos = [{"file": name, "alt": {"vi": "A"}, **told} for name in attacks.PHOTOS]
    site.edit("products/tranh-mot/product.yaml", "group:", f"photos: {json.dumps(photos)}\ngroup:")
    names = {f"photos/{name}" for name in attacks.PHOTOS if name not in HARMLESS}
    _assert_told(_checked(site), names, {f"photos/{name}" for name in HARMLESS & set(attacks.PHOTOS)})


def test_drawings(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    record = {"represents": {"vi": "A"}, "alt": {"vi": "A"}, "author": "A", "licence": {"vi": "A"}}
    for name, made in attacks.DRAWINGS.items():
        site.write(f"illustrations/{name}.svg", made())
        site.write(f"products/hinh-{name}/product.yaml", f"name: {{vi: Hình}}\nillustration: {name}\n")
    listed = {name: {"file": f"{name}.svg", **record} for name in attacks.DRAWINGS}
    site.write("illustrations/illustrations.yaml", json.dumps(listed))
    guilty = {f"illustrations/{name}.svg" for name in attacks.DRAWINGS if name not in HARMLESS}
    _assert_told(_checked(site), guilty, set())


def test_long_texts(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    paths = {}
    for number, (name, made) in enumerate(attacks.TEXTS.items()):
        site.write(f"products/bai-{number}/product.yaml", "name: {vi: Bài}\n")
        site.write(f"products/bai-{number}/vi.md", made())
        paths[name] = f"bai-{number}/vi.md"
    harmless = {path for name, path in paths.items() if name in HARMLESS_TEXTS}
    _assert_told(_checked(site), set(paths.values()) - harmless, harmless)


def test_harmless_long_texts_become_pages(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for number, name in enumerate(sorted(HARMLESS_TEXTS)):
        site.write(f"products/bai-{number}/product.yaml", "name: {vi: Bài}\n")
        site.write(f"products/bai-{number}/vi.md", attacks.TEXTS[name]())
    done = _checked(site)
    assert done.returncode == 0, done.stderr[-2000:]


def test_records(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for name, made in attacks.RECORDS.items():
        site.write(f"products/{name}/product.yaml", made())
    guilty = {f"products/{name}/product.yaml" for name in attacks.RECORDS if name not in HARMLESS}
    _assert_told(_checked(site), guilty, {"products/list/"})


def test_ten_thousand_files(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    for number in range(10_000):
        site.write(f"products/tranh-mot/photos/anh-{number}.jpg", b"x")
    done = _checked(site)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr.count("This photo is not named under photos") == 10_000


def test_odd_files(tmp_path: Path) -> None:
    """A pipe, a device, a link to itself, to a device, out of the folder, and a file of a terabyte that isn't there."""
    site = site_from(tmp_path / "site")
    photos = site.content / "products/tranh-mot/photos"
    photos.mkdir()
    os.mkfifo(photos / "pipe.jpg")
    for name, target in {"self.jpg": "self.jpg", "zero.jpg": "/dev/zero", "out.jpg": "/etc/passwd", "up": ".."}.items():
        (photos / name).symlink_to(target)
    with (photos / "sparse.jpg").open("wb") as sparse:
        sparse.truncate(2**40)
    (site.content / "products/lon").mkdir()
    with (site.content / "products/lon/product.yaml").open("wb") as sparse:
        sparse.truncate(2**40)
    guilty = {f"photos/{name}" for name in ("pipe.jpg", "self.jpg", "zero.jpg", "out.jpg", "up", "sparse.jpg")}
    _assert_told(_checked(site), {*guilty, "products/lon/product.yaml"}, set())

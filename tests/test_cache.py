"""What the cache lets go: only what nobody used for long, and never at the cost of what is published."""

from __future__ import annotations

import marshal
import os
import shutil
import time
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cnnt_site.building.left import LEFT
from cnnt_site.building.memory import READINGS
from cnnt_site.cache import DAY, KEPT, PRUNED, Cache, digest
from cnnt_site.reading.scanning import YOUNG
from cnnt_site.shelf import Shelf
from tests.harness.sites import TinySite, site_from

NOBODY = 65534
PHOTO = """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một}
producer: co-so-mot
certificates: [{level: province, year: 2020}]
photos:
  - {file: a.png, alt: {vi: A}, author: A, rights_holder: A, licence: {vi: A}, permission: {date: 2026-01-01, by: A}}
--- products/tranh-mot/photos/a.png picture PNG RGB 90x60
"""


def _age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def _entries(cache: Path) -> dict[str, int]:
    """Every entry with the number of its file on the disk: it is another one when it was written again."""
    return {path.relative_to(cache).as_posix(): path.stat().st_ino for path in cache.glob("??/*")}


def _aged(site: TinySite, days: float) -> Path:
    cache = site.folder / ".cache"
    for path in cache.rglob("*"):
        _age(path, days)
    return cache


def test_what_nobody_used_goes_and_what_anybody_used_stays(tmp_path: Path) -> None:
    cache, names = Cache(tmp_path), {name: digest(name.encode()) for name in ("old", "read", "needed", "young")}
    cache.prune(tuple)
    for name, key in names.items():
        cache.put(key, name.encode())
        _age(tmp_path / key[:2] / key[2:], 40 if name != "young" else 29)
    half = tmp_path / names["old"][:2] / "half.1.tmp"
    half.write_bytes(b"of a build that was killed")
    _age(half, 40)
    (tmp_path / "memory.db").write_bytes(b"")
    _age(tmp_path / "memory.db", 400)
    assert Cache(tmp_path).get(names["read"]) == b"read"
    Cache(tmp_path).prune(lambda: [names["needed"], "0" * 64])
    assert cache.get(names["old"]), "it was pruned twice in a day"
    _age(tmp_path / names["old"][:2] / names["old"][2:], 40)
    _age(tmp_path / PRUNED, 2)
    Cache(tmp_path).prune(lambda: [names["needed"], "0" * 64])
    assert {name for name, key in names.items() if cache.get(key)} == {"read", "needed", "young"}
    assert not half.exists()
    assert (tmp_path / "memory.db").exists()


def test_a_site_keeps_what_it_shows_and_lets_the_pictures_of_before_go(tmp_path: Path) -> None:
    site = site_from(tmp_path, PHOTO).built()
    first = set(_entries(site.folder / ".cache"))
    site.lay("--- products/tranh-mot/photos/a.png picture PNG RGB 60x90\n")
    site.built()
    cache = _aged(site, 40)
    site.edit("products/tranh-mot/product.yaml", "Tranh một", "Tranh đổi tên")
    published, kept = site.built().files(), _entries(cache)
    assert first - set(kept), "nothing of the picture of before has gone"
    shutil.rmtree(site.output)
    (cache / "memory.db").unlink()
    assert site.built().files() == published
    assert kept.items() <= _entries(cache).items(), "what is in use was made again"


def test_another_site_that_shares_the_cache_keeps_what_it_used(tmp_path: Path) -> None:
    one, other = (site_from(tmp_path / name, PHOTO) for name in ("one", "other"))
    other.lay("--- products/tranh-mot/photos/a.png picture PNG RGB 120x60\n")
    shared = str(tmp_path / "shared")
    published = other.built("--cache", shared).files()
    theirs = _entries(tmp_path / "shared")
    for path in (tmp_path / "shared").glob("??/*"):
        _age(path, KEPT / DAY - 1)
    _age(tmp_path / "shared" / PRUNED, 2)
    one.built("--cache", shared)
    assert theirs.items() <= _entries(tmp_path / "shared").items()
    for path in (tmp_path / "shared").glob("??/*"):
        _age(path, KEPT / DAY + 1)
    _age(tmp_path / "shared" / PRUNED, 2)
    one.lay("--- products/tranh-mot/vi.md\nBài mới.\n")
    one.built("--cache", shared)
    assert not theirs.items() <= _entries(tmp_path / "shared").items()
    shutil.rmtree(other.output)
    assert other.built("--cache", shared).files() == published


def test_a_build_without_a_change_prunes_nothing(tmp_path: Path) -> None:
    site = site_from(tmp_path, PHOTO).built()
    time.sleep(2 * YOUNG / 1e9)  # so that the ledger, just written, is known to be as it was
    site.built()
    cache = site.folder / ".cache"
    for path in cache.glob("??/*"):
        _age(path, 40)
    _age(cache / PRUNED, 40)
    before = _entries(cache)
    site.built()
    assert _entries(cache) == before


@pytest.mark.parametrize("said", [(), ("another program",), ("another program", (), {}), ("another program", 7)])
def test_what_another_program_left_in_a_form_of_its_own_is_not_looked_into(
    tmp_path: Path, said: tuple[Any, ...]
) -> None:
    site = site_from(tmp_path).built()
    published, cache = site.files(), site.folder / ".cache"
    shelf = Shelf(cache / READINGS)
    shelf.put([("index", marshal.dumps(said))])
    shelf.commit()
    shelf.close()
    data = marshal.dumps(said)
    (cache / LEFT).write_bytes(blake2b(data, digest_size=16).digest() + data)
    assert site.built().files() == published


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="Windows has no users to become")
def test_a_cache_that_may_only_be_read_is_left_as_it_is() -> None:
    key = digest(b"old")
    with TemporaryDirectory() as folder:
        cache = Path(folder)
        Cache(cache).put(key, b"old")
        (cache / PRUNED).touch()
        for path in (cache / key[:2] / key[2:], cache / PRUNED):
            path.chmod(0o444)
            _age(path, 40)
        for path in (cache / key[:2], cache):
            path.chmod(0o555)
        me = os.geteuid()
        os.seteuid(me or NOBODY)
        try:
            assert Cache(cache).get(key) == b"old"
            Cache(cache).prune(lambda: [key])
            Cache(cache).put(digest(b"new"), b"new")
            assert Cache(cache).get(digest(b"new")) is None
        finally:
            os.seteuid(me)
        assert Cache(cache).get(key) == b"old"
        for path in (cache, cache / key[:2]):
            path.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="Windows has no users to become")
def test_a_folder_of_the_cache_that_may_only_be_read_keeps_its_entries() -> None:
    keys = [digest(b"%d" % number) for number in range(4)]
    with TemporaryDirectory() as folder:
        cache = Path(folder)
        for key in keys:
            Cache(cache).put(key, b"old")
            _age(cache / key[:2] / key[2:], 40)
        (cache / PRUNED).touch()
        _age(cache / PRUNED, 40)
        (cache / keys[0][:2]).chmod(0o555)
        me = os.geteuid()
        if me == 0:
            for path in (cache, cache / PRUNED, *(cache / key[:2] for key in keys[1:])):
                os.chown(path, NOBODY, NOBODY)
        os.seteuid(me or NOBODY)
        try:
            Cache(cache).prune(tuple)
        finally:
            os.seteuid(me)
        (cache / keys[0][:2]).chmod(0o755)
        assert [key for key in keys if Cache(cache).get(key)] == keys[:1]

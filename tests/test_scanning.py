"""Scanning again only what was saved finds what a scan of everything finds."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cnnt_site.problems import Problems
from cnnt_site.reading.scanning import Scanned, scan


def _grow_old(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000.5))


def _write(root: Path, name: str, text: str = "a") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _rename(root: Path, old: str, new: str) -> list[Path]:
    os.rename(root / old, root / new)
    return [root / old, root / new]


def _delete(root: Path, name: str) -> list[Path]:
    shutil.rmtree(root / name)
    return [root / name]


@pytest.mark.parametrize(
    "act",
    [
        lambda root: [_write(root, "products/a/vi.md", "Chữ khác")],
        lambda root: [_write(root, "products/a/photos/b.jpg"), _write(root, "site.yaml", "b")],
        lambda root: [_write(root, "products/moi/photos/c.jpg").parents[1]],
        lambda root: [_write(root, "pages/x/y/z/vi.md")],
        lambda root: _rename(root, "products/a", "products/d"),
        lambda root: _rename(root, "products/a/vi.md", "products/a/en.md"),
        lambda root: _delete(root, "products/b"),
        lambda root: _delete(root, "products"),
        lambda root: [_write(root, unicodedata.normalize("NFD", "products/a/ảnh.jpg"))],
        lambda root: [_write(root, "products/a/VI.md")],
        lambda root: [root.parent / "elsewhere.txt"],
        lambda root: [],
    ],
)
def test_a_scan_of_what_was_saved_equals_one_of_everything(act: Callable[[Path], list[Path]], tmp_path: Path) -> None:
    root = tmp_path / "content"
    for name in ("site.yaml", "products/a/product.yaml", "products/a/vi.md", "products/b/product.yaml"):
        _write(root, name)
    _write(root, "products/b/photos/a.jpg")
    _grow_old(root)
    first = scan(root, Problems())
    saved = act(root)
    _grow_old(root)
    told, all_told = Problems(), Problems()
    again = scan(root, told, Scanned(first.listed), saved)
    everything = scan(root, all_told)
    assert dict(again.files) == dict(everything.files)
    assert set(told) == set(all_told)
    assert {folder: it.below for folder, it in again.listed.items()} == {
        folder: it.below for folder, it in everything.listed.items()
    }
    if saved and saved != [root.parent / "elsewhere.txt"]:
        assert again.fresh


def test_files_too_young_to_be_trusted_are_looked_at_again(tmp_path: Path) -> None:
    root = tmp_path / "content"
    path = _write(root, "products/a/vi.md", "một")
    young = scan(root, Problems())
    path.write_text("hai", "utf-8")
    again = scan(root, Problems(), Scanned(young.listed), [])
    assert again.digest("products/a/", "vi.md") == scan(root, Problems()).digest("products/a/", "vi.md")
    assert "products/a/" in again.fresh

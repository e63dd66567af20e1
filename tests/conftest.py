"""What many tests share."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from filelock import FileLock

from cnnt_site.cli import PROJECT, main


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The showroom as it would be published."""
    return _built_once("content", tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample of everything awkward, with an address, so that its printed pages have codes."""
    return _built_once("sample", tmp_path_factory, worker_id, "--base-url", "https://sample.example/")


def _built_once(content: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str, *more: str) -> Path:
    """A content folder of the project as a site, built once for all workers without touching its ledger."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    site, said = folder / f"{content}-site", io.StringIO()
    order = ["--content", str(PROJECT / content), "--output", str(site), "--cache", str(folder / f"{content}-cache")]
    with FileLock(folder / f"{content}-lock"), redirect_stdout(said), redirect_stderr(said):
        if not site.exists():
            assert main([*order, *more, "--locked", "--lang", "en"]) == 0, said.getvalue()
    return site

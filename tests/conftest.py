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
    """The showroom as it would be published, built once for all workers without touching the project's ledger."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    site, said = folder / "real-site", io.StringIO()
    order = ["--content", str(PROJECT / "content"), "--output", str(site), "--cache", str(folder / "real-cache")]
    with FileLock(folder / "real-lock"), redirect_stdout(said), redirect_stderr(said):
        if not site.exists():
            assert main([*order, "--locked", "--lang", "en"]) == 0, said.getvalue()
    return site

"""What many tests share."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT, main


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The showroom as it would be published, built without touching the project's ledger."""
    folder = tmp_path_factory.mktemp("real")
    said = io.StringIO()
    order = ["--content", str(PROJECT / "content"), "--output", str(folder / "site"), "--cache", str(folder / "cache")]
    with redirect_stdout(said), redirect_stderr(said):
        assert main([*order, "--locked", "--lang", "en"]) == 0, said.getvalue()
    return folder / "site"

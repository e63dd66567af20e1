"""The project's own set-up: what the README promises is what is there, and what a fresh clone has to pass."""

from __future__ import annotations

import re
import tomllib

import pytest

from cnnt_site.cli import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def _commands(path: str) -> list[str]:
    """The lines of a script that do something."""
    lines = (PROJECT / path).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _recipe(target: str) -> str:
    """What the Makefile does for a target."""
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    found = re.search(rf"^{target}:.*\n((?:\t.+\n)+)", makefile, re.M)
    assert found, f"the Makefile has no target {target!r}"
    return found[1]


def test_a_fresh_clone_has_to_pass_the_style_the_types_and_the_readmes_test_command() -> None:
    start = README.split("## Two commands")[1]
    shown = re.search(r"```sh\n(.*?)```", start, re.S)
    assert shown
    build, test = (line.split("#")[0].strip() for line in shown[1].splitlines())
    assert build == "make site"
    fails_fast, goes_home, *checks = _commands(".ci/run")
    assert fails_fast == "set -euo pipefail"
    assert goes_home.startswith("cd ")
    assert checks == ["make lint", test]
    for step in ("ruff check .", "ruff format --check .", "mypy"):
        assert f"-m {step}\n" in _recipe("lint")
    assert PYPROJECT["tool"]["mypy"]["strict"] is True
    assert {"build.py", "cnnt_site", "tests"} <= set(PYPROJECT["tool"]["mypy"]["files"])


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_in_the_documents_exists(document: str) -> None:
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)", (PROJECT / document).read_text("utf-8"), re.M))
    assert targets
    for target in targets:
        _recipe(target)


def test_who_cannot_run_the_browser_tests_is_told_a_command_that_exists() -> None:
    from tests.harness.fetching import WITHOUT

    told = re.findall(r"make ([a-z-]+)", WITHOUT)
    assert len(told) == 2
    assert len(set(told)) == 1
    assert 'pytest -m "not browser"' in _recipe(told[0])


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    reasons = re.findall(r"^\| ([\w-]+) \| \S.*\|$", README, re.M)
    needed = {_name(line) for line in PYPROJECT["project"]["dependencies"]}
    assert needed <= {reason.lower() for reason in reasons}
    for line in PYPROJECT["project"]["optional-dependencies"]["test"]:
        name = re.sub(r"^types-.*", "types-*", _name(line))
        assert name in README.lower(), name


def _name(requirement: str) -> str:
    return re.split(r"[<>=\[; ]", requirement)[0].lower()


def test_what_developers_get_is_what_the_tests_need() -> None:
    assert PYPROJECT["dependency-groups"]["dev"] == ["cnnt-site[test]"]


def test_the_command_is_a_few_lines() -> None:
    assert len(_commands("build.py")) <= 5


def test_no_file_is_over_one_megabyte() -> None:
    ignored = {line.strip("/") for line in _commands(".gitignore")} | {".git"}
    kept = [top for top in PROJECT.iterdir() if top.name not in ignored]
    files = [file for top in kept for file in ([top] if top.is_file() else top.rglob("*")) if file.is_file()]
    assert PROJECT / "build.py" in files
    assert PROJECT / "content/site.yaml" in files
    assert not [file.relative_to(PROJECT).as_posix() for file in files if file.stat().st_size > 1_000_000]

"""The threat model names a test for each thing that could be done, and every test that it names is there."""

from __future__ import annotations

import re

from cnnt_site.cli import PROJECT

MODEL = (PROJECT / "docs/threat-model.md").read_text("utf-8")
TESTS = PROJECT / "tests"


def test_every_row_names_what_shows_it_and_all_of_that_is_there() -> None:
    named = {
        name
        for path in TESTS.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.M))
    rows = [line for line in MODEL.splitlines() if line.startswith("| ") and not line.endswith("| shown by |")]
    assert len(rows) > 20
    for row in rows:
        shown = re.findall(r"`([^`]+)`", row.rstrip("| ").rpartition(" | ")[2])
        assert shown, row
        for each in shown:
            if each.startswith("make "):
                assert each.removeprefix("make ") in targets, each
            elif each.endswith(".py"):
                assert (TESTS / each).is_file(), each
            elif each.startswith("tests/broken/"):
                assert (PROJECT / each).is_dir(), each
            else:
                assert each in named, each


def test_bounds_are_those_of_the_program() -> None:
    from cnnt_site.desk.sheets import reading as sheets
    from cnnt_site.model.kinds import LONGEST_LINE
    from cnnt_site.pictures import album, pixels
    from cnnt_site.reading import neighbours, scanning, text_file, yaml_file

    told = " ".join(MODEL.partition("Bounds: ")[2].partition("## ")[0].split())
    for bound in (
        f"a record {yaml_file.LARGEST // 1_000_000} MB, {yaml_file.DEEPEST} levels deep",
        f"a field {LONGEST_LINE:,} letters",
        f"a long text {text_file.LARGEST // 1_000} kB, {text_file.MOST_BRACKETS} of each bracket",
        f"{text_file.MOST_HEADINGS} headings, lists {text_file.DEEPEST} deep",
        f"a photograph {album.LARGEST_PHOTO // 1_000_000} MB and {pixels.MOST_PIXELS // 1_000_000} million pixels",
        f"a drawing {album.LARGEST_DRAWING // 1_000} kB, {pixels.DEEPEST_DRAWING} levels",
        f"a list to import {sheets.LARGEST // 1_000_000} MB, {sheets.LARGEST_UNPACKED // 1_000_000} MB unpacked",
        f"{sheets.MOST_ROWS:,} rows",
        f"another showroom {neighbours.LARGEST // 1_000_000} MB, {neighbours.MOST_PRODUCTS:,} products",
        f"any file {scanning.LARGEST_FILE // 1_000_000} MB",
        f"{scanning.MOST_FILES // 1_000_000} million files, folders {scanning.DEEPEST_FOLDER} deep",
    ):
        assert bound in told, bound

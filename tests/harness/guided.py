"""Fuzzing led by coverage, to look longer than `make fuzz` does: `python -m tests.harness.guided yaml --kept found`.

It needs atheris (`pip install atheris`: Linux and macOS), which is no part of the project. A failure leaves its
input in the folder of `--kept`; it belongs into `test_fuzz.py` as an example.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cnnt_site", "markdown", "yaml"]):
    from cnnt_site.pages import prose
    from cnnt_site.pictures.pixels import Unfit, open_drawing, open_photo
    from cnnt_site.problems import Problems
    from cnnt_site.reading import text_file, yaml_file
    from tests.harness.examples import photographs


def _yaml(data: bytes) -> None:
    yaml_file.parse("a.yaml", data, Problems())
    yaml_file.places(data)


def _markdown(data: bytes) -> None:
    problems = Problems()
    read = text_file.parse("vi.md", data, problems)
    if read is not None and not problems.errors:
        made = prose.html_of(read)
        assert "<script" not in made
        assert 'href="javascript:' not in made.lower()


def _photo(data: bytes) -> None:
    try:
        open_photo(data, 16)
    except Unfit:
        return


def _drawing(data: bytes) -> None:
    try:
        open_drawing(data, 32)
    except Unfit:
        return


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "yaml": (_yaml, lambda: [b"name: {vi: A}\nplace: [a, 'b', \"c\"]\nd: |\n  e\n", b"- &a b\n- *a\n", b"? a\n: b\n"]),
    "markdown": (
        _markdown,
        lambda: [b"# a\n\n- b\n\n[c](product:d) **e**\n\n|f|g|\n|-|-|\n|h|i|\n", b"> a\n\n[a]: b\n"],
    ),
    "photo": (_photo, photographs),
    "drawing": (
        _drawing,
        lambda: [b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'],
    ),
}
"""What is fed, and what it begins with."""


def main() -> None:
    """Feeds one target until the time is over or it fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--kept", type=Path, required=True)
    asked = parser.parse_args()
    target, seeds = TARGETS[asked.target]
    corpus = asked.kept / asked.target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = (f"-max_total_time={asked.seconds}", "-max_len=4000", "-timeout=20", f"-artifact_prefix={asked.kept}/")
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""One tiny broken site for each problem: `site.txt` makes it, `expected.txt` is what staff read.

`site.txt` is laid over the smallest site (see `tests.harness.sites`). A file that begins with `@` asks
for what files can't say: `@edit path|old|new`, `@run --option`, `@content folder`.
"""

from __future__ import annotations

from pathlib import Path

from tests.harness.sites import Run, TinySite, site_from

HERE = Path(__file__).parent
CODES = sorted(path.parent.name for path in HERE.glob("*/site.txt"))
LANGUAGES = ("vi", "en")


def broken_site(code: str, folder: Path) -> tuple[TinySite, list[str]]:
    """The site of a problem below `folder`, and the options that it is to be built with."""
    asked = (HERE / code / "site.txt").read_text("utf-8")
    site = site_from(folder)
    options = [] if code == "no-base-address" else ["--base-url", "https://vi-du.example/"]
    if not asked.startswith("@"):
        site.lay(asked)
        return site, options
    word, _, rest = asked.rstrip("\n").removeprefix("@").partition(" ")
    if word == "edit":
        site.edit(*rest.split("|"))
    elif word == "run":
        options += rest.split()
    else:
        options += ["--content", rest]
    return site, options


def told(site: TinySite, options: list[str]) -> dict[str, Run]:
    """How `check` ends in each language."""
    return {lang: site.run("check", *options, "--lang", lang) for lang in LANGUAGES}


def read_aloud(runs: dict[str, Run]) -> str:
    """All that staff read, in each language."""
    return "\n".join(runs[lang].err for lang in LANGUAGES)

"""One tiny broken site for each problem: `site.txt` makes it, `expected.txt` is what staff read.

`site.txt` is laid over the smallest site (see `tests.harness.sites`). Lines that begin with `@` say
what can't be said by files: `@edit path|old|new`, `@run --option`, `@content folder`.
"""

from __future__ import annotations

from pathlib import Path

from tests.harness.sites import Run, TinySite, site_from

HERE = Path(__file__).parent
CODES = sorted(path.parent.name for path in HERE.glob("*/site.txt"))


def broken_site(code: str, folder: Path) -> tuple[TinySite, list[str]]:
    """The site of a problem below `folder`, and the options that it is to be built with."""
    asked = (HERE / code / "site.txt").read_text("utf-8")
    site, options = site_from(folder), list[str]()
    wishes, files = [], asked
    if asked.startswith("@"):
        wishes, files = [asked.rstrip("\n")], ""
    site.lay(files)
    for wish in wishes:
        word, _, rest = wish.removeprefix("@").partition(" ")
        if word == "edit":
            path, old, new = rest.split("|")
            site.edit(path, old, new)
        elif word == "run":
            options += rest.split()
        else:
            options += ["--content", rest]
    return site, options


def told(code: str, site: TinySite, options: list[str], lang: str) -> tuple[Run, str]:
    """How the build ended, and the paragraph that tells this problem."""
    done = site.run("build", *options, "--lang", lang)
    from cnnt_site.reporting import problem_wording

    what = problem_wording()[code][lang]["what"].split("{")[0]
    paragraphs = done.err.split("\n\n")
    return done, next((paragraph for paragraph in paragraphs if what in paragraph), done.err)

"""Words and code agree: every problem is worded, shown by a broken site, and nothing is worded in vain."""

from __future__ import annotations

import re
from pathlib import Path

from cnnt_site.problems import Problems
from cnnt_site.reading import yaml_file
from cnnt_site.reporting import problem_wording
from tests.broken import CODES

PACKAGE = Path(__file__).parents[1] / "cnnt_site"
WITHOUT_SITE = {"too-many-files"}
"""Problems that a test of their own shows, as a site of two million files would be slow."""

_TOLD = re.compile(
    r"(?:\.error|\.warn|Refusal|Unfit|known)\(\s*\"([a-z0-9-]+)\"|\"code\": \"([a-z-]+)\"|return \"(yaml-[a-z-]+)\""
)
_SHAPES = re.compile(r"\"(needs-[a-z]+|wrong-shape|lost-[a-z]+)\"")


def _source() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def _codes() -> set[str]:
    source = _source()
    told = {next(filter(None, found)) for found in _TOLD.findall(source)}
    return told | set(_SHAPES.findall(source))


def test_every_problem_is_worded_and_every_wording_is_used() -> None:
    assert _codes() == set(problem_wording())


def test_every_problem_has_a_broken_site() -> None:
    assert set(CODES) | WITHOUT_SITE == set(problem_wording())


def test_both_languages_say_what_and_cure_with_the_same_gaps() -> None:
    for code, wording in problem_wording().items():
        assert set(wording) == {"vi", "en"}, code
        gaps = []
        for said in wording.values():
            assert set(said) == {"what", "cure"}, code
            gaps.append(set(re.findall(r"(?<!{)\{(\w+)\}", said["what"] + said["cure"])))
        assert gaps[0] == gaps[1], code


def test_messages_are_used_and_there() -> None:
    data = (PACKAGE / "wording" / "messages.yaml").read_bytes()
    messages = yaml_file.parse("messages.yaml", data, Problems())
    source = _source()
    used = set(re.findall(r"message\([\w.]+, \"([a-z-]+)\"", source))
    used |= {f"help-{key}" for key in re.findall(r"told\(\"([a-z-]+)\"\)", source)}
    used |= set(re.findall(r"message\(self\._lang, ['\"]([a-z-]+)", source))
    used |= {"help-build", "help-check", "help-serve", "error", "warning"}
    used |= set(re.findall(r"_kind\(lang, \"([a-z-]+)\"", source))
    used |= {f"stage-{stage}" for stage in re.findall(r"progress\(\"([a-z]+)\"", source)}
    assert used == set(messages)
    for key, said in messages.items():
        assert set(said) == {"vi", "en"}, key

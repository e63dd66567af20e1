"""The staff handbook: every command in it is tried, both languages say the same, its pictures and links are there."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.vietnamese import nfc
from tests.harness.sites import site_from

LANGUAGES = ("vi", "en")
FOR_STAFF = {"check", "serve", "new", "import", "export", "remove", "init", "editor", "cms"}
TYPED = {
    "new product": "Bánh phồng\n\n\n\n\n\n\n\n\n\n\n",
    "remove contacts hop-tac-xa-dinh-yen": "hop-tac-xa-dinh-yen\n",
    "remove product chieu-lac-dinh-yen": "chieu-lac-dinh-yen\n",
}
"""What a person types at commands that ask, by how they begin."""


def _handbook(lang: str) -> str:
    return (PROJECT / "docs" / f"handbook.{lang}.md").read_text("utf-8")


def _commands(lang: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", _handbook(lang), re.S)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_every_command_is_one_of_ours_and_every_verb_for_staff_is_shown() -> None:
    for lang in LANGUAGES:
        assert all(command.startswith("uv run build.py") for command in _commands(lang))
        shown = {command.split()[3] for command in _commands(lang) if len(command.split()) > 3}
        assert shown >= FOR_STAFF


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_work_one_after_the_other_as_a_reader_would_type_them(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_from(tmp_path)
    for command in _commands(lang):
        arguments = shlex.split(command)[3:]
        if arguments[:1] == ["serve"]:
            continue  # the tests of the preview start it
        if arguments[:2] == ["remove", "contacts"]:
            contact = 'contacts: [{kind: phone, value: "0277 123 4567"}]\n'
            file = site.content / "producers" / arguments[2] / "producer.yaml"
            file.write_text(file.read_text("utf-8") + contact, "utf-8")
        typed = next((text for start, text in TYPED.items() if " ".join(arguments).startswith(start)), "")
        plain_new = arguments == ["new", "product"]
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed if arguments[:1] != ["new"] or plain_new else ""))
        done = site.run(*arguments, "--lang", lang)
        assert done.code == 0, f"{command}\n{done.out}\n{done.err}"
    assert "hop-tac-xa-dinh-yen" in {folder.name for folder in (site.content / "producers").iterdir()}
    assert (site.output / "vi/san-pham/chieu-lac-dinh-yen.html").exists()


def test_the_options_of_serve_in_the_handbook_exist() -> None:
    from cnnt_site.commands import serve
    from cnnt_site.commands.options import VerbParser

    for lang in LANGUAGES:
        parser = VerbParser("serve", lang)
        serve.add_options(parser)
        tried = [parser.parse_args(shlex.split(command)[4:]) for command in _commands(lang) if " serve" in command]
        assert [asked.no_open for asked in tried] == [False, True]
    assert tried[1].port == 8080


def test_both_languages_show_the_same_commands_and_pictures() -> None:
    vietnamese, english = (
        [re.sub("ten-co-quan/ten-kho", "office/showroom", each) for each in _commands(lang)] for lang in LANGUAGES
    )
    assert vietnamese == english
    pictures = [re.findall(r"!\[[^]]+\]\(([^)]+)\)", _handbook(lang)) for lang in LANGUAGES]
    assert pictures[0] == pictures[1] != []
    for picture in pictures[0]:
        assert 0 < (PROJECT / "docs" / picture).stat().st_size < 150_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_within_the_handbook_lead_somewhere(lang: str) -> None:
    text = _handbook(lang)
    headings = {
        re.sub(r"[^\w -]", "", nfc(title).lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.M)
    }
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        else:
            assert (PROJECT / "docs" / target).exists(), target


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_the_program_that_the_handbook_quotes_are_its_words(lang: str) -> None:
    from cnnt_site.reporting import message

    text = _handbook(lang)
    for key in ("bar-index", "bar-report"):
        assert f"**{message(lang, key)}**" in text
    explained = re.findall(r"^# (.+)\n# ?summary:", text, re.M)
    from cnnt_site.desk.fields import described

    about = described("Product.summary", lang)
    assert explained == [f"{about.label}. {about.help}"]

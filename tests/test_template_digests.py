"""A page is made again when any template changes that its own names, in whatever way it names it."""

from __future__ import annotations

import jinja2
import pytest

from cnnt_site.templates import TemplateDigests


def _digest(**templates: str) -> str:
    loader = jinja2.DictLoader(templates)
    return TemplateDigests(jinja2.Environment(loader=loader))["page"]


@pytest.mark.parametrize(
    "naming",
    [
        '{% extends "part" %}',
        "{%- include 'part' -%}",
        '{% include "part"+%}',
        '{%\n  import "part" as part with context %}',
        '{% from "part" import macro %}',
        '{% include "part" ignore missing %}',
        '{% include ("part") %}',
        '{% include ["missing", "part"] ignore missing %}',
        '{% include "pa" + "rt" %}',
        '{% include "pa" ~ end %}',
        '{% extends "missing" if other else "part" %}',
        "{% include view.template %}",
    ],
)
def test_every_way_of_naming_is_seen(naming: str) -> None:
    assert _digest(page=naming, part="a") != _digest(page=naming, part="b")


def test_what_is_not_named_does_not_count() -> None:
    naming = '{% include "part" %}{% import "more" as more %}'
    assert _digest(page=naming, part="", more="", other="a") == _digest(page=naming, part="", more="", other="b")

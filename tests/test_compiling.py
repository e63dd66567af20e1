"""Templates compiled our way say what the template language's own code says."""

from __future__ import annotations

import jinja2
import pytest
from markupsafe import Markup

from cnnt_site.compiling import CarefulCode, DirectCode

PARTS = """{% macro row(name, size=2, class="plain") %}<i class="{{ class }}">{{ name }} {{ size }}</i>{% endmacro %}
{% macro box(title) %}<div>{{ title }}{% if caller is defined %}{{ caller() }}{% endif %}</div>{% endmacro %}
{% macro all() %}{{ varargs|join("&") }} {{ kwargs.a }}{% endmacro %}"""

PAGES = {
    "values": "{{ text }} {{ markup }} {{ 3 }} {{ none }} {{ text ~ markup }} {{ text|upper }} {{ [text] }}",
    "macros": "{% import 'parts' as parts %}{{ parts.row('<b>') }}{{ parts.row('x', size=3) }}{{ parts.row(class='c', "
    "name=text) }}{{ parts.row(*['y', 4]) }}{{ parts.row(**{'name': 'z'}) }}{{ parts.all(1, text, a='<') }}",
    "calls": "{% import 'parts' as parts %}{% for name in [text, markup] %}{% call parts.box(name) %}{{ loop.index }}"
    "{{ text }}{% endcall %}{{ parts.box(name) }}{% endfor %}",
    "frame": "a{% block one %}b{% block two %}{{ text }}{% endblock %}c{% endblock %}d{% include 'foot' %}",
    "page": "{% extends 'frame' %}{% block two %}{{ super() }}{% include 'foot' without context %}e"
    "{% for _ in [1, 2] %}{% include 'foot' %}{{ self.three() }}{% endfor %}{% endblock %}"
    "{% block three %}f{% endblock %}",
    "kept": "{% set kept %}{{ text }}<hr>{% endset %}{{ kept }}{% filter upper %}{{ text }}{% endfilter %}",
}
TEMPLATES = {"parts": PARTS, "foot": "[{{ shown|default('-') }}]", **PAGES}


def _rendered(name: str, code: type[jinja2.compiler.CodeGenerator] | None) -> str:
    environment = jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), autoescape=True)
    if code is not None:
        environment.code_generator_class = code
    return environment.get_template(name).render(text="a & <b> \"'", markup=Markup("<u>&amp;</u>"), shown="<s>")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_same(name: str) -> None:
    assert _rendered(name, CarefulCode) == _rendered(name, None)
    if name not in ("macros", "page"):  # whose kwargs.a and self.three() are no attributes
        assert _rendered(name, DirectCode) == _rendered(name, None)


def test_attributes_that_may_be_missing_are_for_careful_code() -> None:
    page = "{{ said.lower is defined }} {{ said.nothing is defined }} {{ said.nothing|default('-') }} {{ words.key }}"
    seen = {"said": "a", "words": {"key": "b"}}

    def rendered(code: type[jinja2.compiler.CodeGenerator]) -> str:
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
        environment.code_generator_class = code
        return environment.from_string(page).render(seen)

    assert rendered(CarefulCode) == "True False - b"
    with pytest.raises(AttributeError):
        rendered(DirectCode)


@pytest.mark.parametrize("call", ["row()", "row(1, 2, 3, 4)", "row(1, name=2)", "row(1, b=2)", "missing()"])
def test_wrong_calls_are_told_as_before(call: str) -> None:
    def told(code: type[jinja2.compiler.CodeGenerator]) -> str:
        environment = jinja2.Environment(
            loader=jinja2.DictLoader({"page": PARTS + "{{ " + call + " }}"}),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
        )
        environment.code_generator_class = code
        with pytest.raises((jinja2.UndefinedError, TypeError)) as error:
            environment.get_template("page").render()
        return f"{type(error.value)} {error.value}"

    assert told(DirectCode) == told(jinja2.compiler.CodeGenerator)

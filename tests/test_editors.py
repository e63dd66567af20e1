"""What editors and forms are given: every field described, schemas that fit the content, a form of the models."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cnnt_site.cli import PROJECT
from cnnt_site.desk.fields import described, fields_of, files, records
from cnnt_site.desk.schemas import KNOWN, editor_files, schema
from cnnt_site.languages import SPOKEN
from cnnt_site.reporting import field_wording
from tests.harness.sites import TinySite, site_from


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 core: `2020` is a number, `true` a truth value, a date a text."""


AsEditorsRead.yaml_implicit_resolvers = {}
for _tag, _pattern in (
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]*\.[0-9]+"),
    ("bool", "true|false"),
    ("null", "~|null|"),
):
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_pattern})$"), None)


def _complaints(name: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema(name, {}))
    found = validator.iter_errors(yaml.load(text, AsEditorsRead))
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]


def test_every_field_is_described_in_both_languages_and_nothing_else_is() -> None:
    wording, used = field_wording(), set()
    for model in records():
        for words in (model.__name__, *(field.words for field in fields_of(model))):
            own, shared = words, "." + words.rpartition(".")[2]
            assert own in wording or shared in wording, f"fields.yaml doesn't describe {words}"
            used.add(own if own in wording else shared)
            for lang in SPOKEN:
                said = described(words, lang)
                assert said.label, (words, lang)
                assert said.help.endswith("."), (words, lang)
    assert used == set(wording)


@pytest.mark.parametrize("name", sorted(files()))
def test_editors_find_nothing_wrong_in_the_real_content(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(name, {}))
    found = sorted((PROJECT / "content").glob(files()[name][0]))
    assert found
    for file in found:
        assert _complaints(name, file.read_text("utf-8")) == [], file


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("products", "nam: {vi: Tranh}", "nam"),
        ("products", "name: {vi: Tranh}\ncertificates: [{year: 20}]", "certificates"),
        ("products", "name: {vi: Tranh}\nwithdrawn: {date: 24/11/2026}", "withdrawn"),
        ("levels", "Cấp tỉnh: {programme: cnnt, step: 1, label: {vi: a}, slug: {vi: a}}", "Cấp tỉnh"),
        ("pages", "title: {vi: Giới thiệu}\nmenu: footer", "menu"),
    ],
)
def test_editors_mark_a_mistake(name: str, text: str, told: str) -> None:
    assert any(told in each for each in _complaints(name, text))


def test_an_empty_optional_field_is_no_mistake() -> None:
    assert _complaints("products", "name: {vi: Tranh}\ngroup:\ncertificates:\n") == []


def test_the_projects_own_editor_files_are_those_of_the_models() -> None:
    """But for the ids, which follow the content: a new product must not need a new schema."""
    files = editor_files("content", {}).items()
    stale = [path for path, data in files if _without_ids((PROJECT / path).read_bytes()) != _without_ids(data)]
    assert not stale, "run: python build.py editor"


def _without_ids(data: bytes) -> Any:
    said = json.loads(data)
    for name, definition in said.get("definitions", {}).items():
        if name.startswith(KNOWN):
            definition["enum"] = []
    return said


def test_ids_of_the_content_are_offered_and_new_ones_are_no_mistake(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    assert site.run("editor").code == 0
    offered = json.loads((site.folder / ".vscode/schemas/products.schema.json").read_text("utf-8"))
    assert offered["definitions"][f"{KNOWN}producers"] == {"enum": ["co-so-mot"]}
    assert offered["definitions"][f"{KNOWN}groups"] == {"enum": ["crafts"]}
    assert "tinh-thu/huyen-mot" in offered["definitions"][f"{KNOWN}districts"]["enum"]
    for producer, complaints in (("co-so-mot", 0), ("chua-co", 0), ("Cơ sở", 1)):
        record = {"name": {"vi": "Tranh"}, "producer": producer}
        assert len(list(jsonschema.Draft7Validator(offered).iter_errors(record))) == complaints


def test_editor_files_go_beside_the_content_and_leave_settings_of_ones_own(tmp_path: Path) -> None:
    site = site_from(tmp_path / "Sản phẩm tỉnh")
    own = site.folder / ".vscode" / "settings.json"
    own.parent.mkdir()
    own.write_text('{"editor.fontSize": 18}', "utf-8")
    assert site.run("editor").code == 0
    settings = json.loads(own.read_text("utf-8"))
    assert settings["editor.fontSize"] == 18
    wired: dict[str, str] = settings["yaml.schemas"]
    for schema_file, where in wired.items():
        assert json.loads((site.folder / schema_file).read_text("utf-8"))["$schema"].endswith("draft-07/schema#")
        assert where.startswith("content/")
    assert list(site.folder.glob(wired[".vscode/schemas/products.schema.json"])) == [
        site.content / "products/tranh-mot/product.yaml"
    ]
    own.write_text('{ // của tôi\n "editor.fontSize": 18 }', "utf-8")
    assert "settings.json" in site.run("editor").out
    assert own.read_text("utf-8").startswith("{ // của tôi")


def _form(site: TinySite) -> dict[str, Any]:
    done = site.run("cms", "--repository", "so-cong-thuong/trung-bay", "--lang", "vi")
    assert done.code == 0, done.err
    return dict(yaml.safe_load((site.folder / "cms" / "config.yml").read_text("utf-8")))


def test_the_form_asks_for_every_field_and_offers_the_terms_of_the_content(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    form = _form(site)
    collections = {each["name"]: each for each in form["collections"]}
    products = {field["name"]: field for field in collections["products"]["fields"]}
    model = next(model for _, model, _ in files().values() if model.__name__ == "Product")
    assert list(products) == [field.name for field in fields_of(model)]
    assert products["name"]["label"] == "Tên sản phẩm"
    assert [each["name"] for each in products["name"]["fields"]] == ["vi", "en"]
    assert products["group"]["options"] == [{"label": "Thủ công mỹ nghệ", "value": "crafts"}]
    assert products["producer"]["collection"] == "producers"
    path = collections["products"]["path"].replace("{{slug}}", "tranh-mot")
    assert (site.folder / collections["products"]["folder"] / f"{path}.yaml").exists()
    text = collections["products-en"]
    assert (site.folder / text["folder"] / f"{text['path'].replace('{{slug}}', 'tranh-mot')}.md").exists()


def test_the_form_stays_outside_the_public_site_and_the_content(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    for folder in ("output", "content/cms"):
        refused = site.run("cms", "--repository", "a/b", "--folder", folder)
        assert refused.code == 2
        assert folder in refused.err
    assert not (site.output / "config.yml").exists()
    _form(site)
    site.built()
    assert not [path for path in site.files() if "cms" in path]

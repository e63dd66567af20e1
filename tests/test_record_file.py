"""New records as files: in the order of the model, explained, and read back as what was meant."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from cnnt_site.cli import PROJECT
from cnnt_site.desk.record_file import new_file
from cnnt_site.desk.yaml_edits import as_read, as_text
from cnnt_site.model.product import Product
from cnnt_site.reading import layout

SAID = {
    "certificates": [{"year": 2020, "level": "province", "issued_on": date(2020, 9, 30), "number": "012"}],
    "name": {"vi": "Hòa: “số 2” #1", "en": "no"},
    "summary": {},
    "producer": None,
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_new_file_is_in_the_models_order_and_says_what_was_meant(lang: str) -> None:
    for explained in (False, True):
        written = new_file(SAID, Product, lang, explained=explained, notes=["Từ bảng\ncủa Sở"])
        assert written.startswith("# Từ bảng\n# của Sở\n".encode())
        said = as_read(written)
        assert said == as_text({"name": SAID["name"], "certificates": SAID["certificates"]})
        assert list(said) == ["name", "certificates"]
        assert list(said["certificates"][0]) == ["level", "year", "number", "issued_on"]


def test_an_explained_file_has_a_place_for_every_field() -> None:
    text = new_file({"name": {"vi": "Tranh sen"}}, Product, "vi", explained=True).decode()
    for field in dataclasses.fields(Product):
        assert f"\n{field.name}:" in f"\n{text}" or f"\n# {field.name}:" in text
    assert text.startswith("# Tên sản phẩm. ")
    assert "\nname:\n  vi: Tranh sen\n" in text


def test_every_record_of_the_content_can_be_written_anew() -> None:
    for kind, (name, kind_of_record) in layout.FOLDERS.items():
        files = sorted((PROJECT / "content" / kind).glob(f"*/{name}"))
        assert files
        for file in files:
            said = as_read(file.read_bytes())
            assert as_read(new_file(said, kind_of_record, "vi")) == said, file

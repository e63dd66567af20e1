"""Outlines: plain values, enough for all that goes over the whole catalogue; what is known isn't read again."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pytest

from cnnt_site.addresses.ledger import read_ledger
from cnnt_site.addresses.routes import route
from cnnt_site.catalogue.outlines import Outline, Outlines
from cnnt_site.catalogue.outlining import Known, outline_all
from cnnt_site.catalogue.resolving import resolve
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.cli import PROJECT
from cnnt_site.pictures.album import wanted
from cnnt_site.problems import Problems
from cnnt_site.reading import records
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reading.records import Records
from cnnt_site.reading.scanning import scan
from cnnt_site.reading.tree import SourceTree


class Minded(Mapping[str, Any]):
    """A mapping that notes which of its values are read."""

    def __init__(self, real: Mapping[str, Any]) -> None:
        self.real, self.read = real, set[str]()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return self.real[key]

    def __contains__(self, key: object) -> bool:
        return key in self.real

    def __iter__(self) -> Iterator[str]:
        return iter(self.real)

    def __len__(self) -> int:
        return len(self.real)


@pytest.fixture(scope="module")
def tree() -> SourceTree:
    """The files of the showroom of this repository."""
    return scan(PROJECT / "content", Problems())


@pytest.fixture(scope="module")
def said(tree: SourceTree) -> Records:
    """What they say."""
    return records.read(tree, Problems())


def _minded(said: Records) -> Records:
    minded: dict[str, Any] = {name: Minded(getattr(said, name)) for name in (*FOLDERS, "texts")}
    return replace(said, **minded)


def _read(said: Records) -> dict[str, set[str]]:
    return {name: getattr(said, name).read for name in FOLDERS}


def _known(outlines: Outlines) -> dict[str, Outline]:
    return {f"{kind}/{id_}": o for kind in FOLDERS for id_, o in getattr(outlines, kind).items()}


def _made(said: Records, tree: SourceTree, known: Known) -> tuple[Outlines, list[Any]]:
    """All outlines, and all that is made from them."""
    assert said.site is not None
    problems, around = Problems(), Surroundings.of(said, said.site.updated)
    outlines = outline_all(said, around, known)
    catalogue = resolve(said, outlines, around, tree, problems)
    assert catalogue is not None, list(problems)
    routes = route(catalogue, outlines, read_ledger(tree, problems), problems)
    parts = [getattr(catalogue, f.name) for f in fields(catalogue) if f.name not in ("records", "entries")]
    return outlines, [*parts, routes, list(wanted(said, outlines, tree)), list(problems)]


def test_with_known_outlines_no_record_and_no_text_is_read(said: Records, tree: SourceTree) -> None:
    outlines, made = _made(said, tree, lambda folder: None)
    minded = _minded(said)
    again, made_again = _made(minded, tree, _known(outlines).get)
    assert again == outlines
    assert made_again == made
    assert not any(_read(minded).values())
    assert not getattr(minded.texts, "read")  # noqa: B009 (a mapping of ours in the place of a dict)


def test_a_product_is_outlined_again_with_its_producer(said: Records, tree: SourceTree) -> None:
    outlines, made = _made(said, tree, lambda folder: None)
    producer = next(iter(outlines.producers))
    known = _known(outlines)
    del known[f"producers/{producer}"]
    minded = _minded(said)
    assert _made(minded, tree, known.get) == (outlines, made)
    own = {id_ for id_, product in said.products.items() if product.producer == producer}
    assert _read(minded) == {"producers": {producer}, "products": own, "fairs": set(), "pages": set()}


def test_outlines_are_plain_values(said: Records, tree: SourceTree) -> None:
    for outline in _known(_made(said, tree, lambda folder: None)[0]).values():
        bare: Any = outline._replace(problems=())
        assert type(bare)(*marshal.loads(marshal.dumps(tuple(bare)))) == bare


def test_an_entry_is_read_when_it_is_asked_for(said: Records, tree: SourceTree) -> None:
    assert said.site is not None
    outlines, _ = _made(said, tree, lambda folder: None)
    minded, around = _minded(said), Surroundings.of(said, said.site.updated)
    catalogue = resolve(minded, outlines, around, tree, Problems())
    assert catalogue is not None
    assert list(catalogue.entries) == list(said.products)
    assert len(catalogue.entries) == len(said.products)
    first, *_ = catalogue.listed
    assert first in catalogue.entries
    assert catalogue.entries[first].product is said.products[first]
    assert _read(minded)["products"] == {first}

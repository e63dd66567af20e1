"""Open data read by others' programs: schemas hold, tables agree, nothing private, nothing that calculates."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import feedparser
import frictionless
import jsonschema
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS

from tests.harness.sites import TinySite, site_from

KINDS = ("products", "certificates", "producers", "places", "fairs")
CONTENT = """\
--- producers/co-so-mot/producer.yaml
name: {vi: Cơ sở Một, en: Một Workshop}
kind: household
place: {commune: xã Hai, district: tinh-thu/huyen-mot}
contacts:
  - {kind: phone, value: 0900 000 000, consent: {date: 2026-01-01, scope: trang web}}
--- products/tranh-hai/product.yaml
name: {vi: '=SUM(1;2)', en: '+Painting'}
producer: co-so-mot
certificates:
  - {level: province, year: 2020, issued_on: 2020-10-12, number: 0123}
  - {level: district, year: 2019}
sources: [{url: "https://nguon.example/bai", date: 2020-10}]
--- products/da-rut/product.yaml
name: {vi: Đã rút, en: Gone}
withdrawn: {date: 2026-01-01}
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
start: 2026-12
selection: {level: province, year: 2020}
booths: [{number: A01, producer: co-so-mot}]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    return site_from(tmp_path_factory.mktemp("data"), CONTENT).built("--base-url", "https://vi-du.vn/")


def _json(site: TinySite, name: str) -> Any:
    return json.loads((site.output / "data" / name).read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_keeps_its_schema_and_agrees_with_its_table(kind: str, site: TinySite) -> None:
    data, schema = _json(site, f"{kind}.json"), _json(site, f"{kind}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, kind: [{"id": 1}]}, schema)
    table = list(csv.DictReader(io.StringIO((site.output / f"data/{kind}.csv").read_text("utf-8-sig"))))
    key = "product" if kind == "certificates" else "id"
    assert {row[key] for row in table} == {record[key] for record in data[kind]}
    assert not [cell for row in table for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_one_file_a_product(site: TinySite) -> None:
    schema = _json(site, "product.schema.json")
    for product in _json(site, "products.json")["products"]:
        alone = _json(site, f"products/{product['id']}.json")
        jsonschema.validate(alone, schema)
        assert alone["product"] == product
        assert (site.output / product["permalink"]).is_file()
        assert (site.output / f"p/{product['code']}.html").is_file()


def test_fairs_certificates_and_producers_say_what_the_records_say(site: TinySite) -> None:
    fair = _json(site, "fairs.json")["fairs"][0]
    assert (fair["start"], fair["level"], fair["year"]) == ("2026-12", "province", 2020)
    assert fair["booths"][0]["products"] == ["tranh-hai", "tranh-mot"]
    numbers = [found["certificate"]["number"] for found in _json(site, "certificates.json")["certificates"]]
    assert numbers.count("0123") == 1
    assert _json(site, "producers.json")["producers"][0]["products"] == ["tranh-hai", "tranh-mot"]
    kinds = {place["kind"] for place in _json(site, "places.json")["places"]}
    assert kinds == {"province", "district", "commune"}


def test_no_contact_is_given_away(site: TinySite) -> None:
    for path, data in site.files().items():
        if path.startswith("data/") and path.endswith(("json", "csv", "jsonld")) and "showcases" not in path:
            assert b"0900" not in data, path


def test_the_descriptions_name_every_file(site: TinySite) -> None:
    package = _json(site, "datapackage.json")
    for resource in package["resources"]:
        assert (site.output / "data" / resource["path"]).is_file()
        if resource["format"] == "csv":
            heads = (site.output / "data" / resource["path"]).read_text("utf-8-sig").splitlines()[0]
            assert heads.split(",") == [field["name"] for field in resource["schema"]["fields"]]
            _check_types(site, resource)


def test_frictionless_finds_every_table_as_described(site: TinySite) -> None:
    report = frictionless.validate(str(site.output / "data/datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} >= set(KINDS)


def test_the_dcat_description_is_linked_data_of_known_words(site: TinySite) -> None:
    graph = rdflib.Graph().parse(site.output / "data/dcat.jsonld", format="json-ld")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    files = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert len(files) == 2 * len(KINDS)
    assert all((site.output / address.removeprefix("https://vi-du.vn/")).is_file() for address in files)
    assert {getattr(name, "language", "") for name in graph.objects(dataset, DCTERMS.title)} == {"vi", "en"}
    known: tuple[Any, ...] = (DCAT, DCTERMS, FOAF, RDF, RDFS)
    words = {word for _, said, kind in graph for word in (said, *([kind] if said == RDF.type else []))}
    new_in_dcat_3 = rdflib.URIRef("http://www.w3.org/ns/dcat#version")
    assert [word for word in words - {new_in_dcat_3} if not any(word in vocabulary for vocabulary in known)] == []


def test_a_known_licence_is_named_wherever_data_is_described(tmp_path: Path) -> None:
    url = "https://creativecommons.org/licenses/by/4.0/"
    site = site_from(tmp_path)
    site.edit("site.yaml", "updated:", "licence: {vi: Ghi nguồn, en: Name the source}\nlicence_id: CC-BY-4.0\nupdated:")
    site.built("--base-url", "https://vi-du.vn/")
    assert _json(site, "datapackage.json")["licenses"] == [{"name": "CC-BY-4.0", "title": "Ghi nguồn", "path": url}]
    assert frictionless.validate(str(site.output / "data/datapackage.json")).valid
    graph = rdflib.Graph().parse(site.output / "data/dcat.jsonld", format="json-ld")
    assert {str(licence) for licence in graph.objects(None, DCTERMS.license)} == {url}
    head = _json(site, "places.json")
    assert (head["licence_id"], head["licence_url"], head["updated"]) == ("CC-BY-4.0", url, "2026-11-24")
    page = site.page("en/statistics.html")
    assert [a.get("href") for a in page.iter("a") if "license" in (a.get("rel") or "")] == [url]


def _check_types(site: TinySite, resource: Any) -> None:
    """Every cell is what the description promises, or empty."""
    table = csv.DictReader(io.StringIO((site.output / "data" / resource["path"]).read_text("utf-8-sig")))
    for row in table:
        for field in resource["schema"]["fields"]:
            cell = row[field["name"]]
            if cell and field["type"] == "integer":
                assert cell.isdigit()
            elif cell and field["type"] == "date":
                assert len(cell.split("-")) == 3, field["name"]
            elif cell and field["type"] == "boolean":
                assert cell in ("true", "false")


def test_feeds_of_certificates_and_places(site: TinySite) -> None:
    certificates = feedparser.parse((site.output / "vi/certificates.xml").read_bytes())
    assert not certificates.bozo
    assert next(entry.title for entry in certificates.entries) == "=SUM(1;2): Cấp tỉnh, 2020"
    assert certificates.entries[0].published.startswith("2020-10-12")
    assert len({entry.id for entry in certificates.entries}) == len(certificates.entries) == 3
    place = feedparser.parse((site.output / "en/places/tinh-thu/huyen-mot.xml").read_bytes())
    assert not place.bozo
    assert {entry.title for entry in place.entries} == {"+Painting", "Painting one"}
    links = [each.get("href") for each in site.page("en/places/tinh-thu/huyen-mot.html").iter("link")]
    assert "huyen-mot.xml" in links

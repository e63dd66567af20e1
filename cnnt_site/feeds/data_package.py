"""What the open data is, for catalogues of data: a Frictionless Data Package and a DCAT description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnt_site.catalogue.fallback import pick
from cnnt_site.feeds.open_records import DATA, FORMAT, KINDS
from cnnt_site.pages.showroom import Showroom

_WHOLE_NUMBERS = ("year", "certificate_year", "booth_count")
_DAYS = ("_on", "_until", "_date", "since", "until", "withdrawn")


def data_package(showroom: Showroom, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A Data Package (frictionlessdata.io): every file, and what its columns hold."""
    site = showroom.catalogue.site
    resources: list[dict[str, Any]] = []
    for kind in KINDS.values():
        about = (kind.file.__doc__ or "").partition(": ")[2]
        resources.append(
            {
                "name": f"{kind.name}-json",
                "path": f"{kind.name}.json",
                "format": "json",
                "mediatype": "application/json",
                "description": about,
                "jsonSchema": f"{kind.name}.schema.json",
            }
        )
        resources.append(
            {
                "name": kind.name,
                "path": f"{kind.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": about,
                "schema": {"fields": [{"name": name, "type": _type(name)} for name in columns[kind.name]]},
            }
        )
    return {
        "profile": "data-package",
        "name": f"{site.province}-{site.programme}",
        "title": _first(site.name, showroom),
        "description": _first(site.description, showroom),
        "version": _version(showroom),
        "created": f"{site.updated.isoformat()}T00:00:00Z",
        **({"homepage": showroom.base_url} if showroom.base_url else {}),
        "licenses": [_licence(showroom)],
        "resources": resources,
    }


def dcat(showroom: Showroom) -> dict[str, Any]:
    """A dcat:Dataset (w3.org/TR/vocab-dcat-3) with a distribution for every file."""
    site = showroom.catalogue.site
    forms = (("json", "application/json"), ("csv", "text/csv"))
    licence = {"dct:license": {"@id": site.licence_url}} if site.licence_url else {}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": showroom.absolute(f"{DATA}dcat.jsonld") or "",
        "@type": "dcat:Dataset",
        "dct:title": _by_language(site.name),
        "dct:description": _by_language(site.description),
        "dct:language": [_language(code) for code in showroom.catalogue.languages],
        "dct:modified": {"@type": "xsd:date", "@value": site.updated.isoformat()},
        "dcat:version": _version(showroom),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _by_language(site.office or site.name)},
        **(
            {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _by_language(site.licence)}}
            if site.licence
            else {}
        ),
        **licence,
        **({"dcat:landingPage": {"@id": showroom.base_url}} if showroom.base_url else {}),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{kind.name} ({ending})",
                "dcat:downloadURL": {"@id": _file(showroom, f"{kind.name}.{ending}")},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
                **licence,
                **(
                    {"dct:conformsTo": {"@id": _file(showroom, f"{kind.name}.schema.json")}} if ending == "json" else {}
                ),
            }
            for kind in KINDS.values()
            for ending, media_type in forms
        ],
    }


def _licence(showroom: Showroom) -> dict[str, str]:
    site = showroom.catalogue.site
    named = {"name": site.licence_id or "custom", "title": _first(site.licence, showroom)}
    return {**named, "path": site.licence_url} if site.licence_url else named


def _language(code: str) -> dict[str, str]:
    """A language as DCAT wants it: its entry in the lists of the Library of Congress."""
    return {"@id": f"http://id.loc.gov/vocabulary/iso639-{1 if len(code) == 2 else 2}/{code}"}


def _file(showroom: Showroom, name: str) -> str:
    """The full address of a data file, or its name beside the description."""
    return showroom.absolute(f"{DATA}{name}") or name


def _version(showroom: Showroom) -> str:
    """The format, then the day of the data: 1.2026.11.24."""
    day = showroom.catalogue.site.updated
    return f"{FORMAT}.{day.year}.{day.month}.{day.day}"


def _type(column: str) -> str:
    if column in _WHOLE_NUMBERS:
        return "integer"
    if column.endswith(("_derived", "_by_rule")):
        return "boolean"
    exact = column.endswith(_DAYS) and not column.endswith("source_date")
    return "date" if exact else "string"


def _first(words: Mapping[str, str], showroom: Showroom) -> str:
    found = pick(words, showroom.catalogue.languages[0], showroom.catalogue.languages)
    return found[0] if found else ""


def _by_language(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@language": code, "@value": text} for code, text in words.items()]

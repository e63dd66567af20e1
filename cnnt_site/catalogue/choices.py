"""What each product has of the ways to narrow the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from cnnt_site.catalogue.catalogue import Entry, Recognition
from cnnt_site.model.producer import Producer

CERTIFICATE = ("level", "year", "validity")
"""Facets that one and the same certificate of the showroom's programme must meet."""


def held(entry: Entry, producers: Mapping[str, Producer]) -> dict[str, tuple[str, ...]]:
    """What a product has of each facet."""
    papers = [paper(recognition) for recognition in entry.recognitions if recognition.ladder]
    found = {key: tuple(dict.fromkeys(each[key] for each in papers if key in each)) for key in CERTIFICATE}
    producer, where = producers.get(entry.product.producer or ""), entry.where
    found["group"] = (entry.product.group,) if entry.product.group else ()
    found["kind"] = (producer.kind,) if producer and producer.kind else ()
    found["place"] = districts(entry)
    found["commune"] = (where.commune_now,) if where.commune_now else ()
    programmes = (part for r in entry.recognitions for part in (r.programme, None if r.ladder else r.level))
    found["programme"] = tuple(dict.fromkeys(part for part in programmes if part))
    return found


def paper(recognition: Recognition) -> dict[str, str]:
    """What a certificate has of the facets that must be met together; what isn't known is missing."""
    known = {"level": recognition.level, "year": recognition.year and str(recognition.year)}
    return {**{key: value for key, value in known.items() if value}, "validity": recognition.standing.state}


def districts(entry: Entry) -> tuple[str, ...]:
    """The former districts of a product: where it is made, then those of its certificates."""
    return tuple(dict.fromkeys(id_ for id_ in (entry.where.district, *(r.district for r in entry.recognitions)) if id_))


def count(entries: Iterable[Entry], producers: Mapping[str, Producer]) -> Counter[tuple[str, str]]:
    """How many of the products have each choice, by facet and choice."""
    found: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        found.update((key, choice) for key, choices in held(entry, producers).items() for choice in choices)
    return found

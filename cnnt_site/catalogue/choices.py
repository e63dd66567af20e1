"""What each product has of the ways to narrow the catalogue."""

from __future__ import annotations

from cnnt_site.catalogue.catalogue import Entry, Recognition

CERTIFICATE = ("level", "year", "validity")
"""Facets that one and the same certificate of the showroom's programme must meet."""


def held(entry: Entry, kind: str | None) -> dict[str, tuple[str, ...]]:
    """What a product has of each facet. `kind` is that of its producer."""
    papers = [paper(recognition) for recognition in entry.recognitions if recognition.ladder]
    found = {key: tuple(dict.fromkeys(each[key] for each in papers if key in each)) for key in CERTIFICATE}
    found["group"] = (entry.product.group,) if entry.product.group else ()
    found["kind"] = (kind,) if kind else ()
    found["place"] = districts(entry)
    found["commune"] = (entry.where.commune_now,) if entry.where.commune_now else ()
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

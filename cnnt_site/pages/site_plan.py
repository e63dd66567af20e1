"""All pages of the site, in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterator

from cnnt_site.pages import (
    all_parts,
    booth_list,
    browse,
    embed,
    fair,
    group,
    home,
    labels,
    level,
    neighbours,
    permalink,
    place,
    producer,
    product,
    programme,
    shortlist,
    standing,
    statistics,
    text,
    year,
)
from cnnt_site.pages.showroom import Draft, Showroom

KINDS = (
    home,
    browse,
    product,
    producer,
    place,
    level,
    year,
    group,
    programme,
    statistics,
    fair,
    neighbours,
    shortlist,
    text,
    all_parts,
)


def plan_pages(showroom: Showroom) -> Iterator[Draft]:
    """Every page, yet to be composed."""
    yield home.plan_gate()
    for lang in showroom.catalogue.languages:
        for kind in KINDS:
            yield from kind.plan(showroom, lang)
    yield from permalink.plan(showroom)
    yield from labels.plan(showroom)
    yield from booth_list.plan(showroom)
    yield from embed.plan(showroom)
    yield from standing.plan_redirects(showroom)
    yield standing.plan_not_found()

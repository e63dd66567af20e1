"""The booth list of every showcase as CSV and XLSX."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter

from cnnt_site.addresses.scheme import PageKey
from cnnt_site.cache import Cache, digest
from cnnt_site.feeds.spreadsheets import as_csv, as_xlsx
from cnnt_site.pages import booth_list, labels
from cnnt_site.pages.showroom import Arguments, Showroom
from cnnt_site.pages.teller import Teller

RECIPE = b"1"
_cells = attrgetter(*booth_list.COLUMNS)


def plan(showroom: Showroom) -> Iterator[Arguments]:
    """The showcases that have a list."""
    return (draft.arguments for draft in booth_list.plan(showroom))


def files(showroom: Showroom, cache: Cache, kind: str, id_: str) -> Iterator[tuple[str, bytes]]:
    """The two files of a list; workbooks are kept in the cache, for making one takes longest."""
    address = booth_list.file_address(showroom, kind, id_, "csv")
    teller = Teller(showroom, showroom.catalogue.languages[0], address)
    rows, headings = [_cells(row) for row in booth_list.rows(teller, kind, id_)], booth_list.headings(teller)
    yield address, as_csv(headings, rows)
    title = labels.showcase_title(teller, PageKey(kind, id_)).text
    key = digest(RECIPE, b"xlsx", json.dumps([title, headings, rows]).encode())
    workbook = cache.get(key)
    if workbook is None:
        workbook = as_xlsx(title, headings, rows)
        cache.put(key, workbook)
    yield booth_list.file_address(showroom, kind, id_, "xlsx"), workbook

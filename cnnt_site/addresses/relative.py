"""Links between pages: always relative, so that the folder works wherever it lies."""

from __future__ import annotations

import functools


def relative(here: str, target: str) -> str:
    """The link from the page at `here` to the file at `target`, both paths from the site's root.

    >>> relative("vi/san-pham/tranh-sen.html", "vi/co-so/bay-nghia.html")
    '../co-so/bay-nghia.html'
    """
    return relative_from(folder_of(here), target)


def relative_from(start: str, target: str) -> str:
    """The same for every page in the folder `start`, '' for the root."""
    folder, _, name = target.rpartition("/")
    return _way(start, folder) + name


def folder_of(address: str) -> str:
    """The folder that a page or file stands in, '' for the root."""
    return address.rpartition("/")[0]


def root_of(here: str) -> str:
    """The way from the page at `here` to the site's root: '' or '../' as often as needed."""
    return "../" * here.count("/")


@functools.cache
def _way(start: str, end: str) -> str:
    ups = start.split("/") if start else []
    downs = end.split("/") if end else []
    while ups and downs and ups[0] == downs[0]:
        ups.pop(0)
        downs.pop(0)
    return "../" * len(ups) + "".join(part + "/" for part in downs)

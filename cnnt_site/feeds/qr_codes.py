"""The QR code of everything that has a short code, as a drawing beside the page it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from cnnt_site.addresses.scheme import PERMANENT, coded_pages
from cnnt_site.cache import Cache, digest
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import qr


def files(showroom: Showroom, cache: Cache) -> Iterator[tuple[str, bytes]]:
    """`p/<code>.svg` for every code. Without a base address there is nothing that a code could lead to."""
    if showroom.base_url is None:
        return
    recipe = digest(qr.RECIPE, version("segno").encode()).encode()
    for page in coded_pages(showroom.catalogue):
        code = showroom.routes.code(page.kind, page.id)
        yield f"{PERMANENT}{code}.svg", _drawn(f"{showroom.base_url}{PERMANENT}{code}.html", recipe, cache)


def _drawn(address: str, recipe: bytes, cache: Cache) -> bytes:
    key = digest(b"qr", recipe, address.encode())
    known = cache.get(key)
    if known is None:
        known = qr.draw_qr(address)
        cache.put(key, known)
    return known

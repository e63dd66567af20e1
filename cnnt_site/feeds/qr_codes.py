"""The QR code of everything that has a short code, as a drawing beside the page it leads to."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

from cnnt_site.addresses.scheme import PERMANENT, PageKey
from cnnt_site.cache import Cache, digest
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import qr


def file(showroom: Showroom, page: PageKey, cache: Cache) -> tuple[str, bytes]:
    """`p/<code>.svg` of a page with a code. Without a base address there is nothing that it could lead to."""
    code = showroom.routes.code(page.kind, page.id)
    leads_to = f"{showroom.base_url}{PERMANENT}{code}.html"
    key = digest(b"qr", _recipe(), leads_to.encode())
    known = cache.get(key)
    if known is None:
        known = qr.draw_qr(leads_to)
        cache.put(key, known)
    return f"{PERMANENT}{code}.svg", known


@lru_cache(maxsize=1)
def _recipe() -> bytes:
    return digest(qr.RECIPE, version("segno").encode()).encode()

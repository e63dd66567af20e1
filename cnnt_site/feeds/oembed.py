"""oEmbed documents, one for each frame: what editors of other sites read when a link is pasted (oembed.com)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cnnt_site.addresses.scheme import PageKey
from cnnt_site.pages.framed import HEIGHTS, embed_address, frame_line
from cnnt_site.pages.framing import OEMBED
from cnnt_site.pages.labels import showcase_title
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

WIDTH = 640


def files(showroom: Showroom, page: PageKey) -> Iterator[tuple[str, bytes]]:
    """The documents of a page; they name full addresses, so the base address must be known."""
    for lang in showroom.catalogue.languages:
        teller = Teller(showroom, lang, "")
        if page.kind == "product":
            title = teller.must_say(showroom.catalogue.entries[page.id].product.name).text
        else:
            title = showcase_title(teller, page).text
        full = showroom.absolute(embed_address(showroom, page.kind, page.id, lang))
        assert full is not None
        document = {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": teller.must_say(showroom.catalogue.site.name).text,
            "provider_url": showroom.base_url,
            "width": WIDTH,
            "height": HEIGHTS[page.kind],
            "html": frame_line(full, title, page.kind),
        }
        written = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
        yield f"{OEMBED}{lang}/{showroom.routes.code(page.kind, page.id)}.json", written.encode("utf-8")

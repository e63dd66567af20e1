"""Where pages stand for frames of other sites, and the line that shows one there."""

from __future__ import annotations

from markupsafe import escape

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.parts import Embed
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

EMBED = "embed/"
HEIGHTS = {"product": 208, "fair": 560, "level-year": 560}
"""How high a frame is proposed, in CSS pixels, by the kind of page; a list scrolls in it."""


def embed_address(showroom: Showroom, kind: str, id_: str, lang: str) -> str:
    """Where a page stands for frames."""
    return f"{EMBED}{lang}/{showroom.routes.code(kind, id_)}.html"


def embed_of(teller: Teller, kind: str, id_: str, title: Phrase) -> Embed:
    """What a page offers to whoever wants to show it elsewhere."""
    address = embed_address(teller.showroom, kind, id_, teller.lang)
    full = teller.showroom.absolute(address)
    return Embed(teller.to(address), full and frame_line(full, title.text, kind))


def frame_line(full: str, title: str, kind: str) -> str:
    """The line to copy into another site's page."""
    return (
        f'<iframe src="{escape(full)}" title="{escape(title)}" width="100%" height="{HEIGHTS[kind]}"'
        ' style="border:0;max-width:640px" loading="lazy"></iframe>'
    )

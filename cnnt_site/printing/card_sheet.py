"""Booth cards and shelf labels as a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cnnt_site.cache import Cache
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.labels import BoothCard, cards
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.pictures.qr import draw_qr
from cnnt_site.printing import drawn
from cnnt_site.printing.pictures import PaperPictures, cut_name
from cnnt_site.printing.typesetting import Paper, typeset
from cnnt_site.reading.tree import SourceTree
from cnnt_site.rendering import level_marks

ROOT = "cards.pdf"
"""As if the sheet stood at the site's root: then links are addresses."""


def card_sheet(
    showroom: Showroom, tree: SourceTree, cache: Cache, products: Iterable[tuple[str, str | None]], form: str
) -> Paper:
    """The cards of products, each with its booth's number, in one of `labels.FORMS`.

    Raises NoTypesetter without typst. The showroom must know its base address: the codes lead there.
    """
    teller = Teller(showroom, showroom.catalogue.languages[0], ROOT)
    pictures = PaperPictures(showroom, tree, cache)
    marks = drawn.marks(level_marks(showroom.theme))
    files = {f"mark-{step}.svg": drawing for step, drawing in marks.items()}
    band = showroom.theme.assets.get("band.svg")
    if band is not None:
        files["band.svg"] = band
    told = list(cards(teller, products))
    jpegs = pictures.for_paper((card.picture for card in told), drawn.WINDOW)
    scheme = (showroom.base_url or "").partition("://")[0]
    sheet = [_said(card, number, scheme, jpegs, files) for number, card in enumerate(told)]
    data = {
        "title": f"{teller.word('card.title')}: {teller.must_say(showroom.catalogue.site.name)}",
        "lang": teller.lang,
        "form": form,
        "band": "band.svg" if band is not None else None,
        "cards": sheet,
    }
    return typeset("cards.typ", data, files)


def _said(
    card: BoothCard, number: int, scheme: str, jpegs: dict[str, bytes], files: dict[str, bytes]
) -> dict[str, Any]:
    """A card as the template wants it; its drawings join `files`."""
    assert card.scan.typed is not None
    picture, code = card.picture, f"{number}.svg"
    files[f"window/{code}"] = drawn.window(jpegs[cut_name(picture)] if picture else None)
    address = f"{scheme}://{card.scan.typed}"
    files[f"qr/{code}"] = draw_qr(address)
    mark = f"mark-{card.step}.svg"
    return {
        "booth": card.booth,
        "window": f"window/{code}",
        "alt": picture.alt.text if picture else card.name.text,
        "mark": mark if mark in files else None,
        "level": _phrase(card.level),
        "level_year": card.level_year,
        "recognised": [_phrase(line) for line in card.recognised],
        "ended": card.ended,
        "name": _phrase(card.name),
        "other_name": _phrase(card.other_name),
        "producer": card.producer.text if card.producer else None,
        "place": card.place.text if card.place else None,
        "number": card.number,
        "picture_note": card.picture_note,
        "qr": f"qr/{code}",
        "scan": _phrase(card.scan_words),
        "other_scan": _phrase(card.other_scan_words),
        "address": address,
        "typed": card.scan.typed,
    }


def _phrase(phrase: Phrase | None) -> dict[str, str] | None:
    return None if phrase is None else {"text": phrase.text, "lang": phrase.lang or "vi"}

"""Cards for link previews: what a link to a product or a fair shows in a chat, drawn at build time.

A drawing of a type of product says in words that it is one, as it does everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cnnt_site.addresses.scheme import PageKey
from cnnt_site.cache import Cache, digest
from cnnt_site.catalogue.showcases import showcase
from cnnt_site.noting import once
from cnnt_site.pages.framing import social_card_address
from cnnt_site.pages.labels import carded, showcase_title
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.printing import drawn
from cnnt_site.printing.pictures import PaperPictures, cut_name
from cnnt_site.printing.typesetting import FONTS
from cnnt_site.rendering import level_marks

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
RECIPE = b"4"
_DEEP, _CREAM, _MIST, _GOLD = "#0e4a4b", "#fff9ec", "#dceae4", "#ecc372"
LEADING = 1.32
"""The height of a line by its letters: marks stand above and below them."""

_SIDE, _GAP = 470, 14
"""The picture is a square at the right, or four with gaps; the words stand at the left of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a card shows; the same words and pictures are the same card."""

    site: str
    name: str
    other_name: str
    lines: tuple[str, ...]
    step: int
    note: str
    pictures: tuple[Picture, ...]
    mark: bytes | None


def file(showroom: Showroom, page: PageKey, pictures: PaperPictures, cache: Cache) -> tuple[str, bytes]:
    """The JPEG of a product, fair or round. Previews need full addresses, so the base must be known."""
    marks = once(showroom, "social marks", lambda: drawn.marks(level_marks(showroom.theme), _CREAM, _DEEP))
    return social_card_address(showroom, page.kind, page.id), _made(_said(showroom, page, marks), pictures, cache)


def _said(showroom: Showroom, page: PageKey, marks: dict[int, bytes]) -> Said:
    teller = Teller(showroom, showroom.catalogue.languages[0], "card.jpg")
    site = teller.must_say(showroom.catalogue.site.name).text
    if page.kind != "product":
        return _showcase(teller, page, site, marks)
    card = teller.card(page.id)
    product = showroom.catalogue.entries[page.id].product
    other = teller.say_elsewhere(product.name)
    level = " · ".join(str(part) for part in (card.badge.label, card.year) if part) if card.badge else ""
    maker = ", ".join(said.text for said in (card.producer, card.place) if said)
    return Said(
        site=site,
        name=card.name.text,
        other_name=other.text if other else "",
        lines=tuple(line for line in (level, maker) if line),
        step=card.badge.step if card.badge else 0,
        note=_note(teller, card.picture),
        pictures=(card.picture,) if card.picture else (),
        mark=marks.get(card.badge.step) if card.badge else None,
    )


def _showcase(teller: Teller, page: PageKey, site: str, marks: dict[int, bytes]) -> Said:
    fair = teller.catalogue.records.fairs.get(page.id) if page.kind == "fair" else None
    venue = teller.say(fair.venue) if fair else None
    words = teller.showroom.words[teller.lang]
    days = [words.rough_day(day) for day in (fair.start, fair.end) if day] if fair else []
    photos = teller.photographs("fairs", page.id, fair.photos) if fair else ()
    step = 0 if fair else teller.level_badge(page.id.rpartition("/")[0]).step
    shown = showcase(teller.catalogue, page.kind, page.id)
    products = [id_ for id_, _ in carded(teller.showroom, shown)]
    count = teller.word("count.products", n=len(products)) if products else ""
    pictures = photos[:1] or tuple(_few(teller, products))
    return Said(
        site=site,
        name=showcase_title(teller, page).text,
        other_name=_elsewhere(teller, page),
        lines=tuple(line for line in (" – ".join(dict.fromkeys(days)), venue.text if venue else "", count) if line),
        step=step,
        note=_note(teller, next((picture for picture in pictures if picture.illustration), None)),
        pictures=pictures,
        mark=marks.get(step),
    )


def _elsewhere(teller: Teller, page: PageKey) -> str:
    """The title of a showcase in the other language, if there is one."""
    others = [code for code in teller.catalogue.languages if code != teller.lang]
    if page.kind == "fair":
        said = teller.say_elsewhere(teller.catalogue.records.fairs[page.id].name)
        return said.text if said else ""
    return showcase_title(Teller(teller.showroom, others[0], teller.here), page).text if others else ""


def _few(teller: Teller, products: Iterable[str]) -> Iterator[Picture]:
    """Four different pictures of a showcase's products, or one of them."""
    found = [pictures[0] for id_ in products if (pictures := teller.product_pictures(id_))]
    different = list({picture.href: picture for picture in found}.values())
    yield from different[: 4 if len(different) >= 4 else 1]


def _note(teller: Teller, picture: Picture | None) -> str:
    return teller.word("card.illustration") if picture and picture.illustration else ""


def _made(said: Said, pictures: PaperPictures, cache: Cache) -> bytes:
    """The card, drawn or from the cache: the name of a picture's file holds the hash of what is in it."""
    import PIL

    words = "\n".join((said.site, said.name, said.other_name, *said.lines, said.note)).encode()
    shown = "\n".join(map(cut_name, said.pictures))
    key = digest(b"social", RECIPE, PIL.__version__.encode(), words, shown.encode(), said.mark or b"")
    known = cache.get(key)
    if known is None:
        known = _draw(said, pictures)
        cache.put(key, known)
    return known


def _draw(said: Said, pictures: PaperPictures) -> bytes:
    from PIL import Image, ImageDraw

    card = Image.new("RGB", SIZE, _DEEP)
    ImageDraw.Draw(card).rectangle((0, 0, SIZE[0], 10), fill=_GOLD)
    width = SIZE[0] - 128
    if said.pictures:
        width -= _SIDE + 40
        side = _SIDE if len(said.pictures) == 1 else (_SIDE - _GAP) // 2
        for number, picture in enumerate(said.pictures):
            across, down = number % 2 * (side + _GAP), number // 2 * (side + _GAP)
            square = _square(pictures.as_shown(picture, side), side, picture.focus)
            card.paste(square, (SIZE[0] - _SIDE - 56 + across, (SIZE[1] - _SIDE) // 2 + down))
        _write(card, [said.note], 64 + width + 48, SIZE[1] - 64, _font("Regular", 19), _MIST)
    mark = _mark(said.mark) if said.mark else None
    _write(card, [said.site], 64, 60, _font("Bold", 30), _GOLD)
    y = 128
    if mark is not None:
        card.paste(mark, (58, y), mark)
        y += mark.height + 10
    for lines, font, colour, gap in _fitted(said, width, SIZE[1] - 40 - y):
        y = _write(card, lines, 64, y + gap, font, colour)
    target = io.BytesIO()
    card.save(target, "JPEG", quality=84)
    return target.getvalue()


def _square(picture: bytes, side: int, focus: tuple[float, float] | None) -> Image:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture)) as opened:
        opened.draft("RGB", (side, side))  # decoded no larger than it is shown
        plain = opened.convert("RGB")
    return ImageOps.fit(plain, (side, side), Image.Resampling.BICUBIC, centering=focus or (0.5, 0.5))


@cache
def _font(weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _mark(svg: bytes) -> Image:
    import resvg_py
    from PIL import Image

    drawn_mark = resvg_py.svg_to_bytes(svg_string=svg.decode("utf-8"), width=92)
    return Image.open(io.BytesIO(bytes(drawn_mark))).convert("RGBA")


Block = tuple[list[str], "FreeTypeFont", str, int]
"""Lines, their letters, their colour, and the gap above them."""


def _fitted(said: Said, width: int, height: int) -> list[Block]:
    """All words of a card, as large as they fit; in the smallest size the last of them may not."""
    blocks: list[Block] = []
    for scale in (1.0, 0.86, 0.74, 0.64, 0.54):
        blocks = list(_blocks(said, width, scale))
        if sum(gap + len(lines) * round(font.size * LEADING) for lines, font, _, gap in blocks) <= height:
            break
    return blocks


def _blocks(said: Said, width: int, scale: float) -> Iterator[Block]:
    told = [(said.name, "Bold", 58, _CREAM, 0), (said.other_name, "Regular", 28, _MIST, 12)]
    told += [(line, "Regular" if n else "Bold", 30, _MIST if n else _GOLD, 16) for n, line in enumerate(said.lines)]
    for text, weight, size, colour, gap in told:
        if text:
            font = _font(weight, round(size * scale))
            yield _wrapped(text, width, font), font, colour, gap


def _wrapped(text: str, width: int, font: FreeTypeFont) -> list[str]:
    lines, room = [""], 0.0
    for word in text.split():
        needed = _length(word, font)
        if not lines[-1]:
            lines[-1], room = word, width - needed
        elif needed + _length(" ", font) <= room:
            lines[-1], room = f"{lines[-1]} {word}", room - needed - _length(" ", font)
        else:
            lines.append(word)
            room = width - needed
    return lines


@lru_cache(maxsize=8192)
def _length(word: str, font: FreeTypeFont) -> float:
    return font.getlength(word)


def _write(card: Image, lines: Iterable[str], x: int, y: int, font: FreeTypeFont, colour: str) -> int:
    """Writes lines from a corner on; where the next one would begin. Room for marks above and below each."""
    for line in lines:
        at = float(x)
        for word in line.split(" "):
            if word:
                shape, left, top = _shape(word, font)
                card.paste(colour, (round(at) + left, y + top), shape)
            at += _length(word, font) + _length(" ", font)
        y += round(font.size * LEADING)
    return y


@lru_cache(maxsize=1024)
def _shape(word: str, font: FreeTypeFont) -> tuple[Image, int, int]:
    """A word as a mask, and where its corner lies. Names share their words, and drawing letters takes longest.

    Letters stand at whole pixels and no pair of them is moved, so that a word is the same by itself as in its line.
    """
    from PIL import Image, ImageDraw

    left, top, right, bottom = (round(edge) for edge in font.getbbox(word))
    shape = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(shape).text((-left, -top), word, font=font, fill=255)
    return shape, left, top

"""Booth cards and shelf labels: what stands on each, in all languages at once, and the pages that print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from cnnt_site.addresses.scheme import PageKey
from cnnt_site.catalogue.catalogue import Recognition
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import Showcase, showcase, showcases
from cnnt_site.noting import once
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Link, Scan
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller

FORMS = ("a6", "a5", "shelf")
"""Four upright A6 cards on an A4 sheet, one A5 card, labels for the edge of a shelf."""

PRINT = "print/"


@dataclass(frozen=True, slots=True)
class BoothCard:
    """A card. Words stand in the original language; those in another are phrases marked with it.

    `booth` is the booth's number, `step` the level's on the ladder (0: another programme, or unknown),
    `recognised` what the certificate says in each language, `ended` that it holds no longer, `number`
    its number in a sentence, `picture_note` that the picture is a drawing. `crowding` is "tight" or "tightest"
    when its words need smaller letters.
    """

    id: str
    booth: str | None
    name: Phrase
    other_name: Phrase | None
    step: int
    level: Phrase | None
    level_year: str
    recognised: tuple[Phrase, ...]
    ended: str | None
    producer: Phrase | None
    place: Phrase | None
    number: str | None
    picture: Picture | None
    picture_note: str | None
    scan_words: Phrase
    other_scan_words: Phrase | None
    scan: Scan
    crowding: str


@dataclass(frozen=True, slots=True)
class CardSheetView:
    """A page that prints the cards of a showcase in one `form`; `forms` are the ways to the others."""

    form: str
    title: Phrase
    back: str
    forms: tuple[Link, ...]
    cards: tuple[BoothCard, ...]


def plan(showroom: Showroom) -> Iterator[Draft]:
    """The print pages of every showcase that has something to print."""
    for shown in showcases(showroom.catalogue):
        if any(carded(showroom, shown)):
            for form in FORMS:
                address = sheet_address(showroom, shown.kind, shown.id, form)
                yield Draft(address, _sheet, (shown.kind, shown.id, form))


def sheet_address(showroom: Showroom, kind: str, id_: str, form: str) -> str:
    """Where the cards of a showcase are printed from."""
    return f"{PRINT}{showroom.routes.code(kind, id_)}-{form}.html"


def carded(showroom: Showroom, shown: Showcase) -> Iterator[tuple[str, str | None]]:
    """The products of a showcase that get a card, each with its booth's number."""
    for stand in shown.stands:
        for id_ in stand.products:
            if id_ not in showroom.catalogue.withdrawn:
                yield id_, stand.number


def cards(teller: Teller, products: Iterable[tuple[str, str | None]]) -> tuple[BoothCard, ...]:
    """A card for each product with its booth's number; `teller` speaks the original language."""
    others = [code for code in teller.catalogue.languages if code != teller.lang]
    tellers = [Teller(teller.showroom, code, teller.here) for code in others]
    found = []
    for id_, booth in products:
        key = ("booth-card", teller.lang, teller.folder, id_, booth)
        found.append(once(teller.showroom, key, partial(_card, teller, tellers, id_, booth)))
    return tuple(found)


def _card(teller: Teller, others: list[Teller], id_: str, booth: str | None) -> BoothCard:
    catalogue = teller.catalogue
    entry = catalogue.entries[id_]
    main, producer = entry.main, catalogue.records.producers.get(entry.product.producer or "")
    badge = teller.badge(main) if main else None
    pictures = teller.product_pictures(id_)
    number = main.certificate.number if main else None
    until = main.standing.until if main else None
    ended = main is not None and main.standing.state in ("expired", "revoked", "superseded")
    name, other_name = teller.must_say(entry.product.name), teller.say_elsewhere(entry.product.name)
    maker, place = teller.say(producer.name) if producer else None, teller.short_place(entry.where)
    return BoothCard(
        id=id_,
        booth=booth,
        name=name,
        other_name=other_name,
        step=badge.step if badge else 0,
        level=badge.label if badge else None,
        level_year=" · ".join(str(part) for part in (badge.label, badge.year) if part) if badge else "",
        recognised=tuple(_recognised(each, main, "" if each is teller else each.lang) for each in (teller, *others))
        if main
        else (),
        ended=teller.word(f"valid.{main.standing.state}", date=until) if main and ended else None,
        producer=maker,
        place=place,
        number=teller.word("card.number", number=number) if number else None,
        picture=pictures[0] if pictures else None,
        picture_note=teller.word("card.illustration") if pictures and pictures[0].illustration else None,
        scan_words=teller.own_phrase("card.scan"),
        other_scan_words=Phrase(others[0].word("card.scan"), others[0].lang) if others else None,
        scan=teller.scan("product", id_),
        crowding=_crowding(name, other_name, maker, place),
    )


def _crowding(name: Phrase, *others: Phrase | None) -> str:
    """How much the words of a card need: a name's letters are set about twice as large as the rest."""
    letters = 2 * len(name.text) + sum(len(said.text) for said in others if said)
    return "tightest" if letters > 420 else "tight" if letters > 200 else ""


def _recognised(teller: Teller, main: Recognition, lang: str) -> Phrase:
    """What was recognised: in the showroom's own programme its term and level, else the programme's name."""
    site, programme = teller.catalogue.site, teller.catalogue.records.programmes[main.programme]
    what = teller.must_say(site.term if main.ladder else programme.name).text
    said = what[:1].upper() + what[1:]
    if main.ladder:
        level = teller.badge(main).label.text
        said = teller.word("card.recognised", what=said, level=level[:1].lower() + level[1:])
    return Phrase(teller.word("card.in_year", what=said, year=main.year) if main.year else said, lang)


def _sheet(showroom: Showroom, kind: str, id_: str, form: str) -> PagePlan:
    address, original = sheet_address(showroom, kind, id_, form), showroom.catalogue.languages[0]
    teller = Teller(showroom, original, address)
    shown = showcase(showroom.catalogue, kind, id_)
    title = showcase_title(teller, PageKey(kind, id_))
    view = CardSheetView(
        form=form,
        title=title,
        back=teller.href(kind, id_),
        forms=tuple(
            Link(
                teller.own_phrase(f"card.size_{each}"),
                teller.to(sheet_address(showroom, kind, id_, each)),
                current=each == form,
            )
            for each in FORMS
        ),
        cards=cards(teller, carded(showroom, shown)),
    )
    about = About(kind=kind, id=id_, title=f"{teller.word('card.title')}: {title.text}", indexed=False)
    return PagePlan(address, "print_cards.html", original, frame(teller, about), view)


def showcase_title(teller: Teller, page: PageKey) -> Phrase:
    """The name of a showcase: the fair's own, or the level and year of the round."""
    if page.kind == "fair":
        return teller.must_say(teller.catalogue.records.fairs[page.id].name)
    level, _, year = page.id.rpartition("/")
    return teller.own_phrase("level.list", level=teller.level_badge(level).label.text, year=int(year))

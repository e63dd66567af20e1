"""The printed catalogue: every product in both languages, in the order asked for, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from cnnt_site.cache import Cache
from cnnt_site.catalogue.catalogue import Entry
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.producer import first_letter
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.pictures.qr import draw_qr
from cnnt_site.printing import drawn
from cnnt_site.printing.pictures import PaperPictures, cut_name
from cnnt_site.printing.typesetting import Paper, typeset
from cnnt_site.reading.tree import SourceTree
from cnnt_site.rendering import level_marks
from cnnt_site.vietnamese import sort_key

Order = Literal["place", "level", "year"]
PICTURE = (400, 400)
"""In pixels: sharp at 34 mm."""

COVER, COVER_FLOWER = "#0e4a4b", "#17605f"
"""The cover, and the mark of the highest level on it."""

ROOT = "catalogue.pdf"
"""As if the book stood at the site's root: then links are addresses."""


def book(showroom: Showroom, tree: SourceTree, cache: Cache, by: Order) -> Paper:
    """The catalogue of all listed products, in chapters by former district, by level or by year.

    Raises NoTypesetter without typst. The showroom must know its base address: the codes lead there.
    """
    return _Book(showroom, PaperPictures(showroom, tree, cache), by).set()


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: Phrase
    other_name: Phrase | None
    products: list[str]


class _Book:
    def __init__(self, showroom: Showroom, pictures: PaperPictures, by: Order) -> None:
        self.showroom, self.pictures, self.by = showroom, pictures, by
        languages = showroom.catalogue.languages
        self.teller = Teller(showroom, languages[0], ROOT)
        self.other = Teller(showroom, languages[1], ROOT) if len(languages) > 1 else None
        self.marks = drawn.marks(level_marks(showroom.theme))
        self.files = {f"mark-{step}.svg": drawing for step, drawing in self.marks.items()}

    def set(self) -> Paper:
        """The PDF."""
        teller, site = self.teller, self.showroom.catalogue.site
        band = self.showroom.theme.assets.get("band.svg")
        if band is not None:
            self.files["band.svg"] = band
        flower = drawn.marks(level_marks(self.showroom.theme), COVER_FLOWER, COVER)
        if flower:
            self.files["cover.svg"] = flower[max(flower)]
        home = self.showroom.base_url or ""
        self.files["home.svg"] = draw_qr(home)
        self.files |= self.pictures.for_paper(map(self.picture, self.showroom.catalogue.listed), PICTURE)
        groups, number, index = [], 0, []
        for chapter in self.chapters():
            entries = []
            for id_ in chapter.products:
                number += 1
                entries.append(self.entry(self.showroom.catalogue.entries[id_], number))
                index.append((entries[-1]["name"], number))
            groups.append({"name": chapter.name.text, "other_name": _said(chapter.other_name), "entries": entries})
        name = teller.must_say(site.name).text
        heading = self.heading()
        data = {
            "title": f"{name}: {heading[0].text}",
            "lang": teller.lang,
            "name": name,
            "office": teller.must_say(site.office).text,
            "tagline": _said(teller.must_say(site.tagline)),
            "other_tagline": _said(teller.say_elsewhere(site.tagline)),
            "heading": _said(heading[0]),
            "other_heading": _said(heading[1]),
            "counted": " · ".join(said.text for said in self.both("count.products", n=number) if said),
            "updated": " · ".join(said.text for said in self.both("foot.updated", date=site.updated) if said),
            "running": " · ".join(said.text for said in heading if said),
            "about": _said(Phrase(teller.must_say(site.disclaimer).text)),
            "home": home,
            "band": "band.svg" if band is not None else None,
            "flower": "cover.svg" if flower else None,
            "words": {key: self.label(f"book.{key}") for key in ("contents", "index")},
            "groups": groups,
            "index": _index(index),
        }
        return typeset("catalogue.typ", data, self.files)

    def heading(self) -> tuple[Phrase, Phrase | None]:
        """What the book is a catalogue of, in the showroom's own term."""
        term = self.showroom.catalogue.site.term
        first = self.teller.own_phrase("book.title", term=self.teller.must_say(term).text)
        other = self.other
        return first, Phrase(other.word("book.title", term=other.must_say(term).text), other.lang) if other else None

    def both(self, key: str, **values: object) -> tuple[Phrase, Phrase | None]:
        """A word in the original language and in the other."""
        other = Phrase(self.other.word(key, **values), self.other.lang) if self.other else None
        return self.teller.own_phrase(key, **values), other

    def label(self, key: str, **values: object) -> str:
        """A word in both languages: "Nguồn / Source"."""
        return " / ".join(said.text for said in self.both(key, **values) if said)

    def chapters(self) -> Iterator[_Chapter]:
        """The chapters in their order; what can't be told stands in a last one."""
        catalogue = self.showroom.catalogue
        records = catalogue.records
        found: dict[str | int | None, list[str]] = {}
        for id_ in catalogue.listed:
            found.setdefault(self.key(catalogue.entries[id_]), []).append(id_)
        if self.by == "place":
            order = [*records.districts, *records.provinces, *records.communes]
        elif self.by == "level":
            order = list(reversed(catalogue.ladder()))
        else:
            order = [str(year) for year in sorted(catalogue.by_year, reverse=True)]
        for key in order:
            if key in found:
                yield _Chapter(*self.chapter_name(key), found[key])
        if None in found:
            yield _Chapter(*self.both(f"book.no_{self.by}"), found[None])

    def key(self, entry: Entry) -> str | None:
        """Where a product stands in the chosen order."""
        where = entry.where
        if self.by == "place":
            return where.district or where.province or where.commune_now
        main = entry.main if entry.main and entry.main.ladder else None
        if self.by == "level":
            return main.level if main else None
        return str(entry.newest_year) if entry.newest_year else None

    def chapter_name(self, key: str) -> tuple[Phrase, Phrase | None]:
        """The name of a chapter in both languages."""
        records = self.showroom.catalogue.records
        if self.by == "year":
            return self.both("year.title", year=int(key))
        words = records.levels[key].label if self.by == "level" else self.place_name(key)
        return Phrase(_capital(self.teller.must_say(words).text)), self.teller.say_elsewhere(words)

    def place_name(self, key: str) -> dict[str, str]:
        """A place with the province it is or was in: two districts may share a name."""
        records = self.showroom.catalogue.records
        province = records.provinces.get(key)
        if province is not None:
            return province.name
        place = records.districts.get(key) or records.communes[key]
        above = records.provinces[place.province].name
        return {code: f"{name}, {above[code]}" if code in above else name for code, name in place.name.items()}

    def picture(self, product: str) -> Picture | None:
        """The picture that a product is shown with."""
        return next(iter(self.teller.product_pictures(product)), None)

    def entry(self, entry: Entry, number: int) -> dict[str, Any]:
        """A product as the template wants it; its code joins the files."""
        teller, product, main = self.teller, entry.product, entry.main
        scan = teller.scan("product", entry.id)
        assert scan.typed is not None
        address = f"{(self.showroom.base_url or '').partition('://')[0]}://{scan.typed}"
        self.files[f"qr/{scan.code}.svg"] = draw_qr(address)
        picture = self.picture(entry.id)
        badge = teller.badge(main) if main else None
        mark = f"mark-{badge.step}.svg" if badge else ""
        summary = [teller.say(product.summary), teller.say_elsewhere(product.summary)]
        return {
            "number": number,
            "name": teller.must_say(product.name).text,
            "other_name": _said(teller.say_elsewhere(product.name)),
            "picture": cut_name(picture) if picture else None,
            "alt": picture.alt.text if picture else None,
            "picture_note": teller.word("card.illustration") if picture and picture.illustration else None,
            "mark": mark if mark in self.files else None,
            "level": " · ".join(str(part) for part in (badge.label, badge.year) if part) if badge else None,
            "summary": " / ".join(said.text for said in summary if said) or None,
            "facts": list(self.facts(entry)),
            "qr": f"qr/{scan.code}.svg",
            "address": address,
            "typed": scan.typed,
        }

    def facts(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What is known of a product, a label and a value each; nothing is said of what isn't."""
        teller, main = self.teller, entry.main
        producer = teller.catalogue.records.producers.get(entry.product.producer or "")
        if producer is not None:
            yield self.label("producer.title"), teller.must_say(producer.name).text
        lines = teller.place_lines(entry.where)
        then = ", ".join(part for part in (lines.then_text, *(link.label.text for link in lines.then)) if part)
        if then:
            yield self.label("place.when_certified").replace(":", ""), then
        if lines.now is not None:
            yield self.label("place.today").replace(":", ""), lines.now.label.text
        if main is not None:
            record, decision = main.certificate, main.certificate.decision
            if record.number:
                yield self.label("cert.number"), record.number
            if decision is not None and decision.number:
                day = f", {teller.showroom.words[teller.lang].day(decision.date)}" if decision.date else ""
                yield self.label("cert.decision"), decision.number + day
            issuer = teller.say(record.issued_by)
            if issuer is not None:
                yield self.label("cert.issuer"), issuer.text
            standing = main.standing
            if standing.until is not None and standing.state in ("valid", "soon", "expired"):
                yield self.label("book.validity"), teller.word(f"valid.{standing.state}", date=standing.until)
            elif standing.state != "unknown":
                yield self.label("book.validity"), teller.word(f"valid.{standing.state}")
        if producer is not None:
            contacts = ", ".join(contact.value for contact in contact_lines(producer))
            if contacts:
                yield self.label("book.contact"), contacts


def _index(names: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """All names by their first letter, in the order of Vietnamese dictionaries."""
    letters: dict[str, list[dict[str, Any]]] = {}
    for name, number in sorted(names, key=lambda named: (sort_key(named[0]), named[1])):
        letters.setdefault(first_letter(name), []).append({"name": name, "number": number})
    return [{"letter": letter, "items": items} for letter, items in letters.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said(phrase: Phrase | None) -> dict[str, str] | None:
    return None if phrase is None else {"text": phrase.text, "lang": phrase.lang or "vi"}

"""The teller: one page's way to say a record in its language."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import starmap
from urllib.parse import urlsplit

from markupsafe import Markup

from cnnt_site.addresses.relative import folder_of, relative_from
from cnnt_site.addresses.scheme import PERMANENT
from cnnt_site.catalogue.catalogue import Catalogue, Recognition, Whereabouts
from cnnt_site.catalogue.fallback import Phrase, phrase
from cnnt_site.model.certificate import Standing
from cnnt_site.model.picture import Illustration, Photo
from cnnt_site.model.source import Source
from cnnt_site.noting import once
from cnnt_site.pages import prose
from cnnt_site.pages.parts import (
    Badge,
    Card,
    CertificateBlock,
    Link,
    PlaceLines,
    Prose,
    Scan,
    SourceLine,
    Validity,
)
from cnnt_site.pages.picture import Picture, Rendition
from cnnt_site.pages.showroom import Showroom


@dataclass(slots=True)
class Teller:
    """Tells records to the page at `here`, in `lang`: picks the language, makes links relative.

    `untranslated` becomes True when a text had to be told in another language. `folder` is the one that the page
    stands in, '' for the site's root; `languages` are the site's.
    """

    showroom: Showroom
    lang: str
    here: str
    untranslated: bool = field(default=False)
    catalogue: Catalogue = field(init=False)
    languages: tuple[str, ...] = field(init=False)
    folder: str = field(init=False)

    def __post_init__(self) -> None:
        self.catalogue = self.showroom.catalogue
        self.languages = self.catalogue.languages
        self.folder = folder_of(self.here)

    def word(self, key: str, **values: object) -> str:
        """A word of the theme as plain text."""
        return self.showroom.words[self.lang].text(key, **values)

    def own_phrase(self, key: str, **values: object) -> Phrase:
        """A word of the theme as a phrase of the page's language."""
        return Phrase(self.word(key, **values))

    def say(self, words: Mapping[str, str]) -> Phrase | None:
        """A text by language, as this page tells it; None when there is none at all."""
        own = words.get(self.lang)
        return Phrase(own) if own is not None else phrase(words, self.lang, self.languages)

    def must_say(self, words: Mapping[str, str]) -> Phrase:
        """Like `say` for a text that every record has."""
        return self.say(words) or Phrase("")

    def say_elsewhere(self, words: Mapping[str, str]) -> Phrase | None:
        """The text in another language than the page's, marked with it; None when there is none."""
        for other in self.languages:
            if other != self.lang and other in words and self.lang in words and words[other] != words[self.lang]:
                return Phrase(words[other], other)
        return None

    def to(self, address: str) -> str:
        """The relative link to an address of the site."""
        return relative_from(self.folder, address)

    def href(self, kind: str, id_: str = "") -> str:
        """The relative link to a page in this page's language."""
        return self.to(self.showroom.routes.of(kind, id_, self.lang))

    def resolve(self, href: str) -> str:
        """A relative link of this page made full, or as it is without a base address."""
        address = posixpath.normpath(posixpath.join(self.folder, href))
        return self.showroom.absolute(address) or href

    def link(self, kind: str, id_: str, label: Phrase, count: int | None = None, *, current: bool = False) -> Link:
        """A named link to a page in this page's language."""
        return Link(label, self.href(kind, id_), count, current)

    def scan(self, kind: str, id_: str) -> Scan:
        """The short way to a page."""
        code = self.showroom.routes.code(kind, id_)
        address = f"{PERMANENT}{code}.html"
        full = self.showroom.absolute(address)
        qr = self.to(f"{PERMANENT}{code}.svg") if full else None
        return Scan(code, self.to(address), full and full.partition("://")[2], qr)

    def asset(self, name: str) -> str:
        """The relative link to a file of the theme."""
        return self.to(self.showroom.theme.addresses[name])

    # Places

    def place_name(self, id_: str, *, short: bool = False) -> Phrase:
        """A place's name; the short one is for cards, and names the province of a namesake."""
        records = self.catalogue.records
        district = records.districts.get(id_)
        if district is not None:
            if short and id_ in self.catalogue.namesakes:
                name, above = self.must_say(district.short), self.place_name(district.province, short=True)
                return Phrase(f"{name.text} ({above.text})", name.lang)
            return self.must_say(district.short if short and district.short else district.name)
        province = records.provinces.get(id_)
        if province is not None:
            return self.must_say(province.short if short and province.short else province.name)
        return self.must_say(records.communes[id_].name)

    def place_link(self, id_: str, count: int | None = None, *, short: bool = False) -> Link:
        """A link to a place's page."""
        return self.link("place", id_, self.place_name(id_, short=short), count)

    def place_lines(self, where: Whereabouts) -> PlaceLines:
        """A place of then and of now."""
        then = [self.place_link(id_) for id_ in (where.district, where.province) if id_ is not None]
        written = ", ".join(part for part in (where.address, where.commune_then) if part)
        now = self.place_link(where.commune_now) if where.commune_now else None
        return PlaceLines(tuple(then), written or None, now, where.now_derived)

    def short_place(self, where: Whereabouts) -> Phrase | None:
        """The place that a card names: the former district, else the commune of today, else the province."""
        id_ = where.district or where.commune_now or where.province
        return self.place_name(id_, short=True) if id_ else None

    # Certificates

    def badge(self, recognition: Recognition, *, year: bool = True) -> Badge:
        """The mark of a recognition's level."""
        level = self.catalogue.records.levels.get(recognition.level or "")
        label = self.must_say(level.label) if level else self.own_phrase("level.unknown")
        return Badge(
            level=recognition.level or "unknown",
            step=recognition.step if recognition.ladder else 0,
            label=label,
            year=recognition.year if year else None,
            ladder=recognition.ladder,
            href=self.level_href(recognition),
        )

    def level_href(self, recognition: Recognition) -> str | None:
        """The way to the page of a recognition's level, None where there is none."""
        return self.href("level", recognition.level) if recognition.ladder and recognition.level else None

    def level_badge(self, id_: str, year: int | None = None) -> Badge:
        """The mark of a level by itself."""
        level = self.catalogue.records.levels[id_]
        ladder = self.catalogue.is_ladder(id_)
        return Badge(id_, level.step if ladder else 0, self.must_say(level.label), year, ladder)

    def validity(self, standing: Standing) -> Validity:
        """How a certificate stands."""
        return Validity(standing.state, standing.until, standing.by_rule)

    def certificate(self, recognition: Recognition) -> CertificateBlock:
        """All that is known of a certificate."""
        record = recognition.certificate
        decision, printed, ending = record.decision, record.printed, record.ending
        return CertificateBlock(
            badge=self.badge(recognition),
            programme=self.must_say(self.catalogue.records.programmes[recognition.programme].name),
            number=record.number,
            decision_number=decision.number if decision else None,
            decision_date=decision.date if decision else None,
            decision_url=decision.url if decision else None,
            issued_by=self.say(record.issued_by),
            issued_on=record.issued_on,
            validity=self.validity(recognition.standing),
            ending_date=ending.date if ending else None,
            ending_reason=self.say(ending.reason) if ending else None,
            printed_name=printed.name if printed else None,
            printed_producer=printed.producer if printed else None,
            printed_address=printed.address if printed else None,
            note=self.say(record.note),
            source=self.source(record.source) if record.source else None,
        )

    # Pictures

    def picture(self, path: str, photo: Photo | Illustration) -> Picture:
        """A picture in all its widths."""
        measured = self.showroom.album.pictures[path]
        files = list(measured.renditions())
        avif, webp, jpeg = (
            tuple(Rendition(self.to(file.address), file.width) for file in files if file.codec == codec)
            for codec in ("AVIF", "WEBP", "JPEG")
        )
        return Picture(
            href=jpeg[-1].href,
            width=jpeg[-1].width,
            height=measured.height_at(jpeg[-1].width),
            avif=avif,
            webp=webp,
            jpeg=jpeg,
            colour=measured.colour,
            alt=self.must_say(photo.alt),
            illustration=isinstance(photo, Illustration) or photo.kind == "illustration",
            author=photo.author,
            licence=self.say(photo.licence),
            represents=self.say(photo.represents) if isinstance(photo, Illustration) else None,
            focus=photo.focus if isinstance(photo, Photo) else None,
        )

    def illustration(self, id_: str | None) -> Picture | None:
        """A drawing by id, None when there is none."""
        record = self.catalogue.records.illustrations.get(id_ or "")
        return self.picture(f"illustrations/{record.file}", record) if record else None

    def photographs(self, kind: str, id_: str, photos: Iterable[Photo]) -> tuple[Picture, ...]:
        """The photographs of a record, which stand in its folder."""
        return tuple(self.picture(f"{kind}/{id_}/photos/{photo.file}", photo) for photo in photos)

    def product_pictures(self, id_: str) -> tuple[Picture, ...]:
        """A product's photographs, else the drawing of its type, else the neutral one."""
        return tuple(starmap(self.picture, self._pictured(id_)))

    def _pictured(self, id_: str) -> Iterator[tuple[str, Photo | Illustration]]:
        product = self.catalogue.entries[id_].product
        yield from ((f"products/{id_}/photos/{photo.file}", photo) for photo in product.photos)
        drawing = product.illustration or self.catalogue.site.neutral_illustration
        path, record = self.showroom.album.drawn.get(id_), self.catalogue.records.illustrations.get(drawing or "")
        if path and record and not product.photos:
            yield path, record

    def producer_pictures(self, id_: str) -> tuple[Picture, ...]:
        """A producer's photographs."""
        return self.photographs("producers", id_, self.catalogue.records.producers[id_].photos)

    # Products and producers

    def card(self, id_: str) -> Card:
        """A product in a list, the same one for all pages of a folder."""
        return once(self.showroom, ("card", self.lang, id_, self.folder), lambda: self._card(id_))

    def _card(self, id_: str) -> Card:
        card, first = once(self.showroom, ("told on card", self.lang, id_), lambda: self._told_on_card(id_))
        level, picture = self.catalogue.first_levels.get(id_), self.picture(*first) if first else None
        badge = card.badge and card.badge._replace(href=self.href("level", level) if level else None)
        return card._replace(href=self.href("product", id_), badge=badge, picture=picture)

    def _told_on_card(self, id_: str) -> tuple[Card, tuple[str, Photo | Illustration] | None]:
        """What all cards of a product say in a language, and its first picture; without the ways to other pages."""
        entry = self.catalogue.entries[id_]
        main = entry.main
        producer = self.catalogue.records.producers.get(entry.product.producer or "")
        card = Card(
            id=id_,
            code=self.showroom.routes.code("product", id_),
            href="",
            name=self.must_say(entry.product.name),
            producer=self.say(producer.name) if producer else None,
            place=self.short_place(entry.where),
            year=main.year if main else None,
            badge=self.badge(main, year=False) if main else None,
            validity=self.validity(main.standing) if main else None,
            picture=None,
        )
        return card, next(self._pictured(id_), None)

    def cards(self, ids: Iterable[str]) -> tuple[Card, ...]:
        """Products in a list, in the order given."""
        return tuple(self.card(id_) for id_ in ids)

    # Texts and sources

    def source(self, source: Source) -> SourceLine:
        """A source by its title, or the name of the site it stands on."""
        title = self.say(source.title) if source.title else None
        if title is None:
            title = Phrase(urlsplit(source.url or "").netloc.removeprefix("www."))
        return SourceLine(title, source.url, source.date)

    def sources(self, sources: Iterable[Source]) -> tuple[SourceLine, ...]:
        """Sources, each once."""
        return tuple(dict.fromkeys(self.source(source) for source in sources))

    def story(self, folder: str) -> Prose | None:
        """The long text of a record, its links made for this page; marked when not in its language."""
        records, codes = self.catalogue.records, self.catalogue.records.told_in.get(folder, ())
        told_in = next((code for code in (self.lang, *self.languages) if code in codes), None)
        if told_in is None:
            return None
        text = records.texts[f"{folder}/{told_in}.md"]
        linked = prose.INTERNAL.sub(lambda match: f'href="{self._linked(match[1], match[2])}"', prose.html_of(text))
        if told_in != self.lang:
            self.untranslated = True
        return Prose(Markup(linked), "" if told_in == self.lang else told_in)  # noqa: S704 (sanitised by prose)

    def _linked(self, kind: str, id_: str) -> str:
        """The way to a record that a text links to; levels of other programmes lead to the programme."""
        level = self.catalogue.records.levels.get(id_) if kind == "level" else None
        if level is not None and level.programme != self.catalogue.site.programme:
            return self.href("programme", level.programme)
        return self.href(kind, id_)

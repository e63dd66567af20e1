"""The showroom as the search knows it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator

from cnnt_site.blocks import FRAGMENT, blocks
from cnnt_site.catalogue import choices
from cnnt_site.catalogue.catalogue import Entry
from cnnt_site.model.place import Commune
from cnnt_site.pages import facets
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Arguments, Showroom
from cnnt_site.pages.teller import Teller
from cnnt_site.search import texts
from cnnt_site.search.index import write, write_texts
from cnnt_site.search.rows import Facet, Place, Producer, Row, Searchable, Texts, Value
from cnnt_site.search.synonyms import Synonyms, built_in
from cnnt_site.unpickling import loads

PLACES = ("place", "commune")
"""Facets whose choices are places, which the index keeps apart."""

SEARCHED = ("programme",)
"""Facets whose labels are found by typing, too: "OCOP 4 sao"."""

_ROWS = f"{facets.INDEX}rows"
"""What the fragments of rows are of: no file, all of the index is made of them."""

_TARGET = re.compile(r"\]\([^)]*\)")


def plan(showroom: Showroom) -> Iterator[Arguments]:
    """The rows of the index in blocks, and beside it the long texts of each language, in the order of its rows."""
    yield from (("rows", name, ids) for name, ids in blocks(sorted(showroom.catalogue.listed)))
    for lang, ordered in showroom.catalogue.listed_in.items():
        for block in texts.blocks_of(lang, ordered):
            first = 0
            for _, ids in blocks(block.ids):
                yield "texts", lang, block.file, first, ids
                first += len(ids)


def row_files(showroom: Showroom, name: str, ids: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """A fragment of the index: the rows of a block."""
    rows = tuple(_row(showroom, showroom.catalogue.entries[id_]) for id_ in ids)
    yield f"{_ROWS}{FRAGMENT}{name}", pickle.dumps(rows, 5)


def text_files(
    showroom: Showroom, lang: str, file: str, first: int, ids: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """A fragment of a block of long texts: the words of those products in it that follow the `first`."""
    words = texts.words_of((_text(showroom, id_, lang) for id_ in ids), first)
    yield f"{facets.INDEX}{file}{FRAGMENT}{first:05}", pickle.dumps(words, 5)


def join(showroom: Showroom, own: Synonyms, file: str, fragments: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """All files of the index, or the one of a block of long texts. `own` are the words that the content adds."""
    if file != _ROWS:
        yield file, write_texts(file.removeprefix(facets.INDEX), map(loads, fragments))
        return
    rows = tuple(row for fragment in fragments for row in loads(fragment))
    for name, data in write(searchable(showroom, rows), built_in() + own).items():
        yield f"{facets.INDEX}{name}", data


def searchable(showroom: Showroom, rows: tuple[Row, ...]) -> Searchable:
    """All listed products with what they are found by and what lists show of them. `rows` are in any order."""
    catalogue = showroom.catalogue
    options = facets.options(showroom)
    named = {option.id: (key, option.label) for key in PLACES for option in options.get(key, ())}
    makers = {row.producer for row in rows if row.producer}
    return Searchable(
        languages=catalogue.languages,
        rows=rows,
        orders=catalogue.listed_in,
        producers={id_: _producer(showroom, id_) for id_ in sorted(makers)},
        places={id_: _place(showroom, id_, *named.get(id_, ("", {}))) for id_ in _places(showroom)},
        facets=tuple(_facet(key, found) for key, found in options.items() if key not in PLACES),
    )


def _facet(key: str, options: Iterable[facets.Option]) -> Facet:
    values = tuple(Value(id=option.id, label=option.label, under=option.under) for option in options)
    return Facet(
        key=key,
        scope="certificate" if key in choices.CERTIFICATE else "product",
        values=values,
        searched=key in SEARCHED,
    )


def _row(showroom: Showroom, entry: Entry) -> Row:
    catalogue, product = showroom.catalogue, entry.product
    ladder = [recognition for recognition in entry.recognitions if recognition.ladder]
    maker = catalogue.records.producers.get(product.producer or "")
    held = choices.held(entry, maker.kind if maker else None)
    named = [r.certificate.printed.name for r in entry.recognitions if r.certificate.printed]
    own = {name.casefold() for name in product.name.values()}
    also = [name for name in dict.fromkeys(named) if name and name.casefold() not in own]
    places = (*choices.districts(entry), entry.where.commune_now, entry.where.province)
    return Row(
        id=entry.id,
        page=_pages(showroom, "product", entry.id),
        name=product.name,
        also={
            lang: (*(member[lang] for member in product.members if lang in member), *also)
            for lang in catalogue.languages
        },
        producer=product.producer,
        places=tuple(dict.fromkeys(id_ for id_ in places if id_)),
        values={key: held[key] for key in ("group", "kind", "programme")},
        certificates=tuple(choices.paper(recognition) for recognition in ladder),
        codes=tuple(dict.fromkeys(_codes(showroom, entry))),
        newest=entry.newest_year,
        rank=max((recognition.step for recognition in ladder), default=0),
        shown=_shown(showroom, entry),
    )


def _text(showroom: Showroom, id_: str, lang: str) -> str:
    """The summary and the long text, without the targets of its links, in the first language that has one."""
    catalogue = showroom.catalogue
    records, folder = catalogue.records, f"products/{id_}"
    summary, told_in = records.products[id_].summary, records.told_in.get(folder, ())
    for code in dict.fromkeys((lang, *catalogue.languages)):
        source = _TARGET.sub("]", records.texts[f"{folder}/{code}.md"].source) if code in told_in else ""
        if written := " ".join(filter(None, (summary.get(code, ""), source))):
            return written
    return ""


def _codes(showroom: Showroom, entry: Entry) -> Iterator[str]:
    """What identifies a product: its short code, the numbers on its certificates and of the decisions behind them."""
    yield showroom.routes.code("product", entry.id)
    for recognition in entry.recognitions:
        record = recognition.certificate
        yield from filter(None, (record.number, record.decision.number if record.decision else None))


def _shown(showroom: Showroom, entry: Entry) -> dict[str, dict[str, str]]:
    """What a card shows beside names: picture, badge, year, and how the certificate stands; only days by language."""
    main = entry.main
    found = {"code": showroom.routes.code("product", entry.id), "year": str(main.year or "") if main else ""}
    pictures = Teller(showroom, showroom.catalogue.languages[0], "").product_pictures(entry.id)
    if pictures:
        found["picture"] = _picture(pictures[0])
    if main is None:
        return dict.fromkeys(showroom.catalogue.languages, found)
    found |= {"badge": main.level or "unknown", "state": main.standing.state}
    until = main.standing.until
    if until is None or main.standing.state not in ("soon", "expired"):
        return dict.fromkeys(showroom.catalogue.languages, found)
    return {lang: {**found, "until": words.day(until)} for lang, words in showroom.words.items()}


def _picture(picture: Picture) -> str:
    """The start of its files' names, its WebP widths, the JPEG's width and height, its focus, `d` for a drawing."""
    stem = picture.href.removesuffix(f"{picture.width}.jpg").removeprefix("media/")
    widths = ",".join(str(rendition.width) for rendition in picture.webp)
    marks = (picture.focus_class, "d" if picture.illustration else "")
    return " ".join([f"{stem} {widths} {picture.width} {picture.height}", *filter(None, marks)])


def _producer(showroom: Showroom, id_: str) -> Producer:
    record = showroom.catalogue.records.producers[id_]
    return Producer(id=id_, name=record.name, page=_pages(showroom, "producer", id_), aliases=record.aliases)


def _places(showroom: Showroom) -> list[str]:
    """Every place that has a page: one without products is found, too."""
    records = showroom.catalogue.records
    return [*records.provinces, *records.districts, *records.communes]


def _place(showroom: Showroom, id_: str, facet: str, short: Texts) -> Place:
    records = showroom.catalogue.records
    record = records.districts.get(id_) or records.communes.get(id_) or records.provinces[id_]
    if not facet and not isinstance(record, Commune):
        short = record.short
    return Place(id=id_, name=record.name, short=short, page=_pages(showroom, "place", id_), facet=facet)


def _pages(showroom: Showroom, kind: str, id_: str) -> Texts:
    return {lang: showroom.routes.of(kind, id_, lang) for lang in showroom.catalogue.languages}

"""Outlines: what everything but the composing of pages and feeds has to know of a record that has a folder.

An outline holds plain values only, so that it is quick to keep and to load: stages that go over the
whole catalogue go over outlines, and the record itself need not be there. `addresses` are the last part
of its page's address and whether a person wrote it, by language of the site; `photos` are the files that
it names and whether they are shown; `problems` are those of references, of rules and of links in texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from cnnt_site.catalogue import choices, references, rules
from cnnt_site.catalogue.catalogue import Recognition, Whereabouts
from cnnt_site.catalogue.entries import entry
from cnnt_site.catalogue.fallback import pick
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.model.fair import Fair
from cnnt_site.model.page import TextPage
from cnnt_site.model.picture import Photo
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.problems import Problem, Problems
from cnnt_site.reading.layout import WITH_PHOTOS
from cnnt_site.reading.text_file import Text
from cnnt_site.vietnamese import slug, sort_key

LONGEST_SLUG = 80

Key = TypeVar("Key", str, int)

Where = tuple[str | None, str | None, str | None, str | None, str | None, bool]
Addresses = tuple[tuple[str, bool], ...]
Photos = tuple[tuple[str, bool], ...]
Paper = tuple[str, str | None, int | None, str, bool]
"""A certificate's programme, level, year, day (or else year, as far as it is known), and whether it was revoked."""


class ProductOutline(NamedTuple):
    """A product. `keys` sort it by its name in each language; a withdrawn one isn't `listed`.

    `district` is where it is made, `places` are all that it belongs to; `years` are those of the showroom's
    programme, `rounds` level and year where both are known, `papers` are all of its certificates;
    `choices` are facet and choice.
    """

    keys: tuple[str, ...]
    listed: bool
    producer: str | None
    group: str | None
    district: str | None
    places: tuple[str, ...]
    newest_year: int
    levels: tuple[str, ...]
    years: tuple[int, ...]
    rounds: tuple[tuple[str, int], ...]
    papers: tuple[Paper, ...]
    choices: tuple[tuple[str, str], ...]
    illustration: str | None
    addresses: Addresses
    formerly: tuple[str, ...]
    photos: Photos
    problems: tuple[Problem, ...]


class ProducerOutline(NamedTuple):
    """A producer. `where` are the values of its whereabouts; `maker` tells its products apart in each language.

    It is `reachable` when a contact may be published.
    """

    where: Where
    places: tuple[str, ...]
    kind: str | None
    maker: tuple[str, ...]
    reachable: bool
    addresses: Addresses
    formerly: tuple[str, ...]
    photos: Photos
    problems: tuple[Problem, ...]


class FairOutline(NamedTuple):
    """A fair. `booths` are producer and products of each; `products` are shown without a booth."""

    booths: tuple[tuple[str | None, tuple[str, ...]], ...]
    products: tuple[str, ...]
    addresses: Addresses
    formerly: tuple[str, ...]
    photos: Photos
    problems: tuple[Problem, ...]


class PageOutline(NamedTuple):
    """A text page."""

    addresses: Addresses
    formerly: tuple[str, ...]
    problems: tuple[Problem, ...]


Outline = ProductOutline | ProducerOutline | FairOutline | PageOutline


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outline of every record that can be read, by kind as in `Records`, and id."""

    producers: Mapping[str, ProducerOutline]
    products: Mapping[str, ProductOutline]
    fairs: Mapping[str, FairOutline]
    pages: Mapping[str, PageOutline]

    def photos(self) -> Iterator[tuple[str, str, int, str, bool]]:
        """Every photo that a record names: kind, id, its number there, its file, and whether it is shown."""
        for kind in WITH_PHOTOS:
            for id_, outline in getattr(self, kind).items():
                for number, (file, shown) in enumerate(outline.photos):
                    yield kind, id_, number, file, shown


def of_product(
    id_: str, product: Product, texts: Iterable[Text], maker: ProducerOutline | None, around: Surroundings
) -> ProductOutline:
    """The outline of a product: a function of all these. Of its producer's outline only `where` and `kind` count."""
    problems, path = Problems(), f"products/{id_}/product.yaml"
    around.references.check(path, references.of_product(product, around.references.ids), problems)
    around.references.check_texts(texts, problems)
    rules.check_product(path, product, around.levels, around.as_of, problems)
    put = entry(id_, product, Whereabouts(*maker.where) if maker else None, around)
    held = choices.held(put, maker.kind if maker else None)
    recognitions = put.recognitions
    return ProductOutline(
        keys=tuple(sort_key(name) for name in _names(product.name, around)),
        listed=product.withdrawn is None,
        producer=product.producer,
        group=product.group,
        district=put.where.district,
        places=_each((*_places(put.where), *(r.district for r in recognitions))),
        newest_year=put.newest_year,
        levels=_each(r.level for r in recognitions),
        years=_each(r.year for r in recognitions if r.ladder),
        rounds=tuple(dict.fromkeys((r.level, r.year) for r in recognitions if r.level and r.year)),
        papers=tuple(map(_paper, recognitions)),
        choices=tuple((facet, choice) for facet, chosen in held.items() for choice in chosen),
        illustration=product.illustration,
        addresses=_addresses(id_, product.slug, product.name, around),
        formerly=product.formerly,
        photos=_photos(product.photos),
        problems=tuple(problems),
    )


def of_producer(id_: str, producer: Producer, texts: Iterable[Text], around: Surroundings) -> ProducerOutline:
    """The outline of a producer: a function of all these."""
    problems, path = Problems(), f"producers/{id_}/producer.yaml"
    around.references.check(path, references.of_producer(producer, around.references.ids), problems)
    around.references.check_texts(texts, problems)
    rules.check_producer(path, producer, problems)
    where = around.places.whereabouts(producer.place, producer.place_now)
    return ProducerOutline(
        where=where[:],
        places=_each(_places(where)),
        kind=producer.kind,
        maker=tuple(slug(name) for name in _names(producer.name, around)),
        reachable=any(contact.public for contact in producer.contacts),
        addresses=_addresses(id_, producer.slug, producer.name, around),
        formerly=producer.formerly,
        photos=_photos(producer.photos),
        problems=tuple(problems),
    )


def of_fair(id_: str, fair: Fair, texts: Iterable[Text], around: Surroundings) -> FairOutline:
    """The outline of a fair: a function of all these."""
    problems, path = Problems(), f"fairs/{id_}/fair.yaml"
    around.references.check(path, references.of_fair(fair, around.references.ids), problems)
    around.references.check_texts(texts, problems)
    rules.check_fair(path, fair, problems)
    return FairOutline(
        booths=tuple((booth.producer, booth.products) for booth in fair.booths),
        products=fair.products,
        addresses=_addresses(id_, fair.slug, fair.name, around),
        formerly=fair.formerly,
        photos=_photos(fair.photos),
        problems=tuple(problems),
    )


def of_page(id_: str, page: TextPage, texts: Iterable[Text], around: Surroundings) -> PageOutline:
    """The outline of a text page: a function of all these."""
    problems = Problems()
    around.references.check_texts(texts, problems)
    rules.check_page(f"pages/{id_}/page.yaml", page, problems)
    return PageOutline(_addresses(id_, page.slug, page.title, around), page.formerly, tuple(problems))


def _paper(recognition: Recognition) -> Paper:
    day = recognition.certificate.issued_on
    issued = day.isoformat() if day else str(recognition.year or "")
    revoked = recognition.standing.state == "revoked"
    return recognition.programme, recognition.level, recognition.year, issued, revoked


def unnamed(it: Outline) -> Outline:
    """The outline without what only names say: order in lists, and the addresses of pages that have none yet."""
    parts: dict[str, object] = {"addresses": tuple(part if part[1] else None for part in it.addresses)}
    if isinstance(it, ProductOutline):
        parts["keys"] = ()
    if isinstance(it, ProducerOutline):
        parts["maker"] = ()
    return it._replace(**parts)  # type: ignore[arg-type]


def _names(words: Mapping[str, str], around: Surroundings) -> Iterator[str]:
    """A name as each language of the site says it, another's where it has none."""
    for lang in around.languages:
        found = pick(words, lang, around.languages)
        yield found[0] if found else ""


def _addresses(id_: str, slugs: Mapping[str, str], name: Mapping[str, str], around: Surroundings) -> Addresses:
    names = zip(around.languages, _names(name, around), strict=True)
    return tuple(
        (slugs[lang], True) if lang in slugs else (slug(said)[:LONGEST_SLUG].strip("-") or id_, False)
        for lang, said in names
    )


def _photos(photos: Iterable[Photo]) -> Photos:
    return tuple((photo.file, photo.permission is not None or photo.kind == "illustration") for photo in photos)


def _places(where: Whereabouts) -> tuple[str | None, ...]:
    return where.district, where.province, where.commune_now


def _each(keys: Iterable[Key | None]) -> tuple[Key, ...]:
    """Every key that is there, once."""
    return tuple(sorted({key for key in keys if key is not None}))

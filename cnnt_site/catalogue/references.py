"""Every reference of every record leads somewhere, or is told with a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from cnnt_site.model.fair import Fair
from cnnt_site.model.place import PlaceThen
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.problems import Key, Problems, Spot, closest
from cnnt_site.reading.layout import FOLDERS, LISTED
from cnnt_site.reading.records import Records
from cnnt_site.reading.text_file import Text
from cnnt_site.reading.tree import SourceTree

Ids = frozenset[str] | None
"""All ids of a kind, None when a list can't be read and nobody knows them."""

Reference = tuple[str, tuple[Key, ...], str | None, Ids]
"""The code of its problem, where it stands in its file, the id that is written, if any, and those that there are."""


class References:
    """Knows the ids of every kind. What a record refers to must be among them.

    Other records are only looked at for the guess what may have been meant.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        ids = records.ids
        parts = (ids["provinces"], ids["districts"], ids["communes"])
        places = None if None in parts else frozenset().union(*filter(None, parts))
        self.ids: dict[str, Ids] = {**ids, "places": places}
        self._link_targets = {
            "product": ids["products"],
            "producer": ids["producers"],
            "place": places,
            "level": ids["levels"],
            "group": ids["groups"],
            "fair": ids["fairs"],
            "page": ids["pages"],
        }

    def check(self, path: str, references: Iterable[Reference], problems: Problems) -> None:
        """Tells references of the file at `path` that lead nowhere."""
        for code, keys, id_, ids in references:
            if id_ is not None and ids is not None and id_ not in ids:
                problems.error(code, Spot(path, keys), written=id_, guess=self._guess(id_, ids))

    def check_texts(self, texts: Iterable[Text], problems: Problems) -> None:
        """Tells links of texts that lead to no record."""
        for text in texts:
            for link in text.links():
                targets = self._link_targets[link.kind]
                if targets is not None and link.id not in targets:
                    guess = self._guess(link.id, targets)
                    problems.error("link-to-nothing", link.spot, kind=link.kind, written=link.id, guess=guess)

    def _guess(self, written: str, ids: Collection[str]) -> str:
        """The id that was probably meant: one that says that it was this formerly, else the nearest."""
        now = self._renamed.get(written, "")
        return now if now in ids else closest(written, ids)

    @cached_property
    def _renamed(self) -> dict[str, str]:
        folders = (getattr(self._records, kind) for kind in FOLDERS)
        return {old: id_ for records in folders for id_, record in records.items() for old in record.formerly}


def of_product(product: Product, ids: dict[str, Ids]) -> Iterator[Reference]:
    """What a product refers to."""
    yield "unknown-producer", ("producer",), product.producer, ids["producers"]
    yield "unknown-group", ("group",), product.group, ids["groups"]
    yield "unknown-illustration", ("illustration",), product.illustration, ids["illustrations"]
    yield from _of_place(product.place, product.place_now, ids)
    for number, certificate in enumerate(product.certificates):
        keys = ("certificates", number)
        yield "unknown-level", (*keys, "level"), certificate.level, ids["levels"]
        yield "unknown-programme", (*keys, "programme"), certificate.programme, ids["programmes"]
        yield "unknown-place", (*keys, "place"), certificate.place, ids["places"]


def of_producer(producer: Producer, ids: dict[str, Ids]) -> Iterator[Reference]:
    """What a producer refers to."""
    yield "unknown-producer-kind", ("kind",), producer.kind, ids["producer_kinds"]
    yield from _of_place(producer.place, producer.place_now, ids)


def of_fair(fair: Fair, ids: dict[str, Ids]) -> Iterator[Reference]:
    """What a fair refers to, its own zones too."""
    if fair.selection is not None:
        yield "unknown-level", ("selection", "level"), fair.selection.level, ids["levels"]
    for number, product_id in enumerate(fair.products):
        yield "unknown-product", ("products", number), product_id, ids["products"]
    for number, booth in enumerate(fair.booths):
        keys = ("booths", number)
        yield "unknown-zone", (*keys, "zone"), booth.zone, frozenset(fair.zones)
        yield "unknown-producer", (*keys, "producer"), booth.producer, ids["producers"]
        for place, product_id in enumerate(booth.products):
            yield "unknown-product", (*keys, "products", place), product_id, ids["products"]


def _of_place(then: PlaceThen | None, now: str | None, ids: dict[str, Ids]) -> Iterator[Reference]:
    if then is not None:
        yield "unknown-place", ("place", "district"), then.district, ids["districts"]
        yield "unknown-place", ("place", "province"), then.province, ids["provinces"]
    yield "unknown-place", ("place_now",), now, ids["communes"]


def check_lists(records: Records, references: References, tree: SourceTree, problems: Problems) -> None:
    """Tells references of the site and of the lists to a record or a drawing that isn't there."""
    ids = references.ids
    references.check("site.yaml", _of_site(records, ids), problems)
    for kind, of_list in _OF_LISTS.items():
        references.check(LISTED[kind][0], of_list(records, ids), problems)
    references.check("statistics.yaml", _of_statistics(records, ids), problems)
    for id_, illustration in records.illustrations.items():
        path = f"illustrations/{illustration.file}"
        if path not in tree.files:
            tell_no_file(LISTED["illustrations"][0], (id_, "file"), path, tree, problems)


def tell_no_file(path: str, keys: tuple[Key, ...], file: str, tree: SourceTree, problems: Problems) -> None:
    """Tells that the picture `file`, named in the file at `path`, isn't there, with the one that may be meant."""
    folder = file.rsplit("/", 1)[0] + "/"
    beside = [found[len(folder) :] for found in tree.files if found.startswith(folder)]
    guess = closest(PurePosixPath(file).stem, (PurePosixPath(name).stem for name in beside))
    guess = next((name for name in beside if PurePosixPath(name).stem == guess), "")
    problems.error("no-picture-file", Spot(path, keys), file=file, guess=guess)


def _of_site(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    site = records.site
    if site is not None:
        yield "unknown-programme", ("programme",), site.programme, ids["programmes"]
        yield "unknown-place", ("province",), site.province, ids["provinces"]
        yield "unknown-illustration", ("neutral_illustration",), site.neutral_illustration, ids["illustrations"]


def _of_levels(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for id_, level in records.levels.items():
        yield "unknown-programme", (id_, "programme"), level.programme, ids["programmes"]


def _of_groups(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for id_, group in records.groups.items():
        yield "unknown-illustration", (id_, "illustration"), group.illustration, ids["illustrations"]


def _of_provinces(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for id_, province in records.provinces.items():
        yield "unknown-place", (id_, "successor"), province.successor, ids["provinces"]


def _of_districts(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for id_, district in records.districts.items():
        yield "unknown-place", (id_, "province"), district.province, ids["provinces"]


def _of_communes(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for id_, commune in records.communes.items():
        yield "unknown-place", (id_, "province"), commune.province, ids["provinces"]
        for number, part in enumerate(commune.parts):
            yield "unknown-place", (id_, "parts", number, "district"), part.district, ids["districts"]


def _of_statistics(records: Records, ids: dict[str, Ids]) -> Iterator[Reference]:
    for number, statistic in enumerate(records.statistics):
        yield "unknown-level", (number, "level"), statistic.level, ids["levels"]
        yield "unknown-programme", (number, "programme"), statistic.programme, ids["programmes"]


_OF_LISTS = {
    "levels": _of_levels,
    "groups": _of_groups,
    "provinces": _of_provinces,
    "districts": _of_districts,
    "communes": _of_communes,
}

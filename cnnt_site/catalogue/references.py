"""Every reference of every record leads somewhere, or is told with a guess."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from cnnt_site.model.picture import Photo
from cnnt_site.model.place import PlaceThen
from cnnt_site.problems import Key, Problems, Spot, closest
from cnnt_site.reading.records import FOLDERS, LISTED, Records
from cnnt_site.reading.tree import SourceTree


def check_references(records: Records, tree: SourceTree, problems: Problems) -> None:
    """Tells every reference to a record or a file that isn't there."""
    _References(records, tree, problems).check()


class _References:
    def __init__(self, records: Records, tree: SourceTree, problems: Problems) -> None:
        self.records, self.tree, self.problems = records, tree, problems
        ids = records.ids
        parts = (ids["provinces"], ids["districts"], ids["communes"])
        self.ids = {**ids, "places": None if None in parts else frozenset().union(*filter(None, parts))}
        self.link_targets = {
            "product": ids["products"],
            "producer": ids["producers"],
            "place": self.ids["places"],
            "level": ids["levels"],
            "group": ids["groups"],
            "fair": ids["fairs"],
            "page": ids["pages"],
        }

        self.renamed = {
            old: id_ for kind in FOLDERS for id_, record in getattr(records, kind).items() for old in record.formerly
        }

    def guess(self, written: str, ids: Collection[str]) -> str:
        """The id that was probably meant: one that says that it was this formerly, else the nearest."""
        now = self.renamed.get(written, "")
        return now if now in ids else closest(written, ids)

    def known(self, code: str, path: str, keys: tuple[Key, ...], id_: str | None, ids: frozenset[str] | None) -> None:
        """One reference: nothing written is fine, an id that isn't among `ids` is a problem."""
        if id_ is not None and ids is not None and id_ not in ids:
            guess = self.guess(id_, ids)
            self.problems.error(code, Spot(path, keys), written=id_, guess=guess)

    def check(self) -> None:
        self.check_site()
        self.check_lists()
        self.check_folders()
        self.check_texts()

    def check_site(self) -> None:
        site = self.records.site
        if site is None:
            return
        self.known("unknown-programme", "site.yaml", ("programme",), site.programme, self.ids["programmes"])
        self.known("unknown-place", "site.yaml", ("province",), site.province, self.ids["provinces"])
        self.known(
            "unknown-illustration",
            "site.yaml",
            ("neutral_illustration",),
            site.neutral_illustration,
            self.ids["illustrations"],
        )

    def check_lists(self) -> None:
        records = self.records
        paths = {kind: path for kind, (path, _) in LISTED.items()}
        for id_, level in records.levels.items():
            self.known(
                "unknown-programme", paths["levels"], (id_, "programme"), level.programme, self.ids["programmes"]
            )
        for id_, group in records.groups.items():
            self.known(
                "unknown-illustration",
                paths["groups"],
                (id_, "illustration"),
                group.illustration,
                self.ids["illustrations"],
            )
        for id_, province in records.provinces.items():
            self.known(
                "unknown-place", paths["provinces"], (id_, "successor"), province.successor, self.ids["provinces"]
            )
        for id_, district in records.districts.items():
            self.known("unknown-place", paths["districts"], (id_, "province"), district.province, self.ids["provinces"])
        for id_, commune in records.communes.items():
            self.known("unknown-place", paths["communes"], (id_, "province"), commune.province, self.ids["provinces"])
            for number, part in enumerate(commune.parts):
                self.known(
                    "unknown-place",
                    paths["communes"],
                    (id_, "parts", number, "district"),
                    part.district,
                    self.ids["districts"],
                )
        for id_, illustration in records.illustrations.items():
            path = f"illustrations/{illustration.file}"
            if path not in self.tree.files:
                self.tell_no_file(paths["illustrations"], (id_, "file"), path)
        for number, statistic in enumerate(records.statistics):
            self.known("unknown-level", "statistics.yaml", (number, "level"), statistic.level, self.ids["levels"])
            self.known(
                "unknown-programme",
                "statistics.yaml",
                (number, "programme"),
                statistic.programme,
                self.ids["programmes"],
            )

    def check_folders(self) -> None:
        records = self.records
        for id_, product in records.products.items():
            path = f"products/{id_}/product.yaml"
            self.known("unknown-producer", path, ("producer",), product.producer, self.ids["producers"])
            self.known("unknown-group", path, ("group",), product.group, self.ids["groups"])
            self.known("unknown-illustration", path, ("illustration",), product.illustration, self.ids["illustrations"])
            self.check_place(path, product.place, product.place_now)
            self.check_photos(path, product.photos)
            for number, certificate in enumerate(product.certificates):
                keys = ("certificates", number)
                self.known("unknown-level", path, (*keys, "level"), certificate.level, self.ids["levels"])
                self.known(
                    "unknown-programme", path, (*keys, "programme"), certificate.programme, self.ids["programmes"]
                )
                self.known("unknown-place", path, (*keys, "place"), certificate.place, self.ids["places"])
        for id_, producer in records.producers.items():
            path = f"producers/{id_}/producer.yaml"
            self.known("unknown-producer-kind", path, ("kind",), producer.kind, self.ids["producer_kinds"])
            self.check_place(path, producer.place, producer.place_now)
            self.check_photos(path, producer.photos)
        for id_, fair in records.fairs.items():
            path = f"fairs/{id_}/fair.yaml"
            if fair.selection is not None:
                self.known("unknown-level", path, ("selection", "level"), fair.selection.level, self.ids["levels"])
            for number, product_id in enumerate(fair.products):
                self.known("unknown-product", path, ("products", number), product_id, self.ids["products"])
            for number, booth in enumerate(fair.booths):
                keys = ("booths", number)
                self.known("unknown-zone", path, (*keys, "zone"), booth.zone, frozenset(fair.zones))
                self.known("unknown-producer", path, (*keys, "producer"), booth.producer, self.ids["producers"])
                for place, product_id in enumerate(booth.products):
                    self.known("unknown-product", path, (*keys, "products", place), product_id, self.ids["products"])
            self.check_photos(path, fair.photos)

    def check_place(self, path: str, then: PlaceThen | None, now: str | None) -> None:
        if then is not None:
            self.known("unknown-place", path, ("place", "district"), then.district, self.ids["districts"])
            self.known("unknown-place", path, ("place", "province"), then.province, self.ids["provinces"])
        self.known("unknown-place", path, ("place_now",), now, self.ids["communes"])

    def check_photos(self, path: str, photos: tuple[Photo, ...]) -> None:
        folder = path.rsplit("/", 1)[0] + "/photos/"
        for number, photo in enumerate(photos):
            if folder + photo.file not in self.tree.files:
                self.tell_no_file(path, ("photos", number, "file"), folder + photo.file)

    def tell_no_file(self, path: str, keys: tuple[Key, ...], file: str) -> None:
        folder = file.rsplit("/", 1)[0] + "/"
        beside = [found[len(folder) :] for found in self.tree.files if found.startswith(folder)]
        guess = closest(PurePosixPath(file).stem, (PurePosixPath(name).stem for name in beside))
        guess = next((name for name in beside if PurePosixPath(name).stem == guess), "")
        self.problems.error("no-picture-file", Spot(path, keys), file=file, guess=guess)

    def check_texts(self) -> None:
        for folder, texts in self.records.texts.items():
            if folder.split("/")[0] not in FOLDERS:
                continue
            for text in texts.values():
                for link in text.links():
                    targets = self.link_targets[link.kind]
                    if targets is not None and link.id not in targets:
                        guess = self.guess(link.id, targets)
                        self.problems.error("link-to-nothing", link.spot, kind=link.kind, written=link.id, guess=guess)

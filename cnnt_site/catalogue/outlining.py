"""Records to outlines, one by one; what is known of a record is taken as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cnnt_site.catalogue import outlines
from cnnt_site.catalogue.outlines import Outline, Outlines, ProducerOutline, ProductOutline
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.reading.records import Records

Known = Callable[[str], Outline | None]
"""The outline of a folder ("products/tranh-sen") that was made of the same record and texts in the same surroundings.

None when it isn't known. Of the ids around only those count that the record or its texts refer to: an outline
without problems stands until one of them is gone.
"""


def outline(folder: str, records: Records, around: Surroundings, makers: Mapping[str, ProducerOutline]) -> Outline:
    """The outline of a folder's record. `makers` are those of producers: of a product they say where it is made."""
    kind, _, id_ = folder.partition("/")
    texts = records.texts_of(folder)
    if kind == "products":
        product = records.products[id_]
        maker = makers.get(product.producer or "")
        return outlines.of_product(id_, product, texts, maker, around)
    if kind == "producers":
        return outlines.of_producer(id_, records.producers[id_], texts, around)
    if kind == "fairs":
        return outlines.of_fair(id_, records.fairs[id_], texts, around)
    return outlines.of_page(id_, records.pages[id_], texts, around)


def outline_all(records: Records, around: Surroundings, known: Known = lambda folder: None) -> Outlines:
    """The outline of every record. Only records that aren't `known` are looked at.

    What is known of a product counts only while its producer is known, too, for it was made of both.
    """
    made: set[str] = set()
    found: dict[str, dict[str, Outline]] = {}
    for kind in ("producers", "products", "fairs", "pages"):
        found[kind] = {}
        for id_ in getattr(records, kind):
            it = known(folder := f"{kind}/{id_}")
            if it is None or (isinstance(it, ProductOutline) and it.producer in made):
                it = outline(folder, records, around, found["producers"])  # type: ignore[arg-type]
                if kind == "producers":
                    made.add(id_)
            found[kind][id_] = it
    return Outlines(**found)  # type: ignore[arg-type]

"""Records to outlines, one by one; what is known of a record is taken as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cnnt_site.catalogue import outlines
from cnnt_site.catalogue.outlines import FairOutline, Outline, Outlines, PageOutline, ProducerOutline, ProductOutline
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.reading.records import Records
from cnnt_site.reading.text_file import Text

Known = Callable[[str], Outline | None]
"""The outline of a folder ("products/tranh-sen") that was made of the same record and texts in the same surroundings.

None when it isn't known. Of the ids around only those count that the record or its texts refer to: an outline
without problems stands until one of them is gone.
"""


def outline_all(records: Records, around: Surroundings, known: Known = lambda folder: None) -> Outlines:
    """The outline of every record. Only records that aren't `known` are looked at.

    What is known of a product counts only while its producer is known, too, for it was made of both.
    """

    def texts(folder: str) -> Iterable[Text]:
        return records.texts[folder].values() if folder in records.texts else ()

    producers: dict[str, ProducerOutline] = {}
    made = set()
    for id_ in records.producers:
        found = known(folder := f"producers/{id_}")
        if not isinstance(found, ProducerOutline):
            found = outlines.of_producer(id_, records.producers[id_], texts(folder), around)
            made.add(id_)
        producers[id_] = found
    products: dict[str, ProductOutline] = {}
    for id_ in records.products:
        found = known(folder := f"products/{id_}")
        if not isinstance(found, ProductOutline) or found.producer in made:
            product = records.products[id_]
            maker = producers.get(product.producer or "")
            found = outlines.of_product(id_, product, texts(folder), maker, around)
        products[id_] = found
    fairs: dict[str, FairOutline] = {}
    for id_ in records.fairs:
        found = known(folder := f"fairs/{id_}")
        if not isinstance(found, FairOutline):
            found = outlines.of_fair(id_, records.fairs[id_], texts(folder), around)
        fairs[id_] = found
    pages: dict[str, PageOutline] = {}
    for id_ in records.pages:
        found = known(folder := f"pages/{id_}")
        if not isinstance(found, PageOutline):
            found = outlines.of_page(id_, records.pages[id_], texts(folder), around)
        pages[id_] = found
    return Outlines(producers, products, fairs, pages)

"""Which files a content folder has, and which kind of record each holds."""

from __future__ import annotations

import re
from typing import Any

from cnnt_site.model.fair import Fair
from cnnt_site.model.page import TextPage
from cnnt_site.model.picture import Illustration
from cnnt_site.model.place import Commune, District, Province
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.model.taxonomy import Group, Level, ProducerKind, Programme

LEDGER = "permalinks.yaml"
SYNONYMS = "search/synonyms.yaml"

LISTED: dict[str, tuple[str, type[Any]]] = {
    "programmes": ("taxonomies/programmes.yaml", Programme),
    "levels": ("taxonomies/levels.yaml", Level),
    "groups": ("taxonomies/product-groups.yaml", Group),
    "producer_kinds": ("taxonomies/producer-kinds.yaml", ProducerKind),
    "provinces": ("places/provinces.yaml", Province),
    "districts": ("places/districts.yaml", District),
    "communes": ("places/communes.yaml", Commune),
    "illustrations": ("illustrations/illustrations.yaml", Illustration),
}
"""Kinds of record that stand together in one file, keyed by id."""

FOLDERS: dict[str, tuple[str, type[Any]]] = {
    "producers": ("producer.yaml", Producer),
    "products": ("product.yaml", Product),
    "fairs": ("fair.yaml", Fair),
    "pages": ("page.yaml", TextPage),
}
"""Kinds of record that have a folder each, named by its id."""

WITH_PHOTOS = ("producers", "products", "fairs")

FOLDER_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a record's folder, its id, is made of."""

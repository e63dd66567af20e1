"""What a content folder says and all that is wrong with it, short of building its pages."""

from __future__ import annotations

from cnnt_site.addresses.ledger import read_ledger
from cnnt_site.addresses.routes import route
from cnnt_site.catalogue.outlining import outline_all
from cnnt_site.catalogue.resolving import resolve
from cnnt_site.catalogue.surroundings import Surroundings
from cnnt_site.problems import Problems
from cnnt_site.reading import records
from cnnt_site.reading.tree import SourceTree


def survey(tree: SourceTree, problems: Problems) -> records.Records:
    """The records of a tree; their problems, those of references, rules and addresses too, are told."""
    said = records.read(tree, problems)
    ledger = read_ledger(tree, problems)
    if said.site is not None:
        around = Surroundings.of(said, said.site.updated)
        outlines = outline_all(said, around)
        catalogue = resolve(said, outlines, around, tree, problems)
        if catalogue is not None:
            route(catalogue, outlines, ledger, problems)
    return said

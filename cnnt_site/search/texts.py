"""The long texts of products for the search, in blocks of products, so that an edit packs again one block alone.

A block's file is named by the products in it, not by what they say: the first file of the index can name it without
a look at any text, and whoever read that file before an edit still finds the block, with today's texts for the very
same rows.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cnnt_site import blocks
from cnnt_site.search import packing
from cnnt_site.search.tokens import tokens

BLOCK = 1_000
"""About so many products stand in a block, in the order of the rows."""

RECIPE = "3"
"""Changes with what is in a block's file."""

Words = Mapping[str, Sequence[int]]
"""Every word of some texts, and the numbers of those that have it."""


class Block(NamedTuple):
    """A block of a language: the name of its file, the number of its first row, and its products."""

    file: str
    start: int
    ids: tuple[str, ...]


def blocks_of(lang: str, ids: Sequence[str]) -> Iterator[Block]:
    """The blocks of a language; `ids` are all of its products, in the order of its rows."""
    start = 0
    for number, (_, own) in enumerate(blocks.blocks(ids, BLOCK)):
        told = hashlib.sha256("\n".join([RECIPE, *own]).encode()).hexdigest()[:10]
        yield Block(f"{lang}.{layer_name(number)}.{told}.js", start, own)
        start += len(own)


def layer_name(number: int) -> str:
    """What a block is called among the layers of its language."""
    return f"texts{number}"


def words_of(texts: Iterable[str], first: int = 0) -> dict[str, list[int]]:
    """The words of texts that follow each other in a block, the first of them under the number `first`."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts, first):
        for token in set(tokens(text)):
            found[token].append(number)
    return dict(found)


def packed(parts: Iterable[Words]) -> dict[str, str]:
    """Every word of a block's texts and the products that have it, as steps from one to the next.

    A 0 begins a word's products, and the first step is from before the block. Both are one long text, which browsers
    read far sooner than a list of thousands.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for part in parts:
        for token, numbers in part.items():
            found[token].extend(numbers)
    listed = sorted(found.items())
    steps = (packing.letters([0, *(b - a for a, b in pairwise([-1, *numbers]))]) for _, numbers in listed)
    return {"textWords": " ".join(token for token, _ in listed), "textRows": "".join(steps)}

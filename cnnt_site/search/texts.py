"""The long texts of products for the search, in blocks of products, so that an edit packs again one block alone.

A block's file is named by the products in it, not by what they say: the first file of the index can name it without
a look at any text, and whoever read that file before an edit still finds the block, with today's texts for the very
same rows.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cnnt_site.search import packing
from cnnt_site.search.tokens import tokens

BLOCK = 1_000
"""So many products stand in a block, in the order of the rows."""

RECIPE = "2"
"""Changes with what is in a block's file."""


def blocks(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The products of each block; `ids` are all of a language, in the order of its rows."""
    return (tuple(ids[start : start + BLOCK]) for start in range(0, len(ids), BLOCK))


def layer_name(number: int) -> str:
    """What a block is called among the layers of its language."""
    return f"texts{number}"


def file_name(lang: str, number: int, ids: Sequence[str]) -> str:
    """The name of a block's file."""
    told = hashlib.sha256("\n".join([RECIPE, *ids]).encode()).hexdigest()[:10]
    return f"{lang}.{layer_name(number)}.{told}.js"


def packed(texts: Iterable[str]) -> dict[str, str]:
    """Every word of a block's texts and the products that have it, as steps from one to the next.

    A 0 begins a word's products, and the first step is from before the block. Both are one long text, which browsers
    read far sooner than a list of thousands.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for token in set(tokens(text)):
            found[token].append(number)
    listed = sorted(found.items())
    steps = (packing.letters([0, *(b - a for a, b in pairwise([-1, *numbers]))]) for _, numbers in listed)
    return {"textWords": " ".join(token for token, _ in listed), "textRows": "".join(steps)}

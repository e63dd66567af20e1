"""Short codes: four signs that can be read aloud, typed and printed, for a page that people scan.

A code is made of what it stands for, so that the same content has the same codes; once published it
is kept by the ledger like any address and never given to anything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count

ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
"""Nothing that looks like another sign (0 o, 1 l i), and no vowels: no code is a word."""

LENGTH = 4


def codes(key: str) -> Iterator[str]:
    """Codes for the thing named `key`, the one to prefer first; each next one is for when it is taken."""
    for step in count():
        number = int.from_bytes(hashlib.sha256(f"{key} {step}".encode()).digest()[:8], "big")
        code = ""
        for _ in range(LENGTH):
            number, sign = divmod(number, len(ALPHABET))
            code += ALPHABET[sign]
        yield code

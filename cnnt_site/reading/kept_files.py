"""What single files say, kept on the shelf by their bytes: most of them stay the same for years."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from typing import TypeVar, cast

from cnnt_site.problems import Problems
from cnnt_site.program import program_version
from cnnt_site.reading.tree import SourceFile
from cnnt_site.shelf import Shelf
from cnnt_site.unpickling import BROKEN, loads

T = TypeVar("T")


def kept(shelf: Shelf, file: SourceFile | None, asked: str, read: Callable[[Problems], T], problems: Problems) -> T:
    """What `read` makes of a file, or made of the same bytes before; it tells problems to those it is given.

    `asked` is all else that `read` goes by. A file that isn't there, or can't be opened, is left to `read`.
    """
    try:
        written = file.digest() if file is not None else b""
    except OSError:
        written = b""
    if file is None or not written:
        return read(problems)
    name, key = f"file {file.path}", blake2b(f"{program_version()} {asked}".encode() + written, digest_size=16).digest()
    body = shelf.get(name)
    if body is not None and body.startswith(key):
        with suppress(*BROKEN):
            value, told = loads(body[len(key) :])
            problems.add(told)
            return cast("T", value)
    found = Problems()
    value = read(found)
    told = tuple(found)
    problems.add(told)
    shelf.put([(name, key + pickle.dumps((value, told), 5))])
    shelf.commit()
    return value

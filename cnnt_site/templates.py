"""Template files: which ones a page's template draws on, and their compiled form kept in the cache."""

from __future__ import annotations

import io
import marshal
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from cnnt_site.cache import Cache, digest
from cnnt_site.program import program_version

if TYPE_CHECKING:
    from jinja2 import Environment

_NAMING = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.S)
_PLAIN_NAME = re.compile(r"""\s*(["'])([^"'\\]+)\1\s*(?:[-+]?$|(?:as|import|ignore|with|without)\s)""")
"""What names another template, and what follows when it does so with one plain text: no parsing is needed."""


class TemplateDigests(Mapping[str, str]):
    """By the name of a template a digest of its text and of all that it extends, includes or imports."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._names = environment.list_templates()
        self._found: dict[str, tuple[str, tuple[str, ...]]] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._names:
            raise KeyError(name)
        reached: dict[str, None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached[one] = None
                waiting.extend(self._file(one)[1])
        return digest(*(f"{one} {self._file(one)[0]}".encode() for one in sorted(reached)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _file(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A template's own digest, and the templates that it names; all of them when that can't be told."""
        found = self._found.get(name)
        if found is None:
            try:
                source = self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
            except jinja2.TemplateNotFound:
                return "", ()
            found = self._found[name] = digest(source.encode()), self._named_in(source)
        return found

    def _named_in(self, source: str) -> tuple[str, ...]:
        names = [plain[2] if (plain := _PLAIN_NAME.match(rest)) else None for rest in _NAMING.findall(source)]
        return tuple(self._names) if None in names else tuple(name for name in names if name)


class KeptBytecode(BytecodeCache):
    """Compiled templates in the cache; its entries carry their sum, so a damaged one is compiled again."""

    def __init__(self, cache: Cache, compiler: str) -> None:
        self._cache, self._compiler = cache, compiler

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file is part of the key: its path is told when the template breaks."""
        return f"{self._compiler} {name} {filename}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads what was kept for this very source."""
        known = self._cache.get(self._key(bucket))
        if known is not None:
            bucket.code = marshal.load(io.BytesIO(known))  # noqa: S302 (ours, and its sum is right)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._cache.put(self._key(bucket), marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        return digest(b"template", program_version().encode(), bucket.key.encode(), str(bucket.checksum).encode())

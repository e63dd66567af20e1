"""Which program this is: what it remembers holds only for itself."""

from __future__ import annotations

import functools
import sys
import sysconfig
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent


@functools.cache
def program_version() -> str:
    """A digest of this program's own files, of the Python that runs it, and of the libraries beside it."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in (".py", ".yaml"))
    stamps = [(path.relative_to(HERE).as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    libraries = sorted(found.name for found in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return blake2b(repr((sys.version, stamps, libraries)).encode(), digest_size=16).hexdigest()

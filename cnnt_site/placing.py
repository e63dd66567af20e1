"""Where files go when they are made, and which of an earlier build are still there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnt_site import publishing
from cnnt_site.compressing import Compressed
from cnnt_site.publishing import Fate


@dataclass(frozen=True, slots=True)
class Place:
    """Staged beside the published files in `output`; `held` in memory; or, with neither, only checked.

    `compressed` says what is to stand beside published files.
    """

    output: Path | None = None
    held: bool = False
    compressed: Compressed = "no"

    @property
    def name(self) -> str:
        """What files that an earlier build left must have been put into, and how, to be still there."""
        return f"{self.output.resolve()} {self.compressed}" if self.output is not None else ""

    def there(self, folder: str, outputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Of the files that an earlier build left with these stamps in `folder`, those that are still so."""
        if self.output is None:
            return outputs
        if folder != self.name:
            return {}
        now = publishing.stamps(self.output, outputs)
        return {address: stamp for address, stamp in now.items() if outputs[address] == stamp}

    def put(self, address: str, data: bytes) -> tuple[str, Fate]:
        """Puts a file there; its sum, and how it stands to what is published. Raises OSError when the disk refuses."""
        if self.output is not None:
            return publishing.stage(self.output, address, data)
        return hashlib.sha256(data).hexdigest(), "new"

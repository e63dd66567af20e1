"""Where files go when they are made, and which of an earlier build are still there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cnnt_site.building import publishing
from cnnt_site.building.outputs import Outputs
from cnnt_site.building.publishing import Fate
from cnnt_site.compressing import Compressed


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

    def is_of(self, folder: str) -> bool:
        """Whether what an earlier build put into `folder` is what would be put here."""
        return self.output is None or folder == self.name

    def touched(self, outputs: Outputs) -> list[str]:
        """Of the files that an earlier build left here, those that are no longer as they were."""
        return outputs.touched(self.output) if self.output is not None else []

    def put(self, address: str, data: bytes) -> tuple[str, Fate | None]:
        """Puts a file there; its sum, and how it stands to the one that is published, when there is one.

        Raises OSError when the disk refuses.
        """
        if self.output is not None:
            return publishing.stage(self.output, address, data)
        return hashlib.sha256(data).hexdigest(), None

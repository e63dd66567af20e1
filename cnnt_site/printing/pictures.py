"""The pictures of paper and of previews, by the addresses that views name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from cnnt_site.cache import Cache
from cnnt_site.pages.parts import Picture
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import renditions
from cnnt_site.pictures.album import Measured
from cnnt_site.reading.tree import SourceTree


@dataclass(slots=True)
class PaperPictures:
    """JPEGs of the showroom's pictures, made or taken from the cache. The views were told to a page at the root."""

    showroom: Showroom
    tree: SourceTree
    cache: Cache
    _measured: dict[str, Measured] = field(init=False)

    def __post_init__(self) -> None:
        pictures = self.showroom.album.pictures.values()
        self._measured = {file.address: measured for measured in pictures for file in measured.renditions()}

    def jpeg(self, picture: Picture) -> bytes:
        """The JPEG that the site itself shows."""
        made = dict(renditions.make(self._measured[picture.href], self.tree, self.cache))
        return made[picture.href]

    def for_paper(self, pictures: Iterable[Picture | None], width: int) -> dict[str, bytes]:
        """JPEGs at most `width` pixels wide by their address, on all cores: decoding is most of the work of a book."""
        wanted = sorted({picture.href for picture in pictures if picture is not None})
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            made = pool.map(
                lambda href: renditions.for_paper(self._measured[href], width, self.tree, self.cache), wanted
            )
            return dict(zip(wanted, made, strict=True))

"""The pictures that paper needs, made as for the site: by the addresses that views name."""

from __future__ import annotations

from dataclasses import dataclass

from cnnt_site.cache import Cache
from cnnt_site.pages.parts import Picture
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import renditions
from cnnt_site.pictures.album import Measured
from cnnt_site.reading.tree import SourceTree


@dataclass(slots=True)
class PaperPictures:
    """JPEGs of the showroom's pictures, each made (or taken from the cache) when it is first asked for."""

    showroom: Showroom
    tree: SourceTree
    cache: Cache

    def jpeg(self, picture: Picture) -> bytes:
        """The JPEG of a picture whose view was told to a page at the site's root."""
        made = dict(renditions.make(self._measured[picture.href], self.tree, self.cache))
        return made[picture.href]

    @property
    def _measured(self) -> dict[str, Measured]:
        pictures = self.showroom.album.pictures.values()
        return {file.address: measured for measured in pictures for file in measured.renditions()}

"""The pictures that paper needs, made as for the site: by the addresses that views name."""

from __future__ import annotations

from dataclasses import dataclass, field

from cnnt_site.cache import Cache, digest
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
    _measured: dict[str, Measured] = field(init=False)

    def __post_init__(self) -> None:
        pictures = self.showroom.album.pictures.values()
        self._measured = {file.address: measured for measured in pictures for file in measured.renditions()}

    def jpeg(self, picture: Picture) -> bytes:
        """The JPEG of a picture whose view was told to a page at the site's root."""
        made = dict(renditions.make(self._measured[picture.href], self.tree, self.cache))
        return made[picture.href]

    def small(self, picture: Picture) -> bytes:
        """A JPEG of a picture for a column: 400 pixels print sharp at 34 mm."""
        import io

        import PIL
        from PIL import Image

        large = self.jpeg(picture)
        key = digest(b"small", PIL.__version__.encode(), large)
        made = self.cache.get(key)
        if made is None:
            target = io.BytesIO()
            with Image.open(io.BytesIO(large)) as opened:
                opened.thumbnail((600, 600))
                opened.save(target, "JPEG", quality=82, optimize=True)
            made = target.getvalue()
            self.cache.put(key, made)
        return made

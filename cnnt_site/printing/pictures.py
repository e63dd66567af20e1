"""The pictures of paper and of previews, by the addresses that views name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from cnnt_site.cache import Cache
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pictures import renditions
from cnnt_site.pictures.measured import Measured
from cnnt_site.reading.tree import SourceTree


@dataclass
class PaperPictures:
    """JPEGs of the showroom's pictures, made or taken from the cache. The views were told to a page at the root."""

    showroom: Showroom
    tree: SourceTree
    cache: Cache

    @cached_property
    def _measured(self) -> dict[str, Measured]:
        pictures = self.showroom.album.pictures.values()
        return {file.address: measured for measured in pictures for file in measured.renditions()}

    def as_shown(self, picture: Picture, side: int) -> bytes:
        """The smallest file that the site itself shows with both sides at least so long; its largest if none is."""
        measured = self._measured[picture.href]
        made = dict(renditions.make(measured, self.tree.files[measured.source], self.cache))
        files = sorted(measured.renditions(), key=lambda file: (file.width, file.codec))
        enough = (file for file in files if min(file.width, measured.height_at(file.width)) >= side)
        return made[next(enough, files[-1]).address]

    def for_paper(self, pictures: Iterable[Picture | None], size: tuple[int, int]) -> dict[str, bytes]:
        """JPEGs cut to the shape of `size` by `cut_name`, on all cores: decoding is most of the work of a book."""
        wanted = {cut_name(picture): picture for picture in pictures if picture is not None}

        def cut(picture: Picture) -> bytes:
            measured = self._measured[picture.href]
            return renditions.cut(measured, size, picture.focus, self.tree.files[measured.source], self.cache)

        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            return dict(zip(wanted, pool.map(cut, wanted.values()), strict=True))


def cut_name(picture: Picture) -> str:
    """Names a picture as it is cut: the same file may be shown round several points."""
    return picture.href if picture.focus is None else "{}-{}/{}".format(*picture.focus, picture.href)

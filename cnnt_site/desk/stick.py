"""The whole site as one ZIP for a USB stick: a folder, and a page beside it to begin with."""

from __future__ import annotations

import hashlib
import html
import re
import zipfile
from pathlib import Path

from cnnt_site.building.publishing import MANIFEST, published
from cnnt_site.files import move_into_place

FOLDER = "showroom"
START = "xem-open.html"
FOR_HOSTS = re.compile(r"_headers|_redirects|\.htaccess|robots\.txt|(?:hosting|\.well-known)/.*|.*\.(?:gz|br)")
"""What only means something to a web server."""

_WHEN = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same site, whenever it is packed
_START_PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url={gate}">
<title>{name}</title>
<p><a href="{gate}">{name}</a></p>
</html>
"""


class Damaged(Exception):
    """A file of the built site isn't what was published: its address."""


def pack(output: Path, target: Path) -> int:
    """Packs the site in `output` into the ZIP file `target`; how many files went in.

    Raises Damaged for a file that is missing or changed, OSError when the disk refuses.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    sums = {address: told for address, told in published(output).items() if not FOR_HOSTS.fullmatch(address)}
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_entry(START), _start_page(output))
            for address, told in sorted(sums.items()):
                try:
                    data = (output / address).read_bytes()
                except FileNotFoundError:
                    raise Damaged(address) from None
                if hashlib.sha256(data).hexdigest() != told:
                    raise Damaged(address)
                packed.writestr(_entry(f"{FOLDER}/{address}"), data)
            packed.writestr(_entry(f"{FOLDER}/{MANIFEST}"), (output / MANIFEST).read_bytes())
        move_into_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return len(sums)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # else the bytes would tell the system that packed them
    return entry


def _start_page(output: Path) -> str:
    """A page that opens the site: its name is that of the gate, and so is its language."""
    gate = (output / "index.html").read_text("utf-8")
    name, lang = re.search(r"<title>(.*?)</title>", gate, re.S), re.search(r'<html lang="([a-z-]+)"', gate)
    return _START_PAGE.format(
        lang=lang[1] if lang else "vi",
        name=name[1].strip() if name else html.escape(FOLDER),
        gate=f"{FOLDER}/index.html",
    )

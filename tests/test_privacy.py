"""Nothing private leaves: every byte of what is published, whatever the sources held."""

from __future__ import annotations

import getpass
import io
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from cnnt_site.cli import PROJECT
from tests.harness.sites import TinySite, site_from

SECRET = b"BI-MAT-0912345678"
JPEG = {0xD8, 0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xD9, 0xDD}
"""Start, JFIF, tables, frames, scans, end, restarts: what pixels need."""

WEBP = {b"VP8 ", b"VP8L"}
PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs"}


def _segments(data: bytes) -> Iterator[object]:
    """Names of all parts of a picture file; what stands after its end comes as a part of its own."""
    if data[:4] == b"RIFF":
        at, end = 12, 8 + struct.unpack("<I", data[4:8])[0]
        while at < end:
            yield data[at : at + 4]
            size = struct.unpack("<I", data[at + 4 : at + 8])[0]
            at += 8 + size + size % 2
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        at = end = 8
        while at < len(data):
            size = struct.unpack(">I", data[at : at + 4])[0]
            yield data[at + 4 : at + 8]
            at = end = at + 12 + size
    else:
        at = 0
        while at + 1 < len(data) and data[at] == 0xFF:
            yield data[at + 1]
            if data[at + 1] == 0xD9:
                at += 2
                break
            at += 2 if data[at + 1] == 0xD8 else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
            while at < len(data) - 1 and not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1
        end = at
    if end < len(data):
        yield f"{len(data) - end} bytes after the end"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    for tag in (ExifTags.Base.Make, ExifTags.Base.Artist, ExifTags.Base.ImageDescription, ExifTags.Base.Software):
        exif[tag] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = SECRET
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = SECRET
    return exif


def _sources() -> dict[str, bytes]:
    """Photographs with everything in them that a phone or an editor leaves there."""
    image, found = Image.new("RGB", (900, 600), (200, 30, 60)), {}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    told = PngImagePlugin.PngInfo()
    for add in (told.add_text, told.add_itxt):
        add("Comment", SECRET.decode())
    told.add_text("Author", SECRET.decode(), zip=True)
    told.add(b"prIv", SECRET)
    extras: dict[str, dict[str, object]] = {
        "JPEG": {"comment": SECRET},
        "PNG": {"pnginfo": told},
        "WEBP": {},
        "AVIF": {},
    }
    for form, more in extras.items():
        target = io.BytesIO()
        options: dict[str, Any] = {"exif": _exif(), "icc_profile": profile + SECRET, **more}
        options |= {} if form == "PNG" else {"xmp": xmp}
        image.save(target, form, **options)
        data = target.getvalue()
        if form == "JPEG":
            block = b"\xff\xed" + struct.pack(">H", 2 + 14 + len(SECRET)) + b"Photoshop 3.0\0" + SECRET
            data = data[:2] + block + data[2:]
        found[f"anh-{form.lower()}.jpg"] = data + (SECRET if form in ("JPEG", "PNG") else b"")
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    site = site_from(tmp_path_factory.mktemp("private"))
    lines = []
    for name, data in _sources().items():
        assert SECRET in data or zlib.crc32(data), name
        site.write(f"products/tranh-mot/photos/{name}", data)
        rights = "author: A, rights_holder: A, licence: {vi: A}, permission: {date: 2026-01-01, by: A}"
        lines.append(f"  - {{file: {name}, alt: {{vi: A}}, {rights}}}")
    site.edit("products/tranh-mot/product.yaml", "group:", "photos:\n" + "\n".join(lines) + "\ngroup:")
    site.write("notes.bak", SECRET)
    return site.built("--base-url", "https://vi-du.example/")


def test_pictures_hold_pixels_and_nothing_else(site: TinySite) -> None:
    seen = 0
    for address, data in site.files().items():
        if address.endswith((".jpg", ".webp", ".png")):
            seen += 1
            parts = set(_segments(data))
            assert any(parts <= allowed for allowed in (JPEG, WEBP, PNG)), (address, parts)
    assert seen >= 16


def test_no_byte_of_what_is_published_tells_of_the_sources_or_the_machine(site: TinySite) -> None:
    names = _private(site)
    for address, data in site.files().items():
        parts = [data]
        if address.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts += [book.read(name) for name in book.namelist()]
        found = [name for name in names for part in parts if name in part]
        assert not found, (address, found)


def _private(site: TinySite) -> list[bytes]:
    """What the sources hide, and what tells of this machine and who works on it."""
    machine = {str(site.folder), str(PROJECT), str(Path.home()), socket.gethostname()} - {"/", "/root", "localhost"}
    long = [name.encode() for name in machine if len(name) > 5]  # shorter ones stand by chance in any picture
    return [SECRET, *long, f"/{getpass.getuser()}/".encode()]


@pytest.mark.parametrize(
    "command", [["labels", "--products", "tranh-mot"], ["catalogue-pdf"]], ids=lambda each: each[0]
)
def test_paper_holds_pixels_and_words_and_nothing_else(command: list[str], site: TinySite) -> None:
    done = site.run(*command, "--base-url", "https://vi-du.example/", "--pdf", "paper.pdf")
    assert done.code == 0, done.err
    pdf = (site.folder / "paper.pdf").read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    photographs = [each for each in streams if each.startswith(b"\xff\xd8")]
    assert photographs, "its photographs are there"
    assert all(set(_segments(each)) <= JPEG for each in photographs)
    parts = [pdf, *(unpacked for each in streams if (unpacked := _inflated(each)))]
    assert len(parts) > 5
    for part in parts:
        assert not [name for name in _private(site) if name in part]
        assert not re.search(rb"/(CreationDate|ModDate|Thumb|EmbeddedFile|PieceInfo)\b", part)
        assert not re.search(rb"<(xmp:CreateDate|xmp:ModifyDate|xmp:Thumbnails|exif:|photoshop:)", part)


def _inflated(stream: bytes) -> bytes | None:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return None


def test_the_reader_of_segments_sees_what_must_not_be_there() -> None:
    """A test of the test: each source has parts that no published file may have."""
    for name, data in _sources().items():
        if "avif" not in name:
            parts = set(_segments(data))
            assert not any(parts <= allowed for allowed in (JPEG, WEBP, PNG)), name

"""The files made of pictures: AVIF where it is asked for, and what a cache may and may not change about them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms, features

from cnnt_site.cli import PROJECT
from cnnt_site.processes import WORTH
from tests.harness.browser import launched, watched
from tests.harness.servers import python_server
from tests.harness.sites import TinySite, site_from

AVIF = "pictures: {avif: yes}\n"
PHOTO = """\
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
producer: co-so-mot
group: crafts
certificates: [{level: province, year: 2020}]
photos:
  - file: anh.jpg
    alt: {vi: Ảnh, en: Photo}
    author: A
    rights_holder: A
    licence: {vi: Được phép, en: By permission}
    permission: {date: 2026-01-01, by: A}
"""


def _gradient(width: int, height: int) -> Image.Image:
    """A picture with something to see in every part."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    return Image.merge("RGB", [each.resize((width, height)) for each in (across, down, across.rotate(180))])


def _saved(picture: Image.Image, form: str = "JPEG") -> bytes:
    target = io.BytesIO()
    picture.save(target, form)
    return target.getvalue()


def _site(folder: Path, settings: str = "") -> TinySite:
    site = site_from(folder, PHOTO)
    site.write("products/tranh-mot/photos/anh.jpg", _saved(_gradient(800, 600)))
    site.edit("site.yaml", "province: tinh-thu\n", f"province: tinh-thu\n{settings}")
    return site


def _media(site: TinySite) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.startswith("media/anh-")}


def test_avif_is_made_when_asked_for_and_changes_nothing_else(tmp_path: Path) -> None:
    site = _site(tmp_path).built()
    before = _media(site)
    assert {path.rpartition(".")[2] for path in before} == {"webp", "jpg"}
    site.edit("site.yaml", "province: tinh-thu\n", f"province: tinh-thu\n{AVIF}")
    after = _media(site.built())
    added = set(after) - set(before)
    assert {path.rsplit("-", 1)[1] for path in added} == {"320.avif", "640.avif", "800.avif"}
    assert {path: after[path] for path in before} == before
    clean = _media(_site(tmp_path / "clean", AVIF).built("--jobs", "1"))
    assert clean == after
    for path in added:
        webp = Image.open(io.BytesIO(after[path.replace(".avif", ".webp")]))
        with Image.open(io.BytesIO(after[path])) as opened:
            assert (opened.format, opened.size) == ("AVIF", webp.size)
            assert not {"exif", "icc_profile", "xmp"} & set(opened.info)
            red, green, blue = opened.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
            assert max(abs(each - 127) for each in (red, green, blue)) < 6
    site.edit("site.yaml", AVIF, "")
    assert _media(site.built()) == before


@pytest.mark.parametrize("page", ["vi/san-pham/tranh-mot.html", "vi/co-so/co-so-mot.html", "vi/tra-cuu.html#q=tranh"])
def test_a_browser_takes_avif_first_and_webp_where_there_is_none(page: str, tmp_path: Path) -> None:
    for settings, ending in ((AVIF, ".avif"), ("", ".webp")):
        site = _site(tmp_path / ending, settings).built()
        with python_server(site.output) as home, launched() as browser, watched(browser) as watch:
            watch.open(f"{home}/{page}")
            image = watch.page.locator("main picture img").first
            image.scroll_into_view_if_needed()
            watch.page.wait_for_function("image => image.complete && image.naturalWidth", arg=image.element_handle())
            assert image.evaluate("image => image.currentSrc").endswith(ending)
            assert watch.complaints == []


def _open(folder: Path, picture: bytes, name: str) -> Image.Image:
    """The largest WebP that a site makes of a photo."""
    site = site_from(folder, PHOTO.replace("anh.jpg", name))
    site.write(f"products/tranh-mot/photos/{name}", picture)
    files = _media(site.built())
    widest = max((path for path in files if path.endswith(".webp")), key=lambda path: int(path.rsplit("-", 1)[1][:-5]))
    return Image.open(io.BytesIO(files[widest])).convert("RGB")


def _red_is_blue() -> bytes:
    """A colour profile like sRGB but for red and blue, which have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = (profile.index(name, 128) for name in (b"rXYZ", b"bXYZ"))
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_is_turned_upright_and_into_srgb_whatever_its_form(form: str, tmp_path: Path) -> None:
    """It lies on its side, red at what is its left when it stands upright, in colours of a profile of its own."""
    lying, exif, target = Image.new("RGB", (600, 400), (0, 200, 0)), Image.Exif(), io.BytesIO()
    lying.paste((220, 0, 0), (0, 200, 600, 400))
    exif[ExifTags.Base.Orientation] = 6
    lying.save(target, form, exif=exif, icc_profile=_red_is_blue(), quality=95)
    shown = _open(tmp_path, target.getvalue(), f"anh.{form.lower()}")
    assert shown.size == (400, 600)
    for across, strong in ((50, 2), (350, 1)):
        pixel = shown.getpixel((across, 300))
        assert isinstance(pixel, tuple)
        assert max(range(3), key=lambda channel: pixel[channel]) == strong, pixel


def test_what_shines_through_stands_on_white(tmp_path: Path) -> None:
    ghost = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ghost.paste((200, 0, 0, 128), (200, 0, 400, 300))
    shown = _open(tmp_path, _saved(ghost, "PNG"), "anh.png")
    left, right = (shown.getpixel((across, 150)) for across in (50, 350))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert min(left) > 250
    assert all(abs(is_ - wanted) < 8 for is_, wanted in zip(right, (227, 127, 127), strict=True)), right


def test_a_small_photo_is_never_made_larger(tmp_path: Path) -> None:
    site = site_from(tmp_path, PHOTO)
    site.write("products/tranh-mot/photos/anh.jpg", _saved(_gradient(200, 500)))
    sizes = {path.rsplit("-", 1)[1]: Image.open(io.BytesIO(data)).size for path, data in _media(site.built()).items()}
    assert sizes == {"200.webp": (200, 500), "200.jpg": (200, 500)}


PEAK = """
import sys
from pathlib import Path
from cnnt_site.pictures.pixels import open_photo
import PIL.Image, PIL.ImageCms, PIL.ImageOps, PIL.JpegImagePlugin, PIL.PngImagePlugin
data = Path(sys.argv[1]).read_bytes()
Path("/proc/self/clear_refs").write_text("5")
size = open_photo(data, 1280).size
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(*size, int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory since a moment")
@pytest.mark.parametrize(("form", "mode", "most"), [("JPEG", "RGB", 120), ("PNG", "RGB", 420), ("PNG", "RGBA", 620)])
def test_fifty_million_pixels_fit_into_a_worker(form: str, mode: str, most: int, tmp_path: Path) -> None:
    """The most MiB of a process that opens the largest photo there may be: JPEG is decoded at a quarter of its size."""
    colour = (200, 30, 60, 128)[: len(mode)]
    Image.new(mode, (8660, 5773), colour).save(tmp_path / "photo", form, compress_level=1)
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path / "photo")], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    width, height, peak = map(int, done.stdout.split())
    assert (width >= 1280, height >= 1280, width < 5000) == (True, True, True)
    assert peak <= most


def test_many_pictures_are_the_same_from_one_process_and_from_several(tmp_path: Path) -> None:
    photos = "".join(
        f"  - {{file: {number}.png, alt: {{vi: A}}, author: A, rights_holder: A, licence: {{vi: A}},"
        " permission: {date: 2026-01-01, by: A}}\n"
        for number in range(WORTH + 1)
    )
    site = site_from(tmp_path, PHOTO[: PHOTO.index("photos:")] + "photos:\n" + photos)
    for number in range(WORTH + 1):
        site.write(f"products/tranh-mot/photos/{number}.png", _saved(_gradient(330 + number, 300), "PNG"))
    files = site.built("--jobs", "2").files()
    for jobs in ("1", "3"):
        shutil.rmtree(site.output)
        shutil.rmtree(tmp_path / ".cache")
        assert site.built("--jobs", jobs).files() == files


def test_paper_before_the_first_build_makes_nothing_for_screens(tmp_path: Path) -> None:
    clean = _site(tmp_path / "clean").built("--base-url", "https://vi-du.vn/").files()
    site = _site(tmp_path / "paper")
    done = site.run("catalogue-pdf", "--base-url", "https://vi-du.vn/", "--pdf", "a.pdf")
    assert done.code == 0, done.err
    kept = b"".join(path.read_bytes() for path in (site.folder / ".cache").glob("??/*"))
    assert b"JFIF" in kept
    assert b"WEBPVP8" not in kept
    assert site.built("--base-url", "https://vi-du.vn/").files() == clean


@pytest.mark.parametrize(
    ("lang", "what", "cure"), [("vi", "không ghi được AVIF", "avif: no"), ("en", "can't write", "--upgrade pillow")]
)
def test_a_machine_that_cannot_write_avif_says_so(
    lang: str, what: str, cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    site = _site(tmp_path, AVIF)
    done = site.run("build", "--lang", lang)
    assert done.code == 1
    assert "site.yaml:" in done.err
    assert what in done.err
    assert cure in done.err
    site.edit("site.yaml", "avif: yes", "avif: no")
    site.built()

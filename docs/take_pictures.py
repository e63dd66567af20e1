"""Takes the README's pictures of the real site anew: `make pictures`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from cnnt_site.cli import PROJECT, main
from tests.harness.browser import launched, watched

DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

PICTURES = {
    "home-desktop": ("vi/index.html", DESKTOP, "light"),
    "catalogue-english": ("en/browse.html", DESKTOP, "light"),
    "product-phone": ("vi/san-pham/tranh-sen-bay-nghia.html", PHONE, "light"),
    "place-dark": ("en/places/dong-thap/tam-nong-district.html", PHONE, "dark"),
}
"""Name of the picture, page, window and colours."""

HEAVIEST = 200_000


def take() -> None:
    """Builds the site into a folder that is thrown away and writes the pictures beside this file."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        site = Path(folder) / "site"
        built = main(["--content", str(PROJECT / "content"), "--output", str(site), "--locked"])
        if built != 0:
            sys.exit(built)
        for name, (address, window, colours) in PICTURES.items():
            with watched(browser, viewport=window, color_scheme=colours, device_scale_factor=2) as watch:
                watch.open((site / address).as_uri())
                watch.page.wait_for_timeout(500)
                shot = watch.page.screenshot()
            path = Path(__file__).with_name(f"{name}.webp")
            with Image.open(io.BytesIO(shot)) as picture:
                picture.convert("RGB").save(path, "WEBP", quality=72, method=6)
            print(f"{path.name}: {path.stat().st_size // 1000} KB")
            if path.stat().st_size > HEAVIEST:
                sys.exit(f"{path.name} is over {HEAVIEST // 1000} KB")


if __name__ == "__main__":
    take()

"""Times the preview: from the write of a text to the new page served, on this machine.

    python bench/preview.py --products 1000 --saves 9

Starts `build.py serve` on invented products, changes the text of one product after another, and asks for
the page until it has the new words. Prints each time in milliseconds and the median.
"""

from __future__ import annotations

import argparse
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

HERE = Path(__file__).resolve().parent


def free_port() -> int:
    """A port that nobody serves at."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def page(address: str) -> str:
    """A page as text; "" while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode("utf-8"))
    except OSError:
        return ""


def wait_for(address: str, words: str, most: float, every: float) -> float:
    """Seconds until the page, asked for that often, has the words. Raises TimeoutError after `most`."""
    started = time.monotonic()
    while words not in page(address):
        if time.monotonic() - started > most:
            raise TimeoutError(f"{address} never said {words}")
        time.sleep(every)
    return time.monotonic() - started


def measure(content: Path, saves: int) -> list[float]:
    """Milliseconds of each save."""
    port = free_port()
    order = [sys.executable, str(HERE.parent / "build.py"), "serve", "--content", str(content), "--no-open"]
    order += ["--port", str(port), "--cache", str(content.parent / "preview-cache"), "--lang", "en"]
    served = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root, found = f"http://127.0.0.1:{port}/", []
    try:
        wait_for(root, "</html>", 3600, 0.5)
        for turn, folder in enumerate(sorted((content / "products").iterdir())[::7][:saves], start=1):
            permalink = f"{root}p/{folder.name}.html"
            link = re.search(r'href="([^"]*vi/[^"]*)"', page(permalink))
            assert link, folder.name
            text, words = folder / "vi.md", f"Lần sửa thứ {turn} của bản xem thử"
            text.write_text(f"{text.read_text('utf-8')}\n{words}.\n", encoding="utf-8", newline="\n")
            found.append(1000 * wait_for(urljoin(permalink, link[1]), words, 60, 0.02))
            time.sleep(1)
    finally:
        served.terminate()
        served.wait()
    return found


def main() -> int:
    """Makes the products, and prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        content = Path(made) / "content"
        corpus = [sys.executable, str(HERE / "corpus.py"), str(content), "--products", str(asked.products)]
        subprocess.run(corpus, check=True)
        found = measure(content, asked.saves)
    print(f"{asked.products} products: " + ", ".join(f"{one:.0f}" for one in found) + " ms")
    print(f"median {statistics.median(found):.0f} ms from the write to the new page served")
    return 0


if __name__ == "__main__":
    sys.exit(main())

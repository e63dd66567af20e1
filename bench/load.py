"""The fair's opening hour: visitors who scan a code, look round and search, against nginx on this machine.

    python -m bench.load --output output --visitors 2000 --at-once 50 --seconds 60

It ends after so many visitors or seconds, whichever comes first, and asks no other machine. Every visitor
has a connection of their own and a browser that keeps what it has: a printed code, the product behind it
with its styles, scripts and first pictures, the home page, the list with what its search loads, two more
products. Nobody pauses, so the rate is what the server (and this script beside it) can do, not what an
hour brings; the last line says how many visitors an hour that would be.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.harness.servers import served

KINDS = {
    "code": r"p/",
    "media": r"media/",
    "assets": r"assets/",
    "search": r"data/search/",
    "page": r".*\.html$",
}
"""Kinds of request by the pattern of their address."""


class Loaded(HTMLParser):
    """What a browser loads of its own accord for a page: styles, scripts, pictures that aren't put off."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what one element loads."""
        said = dict(attrs)
        wanted = None
        if tag == "script" or (tag == "img" and said.get("loading") != "lazy"):
            wanted = said.get("src")
        elif tag == "link" and said.get("rel") in ("stylesheet", "icon"):
            wanted = said.get("href")
        if wanted and not wanted.startswith("data:"):
            self.found.append(wanted)


@cache
def loads(output: Path, page: str) -> tuple[str, ...]:
    """Addresses that a page loads, from the site's root."""
    found = Loaded((output / page).read_text("utf-8")).found
    return tuple(urldefrag(urljoin(f"/{page}", each))[0].lstrip("/") for each in found)


@dataclass(frozen=True)
class Showroom:
    """The built site as its visitors meet it: pages by what they are for."""

    output: Path
    codes: Sequence[str]
    products: Sequence[str]
    home: str
    catalogue: str
    search: Sequence[str]

    @staticmethod
    def of(output: Path) -> Showroom:
        """What stands in a folder that was built."""
        files = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
        lang = "vi"
        catalogue = next(file for file in files if re.fullmatch(rf"{lang}/(tra-cuu|browse)\.html", file))
        codes = [file for file in files if re.fullmatch(r"p/[a-z0-9]{4}\.html", file)]
        products = [file for file in files if re.fullmatch(rf"{lang}/san-pham/[^/]+\.html", file)]
        search = [file for file in files if re.fullmatch(rf"data/search/{lang}[^/]*\.js", file)]
        return Showroom(output, codes, products, f"{lang}/index.html", catalogue, search)

    def visit(self, number: int) -> Iterator[str]:
        """The addresses that one visitor asks for, each once: a browser keeps what it has."""
        choice = random.Random(number)
        pages = [choice.choice(self.codes), choice.choice(self.products), self.home, self.catalogue]
        pages += choice.sample(self.products, 2)
        seen: set[str] = set()
        for page in pages:
            more = self.search if page == self.catalogue else ()
            for address in (page, *loads(self.output, page), *more):
                if address not in seen:
                    seen.add(address)
                    yield address


@dataclass
class Figures:
    """Seconds of every answer by kind, bytes that came, answers that were none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0
    visitors: int = 0
    errors: list[str] = field(default_factory=list)


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, int]:
    """One request on an open connection: status, bytes of the body as they were sent."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    length = re.search(rb"content-length: (\d+)", head)
    if length is not None:
        return status, len(await reader.readexactly(int(length[1])))
    size = 0
    while piece := int(await reader.readuntil(b"\r\n"), 16):
        size += len(await reader.readexactly(piece + 2)) - 2
    await reader.readexactly(2)
    return status, size


async def visitor(root: str, addresses: Sequence[str], figures: Figures, until: float) -> None:
    """One visit on one connection."""
    parts = urlsplit(root)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        for address in addresses:
            if time.monotonic() > until:
                return
            started = time.perf_counter()
            status, size = await asyncio.wait_for(ask(reader, writer, parts.path + address), 10)
            kind = next(name for name, pattern in KINDS.items() if re.match(pattern, address))
            figures.seconds[kind].append(time.perf_counter() - started)
            figures.size += size
            if status != 200:
                figures.errors.append(f"{address}: {status}")
        figures.visitors += 1
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        figures.errors.append(f"{type(error).__name__}: {error}")
    finally:
        writer.close()


async def opening(root: str, visits: Sequence[Sequence[str]], at_once: int, seconds: float) -> tuple[Figures, float]:
    """All visits, so many at once; the figures, and how long it took."""
    figures, waiting, started = Figures(), iter(visits), time.monotonic()

    async def queue() -> None:
        for addresses in waiting:
            if time.monotonic() > started + seconds:
                return
            await visitor(root, addresses, figures, started + seconds)

    await asyncio.gather(*(queue() for _ in range(at_once)))
    return figures, time.monotonic() - started


def told(name: str, seconds: list[float]) -> str:
    """A line of the table."""
    cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else [*seconds] * 99
    return f"{name:8} {len(seconds):8} {cuts[49] * 1000:8.1f} {cuts[98] * 1000:8.1f} {max(seconds) * 1000:8.1f}"


def main() -> None:
    """Serves the site, lets the visitors in, prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path("output"))
    parser.add_argument("--visitors", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    showroom = Showroom.of(asked.output.resolve())
    visits = [tuple(showroom.visit(number)) for number in range(min(asked.visitors, 20_000))]
    with served("nginx", showroom.output) as root:
        figures, took = asyncio.run(opening(root, visits, min(asked.at_once, 400), min(asked.seconds, 600)))
    every = [each for kind in figures.seconds.values() for each in kind]
    print("kind     requests   p50 ms   p99 ms   max ms")
    for kind, seconds in figures.seconds.items():
        print(told(kind, seconds))
    print(told("all", every))
    print(
        f"{figures.visitors} visitors, {asked.at_once} at once, {took:.1f} s: {len(every) / took:.0f} requests/s, "
        f"{figures.size / took / 1e6:.1f} MB/s, {figures.size / max(figures.visitors, 1) / 1000:.0f} kB a visitor, "
        f"{len(figures.errors)} errors, {figures.visitors / took * 3600:.0f} visitors an hour"
    )
    for error in sorted(set(figures.errors))[:10]:
        print(error)


if __name__ == "__main__":
    main()

"""What a cheap phone on slow data gets: python bench/theme/measure.py SITE

SITE is a built showroom. Every kind of page is opened three times in Chromium as a phone of 390 by 844 points at 2x,
at 1 Mbit/s and 300 ms a round trip, with the processor at a quarter; pages come compressed, from this machine, from an
empty cache. The median of each figure is printed beside the budget of the page's kind; a figure above it ends in "!".
"""

from __future__ import annotations

import functools
import gzip
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Browser

from tests.harness.browser import launched

BUDGETS: dict[str, dict[str, float]] = {
    "home": {"html": 12, "css": 10, "js": 6, "pictures": 40, "all": 70, "to the end": 180, "requests": 8},
    "catalogue": {"html": 18, "css": 10, "js": 14, "pictures": 45, "all": 90, "to the end": 320, "requests": 10},
    "product": {"html": 12, "css": 10, "js": 8, "pictures": 35, "all": 65, "to the end": 150, "requests": 7},
    "fair": {"html": 16, "css": 10, "js": 4, "pictures": 30, "all": 60, "to the end": 250, "requests": 9},
}
"""Compressed kilobytes and requests of the first view, from section 17 of the design brief."""

TIMES = {"lcp": 2000, "cls": 0.02, "inp": 150, "blocked": 100}
"""Milliseconds, but for the layout shift, which is a share."""

PAGES = {
    "home": "vi/index.html",
    "catalogue": "vi/tra-cuu.html",
    "product": "vi/san-pham/tranh-sen-bay-nghia.html",
    "fair": "vi/hoi-cho/hoi-cho-cnnt-phia-nam-2022.html",
}
REPEATS = 3
PACKED = (".html", ".css", ".js", ".svg", ".json")

WATCH = """
  window.seen = { lcp: 0, cls: 0, inp: 0, blocked: 0 };
  const on = (type, tell, more) => new PerformanceObserver((list) => list.getEntries().forEach(tell))
    .observe({ type, buffered: true, ...more });
  on("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  on("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  on("event", (entry) => (seen.inp = Math.max(seen.inp, entry.duration)), { durationThreshold: 16 });
  on("longtask", (entry) => (seen.blocked += Math.max(0, entry.duration - 50)));
"""


class Handler(SimpleHTTPRequestHandler):
    """Files, those that pack well compressed, as any host would send them."""

    def do_GET(self) -> None:
        """Sends one file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        if path.suffix in PACKED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path.name))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site's root."""
    handler = functools.partial(Handler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


IN_VIEW = """() => [...document.images]
  .filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
  .map((image) => image.currentSrc)"""


def visit(browser: Browser, address: str, kind: str) -> dict[str, float]:
    """One visit from an empty cache: times, what the first view needs (so neither pictures that the browser fetches
    ahead nor the style for paper), and what came in all when the end was reached."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    speed = 1_000_000 / 8
    throttle = {"offline": False, "latency": 300, "downloadThroughput": speed, "uploadThroughput": speed}
    slow.send("Network.emulateNetworkConditions", throttle)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    kinds: dict[str, tuple[str, str]] = {}
    weights: dict[str, float] = {}

    def came(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    slow.on("Network.responseReceived", came)
    slow.on(
        "Network.loadingFinished",
        lambda event: weights.__setitem__(event["requestId"], event["encodedDataLength"] / 1000),
    )
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    in_view = set(page.evaluate(IN_VIEW))
    first_view = page.evaluate("({ ...seen })")
    names = {"Document": "html", "Stylesheet": "css", "Script": "js", "Image": "pictures"}
    found = dict.fromkeys(("html", "css", "js", "pictures", "requests"), 0.0)
    for request, weight in weights.items():
        name = names.get(kinds[request][0])
        if name and (name != "pictures" or kinds[request][1] in in_view) and "/paper-" not in kinds[request][1]:
            found[name] += weight
            found["requests"] += 1
    found["all"] = sum(found[name] for name in names.values())
    for top in range(0, page.evaluate("document.documentElement.scrollHeight"), 600):
        page.evaluate("(top) => scrollTo(0, top)", top)
        page.wait_for_timeout(150)
    page.wait_for_timeout(1500)
    found["to the end"] = sum(weights.values())
    page.evaluate("scrollTo(0, 0)")
    page.locator({"catalogue": ".tools-filter", "home": "summary"}.get(kind, ".menu-link")).first.click()
    page.wait_for_timeout(400)
    found.update(page.evaluate("seen"), lcp=first_view["lcp"], blocked=first_view["blocked"])
    context.close()
    return found


def main() -> None:
    """Prints the table."""
    site = Path(sys.argv[1]).resolve()
    columns = ("html", "css", "js", "pictures", "all", "requests", "to the end", "lcp", "cls", "inp", "blocked")
    print("| page | " + " | ".join(columns) + " |\n|---" * 1 + "|---:" * len(columns) + "|")
    with served(site) as root, launched() as browser:
        for kind, address in PAGES.items():
            visits = [visit(browser, root + address, kind) for _ in range(REPEATS)]
            limits = {**BUDGETS[kind], **TIMES}
            cells = []
            for column in columns:
                value = statistics.median(each[column] for each in visits)
                shown = f"{value:.3f}" if column == "cls" else f"{value:.1f}" if value < 100 else f"{value:.0f}"
                cells.append(f"{shown} / {limits[column]:g}{'!' if value > limits[column] else ''}")
            print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()

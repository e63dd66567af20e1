"""Measures search as visitors have it: bytes, and in Chromium at a quarter of the processor, times and memory.

    python bench/search/measure.py corpus-1000.json … [--minisearch FILE] [--pagefind COMMAND]

The corpora come from the generator that the measurements of other engines were made with. FILE is
MiniSearch's `dist/umd/index.js`, COMMAND the `pagefind` program (both come from npm); they then run beside
ours in the same run, on the same names, makers and places. MiniSearch gets folded text, with which it does
best. Pagefind can't run from disk, so it alone has a server; its index is made of one page a product.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from write_index import searchable

from cnnt_site.search.index import write
from cnnt_site.search.synonyms import built_in
from cnnt_site.themes import joined
from tests.harness.browser import FLAGS, find_browser
from tests.harness.servers import python_server

ASSETS = Path(__file__).resolve().parents[2] / "themes" / "base" / "assets"
SCRIPT = joined(ASSETS / name for name in ("search.js", "catalogue.js")).decode()
TYPED = (
    "hủ tiếu mỹ tho",
    "tranh sen",
    "khô cá lóc",
    "banh trang my long",
    "dừa sáp",
    "keo dua ben tre",
    "mam ca linh",
    "chieu dinh yen",
)
KEYS = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
NARROWED = [
    ("khô cá", {"level": ["2"]}),
    ("trà", {"year": ["2022", "2023"]}),
    ("sấy", {"category": ["F"], "level": ["1"]}),
    ("", {"district": ["Cao Lãnh"]}),
    ("", {"level": ["3"], "year": ["2024"]}),
    ("keo dua", {}),
    ("mật ong", {"category": ["F"]}),
    ("banh", {"year": ["2021"]}),
]

OURS = """async ([entry, keys, narrowed]) => {
  const load = (src) => new Promise((onload, onerror) =>
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror })));
  const start = performance.now();
  const shop = await CnntSearch.open({ ...entry, load });
  const ready = performance.now() - start;
  shop.find({ text: "khô cá lóc" }).products.slice(0, 10).map((n) => shop.product(n));
  const first = performance.now() - start;
  await shop.ask({ text: "khô cá lóc" });
  const whole = performance.now() - start;
  const timed = (query) => {
    const before = performance.now();
    shop.find(query).products.slice(0, 10).map((n) => shop.product(n));
    return performance.now() - before;
  };
  const times = keys.map((text) => timed({ text }));
  const facets = narrowed.flatMap(([text, filters]) => [1, 2, 3].map(() => timed({ text, filters })));
  window.shop = shop;
  return { ready, first, whole, keys: times, facets };
}"""

PEER = """async ([documents, keys]) => {
  const fold = (text) => text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").replace(/[đð]/gi, "d").toLowerCase();
  const start = performance.now();
  const folded = documents.map(([name, maker, place], id) =>
    ({ id, name: fold(name), maker: fold(maker), place: fold(place) }));
  const index = new MiniSearch({ fields: ["name", "maker", "place"] });
  index.addAll(folded);
  const ready = performance.now() - start;
  const ask = (text) => index.search(fold(text), { boost: { name: 4, maker: 2, place: 2 }, combineWith: "AND",
    prefix: (term, at, all) => at === all.length - 1, fuzzy: (term) => (term.length > 3 ? 0.25 : false) });
  ask("khô cá lóc");
  const first = performance.now() - start;
  const times = keys.map((text) => {
    const before = performance.now();
    ask(text);
    return performance.now() - before;
  });
  window.shop = index;
  return { ready, first, keys: times };
}"""


PAGEFIND = """async ([keys]) => {
  const start = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  const ask = async (text) => {
    const { results } = await pagefind.search(text);
    await Promise.all(results.slice(0, 10).map((one) => one.data()));
  };
  await pagefind.init();
  const ready = performance.now() - start;
  await ask("khô cá lóc");
  const first = performance.now() - start;
  const times = [];
  for (const text of keys) {
    const before = performance.now();
    await ask(text);
    times.push(performance.now() - before);
  }
  window.shop = pagefind;
  return { ready, first, keys: times };
}"""


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpora", nargs="+", type=Path)
    arguments.add_argument("--minisearch", type=Path)
    arguments.add_argument("--pagefind")
    arguments.add_argument("--slower", type=float, default=4)
    options = arguments.parse_args()
    for corpus in options.corpora:
        products = json.loads(corpus.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            ours(products, Path(folder), options.slower)
        if options.minisearch:
            peer(products, options.minisearch, options.slower)
        if options.pagefind:
            pages(products, options.pagefind, options.slower)


def ours(products: list[dict[str, Any]], folder: Path, slower: float) -> None:
    index = write(searchable(products), built_in())
    for name, data in index.items():
        (folder / name).write_bytes(data)
    engine = packed(SCRIPT.encode())
    layers = {name: packed(data) for name, data in index.items() if name.startswith("vi")}
    base = layers.pop("vi.js")
    print(f"{len(products)} products: scripts {engine} B gzip, first file {base}, together {engine + base}")
    print("  layers " + ", ".join(f"{name.split('.')[1]} {size}" for name, size in sorted(layers.items())))
    with opened(folder, slower) as page:
        page.add_script_tag(content=SCRIPT)
        before = heap(page)
        entry = {"lang": "vi", "src": "vi.js"}
        times = page.evaluate(OURS, [entry, KEYS, NARROWED])
        told("ours", times, heap(page) - before)
        print(f"  ours with all columns {times['whole']:.0f} ms; text and facets {spread(times['facets'])}")


def peer(products: list[dict[str, Any]], script: Path, slower: float) -> None:
    documents = [[one["vi"]["name"], one["producer"], f"{one['district']} {one['province']}"] for one in products]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), slower) as page:
        page.add_script_tag(content=script.read_text("utf-8"))
        before = heap(page)
        told("MiniSearch", page.evaluate(PEER, [documents, KEYS]), heap(page) - before)


def pages(products: list[dict[str, Any]], program: str, slower: float) -> None:
    """Pagefind on a page a product: its name, maker and place."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for one in products:
            text = f"<h1>{one['vi']['name']}</h1><p>{one['producer']} {one['district']} {one['province']}</p>"
            head = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{one["id"]}</title>'
            (folder / f"{one['id']}.html").write_text(f"{head}<body>{text}</body></html>", "utf-8")
        subprocess.run([program, "--site", str(folder)], check=True, capture_output=True)
        with opened(folder, slower, lambda: python_server(folder)) as page:
            before = heap(page)
            times = page.evaluate(PAGEFIND, [KEYS])
            told("Pagefind", times, heap(page) - before)


class opened:  # noqa: N801
    """A page of a folder, on disk or as served, in a browser that is slowed down."""

    def __init__(
        self, folder: Path, slower: float, serve: Callable[[], AbstractContextManager[str]] | None = None
    ) -> None:
        self.folder, self.slower = folder, slower
        self.root = serve() if serve else nullcontext(folder.as_uri() + "/")

    def __enter__(self) -> Page:
        self.playwright = sync_playwright().start()
        flags = [*FLAGS, "--js-flags=--expose-gc", "--enable-precise-memory-info"]
        self.browser = self.playwright.chromium.launch(executable_path=find_browser(), args=flags)
        page = self.browser.new_page()
        (self.folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><title>search</title>', "utf-8")
        page.goto(self.root.__enter__() + "index.html")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": self.slower})
        return page

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        self.root.__exit__(None, None, None)
        self.playwright.stop()


def heap(page: Page) -> float:
    """Megabytes that stay after the garbage is gone."""
    used: int = page.evaluate("() => { gc(); gc(); return performance.memory.usedJSHeapSize }")
    return used / 1e6


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(times):.1f}, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms"


def told(name: str, times: dict[str, Any], megabytes: float) -> None:
    print(f"  {name}: ready {times['ready']:.0f} ms, first result {times['first']:.0f} ms", end="")
    print(f", per key {spread(times['keys'])}, heap {megabytes:.1f} MB")


if __name__ == "__main__":
    main()

"""A reader of links that knows nothing of ours: Python's HTML parser, and requests to a real server."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.harness.servers import Answer, ask


class Links(HTMLParser):
    """Every address that a page names, as written, and every id that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.base = ""
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes one element's addresses."""
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif tag == "base" and name == "href":
                self.base = value or ""
            elif name in ("href", "src", "poster", "action", "data"):
                self.found.append(value or "")
            elif name == "srcset":
                self.found += [candidate.split()[0] for candidate in (value or "").split(",") if candidate.strip()]


def body(answer: Answer) -> bytes:
    """The file, unpacked if it was sent packed."""
    return gzip.decompress(answer.body) if answer.headers.get("Content-Encoding") == "gzip" else answer.body


def crawl(start: str) -> Iterator[tuple[str, str, Answer]]:
    """Follows every link below `start`: where it was first found, where it leads, what the server says.

    An anchor that its page lacks comes as an answer of status 0.
    """
    waiting, seen, ids = [("", start)], {start}, dict[str, set[str]]()
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        origin, address = waiting.pop()
        answer = ask(address, Accept_Encoding="gzip")
        yield origin, address, answer
        if answer.headers.get_content_type() != "text/html":
            continue
        links = Links(body(answer).decode("utf-8"))
        ids[address] = links.ids
        for written in links.found:
            target, anchor = urldefrag(urljoin(urljoin(address, links.base), written))
            if urlsplit(target).netloc != urlsplit(start).netloc:
                continue
            if anchor and "=" not in anchor:
                anchors.append((address, target, anchor))
            if target not in seen:
                seen.add(target)
                waiting.append((address, target))
    for origin, target, anchor in anchors:
        if target in ids and anchor not in ids[target]:
            yield origin, f"{target}#{anchor}", Answer(0, answer.headers, b"")


@lru_cache(maxsize=1000)
def _links(page: bytes) -> Links:
    return Links(page.decode("utf-8"))


def dead_links(files: dict[str, bytes]) -> Iterator[str]:
    """Links of the pages among `files`, compressed ones too, and of styles, to files of the site that aren't there."""
    for address, data in files.items():
        if address.endswith(".css"):
            for written in re.findall(r"url\(([^)\"'#]+)\)", data.decode("utf-8")):
                if urljoin(f"file:///{address}", written)[8:] not in files:
                    yield f"{address} shows {written}, which isn't there"
        if not address.endswith((".html", ".html.gz")):
            continue
        links = _links(gzip.decompress(data) if address.endswith(".gz") else data)
        if links.base:
            continue  # 404.html, which is shown at any address
        for written in links.found:
            target = urldefrag(urljoin(f"file:///{address}", written))[0]
            if target.startswith("file:///") and unquote(target[8:]) not in files:
                yield f"{address} links to {written}, which isn't there"

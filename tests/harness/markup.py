"""What no page of ours may hold, read by an independent parser."""

from __future__ import annotations

from collections.abc import Iterator

from tests.harness.sites import TinySite, parse

FOREIGN = ("iframe", "object", "embed", "base", "style", "math", "frame", "applet", "marquee")
"""Elements that no template of ours has."""


def intruders(site: TinySite, address: str) -> Iterator[str]:
    """Scripts that stand in a page or come from elsewhere, handlers, styles, foreign elements and addresses."""
    for element in parse((site.output / address).read_bytes()).iter():
        if not isinstance(element.tag, str):
            continue
        where = f"{address}: <{element.tag}"
        if element.tag in FOREIGN and (element.tag, address) != ("base", "404.html"):
            yield where
        src = element.get("src") or ""
        if element.tag == "script" and element.get("type") is None and not src.endswith(".js"):
            yield f"{where} without src"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                yield f"{where} {name}"
            loads = name in ("src", "srcset", "poster", "data", "action") or (element.tag == "link" and name == "href")
            if loads and value.strip().startswith(("//", "\\", "http:", "data:", "javascript:")):
                yield f"{where} {name}={value}"
            scheme = value.strip().lower().partition(":")[0] if name == "href" else ""
            if element.tag == "a" and scheme in ("javascript", "data", "vbscript", "file", "blob"):
                yield f"{where} {name}={value}"

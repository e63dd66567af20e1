"""Long texts: Markdown to sanitised HTML, with links between records left open for the page."""

from __future__ import annotations

import functools
import re
from itertools import chain, count
from typing import Any

from cnnt_site.reading.text_file import LINK_KINDS, Text
from cnnt_site.vietnamese import slug

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br"),
    *("em", "strong", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_HEADING_IDS = {heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")}
_ALIGN = re.compile(r' align="(left|center|right)"')
_TABLE = re.compile(r"(<table>.*?</table>)", re.S)

_FOUND_BY = {
    "`": ("backtick",),
    "\\": ("escape",),
    "[": ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    "<": ("autolink", "automail"),
    "&": ("entity",),
    "*": ("em_strong",),
    "_": ("em_strong",),
}
"""Signs, and what Markdown looks for inside of lines that is never found without them."""

INTERNAL = re.compile(r'href="(' + "|".join(LINK_KINDS) + r'):([a-z0-9/-]+)"')
"""A link that a page fills with the way from itself to the record."""


@functools.lru_cache(maxsize=256)
def html(source: str) -> str:
    """The HTML of a text. Headings begin at h2 and carry ids; tables stand in a box that scrolls."""
    converter = _converter("".join(sign for sign in _FOUND_BY if sign in source))
    converter.reset()
    cleaned: str = _cleaner().clean(converter.convert(source))
    cleaned = _ALIGN.sub(r' class="align-\1"', cleaned)
    return _TABLE.sub(r'<div class="table-box">\1</div>', cleaned)


def html_of(text: Text) -> str:
    """The HTML of a text record."""
    return html(text.source)


@functools.cache
def _converter(signs: str) -> Any:
    """A Markdown converter for texts that have these signs and no others: looking in vain is most of the work.

    There is one for all texts of a kind, as making it costs more than using it.
    """
    import markdown
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.treeprocessors import Treeprocessor

    class Headings(Treeprocessor):
        """Moves headings below the page's own h1 and names them by their words."""

        def run(self, root: Any) -> None:
            seen: set[str] = set()
            for element in root.iter():
                if element.tag in ("h1", *_HEADING_IDS):
                    element.tag = f"h{max(2, int(element.tag[1]))}"
                    base = slug("".join(element.itertext())) or "muc"
                    name = next(n for n in chain((base,), (f"{base}-{i}" for i in count(2))) if n not in seen)
                    seen.add(name)
                    element.set("id", name)

    extensions = [TableExtension(use_align_attribute=True), SaneListExtension()]
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    for name in set(chain(*_FOUND_BY.values())).difference(*(_FOUND_BY[sign] for sign in signs)):
        converter.inlinePatterns.deregister(name)
    converter.treeprocessors.register(Headings(converter), "headings", 5)
    return converter


@functools.cache
def _cleaner() -> Any:
    """One cleaner a process, for the same reason."""
    import nh3

    return nh3.Cleaner(
        tags=_TAGS,
        attributes={**_ATTRIBUTES, **_HEADING_IDS},
        url_schemes={"http", "https", "mailto", "tel", *LINK_KINDS},
        link_rel="noopener",
    )

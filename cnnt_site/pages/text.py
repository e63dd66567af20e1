"""Text pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.parts import Prose, SourceLine
from cnnt_site.pages.product import languages_of
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class TextView:
    """A text page."""

    id: str
    title: Phrase
    summary: Phrase | None
    body: Prose | None
    sources: tuple[SourceLine, ...]
    notices: tuple[str, ...]


def plan(showroom: Showroom, lang: str) -> Iterator[Draft]:
    """The text pages of a language."""
    for id_ in showroom.catalogue.records.pages:
        yield Draft(showroom.routes.of("page", id_, lang), _text, (lang, id_))


def _text(showroom: Showroom, lang: str, id_: str) -> PagePlan:
    page = showroom.catalogue.records.pages[id_]
    address = showroom.routes.of("page", id_, lang)
    teller = Teller(showroom, lang, address)
    body = teller.story(f"pages/{id_}")
    missing = lang not in page.title or (body is not None and body.lang)
    view = TextView(
        id=id_,
        title=teller.must_say(page.title),
        summary=teller.say(page.summary),
        body=body,
        sources=teller.sources(page.sources),
        notices=("notice.no_translation",) if missing else (),
    )
    about = About(
        kind="page",
        id=id_,
        title=view.title.text,
        description=view.summary.text if view.summary else "",
        told=languages_of(showroom, page.title, f"pages/{id_}"),
    )
    return PagePlan(address, "text.html", lang, frame(teller, about), view)

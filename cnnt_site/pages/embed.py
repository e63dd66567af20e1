"""Pages for frames on other sites: a product as a card, a showcase as a list. No script, light or dark.

They stand by language and short code, so that a line copied once goes on working: `embed/vi/k7m2.html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cnnt_site.addresses.scheme import PERMANENT, PageKey, coded_page, coded_pages
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import showcase
from cnnt_site.pages.framed import EMBED, embed_address
from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.labels import carded, showcase_title
from cnnt_site.pages.parts import Card
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.standing import RedirectView
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class EmbedCardView:
    """A product in a frame. `href` is its page, `withdrawn` that it has left the showroom."""

    card: Card
    href: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class EmbedListView:
    """A showcase in a frame; `href` is its page."""

    title: Phrase
    href: str
    cards: tuple[Card, ...]


def plan(showroom: Showroom) -> Iterator[Draft]:
    """A frame for everything that has a short code, in each language, and redirects at codes that moved."""
    for lang in showroom.catalogue.languages:
        for page in coded_pages(showroom.catalogue):
            compose = _card if page.kind == "product" else _list
            yield Draft(embed_address(showroom, page.kind, page.id, lang), compose, (page.kind, page.id, lang))
        for old in _moved_codes(showroom):
            yield Draft(f"{EMBED}{lang}/{old}.html", _redirect, (old, lang))


def _card(showroom: Showroom, kind: str, id_: str, lang: str) -> PagePlan:
    teller = Teller(showroom, lang, embed_address(showroom, kind, id_, lang))
    card = teller.card(id_)
    withdrawn = showroom.catalogue.entries[id_].product.withdrawn is not None
    about = About(kind=kind, id=id_, title=card.name.text, indexed=False)
    return PagePlan(
        teller.here, "embed_card.html", lang, frame(teller, about), EmbedCardView(card, card.href, withdrawn)
    )


def _list(showroom: Showroom, kind: str, id_: str, lang: str) -> PagePlan:
    teller = Teller(showroom, lang, embed_address(showroom, kind, id_, lang))
    title = showcase_title(teller, PageKey(kind, id_))
    products = dict.fromkeys(product for product, _ in carded(showroom, showcase(showroom.catalogue, kind, id_)))
    about = About(kind=kind, id=id_, title=title.text, indexed=False)
    view = EmbedListView(title, teller.href(kind, id_), teller.cards(products))
    return PagePlan(teller.here, "embed_list.html", lang, frame(teller, about), view)


def _moved_codes(showroom: Showroom) -> Iterator[str]:
    """Codes that are kept for what has another one now, or is gone."""
    moved = showroom.routes.ledger.moved
    for address in sorted(showroom.routes.redirects):
        if moved.get(address, "").startswith("code:"):
            yield address.removeprefix(PERMANENT).removesuffix(".html")


def _redirect(showroom: Showroom, old: str, lang: str) -> PagePlan:
    teller = Teller(showroom, lang, f"{EMBED}{lang}/{old}.html")
    address = f"{PERMANENT}{old}.html"
    page = coded_page(PageKey.read(showroom.routes.ledger.moved[address]))
    stands = showroom.routes.find(page.kind, page.id, lang)
    target = embed_address(showroom, page.kind, page.id, lang) if stands else showroom.routes.redirects[address]
    about = About(kind="redirect", title=teller.word("redirect.title"), indexed=False)
    return PagePlan(
        teller.here,
        "redirect.html",
        lang,
        frame(teller, about),
        RedirectView(teller.to(target), showroom.absolute(target)),
    )

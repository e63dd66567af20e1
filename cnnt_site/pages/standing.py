"""Pages that stand for others: redirects of old addresses, and the page for what isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cnnt_site.pages.framing import About, frame
from cnnt_site.pages.home import GateLanguage, gate_languages
from cnnt_site.pages.showroom import Draft, PagePlan, Showroom
from cnnt_site.pages.teller import Teller


@dataclass(frozen=True, slots=True)
class RedirectView:
    """An old address: `target` is the relative way to the new one, `canonical` its full address."""

    target: str
    canonical: str | None


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`404.html`, in every language at once."""

    languages: tuple[GateLanguage, ...]


def plan_redirects(showroom: Showroom) -> Iterator[Draft]:
    """A page at every old address that leads on without a script."""
    for address in sorted(showroom.routes.redirects):
        yield Draft(address, _redirect, (address,))


def _redirect(showroom: Showroom, address: str) -> PagePlan:
    languages, target = showroom.catalogue.languages, showroom.routes.redirects[address]
    first = address.split("/", 1)[0]
    teller = Teller(showroom, first if first in languages else languages[0], address)
    about = About(kind="redirect", title=teller.word("redirect.title"), indexed=False)
    view = RedirectView(teller.to(target), showroom.absolute(target))
    return PagePlan(address, "redirect.html", teller.lang, frame(teller, about), view)


def plan_not_found() -> Draft:
    """The page that hosts show for an unknown address, from any depth; without a base address, of a root."""
    return Draft("404.html", _not_found)


def _not_found(showroom: Showroom) -> PagePlan:
    lang = showroom.catalogue.languages[0]
    teller = Teller(showroom, lang, "404.html")
    about = About(kind="not-found", title=teller.word("nf.title"), indexed=False)
    framed = frame(teller, about)._replace(base=urlsplit(showroom.base_url or "/").path)
    return PagePlan("404.html", "not_found.html", lang, framed, NotFoundView(gate_languages(teller)))

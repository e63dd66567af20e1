"""What every page has around its content: titles, links to its other languages, navigation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from cnnt_site import headers
from cnnt_site.addresses.relative import root_of
from cnnt_site.addresses.scheme import PERMANENT, PageKey, code_key
from cnnt_site.noting import once
from cnnt_site.pages import structured
from cnnt_site.pages.parts import Alternate, Frame, Link, NavigationItem, SiteView, Switch
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

MANIFEST = "site.webmanifest"

NAVIGATION = (
    ("products", "browse", "1"),
    ("places", "places", ""),
    ("levels", "levels", ""),
    ("fairs", "fairs", ""),
    ("statistics", "statistics", ""),
)
"""The main navigation: the word's key, and the page it leads to."""

MORE = (
    ("producers", "producers", ""),
    ("categories", "groups", ""),
    ("years", "years", ""),
    ("neighbours", "neighbours", ""),
)
"""What the footer offers beside the main navigation, in the same form."""

SECTION_OF = {
    "place-page": "places",
    "level-page": "levels",
    "year-page": "levels",
    "programme-page": "levels",
    "browse": "products",
    "product": "products",
    "group": "products",
    "groups": "products",
    "place": "places",
    "places": "places",
    "level": "levels",
    "levels": "levels",
    "level-year": "levels",
    "year": "levels",
    "years": "levels",
    "programme": "levels",
    "fair": "fairs",
    "fairs": "fairs",
    "statistics": "statistics",
}


OEMBED = "data/oembed/"
"""Where the documents stand that tell other sites how to show a page in a frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page says of itself. `kind` and `id` are its key; `told` are the languages it is whole in."""

    kind: str
    id: str = ""
    title: str
    description: str = ""
    crumbs: tuple[Link, ...] = ()
    told: tuple[str, ...] | None = None
    structured: tuple[Markup, ...] = ()
    permalink: str | None = None
    indexed: bool = True


def frame(teller: Teller, about: About) -> Frame:
    """The frame of the page that `teller` tells."""
    showroom, routes, languages = teller.showroom, teller.showroom.routes, teller.languages
    told = languages if about.told is None else about.told
    own = routes.find(about.kind, about.id, teller.lang)
    indexed = (
        about.indexed and teller.catalogue.site.purpose != "sample" and (about.told is None or teller.lang in told)
    )
    section, page = SECTION_OF.get(about.kind, ""), about.id if about.kind == "page" else ""
    key = ("frame", teller.lang, teller.folder, section, page)
    around = once(showroom, key, lambda: _around(teller, section, page))
    return around._replace(
        title=about.title if about.title == around.title else f"{about.title} · {around.title}",
        description=about.description or around.description,
        canonical=showroom.absolute(own) if own and indexed else None,
        alternates=_alternates(teller, about, told),
        switches=tuple(_switch(teller, about, code) for code in languages),
        crumbs=about.crumbs,
        indexed=indexed,
        untranslated=teller.untranslated or teller.lang not in told,
        structured=(*about.structured, *structured.breadcrumbs(teller, about.crumbs, about.title)),
        social_image=_social_image(teller, about),
        permalink=about.permalink,
        oembed=_oembed(teller, about) if indexed else None,
    )


def _around(teller: Teller, section: str, page: str) -> Frame:
    """What the pages of a folder in the same section have in common: a frame of no page, named after the site.

    `page` is the text page that the menus of texts mark as the current one.
    """
    routes, hosting = teller.showroom.routes, teller.catalogue.site.hosting
    return Frame(
        lang=teller.lang,
        title=teller.must_say(teller.catalogue.site.name).text,
        description=teller.must_say(teller.catalogue.site.description).text,
        root=root_of(teller.here),
        home=teller.href("home"),
        gate=teller.to("index.html"),
        browse=teller.href("browse", "1"),
        shortlist=teller.href("shortlist"),
        all_parts=teller.href("all-parts") if teller.catalogue.site.purpose == "sample" else None,
        stylesheet=teller.asset("site.css"),
        script=teller.asset("site.js"),
        icon=teller.asset("icon.svg"),
        feed=teller.to(f"{teller.lang}/feed.xml"),
        base=None,
        policy=headers.policy() if hosting.policy_in_pages == "yes" else None,
        manifest=teller.to(MANIFEST) if hosting.offline == "yes" else None,
        canonical=None,
        alternates=(),
        switches=(),
        navigation=tuple(_item(teller, section, *item) for item in NAVIGATION),
        more=tuple(_item(teller, section, *item) for item in MORE if routes.find(item[1], item[2], teller.lang)),
        crumbs=(),
        about_links=_text_links(teller, "about", page),
        audience_links=_text_links(teller, "audience", page),
        indexed=False,
        untranslated=False,
        structured=(),
        social_image=None,
        permalink=None,
        oembed=None,
        certificate_feed=teller.to(certificate_feed(teller.lang)),
    )


def certificate_feed(lang: str) -> str:
    """Where the feed of certificates of a language stands."""
    return f"{lang}/certificates.xml"


def social_card_address(showroom: Showroom, kind: str, id_: str) -> str:
    """Where the picture for link previews of a page with a short code stands."""
    return f"{PERMANENT}{showroom.routes.code(kind, id_)}.jpg"


def _social_image(teller: Teller, about: About) -> str | None:
    """The full address of a page's picture for link previews, which can't do with less."""
    if teller.showroom.routes.find(*code_key(PageKey(about.kind, about.id)), "") is None:
        return None
    return teller.showroom.absolute(social_card_address(teller.showroom, about.kind, about.id))


def _oembed(teller: Teller, about: About) -> str | None:
    """The document of a page that can be framed, once the site has an address."""
    key = code_key(PageKey(about.kind, about.id))
    if teller.showroom.base_url is None or teller.showroom.routes.find(*key, "") is None:
        return None
    return teller.showroom.absolute(f"{OEMBED}{teller.lang}/{teller.showroom.routes.code(about.kind, about.id)}.json")


def _alternates(teller: Teller, about: About, told: Iterable[str]) -> tuple[Alternate, ...]:
    """Hreflang links to the languages that the page is whole in; the original is the default."""
    found = []
    for code in told:
        address = teller.showroom.routes.find(about.kind, about.id, code)
        if address is not None:
            found.append(Alternate(code, teller.showroom.absolute(address) or teller.to(address)))
    if len(found) < 2:
        return ()
    original = next((item.href for item in found if item.hreflang == teller.languages[0]), found[0].href)
    return (*found, Alternate("x-default", original))


def _switch(teller: Teller, about: About, code: str) -> Switch:
    routes = teller.showroom.routes
    address = routes.find(about.kind, about.id, code) or routes.of("home", "", code)
    name = teller.showroom.words[code].text("lang.name")
    return Switch(code, name, teller.to(address), code == teller.lang)


def _item(teller: Teller, section: str, key: str, kind: str, id_: str) -> NavigationItem:
    return NavigationItem(key, teller.href(kind, id_), section == key)


def _text_links(teller: Teller, menu: str, current: str) -> tuple[Link, ...]:
    pages = [(page.order, id_) for id_, page in teller.catalogue.records.pages.items() if page.menu == menu]
    titles = teller.catalogue.records.pages
    return tuple(
        teller.link("page", id_, teller.must_say(titles[id_].title), current=id_ == current) for _, id_ in sorted(pages)
    )


def site_view(showroom: Showroom, lang: str) -> SiteView:
    """The showroom itself in one language."""
    teller = Teller(showroom, lang, f"{lang}/index.html")
    catalogue = showroom.catalogue
    site, programme = catalogue.site, catalogue.records.programmes[catalogue.site.programme]
    province = catalogue.records.provinces[site.province]

    def said(words: dict[str, str]) -> str:
        return teller.must_say(words).text

    return SiteView(
        name=said(site.name),
        tagline=said(site.tagline),
        description=said(site.description),
        disclaimer=said(site.disclaimer),
        term=said(site.term),
        updated=site.updated,
        as_of=catalogue.as_of,
        office=said(site.office),
        contact_email=site.contact_email,
        licence=said(site.licence),
        licence_url=site.licence_url,
        programme=said(programme.name),
        programme_short=said(programme.short),
        province=said(province.short or province.name),
        avif=site.pictures.avif == "yes",
        sample=site.purpose == "sample",
    )

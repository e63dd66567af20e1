"""What search engines read beside the page: schema.org descriptions as JSON-LD.

Only what a source states goes in; a drawing of a type is never offered as a picture of the product.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from cnnt_site.catalogue.catalogue import Entry, Recognition
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages.contacts import contact_lines
from cnnt_site.pages.parts import Link
from cnnt_site.pages.picture import Picture
from cnnt_site.pages.teller import Teller

_UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that mean something in a script element, and what JSON writes for them."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

DATA_KINDS = ("products", "certificates", "producers", "places", "fairs")
"""The kinds of the open data, each with its files below `data/`."""

_ENDED = ("expired", "revoked", "superseded")


def website(teller: Teller) -> tuple[Markup, ...]:
    """The showroom as a WebSite."""
    site = teller.catalogue.site
    said = {
        "@type": "WebSite",
        "name": teller.must_say(site.name).text,
        "description": teller.must_say(site.description).text,
        "inLanguage": list(teller.catalogue.languages),
        "url": teller.showroom.absolute("index.html"),
    }
    return (_script(said),)


def product(teller: Teller, entry: Entry) -> tuple[Markup, ...]:
    """A Product with its maker and a Certification for each certificate."""
    record, records = entry.product, teller.catalogue.records
    group, maker = records.groups.get(record.group or ""), records.producers.get(record.producer or "")
    said = {
        "@type": "Product",
        "name": teller.must_say(record.name).text,
        "alternateName": _text(teller.say_elsewhere(record.name)),
        "description": _text(teller.say(record.summary)),
        "category": teller.must_say(group.label).text if group else None,
        "url": _address(teller, teller.here),
        "image": _photographs(teller, teller.product_pictures(entry.id)),
        "manufacturer": _organisation(
            teller.must_say(maker.name).text, teller.resolve(teller.href("producer", record.producer or ""))
        )
        if maker
        else None,
        "hasCertification": [_certification(teller, recognition) for recognition in entry.recognitions],
    }
    return (_script(said),)


def producer(teller: Teller, id_: str) -> tuple[Markup, ...]:
    """A producer as an Organization. Contacts are those that its page shows: given with consent."""
    record = teller.catalogue.records.producers[id_]
    phones = [contact.value for contact in contact_lines(record) if contact.kind == "phone"]
    said = {
        **_organisation(teller.must_say(record.name).text, _address(teller, teller.here)),
        "alternateName": list(record.aliases),
        "address": teller.place_lines(teller.catalogue.producer_places[id_]).then_text,
        "telephone": phones[0] if phones else None,
        "image": _photographs(teller, teller.producer_pictures(id_)),
    }
    return (_script(said),)


def fair(teller: Teller, id_: str) -> tuple[Markup, ...]:
    """A fair as an Event. Search engines want a day of beginning: without one there is nothing to say."""
    record = teller.catalogue.records.fairs[id_]
    organiser, venue = teller.say(record.organiser), teller.say(record.venue)
    if record.start is None or venue is None:
        return ()
    said = {
        "@type": "Event",
        "name": teller.must_say(record.name).text,
        "alternateName": _text(teller.say_elsewhere(record.name)),
        "startDate": record.start,
        "endDate": record.end,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": venue.text, "address": venue.text},
        "organizer": {"@type": "Organization", "name": organiser.text} if organiser else None,
        "url": _address(teller, teller.here),
        "image": _photographs(teller, teller.photographs("fairs", id_, record.photos)),
    }
    return (_script(said),)


def dataset(teller: Teller) -> tuple[Markup, ...]:
    """The open data as a Dataset: what catalogues of data look for on the home page."""
    site = teller.catalogue.site
    files = [
        {
            "@type": "DataDownload",
            "name": f"{kind}.{ending}",
            "encodingFormat": media_type,
            "contentUrl": _address(teller, f"data/{kind}.{ending}"),
        }
        for kind in DATA_KINDS
        for ending, media_type in (("json", "application/json"), ("csv", "text/csv"))
    ]
    said = {
        "@type": "Dataset",
        "name": teller.must_say(site.name).text,
        "description": teller.must_say(site.description).text,
        "inLanguage": list(teller.catalogue.languages),
        "dateModified": site.updated.isoformat(),
        "isAccessibleForFree": True,
        "license": site.licence_url or _text(teller.say(site.licence)),
        "creator": {"@type": "Organization", "name": (teller.say(site.office) or teller.must_say(site.name)).text},
        "spatialCoverage": teller.place_name(site.province).text,
        "distribution": files,
    }
    return (_script(said),)


def breadcrumbs(teller: Teller, crumbs: Sequence[Link], title: str) -> tuple[Markup, ...]:
    """The way down to a page as a BreadcrumbList; nothing for pages that have none."""
    if not crumbs:
        return ()
    steps = [{"name": crumb.label.text, "item": teller.resolve(crumb.href)} for crumb in crumbs]
    items = [
        {"@type": "ListItem", "position": position, **step}
        for position, step in enumerate([*steps, {"name": title}], 1)
    ]
    return (_script({"@type": "BreadcrumbList", "itemListElement": items}),)


def _certification(teller: Teller, recognition: Recognition) -> dict[str, Any]:
    records, record = teller.catalogue.records, recognition.certificate
    level = records.levels.get(recognition.level or "")
    programme = teller.must_say(records.programmes[recognition.programme].name).text
    issuer = teller.say(record.issued_by)
    ended = recognition.standing.state in _ENDED
    return {
        "@type": "Certification",
        "name": f"{programme}, {teller.must_say(level.label).text}" if level else programme,
        "certificationIdentification": record.number,
        "issuedBy": {"@type": "Organization", "name": issuer.text} if issuer else None,
        "datePublished": record.issued_on.isoformat() if record.issued_on else str(record.year or "") or None,
        "validFrom": record.issued_on.isoformat() if record.issued_on else None,
        "expires": record.valid_until.isoformat() if record.valid_until else None,
        "certificationStatus": "https://schema.org/CertificationInactive" if ended else None,
    }


def _text(phrase: Phrase | None) -> str | None:
    return phrase.text if phrase else None


def _organisation(name: str, url: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name, "url": url}


def _photographs(teller: Teller, pictures: Sequence[Picture]) -> list[str]:
    return [teller.resolve(picture.href) for picture in pictures if not picture.illustration]


def _address(teller: Teller, address: str) -> str:
    """The full address, or the relative one: JSON-LD reads that from the page it stands on."""
    return teller.showroom.absolute(address) or teller.to(address)


def _script(said: dict[str, Any]) -> Markup:
    """JSON that can stand in a script element: no sign in it opens or closes anything."""
    whole = {"@context": "https://schema.org", **said}
    text = _encoded(_without_gaps(whole))
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    return Markup(text)  # noqa: S704 (all signs of markup are escaped)


def _without_gaps(value: Any) -> Any:
    """The value without keys that have nothing to say."""
    if isinstance(value, dict):
        return {key: _without_gaps(part) for key, part in value.items() if part not in (None, "", [])}
    if isinstance(value, list):
        return [_without_gaps(part) for part in value]
    return value

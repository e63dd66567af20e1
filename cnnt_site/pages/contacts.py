"""Ways to a producer: the contacts that may be published, a card for address books, a map."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from cnnt_site.catalogue.catalogue import Whereabouts
from cnnt_site.model.producer import Producer
from cnnt_site.pages.parts import ContactLine, Ways
from cnnt_site.pages.teller import Teller

MAPS = "https://www.google.com/maps/search/?api=1&query="
"""A link that opens the map app of a phone or a map in the browser; nothing is asked before it is followed."""


def contact_lines(producer: Producer) -> tuple[ContactLine, ...]:
    """The contacts whose publication was agreed to and not taken back."""
    lines = []
    for contact in producer.contacts:
        if not contact.public:
            continue
        digits = re.sub(r"[^0-9+]", "", contact.value)
        ways = {"phone": f"tel:{digits}", "zalo": f"https://zalo.me/{digits}", "email": f"mailto:{contact.value}"}
        href = ways.get(contact.kind, contact.value)
        if contact.kind == "website" and urlsplit(href).scheme not in ("http", "https"):
            href = f"https://{href}"
        lines.append(ContactLine(contact.kind, contact.value, href))
    return tuple(lines)


def card_address(id_: str) -> str:
    """Where the card of a producer stands."""
    return f"data/producers/{id_}.vcf"


def ways(teller: Teller, id_: str) -> Ways:
    """The card, when a contact may be published; the map, when the place is known at least to the commune."""
    catalogue = teller.catalogue
    has_card = bool(contact_lines(catalogue.records.producers[id_]))
    return Ways(teller.to(card_address(id_)) if has_card else None, map_link(teller, id_))


def map_link(teller: Teller, id_: str) -> str | None:
    """A search for a producer's place on a map: the street, then the unit of today, else that of then."""
    where: Whereabouts = teller.catalogue.producer_places[id_]
    records = teller.catalogue.records
    if where.commune_now is None and where.commune_then is None and where.address is None:
        return None
    if where.commune_now is not None:
        commune = records.communes[where.commune_now]
        units = [commune.name, records.provinces[commune.province].name]
    else:
        units = [records.districts[where.district].name] if where.district else []
        units += [records.provinces[where.province].name] if where.province else []
    names = [next(iter(name.values()), "") for name in units]
    parts = [where.address, None if where.commune_now else where.commune_then, *names]
    return MAPS + quote(", ".join(part for part in parts if part))

"""Producers for address books: a vCard of each that agreed to the publication of a contact (RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterator

from cnnt_site.pages.contacts import card_address, contact_lines
from cnnt_site.pages.parts import ContactLine
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

_MOST = 75
"""Octets of a line, after which the standard wants it folded."""


def plan(showroom: Showroom) -> Iterator[tuple[str]]:
    """Every producer with a contact."""
    yield from ((id_,) for id_ in showroom.catalogue.reachable)


def files(showroom: Showroom, id_: str) -> Iterator[tuple[str, bytes]]:
    """The card of a producer; it says what the producer's page says, in the original language."""
    teller = Teller(showroom, showroom.catalogue.languages[0], "")
    contacts = contact_lines(showroom.catalogue.records.producers[id_])
    yield card_address(id_), _card(teller, id_, contacts)


def _card(teller: Teller, id_: str, contacts: tuple[ContactLine, ...]) -> bytes:
    producer = teller.catalogue.records.producers[id_]
    name = teller.must_say(producer.name).text
    where = teller.place_lines(teller.catalogue.producer_places[id_])
    parts = [where.then_text, *(link.label.text for link in where.then)]
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{_escaped(name)}", f"ORG:{_escaped(name)}"]
    for contact in contacts:
        lines.append(
            {
                "phone": f"TEL;VALUE=uri;TYPE=work:{contact.href}",
                "email": f"EMAIL:{_escaped(contact.value)}",
                "zalo": f"IMPP:{contact.href}",
                "website": f"URL:{contact.href}",
            }[contact.kind]
        )
    address = ", ".join(part for part in parts if part)
    if address:
        lines.append(f"ADR;TYPE=work:;;{_escaped(address)};;;;")
    page = teller.showroom.absolute(teller.href("producer", id_))
    if page:
        lines.append(f"SOURCE:{page}")
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCARD"]).encode("utf-8")


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no letter cut in two."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode("utf-8")) > _MOST - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])

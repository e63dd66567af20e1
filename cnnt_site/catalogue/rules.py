"""What records may not say, each rule with the code of its problem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

from cnnt_site.model.certificate import Certificate
from cnnt_site.model.fair import Fair
from cnnt_site.model.page import TextPage
from cnnt_site.model.picture import Photo
from cnnt_site.model.producer import Producer
from cnnt_site.model.product import Product
from cnnt_site.model.taxonomy import Level
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.records import Records
from cnnt_site.vietnamese import fold

_PHONE = re.compile(r"\+?[0-9 .()-]{6,24}")
CONTACTS = {
    "phone": _PHONE,
    "zalo": _PHONE,
    "email": re.compile(r"[\w.+-]+@[\w.-]+\.\w{2,}"),
    "website": re.compile(r"(https?://)?[\w.-]+\.\w{2,}(:[0-9]{1,5})?(/[^\s<>\"'`\\\[\]{}|^]*)?"),
}
"""What can be called, written to or opened. Each becomes a link, so it must be nothing else."""


def check_site(records: Records, problems: Problems) -> None:
    """Tells what site.yaml may not say, and a showroom without products."""
    site = records.site
    if site is None:
        return
    if not site.languages:
        problems.error("no-language", Spot("site.yaml", ("languages",)))
    if site.contact_email is not None:
        _check_contact(Spot("site.yaml", ("contact_email",)), "email", site.contact_email, problems)
    if not records.ids["products"]:
        problems.warn("no-products", Spot("products"))


def check_product(path: str, product: Product, levels: Mapping[str, Level], as_of: date, problems: Problems) -> None:
    """Tells what the product in the file at `path` may not say."""
    if not product.name:
        problems.error("no-name", Spot(path, ("name",)))
    for number, certificate in enumerate(product.certificates):
        level = levels.get(certificate.level or "")
        _check_certificate(Spot(path, ("certificates", number)), certificate, level, as_of, problems)
    rounds = Counter((c.programme, c.level, c.year) for c in product.certificates if c.year and c.level)
    for (_, level_id, year), times in rounds.items():
        if times > 1:
            problems.warn("certificate-twice", Spot(path, ("certificates",)), level=level_id, year=year)
    _check_photos(path, product.photos, problems)


def check_producer(path: str, producer: Producer, problems: Problems) -> None:
    """Tells what the producer in the file at `path` may not say."""
    if not producer.name:
        problems.error("no-name", Spot(path, ("name",)))
    for number, contact in enumerate(producer.contacts):
        _check_contact(Spot(path, ("contacts", number, "value")), contact.kind, contact.value, problems)
        if contact.consent is None:
            problems.warn("contact-without-consent", Spot(path, ("contacts", number)), kind=contact.kind)
    _check_photos(path, producer.photos, problems)


def check_fair(path: str, fair: Fair, problems: Problems) -> None:
    """Tells what the fair in the file at `path` may not say."""
    if not fair.name:
        problems.error("no-name", Spot(path, ("name",)))
    if fair.start and fair.end and fair.end < fair.start[: len(fair.end)]:
        problems.error("ends-before-it-begins", Spot(path, ("end",)), start=fair.start, end=fair.end)
    _check_booths(path, fair, problems)
    _check_photos(path, fair.photos, problems)


def check_page(path: str, page: TextPage, problems: Problems) -> None:
    """Tells what the text page in the file at `path` may not say."""
    if not page.title:
        problems.error("no-name", Spot(path, ("title",)))


def _check_booths(path: str, fair: Fair, problems: Problems) -> None:
    """Tells a booth number that another booth has, however either is spelled, and a booth of nobody."""
    seen: set[str] = set()
    for number, booth in enumerate(fair.booths):
        spelled = fold(booth.number).replace(" ", "")
        if spelled in seen:
            problems.error("booth-twice", Spot(path, ("booths", number, "number")), number=booth.number)
        seen.add(spelled)
        if booth.producer is None and not booth.products:
            problems.error("booth-of-nobody", Spot(path, ("booths", number)), number=booth.number)


def _check_contact(spot: Spot, kind: str, value: str, problems: Problems) -> None:
    if not CONTACTS[kind].fullmatch(value):
        problems.error("bad-contact", spot, kind=kind, written=value)


def _check_certificate(
    spot: Spot, certificate: Certificate, level: Level | None, as_of: date, problems: Problems
) -> None:
    if certificate.level is None and certificate.programme is None:
        problems.error("certificate-without-programme", spot)
    if level is not None and certificate.programme not in (None, level.programme):
        problems.error(
            "level-of-other-programme", _below(spot, "programme"), level=certificate.level, programme=level.programme
        )
    if level is not None and certificate.year is not None:
        too_late = level.until is not None and certificate.year > level.until.year
        too_early = level.since is not None and certificate.year < level.since.year
        if too_late or too_early:
            problems.error(
                "level-not-in-that-year", _below(spot, "year"), level=certificate.level, year=certificate.year
            )
    if certificate.issued_on and certificate.valid_until and certificate.valid_until < certificate.issued_on:
        problems.error(
            "ends-before-it-begins",
            _below(spot, "valid_until"),
            start=certificate.issued_on,
            end=certificate.valid_until,
        )
    if certificate.issued_on and certificate.issued_on > as_of:
        problems.warn("date-in-future", _below(spot, "issued_on"), date=certificate.issued_on, as_of=as_of)


def _check_photos(path: str, photos: tuple[Photo, ...], problems: Problems) -> None:
    for number, photo in enumerate(photos):
        spot = Spot(path, ("photos", number))
        if photo.kind == "photograph" and photo.permission is None:
            problems.error("photo-without-permission", spot, file=photo.file)
        if not photo.alt:
            problems.error("photo-without-alt", _below(spot, "alt"), file=photo.file)


def _below(spot: Spot, key: str) -> Spot:
    return Spot(spot.path, (*spot.keys, key))

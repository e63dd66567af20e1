"""Records of the catalogue told as open data."""

from __future__ import annotations

from typing import Any

from cnnt_site.catalogue.catalogue import Entry, Recognition, Whereabouts
from cnnt_site.catalogue.showcases import showcase
from cnnt_site.feeds.open_records import (
    FORMAT,
    OpenBooth,
    OpenCertificate,
    OpenFair,
    OpenMaker,
    OpenPart,
    OpenPlace,
    OpenProducer,
    OpenProduct,
    OpenSource,
    OpenWhereabouts,
)
from cnnt_site.model.place import Commune, Province
from cnnt_site.model.source import Source
from cnnt_site.pages.showroom import Showroom


def head(showroom: Showroom) -> dict[str, Any]:
    """The fields of `OpenHead`."""
    site = showroom.catalogue.site
    return {
        "format": FORMAT,
        "name": site.name,
        "licence": site.licence,
        "licence_id": site.licence_id,
        "licence_url": site.licence_url,
        "updated": site.updated,
        "as_of": showroom.catalogue.as_of,
        "base_url": showroom.base_url,
    }


def product(showroom: Showroom, entry: Entry) -> OpenProduct:
    """A product with its certificates."""
    record = entry.product
    maker = showroom.catalogue.records.producers.get(record.producer or "")
    return OpenProduct(
        id=entry.id,
        code=showroom.routes.code("product", entry.id),
        permalink=showroom.routes.of("permalink", entry.id, ""),
        pages=_pages(showroom, "product", entry.id),
        name=record.name,
        summary=record.summary,
        group=record.group,
        producer=OpenMaker(id=record.producer or "", name=maker.name, kind=maker.kind) if maker else None,
        place=_where(entry.where),
        members=record.members,
        certificates=tuple(certificate(recognition) for recognition in entry.recognitions),
        sources=tuple(_source(source) for source in record.sources),
        withdrawn=record.withdrawn.date if record.withdrawn else None,
    )


def certificate(recognition: Recognition) -> OpenCertificate:
    """A certificate as it stands on the as-of date."""
    record, standing = recognition.certificate, recognition.standing
    decision, printed = record.decision, record.printed
    return OpenCertificate(
        programme=recognition.programme,
        level=recognition.level,
        year=record.year,
        number=record.number,
        decision_number=decision.number if decision else None,
        decision_date=decision.date if decision else None,
        issued_by=record.issued_by,
        issued_on=record.issued_on,
        valid_until=record.valid_until,
        state=standing.state,
        state_until=standing.until,
        state_by_rule=standing.by_rule,
        printed_name=printed.name if printed else None,
        printed_producer=printed.producer if printed else None,
        printed_address=printed.address if printed else None,
        source=_source(record.source) if record.source else None,
    )


def producer(showroom: Showroom, id_: str) -> OpenProducer:
    """A producer, without its contacts."""
    catalogue = showroom.catalogue
    record = catalogue.records.producers[id_]
    return OpenProducer(
        id=id_,
        pages=_pages(showroom, "producer", id_),
        name=record.name,
        aliases=record.aliases,
        kind=record.kind,
        place=_where(catalogue.producer_places[id_]),
        products=catalogue.by_producer.get(id_, ()),
        sources=tuple(_source(source) for source in record.sources),
    )


def place(showroom: Showroom, id_: str) -> OpenPlace:
    """A place of then or now."""
    records = showroom.catalogue.records
    record = records.provinces.get(id_) or records.districts.get(id_) or records.communes[id_]
    province, commune = isinstance(record, Province), isinstance(record, Commune)
    return OpenPlace(
        id=id_,
        kind="province" if province else "commune" if commune else "district",
        pages=_pages(showroom, "place", id_),
        name=record.name,
        province=None if isinstance(record, Province) else record.province,
        official_code=record.code,
        since=record.since,
        until=record.until,
        parts=tuple(OpenPart(name=part.name, district=part.district) for part in record.parts)
        if isinstance(record, Commune)
        else (),
        products=showroom.catalogue.by_place.get(id_, ()),
    )


def fair(showroom: Showroom, id_: str) -> OpenFair:
    """A fair with the booths that are known, not those of its round."""
    record, shown = showroom.catalogue.records.fairs[id_], showcase(showroom.catalogue, "fair", id_)
    return OpenFair(
        id=id_,
        code=showroom.routes.code("fair", id_),
        pages=_pages(showroom, "fair", id_),
        name=record.name,
        start=record.start,
        end=record.end,
        venue=record.venue,
        organiser=record.organiser,
        level=record.selection.level if record.selection else None,
        year=record.selection.year if record.selection else None,
        booth_count=record.booth_count,
        booths=()
        if shown.of_round
        else tuple(
            OpenBooth(number=stand.number, zone=stand.zone, producer=stand.producer, products=stand.products)
            for stand in shown.stands
        ),
        sources=tuple(_source(source) for source in record.sources),
    )


def _pages(showroom: Showroom, kind: str, id_: str) -> dict[str, str]:
    return {code: showroom.routes.of(kind, id_, code) for code in showroom.catalogue.languages}


def _where(where: Whereabouts) -> OpenWhereabouts:
    return OpenWhereabouts(
        address=where.address,
        commune_then=where.commune_then,
        district=where.district,
        province=where.province,
        commune_now=where.commune_now,
        commune_now_derived=where.now_derived,
    )


def _source(source: Source) -> OpenSource:
    return OpenSource(url=source.url, date=source.date)

"""What is known here about a GS1 key: the levels from the thing that was named up to its key, each with its links."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from sqlmodel import Session

from trace.batches import queries as batches
from trace.batches import unit_queries as units
from trace.batches.models import Batch, State
from trace.certificates import queries as certificates
from trace.certificates.rules import Standing
from trace.evidence import queries as evidence
from trace.kit.problems import NotFound
from trace.kit.translation import LOCALES, N_, say
from trace.lookup import queries
from trace.lookup.answers import prefix
from trace.lookup.linksets import HTML, Kind, Level, Link, with_defaults

_LOT: Final = N_("Page of the lot")
_ORIGIN: Final = N_("Where the lot comes from")
_PROGRAMS: Final = N_("The same facts for programs")
_RECALL: Final = N_("Whether the lot is on hold or was withdrawn")
_CERTIFICATES: Final = N_("Certificates of the lot")
_PRODUCT: Final = N_("Page of the product")
_UNIT: Final = N_("Page of the box or pallet")


def levels(db: Session, key: str, named: Mapping[str, str]) -> list[Level]:
    """The finest first; none where nothing is known. A serial number says nothing more than its lot so far."""
    if key == "00":
        return list(_of_unit(db, named["00"]))
    return [*_of_lot(db, named), *_of_product(db, named)]


def _of_lot(db: Session, named: Mapping[str, str]) -> Iterator[Level]:
    batch = batches.by_lot(db, named["01"], named["10"]) if "10" in named else None
    if batch is None:
        return
    links = list(_pages(Kind.PAGE, f"/b/{batch.code}", _LOT))
    if batch.state == State.PUBLISHED:
        links += _told_of(db, batch)
    yield Level(("01", "10"), batch.lot_code, with_defaults(Kind.PAGE, links))


def _told_of(db: Session, batch: Batch) -> Iterator[Link]:
    """What strangers may know of it, and only what there is."""
    page = f"/b/{batch.code}"
    yield from _pages(Kind.TRACEABILITY, page, _ORIGIN)
    yield Link(Kind.TRACEABILITY, f"{page}.json", say(_PROGRAMS, "en"), media="application/json")
    yield from _pages(Kind.RECALL, page, _RECALL, fragment="#status")
    claims = certificates.shown_on(db, batch.id)
    if claims:
        yield from _pages(Kind.CERTIFICATES, page, _CERTIFICATES, fragment="#vouched")
    for claim in claims:
        stated = claim.certificate
        if stated.file_public and claim.standing != Standing.WITHDRAWN:
            paper = evidence.document(db, stated.document_id) if stated.document_id else None
            media = paper.media_type if paper else "image/webp"
            yield Link(Kind.CERTIFICATES, f"{page}/certificates/{stated.id}/file", stated.number, media=media)


def _of_product(db: Session, named: Mapping[str, str]) -> Iterator[Level]:
    """Its page; where a lot was named that nobody has, the page says so and asks for it again."""
    try:
        product = queries.product_of_gtin(db, named["01"])
    except NotFound:
        return
    path = f"/p/{named['01']}"
    if "10" in named and batches.by_lot(db, named["01"], named["10"]) is None:
        path += f"/10/{quote(named['10'], safe='')}"
    links = list(_pages(Kind.PAGE, path, _PRODUCT))
    yield Level(("01",), product.name, with_defaults(Kind.PAGE, links))


def _of_unit(db: Session, sscc: str) -> Iterator[Level]:
    unit = units.by_sscc(db, sscc)
    if unit:
        links = list(_pages(Kind.LOGISTICS, f"/b/{unit.code}", _UNIT))
        yield Level(("00",), sscc, with_defaults(Kind.LOGISTICS, links))


def _pages(kind: Kind, path: str, title: str, fragment: str = "") -> Iterator[Link]:
    for language in LOCALES:
        yield Link(kind, prefix(language) + path + fragment, say(title, language), language, HTML)

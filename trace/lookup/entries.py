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
from trace.codes import run_queries as labels
from trace.evidence import queries as evidence
from trace.kit import shortcodes
from trace.kit.problems import NotFound
from trace.kit.translation import LOCALES, N_, say
from trace.lookup import queries
from trace.lookup.answers import prefix
from trace.lookup.linksets import HTML, Kind, Level, Link, with_defaults

_OF_PAGES: Final = (Kind.PAGE, Kind.DEFAULT, Kind.DEFAULT_BY_LANGUAGE)
_LABEL: Final = N_("Page of the label")
_LOT: Final = N_("Page of the lot")
_ORIGIN: Final = N_("Where the lot comes from")
_PROGRAMS: Final = N_("The same facts for programs")
_RECALL: Final = N_("Whether the lot is on hold or was withdrawn")
_CERTIFICATES: Final = N_("Certificates of the lot")
_PRODUCT: Final = N_("Page of the product")
_UNIT: Final = N_("Page of the box or pallet")
_ORGANISATION: Final = N_("Page of the cooperative")


def levels(db: Session, key: str, named: Mapping[str, str], *, only: Kind | None) -> Iterator[Level]:
    """The finest first, each asked for when it is reached; none where nothing is known.

    Whoever needs one kind of link names it, so that a scan does not wait for papers nobody asked about.
    The number of a label of ours is known by its own page; any other says nothing more than its lot.
    """
    if key == "00":
        yield from _of_unit(db, named["00"])
        return
    if key != "01":
        yield from _of_organisation(db, key, named[key])
        return
    batch = batches.by_lot(db, named["01"], named["10"]) if "10" in named else None
    if batch and "21" in named:
        yield from _of_label(db, batch, named["21"])
    if batch:
        yield _of_lot(db, batch, only)
    yield from _of_product(db, named["01"], lost=None if batch else named.get("10"))


def _of_label(db: Session, batch: Batch, serial: str) -> Iterator[Level]:
    """A label of the lot, or one that should be on nothing: that must be said, too."""
    examined = shortcodes.examine(serial, length=shortcodes.SERIAL_LENGTH)
    label = labels.told(db, examined.code) if examined.valid else None
    if label and label.cooperative_id == batch.cooperative_id and label.batch_id in (None, batch.id):
        links = list(_pages(Kind.PAGE, f"/b/{label.code}", _LABEL))
        yield Level(("01", "10", "21"), label.code, with_defaults(Kind.PAGE, links))


def _of_lot(db: Session, batch: Batch, only: Kind | None) -> Level:
    links = list(_pages(Kind.PAGE, f"/b/{batch.code}", _LOT))
    if batch.state == State.PUBLISHED and only not in _OF_PAGES:
        links += _told_of(db, batch)
    return Level(("01", "10"), batch.lot_code, with_defaults(Kind.PAGE, links))


def _told_of(db: Session, batch: Batch) -> Iterator[Link]:
    """What strangers may know of it, and only what there is."""
    page = f"/b/{batch.code}"
    yield from _pages(Kind.TRACEABILITY, page, _ORIGIN)
    yield Link(Kind.TRACEABILITY, f"{page}.json", say(_PROGRAMS, "en"), media="application/json")
    yield from _pages(Kind.RECALL, page, _RECALL)
    claims = certificates.shown_on(db, batch.id)
    if claims:
        yield from _pages(Kind.CERTIFICATES, page, _CERTIFICATES)
    for claim in claims:
        stated = claim.certificate
        if stated.file_public and claim.standing != Standing.WITHDRAWN:
            paper = evidence.document(db, stated.document_id) if stated.document_id else None
            media = paper.media_type if paper else "image/webp"
            yield Link(Kind.CERTIFICATES, f"{page}/certificates/{stated.id}/file", stated.number, media=media)


def _of_product(db: Session, gtin: str, *, lost: str | None) -> Iterator[Level]:
    """Its page; where a lot was named that nobody has, the page says so and asks for it again."""
    try:
        product = queries.product_of_gtin(db, gtin)
    except NotFound:
        return
    path = f"/p/{gtin}" + (f"/10/{quote(lost, safe='')}" if lost else "")
    links = list(_pages(Kind.PAGE, path, _PRODUCT))
    yield Level(("01",), product.name, with_defaults(Kind.PAGE, links))


def _of_unit(db: Session, sscc: str) -> Iterator[Level]:
    unit = units.by_sscc(db, sscc)
    if unit:
        links = list(_pages(Kind.LOGISTICS, f"/b/{unit.code}", _UNIT))
        yield Level(("00",), sscc, with_defaults(Kind.LOGISTICS, links))


def _of_organisation(db: Session, key: str, gln: str) -> Iterator[Level]:
    """Of a place as of a party: what is inside a place has no page of its own."""
    try:
        found = queries.organisation_of_gln(db, gln)
    except NotFound:
        return
    links = list(_pages(Kind.LOCATION, f"/g/{gln}", _ORGANISATION))
    yield Level((key,), found.facts.name, with_defaults(Kind.LOCATION, links))


def _pages(kind: Kind, path: str, title: str) -> Iterator[Link]:
    for language in LOCALES:
        yield Link(kind, prefix(language) + path, say(title, language), language, HTML)

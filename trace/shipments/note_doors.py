"""How a delivery note leaves as a file, and where its code leads whoever holds the paper."""

from typing import Final

from starlette.responses import Response

from trace.codes.addresses import note_url
from trace.kit.downloads import saved
from trace.kit.translation import N_, Locale
from trace.shipments.note_queries import Note
from trace.shipments.note_sheet import sheet

TYPE: Final = "application/pdf"
_FOR_MEMBERS: Final = N_(
    "Receiver: scan the code to confirm what came in, or type the code of the note under “Goods received”. "
    "Each lot is looked up by the code on its label."
)
_FOR_BUYERS: Final = N_(
    "Buyer: scan the code to see this note and to confirm what came in. No account is needed. "
    "Whoever holds this paper can answer, until the link is over."
)


def for_members(found: Note, public_url: str, locale: Locale, *, vehicle: bool) -> Response:
    """For whoever signs in: the code leads to the page of the shipment on their own side."""
    address = note_url(public_url, found.sent.code)
    return _paper(found, sheet(found, address, _FOR_MEMBERS, locale, vehicle=vehicle))


def for_buyer(found: Note, address: str, locale: Locale) -> Response:
    """Its code leads to the page on which the buyer answers: the paper is the link."""
    return _paper(found, sheet(found, address, _FOR_BUYERS, locale, vehicle=False))


def _paper(found: Note, content: bytes) -> Response:
    return saved(content, TYPE, f"phieu-giao-hang-{found.sent.code}.pdf")

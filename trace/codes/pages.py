"""The QR code of a batch as a picture, for everybody."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.batches import queries as batches
from trace.codes import pictures
from trace.codes.pictures import Asked
from trace.kit import shortcodes
from trace.kit.doors import Config, Language, Reads
from trace.kit.problems import NotFound
from trace.kit.qr import svg
from trace.kit.translation import N_, say

router = APIRouter(include_in_schema=False)

Download = Annotated[str | None, Query(description="1: save it as a file instead of showing it.")]


@router.get("/b/{code}/qr.svg")
def qr_svg(
    request: Request, code: str, db: Reads, config: Config, language: Language, download: Download = None
) -> Response:
    """Of any batch, published or not: labels are printed first."""
    known = _known_code(db, code)
    title = say(N_("QR code of batch {code}"), language, code=shortcodes.display(known))
    picture = svg(pictures.modules(config.public_url, known), title=title)
    return pictures.answer(
        request.headers,
        picture.encode(),
        "image/svg+xml",
        file_name=f"qr-{known}.svg" if download == "1" else None,
    )


@router.get("/b/{code}/qr.png")
def qr_png(
    request: Request,
    code: str,
    db: Reads,
    config: Config,
    dots: str | None = None,
    mm: str | None = None,
    dpi: str | None = None,
    download: Download = None,
) -> Response:
    """In whole printer dots: so many a module, or as many as fit in `mm` on a printer of `dpi`."""
    known = _known_code(db, code)
    picture = Asked.read(dots, mm, dpi).drawn(pictures.modules(config.public_url, known))
    return pictures.answer(
        request.headers, picture, "image/png", file_name=f"qr-{known}.png" if download == "1" else None
    )


def _known_code(db: Session, typed: str) -> str:
    examined = shortcodes.examine(typed)
    batch = batches.by_code(db, examined.code) if examined.valid else None
    if batch is None:
        raise NotFound
    return batch.code

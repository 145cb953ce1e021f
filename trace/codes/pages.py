"""QR codes for everybody, and sheets of labels for members."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.doors import By
from trace.batches import queries as batches
from trace.batches.rules import produced_on
from trace.codes import pictures, rules
from trace.codes.pictures import Asked
from trace.codes.rules import Edge
from trace.kit import shortcodes
from trace.kit.commands import Command
from trace.kit.doors import Config, Language, Reads
from trace.kit.forms import bind
from trace.kit.pages import page
from trace.kit.problems import NotFound
from trace.kit.qr import svg
from trace.kit.translation import N_, say

router = APIRouter(include_in_schema=False)
_MOST_LABELS = 1000
_USUAL_EDGE = Edge.MIDDLE

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


class LabelSheet(Command):
    """How many labels are wanted, and how large. Nothing is stored of it."""

    count: int = Field(ge=1, le=_MOST_LABELS)
    mm: Edge = _USUAL_EDGE


@router.get("/app/batches/{batch_id}/print")
def labels(request: Request, batch_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    """A preview that prints as it stands; asked without a number, one full sheet."""
    sheet = batches.sheet(db, by, batch_id)
    usual = {"count": str(rules.GRIDS[_USUAL_EDGE].labels), "mm": _USUAL_EDGE.value}
    draft = bind(LabelSheet, FormData({**usual, **request.query_params}), language)
    asked = draft.command
    return page(
        request,
        "codes/labels.html",
        status=draft.status,
        draft=draft,
        edges=[(edge.value, f"{edge.value} mm") for edge in Edge],
        sheet=sheet,
        produced_on=produced_on(harvested_on=sheet.batch.harvested_on, packed_on=sheet.batch.packed_on),
        asked=asked,
        settings=request.app.state.settings,
        sheets=rules.sheets(asked.count, asked.mm) if asked else [],
    )


def _known_code(db: Session, typed: str) -> str:
    examined = shortcodes.examine(typed)
    batch = batches.by_code(db, examined.code) if examined.valid else None
    if batch is None:
        raise NotFound
    return batch.code

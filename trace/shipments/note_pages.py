"""Where the delivery note is fetched as a paper: by the sender, by a receiver here, and behind a buyer's link."""

import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.answers import count_try
from trace.accounts.doors import By
from trace.kit.database import Database
from trace.kit.doors import Config, Language, Now, Reads
from trace.kit.problems import NotFound
from trace.shipments import incoming, links, queries
from trace.shipments.note_doors import for_buyer, for_members
from trace.shipments.note_queries import note

router = APIRouter(include_in_schema=False)


@router.get("/app/shipments/{shipment_id}/note.pdf")
def of_sender(
    shipment_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language, config: Config
) -> Response:
    shipment = queries.access_shipment(db, by, shipment_id)
    return for_members(note(db, shipment.id, now=now), config.public_url, language, vehicle=by.records)


@router.get("/app/incoming/{code}/note.pdf")
def of_receiver(
    request: Request, code: str, by: By, db: Reads, now: Now, language: Language, config: Config
) -> Response:
    try:
        shipment = incoming.addressed_to(db, by, code)
    except NotFound:
        count_try(request, now=now)
        raise
    return for_members(note(db, shipment.id, now=now), config.public_url, language, vehicle=by.records)


@router.get("/delivery/{token}/note.pdf")
@router.get("/en/delivery/{token}/note.pdf")
def behind_link(request: Request, token: str, now: Now, language: Language, config: Config) -> Response:
    database: Database = request.app.state.database
    prefix = "/en" if language == "en" else ""
    try:
        with database.read() as db:
            link = links.of_token(db, token, now=now)
            address = f"{config.public_url}{prefix}/delivery/{token}"
            return for_buyer(note(db, link.shipment_id, now=now), address, language)
    except NotFound:
        count_try(request, now=now)
        raise

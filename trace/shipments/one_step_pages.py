"""One step forward and one step back, on a page of a batch and on a page of a partner."""

import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.rules import phone_for_people
from trace.batches.queries import access_batch
from trace.batches.supplied import supplied
from trace.catalogue import partner_queries
from trace.catalogue import words as catalogue_words
from trace.kit.doors import Reads
from trace.kit.pages import page
from trace.kit.paging import Asked, Paging
from trace.shipments import one_step, words

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/batches/{batch_id}/partners")
def of_batch(request: Request, batch_id: uuid.UUID, by: By, db: Reads) -> Response:
    batch = access_batch(db, by, batch_id)
    return page(
        request,
        "shipments/of_batch.html",
        batch=batch,
        sent=one_step.forward(db, by, batch.id),
        suppliers=supplied(db, batch.id),
        words=words,
    )


@router.get("/partners/{partner_id}")
def of_partner(request: Request, partner_id: uuid.UUID, by: By, db: Reads, asked: Asked) -> Response:
    """Both sides at once; the further pages of what came in are pages of their own."""
    partner = partner_queries.access_partner(db, by, partner_id)
    sent, following = asked.cut(one_step.sent_to(db, by, partner.id, asked))
    first = Paging(limit=asked.limit, after=None)
    came, earlier = first.cut(one_step.came_from(db, by, partner, first))
    return page(
        request,
        "shipments/of_partner.html",
        known=partner_queries.known_partner(db, partner.id),
        phone=phone_for_people(partner.phone) if partner.phone else None,
        sent=sent,
        following=following,
        came=came,
        earlier=earlier,
        words=words,
        kinds=catalogue_words.PARTNERS,
    )


@router.get("/partners/{partner_id}/lots")
def lots_of_partner(request: Request, partner_id: uuid.UUID, by: By, db: Reads, asked: Asked) -> Response:
    partner = partner_queries.access_partner(db, by, partner_id)
    came, earlier = asked.cut(one_step.came_from(db, by, partner, asked))
    return page(request, "shipments/lots_of_partner.html", partner=partner, came=came, earlier=earlier)

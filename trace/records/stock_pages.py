"""Pages that show what is left of the inputs, and where more was used than bought."""

import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.catalogue import purchase_queries, queries
from trace.catalogue import words as catalogue_words
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Now, Reads
from trace.kit.pages import page
from trace.records import stock
from trace.records.writing import common

router = APIRouter(prefix="/app/stock", include_in_schema=False)


@router.get("")
def show_all(request: Request, by: By, db: Reads) -> Response:
    return page(request, "records/stock.html", found=stock.in_stock(db, by), named=catalogue_words)


@router.get("/{input_id}")
def show_one(request: Request, input_id: uuid.UUID, by: By, db: Reads, now: Now) -> Response:
    one = queries.access_input(db, by, input_id)
    return page(
        request,
        "records/stock_of.html",
        input=one,
        stock=stock.stock_of(db, by, one),
        purchases=purchase_queries.standing(db, by, [one.id]),
        uses=stock.uses(db, by, one.id),
        named=catalogue_words,
        day=day_in_vietnam(now),
        **common(now),
    )

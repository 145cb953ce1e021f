"""The page on which managers see their GS1 numbers, and how many are left."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.codes import queries
from trace.gs1.keys import gtin_for_people
from trace.kit.doors import Reads
from trace.kit.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/app/gs1")
def show_numbers(request: Request, by: By, db: Reads) -> Response:
    by.must_be(Role.MANAGER)
    told = queries.numbers(db, by)
    return page(
        request,
        "codes/numbers.html",
        told=told,
        gtins={one.id: gtin_for_people(one.gtin) for one in told.products if one.gtin},
    )

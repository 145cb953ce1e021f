"""Where members fetch the diary of a cycle as a file."""

import uuid

from fastapi import APIRouter
from starlette.responses import Response

from trace.accounts.doors import By
from trace.kit.doors import Language, Now, Reads
from trace.reports import doors
from trace.reports.doors import People

router = APIRouter(include_in_schema=False)


@router.get("/app/cycles/{cycle_id}/book.pdf")
def printed(
    by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language, people: People = False
) -> Response:
    return doors.answer(db, by, cycle_id, "pdf", language, people=people, now=now)


@router.get("/app/cycles/{cycle_id}/book.xlsx")
def sheets(
    by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language, people: People = False
) -> Response:
    return doors.answer(db, by, cycle_id, "xlsx", language, people=people, now=now)

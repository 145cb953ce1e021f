"""The programs' door to the diary of a cycle as a file."""

import uuid
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from trace.accounts.doors import By
from trace.kit.doors import Language, Now, Reads
from trace.kit.openapi import READING, problems
from trace.reports import doors
from trace.reports.doors import MEDIA_TYPES, Format, People

router = APIRouter(prefix="/api/v1", tags=["reports"])


def _answers(format_: Format, what: str) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPES[format_]: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": what, "content": content}, **READING, **problems(403)}


_PDF: Final = _answers("pdf", "The book, A4, ready to be printed.")
_XLSX: Final = _answers("xlsx", "The workbook, one sheet a book.")


@router.get(
    "/cycles/{cycle_id}/book.pdf",
    response_class=Response,
    responses=_PDF,
    operation_id="reports_print_book",
    summary="Print the diary of a cycle",
)
def printed(
    by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language, people: People = False
) -> Response:
    """The books in the order of the VietGAP forms, in the language asked for."""
    return doors.answer(db, by, cycle_id, "pdf", language, people=people, now=now)


@router.get(
    "/cycles/{cycle_id}/book.xlsx",
    response_class=Response,
    responses=_XLSX,
    operation_id="reports_read_spreadsheet",
    summary="Read the diary of a cycle as a spreadsheet",
)
def sheets(
    by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language, people: People = False
) -> Response:
    """Numbers are exact, days are days, and no text is a formula."""
    return doors.answer(db, by, cycle_id, "xlsx", language, people=people, now=now)

"""The programs' door to the diary of a cycle as a file."""

import uuid
from datetime import date, datetime
from typing import Any, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from trace.accounts.doors import By
from trace.farms.api import HouseholdRead
from trace.farms.consent_api import ConsentRead, read
from trace.kit.commands import ReadModel
from trace.kit.doors import Language, Reads
from trace.kit.openapi import READING, problems
from trace.reports import doors
from trace.reports.doors import MEDIA_TYPES, Format, Wanted
from trace.reports.held import held

router = APIRouter(prefix="/api/v1", tags=["reports"])


class WorkRead(ReadModel):
    """Records of one kind that name the household as the hands that did the work."""

    kind: str
    count: int
    with_faces: int = Field(description="Those whose photographs show a face.")
    first: date
    last: date


class SaidRead(ReadModel):
    """One entry of the journal about the household. It never holds a name."""

    kind: str = Field(examples=["consent.given"])
    received_at: datetime


class HeldRead(ReadModel):
    """Everything stored under a household; what others wrote freely is not searched."""

    household: HouseholdRead
    account_name: str | None
    account_phone: str | None = Field(description="E.164")
    plots: list[str]
    consents: list[ConsentRead]
    work: list[WorkRead]
    said: list[SaidRead]


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
def printed(diary: Wanted, language: Language) -> Response:
    """The books in the order of the VietGAP forms, in the language asked for."""
    return doors.answer(diary, "pdf", language)


@router.get(
    "/cycles/{cycle_id}/book.xlsx",
    response_class=Response,
    responses=_XLSX,
    operation_id="reports_read_spreadsheet",
    summary="Read the diary of a cycle as a spreadsheet",
)
def sheets(diary: Wanted, language: Language) -> Response:
    """Numbers are exact, days are days, and no text is a formula."""
    return doors.answer(diary, "xlsx", language)


@router.get(
    "/households/{household_id}/held",
    responses={**READING, **problems(403)},
    operation_id="reports_read_held",
    summary="Read what is held about a household's person",
)
def held_about(household_id: uuid.UUID, by: By, db: Reads) -> HeldRead:
    """For the person, by the account of their own, and for managers."""
    found = held(db, by, household_id)
    name, phone = found.account or (None, None)
    return HeldRead(
        household=HouseholdRead.model_validate(found.household),
        account_name=name,
        account_phone=phone,
        plots=[*found.plots],
        consents=[read(one) for one in found.consents],
        work=[WorkRead.model_validate(one) for one in found.work],
        said=[SaidRead.model_validate(one) for one in found.said],
    )

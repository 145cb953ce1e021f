"""Where members fetch the diary of a cycle as a file."""

from fastapi import APIRouter
from starlette.responses import Response

from trace.kit.doors import Language
from trace.reports import doors
from trace.reports.doors import Wanted

router = APIRouter(include_in_schema=False)


@router.get("/app/cycles/{cycle_id}/book.pdf")
def printed(diary: Wanted, language: Language) -> Response:
    return doors.answer(diary, "pdf", language)


@router.get("/app/cycles/{cycle_id}/book.xlsx")
def sheets(diary: Wanted, language: Language) -> Response:
    return doors.answer(diary, "xlsx", language)

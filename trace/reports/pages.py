"""Where members fetch the diary of a cycle, and the sheet for a consent on paper, as files."""

import uuid

from fastapi import APIRouter
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.farms import queries as farms
from trace.farms.models import Purpose
from trace.kit.doors import Language, Reads
from trace.kit.downloads import saved
from trace.reports import doors
from trace.reports.consent_sheet import sheet
from trace.reports.doors import Wanted

router = APIRouter(include_in_schema=False)


@router.get("/app/cycles/{cycle_id}/book.pdf")
def printed(diary: Wanted, language: Language) -> Response:
    return doors.answer(diary, "pdf", language)


@router.get("/app/cycles/{cycle_id}/book.xlsx")
def sheets(diary: Wanted, language: Language) -> Response:
    return doors.answer(diary, "xlsx", language)


@router.get("/app/households/{household_id}/consent/{purpose}/sheet.pdf")
def consent_sheet(
    by: By, household_id: uuid.UUID, purpose: Purpose, db: Reads, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    household = farms.access_household(db, by, household_id)
    content = sheet(by.cooperative_name, household, purpose, language)
    return saved(content, "application/pdf", f"dong-y-{doors.plain(household.code)}.pdf")

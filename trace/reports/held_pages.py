"""The page and the file that answer a person who asks what is held about them."""

import uuid
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.rules import phone_for_people
from trace.kit.doors import Reads
from trace.kit.pages import page
from trace.kit.translation import N_
from trace.records import words
from trace.reports.held import held

router = APIRouter(include_in_schema=False)

# What the journal holds about a household: that it was said, never the name.
_SAID: Final = {
    "household.added": N_("entered"),
    "household.changed": N_("changed"),
    "household.portrayed": N_("portrait changed"),
    "household.erased": N_("erased"),
    "consent.given": N_("consent given"),
    "consent.withdrawn": N_("consent taken back"),
}


@router.get("/app/households/{household_id}/held")
def held_about(request: Request, by: By, household_id: uuid.UUID, db: Reads) -> Response:
    found = held(db, by, household_id)
    return page(
        request,
        "reports/held.html",
        held=found,
        household=found.household,
        phone=phone_for_people(found.household.phone) if found.household.phone else None,
        account=(found.account[0], phone_for_people(found.account[1])) if found.account else None,
        kinds=words.KINDS,
        said=_SAID,
    )

"""The JSON door to what people agree to."""

import uuid
from datetime import date, datetime

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.farms import consents, queries, wordings
from trace.farms.api import HouseholdRead
from trace.farms.models import Channel, Ending, Household, Purpose
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Files, Now, Reads
from trace.kit.openapi import READING, WRITING

router = APIRouter(prefix="/api/v1", tags=["farms"])


class WordingRead(ReadModel):
    """Words with which people are asked, in paragraphs. A version never changes."""

    purpose: Purpose
    version: int
    since: date
    vi: list[str]
    en: list[str]


class ConsentRead(ReadModel):
    """One consent and what became of it."""

    id: uuid.UUID
    purpose: Purpose
    wording: int = Field(description="Version of the words.")
    channel: Channel
    sheet_id: uuid.UUID | None = Field(description="Photograph of the signed sheet.")
    given_at: datetime
    ended_at: datetime | None = Field(description="Null while it stands.")
    ended_because: Ending | None


@router.get(
    "/consents/wordings",
    responses=READING,
    operation_id="farms_list_wordings",
    summary="Read the words people agree to",
)
def list_wordings(by: By) -> list[WordingRead]:  # noqa: ARG001 - members only
    """Every version there ever was; the last of each purpose is the present one."""
    return [
        WordingRead(purpose=purpose, version=one.version, since=one.since, vi=[*one.vi], en=[*one.en])
        for purpose, versions in wordings.WORDINGS.items()
        for one in versions
    ]


@router.get(
    "/households/{household_id}/consents",
    responses=READING,
    operation_id="farms_list_consents",
    summary="Read what a household's person agreed to",
)
def list_consents(household_id: uuid.UUID, by: By, db: Reads) -> list[ConsentRead]:
    """Every consent ever given, the newest first, with its end."""
    queries.access_household(db, by, household_id)
    return [read(one) for one in queries.consents(db, household_id)]


@router.post(
    "/consents",
    status_code=201,
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_give_consent",
    summary="Record a consent",
)
def give_consent(command: consents.GiveConsent, by: By, db: Db, now: Now) -> Household:
    """From now on shoppers see the person's name, or pictures of the person."""
    return consents.give_consent(db, command, by=by, now=now)


@router.post(
    "/consents/withdraw",
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_withdraw_consent",
    summary="Take a consent back",
)
def withdraw_consent(command: consents.WithdrawConsent, by: By, db: Db, now: Now) -> Household:
    """The next request of any shopper is answered without it."""
    return consents.withdraw_consent(db, command, by=by, now=now)


@router.post(
    "/households/portrait",
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_set_portrait",
    summary="Set the portrait of a household's person",
)
def set_portrait(command: consents.SetPortrait, by: By, db: Db, store: Files, now: Now) -> Household:
    """Shoppers see it only while the person agrees. The portrait before it is removed from the store."""
    return consents.set_portrait(db, command, store=store, by=by, now=now)


@router.post(
    "/households/erase",
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_erase_household",
    summary="Erase a household's person",
)
def erase_household(command: consents.EraseHousehold, by: By, db: Db, store: Files, now: Now) -> Household:
    """Name, telephone number, portrait and link to an account go; the code and the diary stay."""
    return consents.erase_household(db, command, store=store, by=by, now=now)


def read(given: queries.Given) -> ConsentRead:
    told = {name: getattr(given, name) for name in ConsentRead.model_fields if name != "wording"}
    return ConsentRead(**told, wording=given.wording.version)

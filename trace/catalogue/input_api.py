"""The JSON door to inputs."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.catalogue import inputs, list_queries, queries
from trace.catalogue.list_queries import Status
from trace.catalogue.models import Input
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/inputs", tags=["catalogue"])


class IntervalRead(ReadModel):
    """The pre-harvest interval that the label gives for one crop."""

    crop: str = Field(examples=["Dưa lưới"])
    phi_days: int = Field(examples=[14])


class ListingRead(ReadModel):
    """What the lists in force today say about a pesticide."""

    verdict: str = Field(description="allowed, banned, not_listed or no_list", examples=["allowed"])
    circular: str | None = Field(description="Of the list that says so.", examples=["75/2025/TT-BNNMT"])
    in_force_on: date | None


class InputRead(ReadModel):
    """Something a cooperative grows with; null where nothing was declared."""

    id: uuid.UUID
    kind: str = Field(examples=["pesticide"])
    trade_name: str = Field(examples=["Anvil 5SC"])
    active_ingredient: str | None = Field(examples=["hexaconazole 50 g/L"])
    formulation: str | None
    composition: str | None
    registration_number: str | None
    maker: str | None
    photo_id: uuid.UUID | None
    unit: str = Field(description="What it is counted in.", examples=["ml"])
    kills_insects: bool | None
    re_entry_hours: int | None
    max_applications: int | None
    max_dose: Decimal | None = Field(description="Each time, on 1,000 m².")
    max_dose_unit: str | None
    intervals: list[IntervalRead] = Field(
        description="By crop. A crop that is missing here has no declared interval."
    )
    listing: ListingRead | None = Field(description="Null for what is no pesticide.")
    added_at: datetime
    retired_at: datetime | None


@router.post(
    "",
    status_code=201,
    response_model=InputRead,
    responses=WRITING,
    operation_id="catalogue_add_input",
    summary="Add an input",
)
def add_input(command: inputs.AddInput, by: By, db: Db, now: Now) -> dict[str, Any]:
    """What its label says, and nothing that it does not say. Sending the same `id` again is safe."""
    return _told(db, inputs.add_input(db, command, by=by, now=now), by=by, now=now)


@router.post(
    "/change",
    response_model=InputRead,
    responses=WRITING,
    operation_id="catalogue_change_input",
    summary="Correct what is said about an input",
)
def change_input(command: inputs.ChangeInput, by: By, db: Db, now: Now) -> dict[str, Any]:
    """Every fact is sent, not only the changed ones. Records of the diary keep what was said on their day."""
    return _told(db, inputs.change_input(db, command, by=by, now=now), by=by, now=now)


@router.post(
    "/retire",
    response_model=InputRead,
    responses=WRITING,
    operation_id="catalogue_retire_input",
    summary="Stop offering an input",
)
def retire_input(command: inputs.RetireInput, by: By, db: Db, now: Now) -> dict[str, Any]:
    return _told(db, inputs.retire_input(db, command, by=by, now=now), by=by, now=now)


@router.post(
    "/restore",
    response_model=InputRead,
    responses=WRITING,
    operation_id="catalogue_restore_input",
    summary="Offer a retired input again",
)
def restore_input(command: inputs.RestoreInput, by: By, db: Db, now: Now) -> dict[str, Any]:
    return _told(db, inputs.restore_input(db, command, by=by, now=now), by=by, now=now)


@router.get(
    "",
    response_model=PageOf[InputRead],
    responses=READING,
    operation_id="catalogue_list_inputs",
    summary="List inputs",
)
def list_inputs(by: By, db: Reads, asked: Asked, now: Now) -> dict[str, object]:
    """Newest first, retired ones among them."""
    items, following = asked.cut(queries.input_list(db, by, asked))
    return {"items": _all_told(db, items, by=by, now=now), "next": following}


@router.get(
    "/{input_id}",
    response_model=InputRead,
    responses=READING,
    operation_id="catalogue_show_input",
    summary="Show an input",
)
def show_input(input_id: uuid.UUID, by: By, db: Reads, now: Now) -> dict[str, Any]:
    return _told(db, queries.access_input(db, by, input_id), by=by, now=now)


def _told(db: Session, one: Input, *, by: Actor, now: datetime) -> dict[str, Any]:
    return _all_told(db, [one], by=by, now=now)[0]


def _all_told(db: Session, found: Sequence[Input], *, by: Actor, now: datetime) -> list[dict[str, Any]]:
    said = queries.intervals(db, [one.id for one in found])
    listings = list_queries.listings(db, by, found, on=day_in_vietnam(now))
    return [
        {**one.model_dump(), "intervals": said.get(one.id, []), "listing": _listing(listings.get(one.id))}
        for one in found
    ]


def _listing(status: Status | None) -> ListingRead | None:
    if status is None:
        return None
    return ListingRead(
        verdict=status.verdict,
        circular=status.by.circular if status.by else None,
        in_force_on=status.by.in_force_on if status.by else None,
    )

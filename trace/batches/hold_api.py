"""JSON door of holds."""

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.batches import holding, holds
from trace.batches.models import Cause, Decision
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/holds", tags=["batches"])


class DecisionRead(ReadModel):
    """What a manager decided about a hold."""

    decision: Decision
    reason: str
    decided_by: uuid.UUID = Field(description="The membership.")
    decided_at: datetime


class HoldRead(ReadModel):
    """A hold: it names a plot, a cycle or a batch, and covers batches that are made later too."""

    id: uuid.UUID
    plot_id: uuid.UUID | None
    cycle_id: uuid.UUID | None
    batch_id: uuid.UUID | None
    since: datetime | None = Field(description="Of a plot: cycles closed before this are not covered.")
    cause: Cause
    cause_id: uuid.UUID | None = Field(description="The laboratory test, where one was the cause.")
    reason: str
    placed_by: uuid.UUID = Field(description="The membership.")
    placed_at: datetime
    is_open: bool = Field(description="No manager has released it.")
    decisions: list[DecisionRead]


@router.post(
    "",
    status_code=201,
    responses=WRITING,
    operation_id="batches_place_hold",
    summary="Hold batches back",
)
def place_hold(command: holding.PlaceHold, by: By, db: Db, now: Now) -> HoldRead:
    """Needs a manager. Batches made later of a held cycle or plot are on hold too. Sent again, it is the same hold."""
    return _read(holds.held(db, by, holding.place_hold(db, command, by=by, now=now).id))


@router.post(
    "/decide",
    responses=WRITING,
    operation_id="batches_decide_hold",
    summary="Release a hold, or keep it",
)
def decide_hold(command: holding.DecideHold, by: By, db: Db, now: Now) -> HoldRead:
    """Needs a manager. A hold that is kept stays open; one that was released is over."""
    return _read(holds.held(db, by, holding.decide_hold(db, command, by=by, now=now).id))


@router.get("", responses=READING, operation_id="batches_list_holds", summary="List holds")
def list_holds(by: By, db: Reads, asked: Asked) -> PageOf[HoldRead]:
    """Open and released, the newest first."""
    found, following = asked.cut(holds.all_held(db, by, asked))
    return PageOf(items=[_read(one) for one in found], next=following)


@router.get("/{hold_id}", responses=READING, operation_id="batches_read_hold", summary="Read one hold")
def read_hold(hold_id: uuid.UUID, by: By, db: Reads) -> HoldRead:
    """With every decision about it."""
    return _read(holds.held(db, by, hold_id))


def _read(held: holds.Held) -> HoldRead:
    return HoldRead.model_validate(
        {
            **held.hold.model_dump(),
            "is_open": held.is_open,
            "decisions": [DecisionRead.model_validate(one) for one in held.decisions],
        }
    )

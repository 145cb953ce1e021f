"""JSON door of labels: printing them, putting them on a batch, setting them aside."""

import uuid
from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.codes import commands, run_queries
from trace.codes.models import LabelActivation, LabelVoid
from trace.codes.rules import Range
from trace.codes.stationery import Stationery
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/labels", tags=["codes"])


class RunRead(ReadModel):
    """Labels that somebody printed at once."""

    id: uuid.UUID
    batch_id: uuid.UUID | None = Field(description="Null: printed ahead of any batch.")
    stationery: Stationery
    count: int = Field(examples=[1140])
    has_serials: bool = Field(description="Each label has a random number of its own.")
    start: int = Field(description="Place of the first label on the first sheet.")
    shift_x: Decimal = Field(description="Offset to the right, in millimetres.")
    shift_y: Decimal = Field(description="Offset downwards, in millimetres.")
    printed_by: uuid.UUID = Field(description="The membership.")
    printed_at: datetime
    reprints_id: uuid.UUID | None = Field(description="The run whose labels these are once more.")
    first: int | None = Field(description="Of a reprint: from this label of that run.")
    reason: str | None = Field(description="Of a reprint.")
    active: int = Field(description="Labels with a number that are on goods.")
    void: int = Field(description="Labels that were set aside.")


class RangeRead(ReadModel):
    """Labels of one run, from the first to the last in the order of printing."""

    id: uuid.UUID
    run_id: uuid.UUID
    first: int
    last: int


@router.post(
    "",
    status_code=201,
    responses=WRITING,
    operation_id="codes_print_labels",
    summary="Print labels",
)
def print_labels(command: commands.PrintLabels, by: By, db: Db, now: Now) -> RunRead:
    """Never more for a batch than it has pieces. Labels with a number show nothing until they are activated."""
    return _read(db, by, commands.print_labels(db, command, by=by, now=now).id)


@router.post(
    "/reprint",
    status_code=201,
    responses=WRITING,
    operation_id="codes_reprint_labels",
    summary="Print labels once more",
)
def reprint_labels(command: commands.ReprintLabels, by: By, db: Db, now: Now) -> RunRead:
    """The same codes again, for labels that are lost; the reason stays in the log."""
    return _read(db, by, commands.reprint_labels(db, command, by=by, now=now).id)


@router.post(
    "/activate",
    status_code=201,
    response_model=RangeRead,
    responses=WRITING,
    operation_id="codes_activate_labels",
    summary="Put labels on a batch",
)
def activate_labels(command: commands.ActivateLabels, by: By, db: Db, now: Now) -> LabelActivation:
    """By the numbers of the first and the last; from now on, whoever scans one of them sees the batch."""
    return commands.activate_labels(db, command, by=by, now=now)


@router.post(
    "/void",
    status_code=201,
    response_model=RangeRead,
    responses=WRITING,
    operation_id="codes_void_labels",
    summary="Set labels aside",
)
def void_labels(command: commands.VoidLabels, by: By, db: Db, now: Now) -> LabelVoid:
    """For ever: whoever scans one is told that it counts no more."""
    return commands.void_labels(db, command, by=by, now=now)


@router.get("", responses=READING, operation_id="codes_list_labels", summary="List what was printed")
def list_labels(by: By, db: Reads, asked: Asked, batch_id: uuid.UUID | None = None) -> PageOf[RunRead]:
    """The newest first; of one batch, also the rolls of which labels were bound to it."""
    found, following = asked.cut(run_queries.printed(db, by, asked, batch_id=batch_id))
    return PageOf(items=[_told(one) for one in found], next=following)


@router.get("/{run_id}", responses=READING, operation_id="codes_show_labels", summary="Show a run of labels")
def show_labels(run_id: uuid.UUID, by: By, db: Reads) -> RunRead:
    return _read(db, by, run_id)


@router.get(
    "/{run_id}/numbers",
    responses=READING,
    operation_id="codes_list_numbers",
    summary="List the numbers of a run",
)
def list_numbers(run_id: uuid.UUID, by: By, db: Reads) -> list[str]:
    """In the order of printing, without those set aside; for a printer of one's own. Needs a recorder."""
    by.must_be(Role.RECORDER)
    run = run_queries.access_run(db, by, run_id)
    first = run.first or 1
    return list(run_queries.serials(db, run.reprints_id or run.id, Range(first, first + run.count - 1)))


def _read(db: Session, by: Actor, run_id: uuid.UUID) -> RunRead:
    return _told(run_queries.run(db, by, run_id))


def _told(one: run_queries.Printed) -> RunRead:
    run = one.run
    return RunRead(
        id=run.id,
        batch_id=run.batch_id,
        stationery=Stationery(run.stationery),
        count=run.count,
        has_serials=run.has_serials,
        start=run.start,
        shift_x=run.shift_x,
        shift_y=run.shift_y,
        printed_by=run.printed_by,
        printed_at=run.printed_at,
        reprints_id=run.reprints_id,
        first=run.first,
        reason=run.reason,
        active=one.active,
        void=one.void,
    )

"""JSON door of what is done with batches, and of what they are made of."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import Field

from trace.accounts.doors import By
from trace.batches import ancestry, operation_queries, queries
from trace.batches.operation_examples import EXAMPLES
from trace.batches.operation_kinds import AnyOperation
from trace.batches.operation_models import Loss, OperationKind, Process
from trace.batches.operation_queries import Done, Weighed
from trace.batches.operations import operate
from trace.batches.rules import Standing
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.kit.unions import kind_route

router = APIRouter(prefix="/api/v1", tags=["batches"], route_class=kind_route(frozenset(OperationKind)))


class WeighedRead(ReadModel):
    """A line of an operation: a batch, a harvest or a loss."""

    batch_id: uuid.UUID | None
    harvest_id: uuid.UUID | None
    loss: Loss | None
    kg: Decimal = Field(examples=["120.5"])
    pieces: int | None


class OperationRead(ReadModel):
    """An operation with its three clocks. What it took weighs what came of it, losses included."""

    id: uuid.UUID
    kind: OperationKind
    process: Process | None
    happened_at: datetime = Field(description="When it was done, as the writer says.")
    recorded_at: datetime = Field(description="When it was written, by the device's clock.")
    received_at: datetime = Field(description="When the server took it in.")
    written_by: uuid.UUID = Field(description="The membership.")
    note: str
    reason: str | None
    inputs: list[WeighedRead]
    outputs: list[WeighedRead]
    moved_batch_id: uuid.UUID | None = Field(description="Of a move: the batch; `place` says where it is.")
    place: str | None
    takes_back_id: uuid.UUID | None
    taken_back_by_id: uuid.UUID | None = Field(description="It was taken back: nothing of it counts.")


class OriginRead(ReadModel):
    """A harvest that a batch is of, as it stands now."""

    harvest_id: uuid.UUID = Field(description="The record that the batch was made of.")
    latest_id: uuid.UUID = Field(description="The last record of its chain of corrections.")
    standing: Standing
    share: str = Field(
        description="Of the batch by weight, exactly; together they make 1.", examples=["31/50"]
    )
    percent: int = Field(description="Rounded so that together they make 100; 0 is less than one.")
    harvested_on: str = Field(examples=["2026-11-08"])
    cycle_id: uuid.UUID
    cycle: str
    plot_id: uuid.UUID
    plot: str
    household: str | None


@router.post(
    "/operations",
    status_code=201,
    responses=WRITING,
    operation_id="batches_operate",
    summary="Do something with batches",
)
def operate_on_batches(
    command: Annotated[AnyOperation, Body(openapi_examples=EXAMPLES)], by: By, db: Db, now: Now
) -> OperationRead:
    """Sort a harvest, grade, pack, split, merge, cut, lose, sample, move; or take one back.

    What goes in weighs exactly what comes out and what is lost. No batch ever gives more than is left of it.
    Sending the same `id` again is safe.
    """
    return _read(operation_queries.done(db, by, operate(db, command, by=by, now=now).id))


@router.get(
    "/operations", responses=READING, operation_id="batches_list_operations", summary="List operations"
)
def operations(
    by: By,
    db: Reads,
    asked: Asked,
    batch: Annotated[uuid.UUID | None, Query(description="Only those that made, took or moved it.")] = None,
) -> PageOf[OperationRead]:
    """The newest first, those that were taken back included."""
    if batch:
        queries.access_batch(db, by, batch)
    found, following = asked.cut(operation_queries.operations(db, by, asked, batch_id=batch))
    return PageOf(items=[_read(one) for one in found], next=following)


@router.get(
    "/operations/{operation_id}",
    responses=READING,
    operation_id="batches_get_operation",
    summary="Read one operation",
)
def operation(operation_id: uuid.UUID, by: By, db: Reads) -> OperationRead:
    return _read(operation_queries.done(db, by, operation_id))


@router.get(
    "/batches/{batch_id}/origins",
    responses=READING,
    operation_id="batches_list_origins",
    summary="Read what a batch is made of",
)
def origins(batch_id: uuid.UUID, by: By, db: Reads) -> list[OriginRead]:
    """Every harvest that it is of through any number of operations, with its exact share, the largest first."""
    batch = queries.access_batch(db, by, batch_id)
    return [
        OriginRead(
            harvest_id=one.harvest_id,
            latest_id=one.latest_id,
            standing=one.standing,
            share=str(one.share),
            percent=one.percent,
            harvested_on=one.harvested_on.isoformat(),
            cycle_id=one.cycle_id,
            cycle=one.cycle,
            plot_id=one.plot_id,
            plot=one.plot,
            household=one.household,
        )
        for one in ancestry.origins(db, batch.id)
    ]


def _read(done: Done) -> OperationRead:
    told = done.operation
    return OperationRead(
        id=told.id,
        kind=OperationKind(told.kind),
        process=Process(told.process) if told.process else None,
        happened_at=told.happened_at,
        recorded_at=told.recorded_at,
        received_at=told.received_at,
        written_by=told.written_by,
        note=told.note,
        reason=told.reason,
        inputs=[_line(one) for one in done.inputs],
        outputs=[_line(one) for one in done.outputs],
        moved_batch_id=done.moved_id,
        place=done.place,
        takes_back_id=told.takes_back_id,
        taken_back_by_id=done.taken_back_by_id,
    )


def _line(one: Weighed) -> WeighedRead:
    return WeighedRead(
        batch_id=one.batch_id,
        harvest_id=one.harvest_id,
        loss=Loss(one.loss) if one.loss else None,
        kg=one.kg,
        pieces=one.pieces,
    )

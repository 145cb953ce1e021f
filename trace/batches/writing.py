"""How an operation is written down: its own row, what it took, what came of it."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.batches.models import Batch
from trace.batches.operation_kinds import Lost, OperationCommand
from trace.batches.operation_models import (
    Loss,
    Operation,
    OperationInput,
    OperationKind,
    OperationOutput,
    Process,
)
from trace.batches.operation_rules import Source
from trace.batches.rules import Amount


def write_operation(
    db: Session,
    command: OperationCommand,
    kind: OperationKind,
    *,
    by: Actor,
    now: datetime,
    process: Process | None = None,
    takes_back_id: uuid.UUID | None = None,
) -> Operation:
    written = Operation(
        id=command.id,
        cooperative_id=by.cooperative_id,
        kind=kind,
        process=process,
        happened_at=command.happened_at,
        recorded_at=command.recorded_at or now,
        received_at=now,
        written_by=by.membership_id,
        note=command.note,
        reason=command.reason,
        takes_back_id=takes_back_id,
    )
    db.add(written)
    db.flush()  # what it took and made points to it
    return written


def write_parts(
    db: Session,
    operation_id: uuid.UUID,
    taken: Iterable[Source],
    made: Sequence[Batch],
    lost: Iterable[Lost],
) -> None:
    for position, source in enumerate(taken):
        # A batch that is known to be of one harvest is still taken of as the batch.
        harvest_id = None if source.batch_id else source.harvest_id
        _write_input(db, operation_id, position, source.batch_id, harvest_id, source.amount)
    for position, batch in enumerate(made):
        _write_output(db, operation_id, position, batch.quantity_kg, batch.pieces, batch_id=batch.id)
    for position, one in enumerate(lost, start=len(made)):
        _write_output(db, operation_id, position, one.kg, one.pieces, loss=one.loss)
    db.flush()  # the answer is read back from the tables


def write_unfit(
    db: Session, operation_id: uuid.UUID, unfit: Iterable[tuple[uuid.UUID, Amount]], loss: Loss
) -> None:
    """Of what came back with the operation: taken of its batches again, and lost."""
    for position, (batch_id, amount) in enumerate(unfit):
        _write_input(db, operation_id, position, batch_id, None, amount)
        _write_output(db, operation_id, position, amount.kg, amount.pieces, loss=loss)


def write_making(db: Session, batch: Batch, *, by: Actor, now: datetime) -> None:
    """A batch made of a harvest by itself, and the operation that made it; they share their id."""
    db.add(batch)
    db.add(
        Operation(
            id=batch.id,
            cooperative_id=by.cooperative_id,
            kind=OperationKind.MAKE,
            process=None,
            happened_at=now,
            recorded_at=now,
            received_at=now,
            written_by=by.membership_id,
            note="",
            reason=None,
            takes_back_id=None,
        )
    )
    db.flush()  # what it took and made points to them
    _write_input(db, batch.id, 0, None, batch.harvest_id, Amount(batch.quantity_kg, batch.pieces))
    _write_output(db, batch.id, 0, batch.quantity_kg, batch.pieces, batch_id=batch.id)


def _write_input(
    db: Session,
    operation_id: uuid.UUID,
    position: int,
    batch_id: uuid.UUID | None,
    harvest_id: uuid.UUID | None,
    amount: Amount,
) -> None:
    db.add(
        OperationInput(
            operation_id=operation_id,
            position=position,
            batch_id=batch_id,
            harvest_id=harvest_id,
            kg=amount.kg,
            pieces=amount.pieces,
        )
    )


def _write_output(
    db: Session,
    operation_id: uuid.UUID,
    position: int,
    kg: Decimal,
    pieces: int | None,
    *,
    batch_id: uuid.UUID | None = None,
    loss: str | None = None,
) -> None:
    db.add(
        OperationOutput(
            operation_id=operation_id, position=position, batch_id=batch_id, loss=loss, kg=kg, pieces=pieces
        )
    )

"""The one recursive statement of a trace: ids alone walk, weights are attached to what they reached."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CTE, BigInteger, Uuid, cast, null, select, type_coerce, union_all
from sqlmodel import Session, col

from trace.batches import ancestry
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.batches.stock import still_counts
from trace.tracing.rules import Step, Weight


@dataclass(frozen=True, slots=True)
class Reached:
    """The operations that a walk came by, in the order of their ids, and the lot codes of their batches."""

    steps: list[Step] = field(default_factory=list)
    lot_codes: dict[uuid.UUID, str] = field(default_factory=dict)


def below_batch(db: Session, batch_id: uuid.UUID) -> Reached:
    """Every operation that stands and worked on something of the batch."""
    found = _steps(db, ancestry.below(batch_id))
    steps = [step for step in found.steps if all(one.id != batch_id for one in step.made)]
    return Reached(steps, found.lot_codes)


def below_harvests(db: Session, record_ids: Collection[uuid.UUID]) -> Reached:
    """The same for harvests, by the records that operations name."""
    first: list[Any] = [col(OperationOutput.batch_id).label("id")]
    made = (
        select(*first)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .where(col(OperationInput.harvest_id).in_(record_ids), col(OperationOutput.batch_id).is_not(None))
    )
    return _steps(db, ancestry.and_below(made))


def above_batch(db: Session, batch_id: uuid.UUID) -> Reached:
    """Every operation that the batch came of, its own included; none where that was taken back."""
    found = _steps(db, ancestry.above(batch_id))
    return found if batch_id in found.lot_codes else Reached()


def _steps(db: Session, reached: CTE) -> Reached:
    """What made the batches that were reached, and all that it took.

    Whether an operation stands is asked here and not on the way: it is only taken back while nothing was made of
    what it made, so nothing that stands lies behind it. Weights are read as the whole grams that they are kept as.
    """
    made_columns: list[Any] = [
        col(Operation.id).label("step"),
        col(Operation.happened_at).label("at"),
        reached.c.id.label("batch"),
        cast(null(), Uuid()).label("harvest"),
        type_coerce(col(OperationOutput.kg), BigInteger).label("grams"),
        col(Batch.lot_code).label("lot_code"),
    ]
    made = (
        select(*made_columns)
        .join(OperationOutput, col(OperationOutput.batch_id) == reached.c.id)
        .join(Operation, col(Operation.id) == col(OperationOutput.operation_id))
        .join(Batch, col(Batch.id) == reached.c.id)
        .where(still_counts())
    )
    of = (
        select(col(OperationOutput.operation_id))
        .join(reached, reached.c.id == col(OperationOutput.batch_id))
        .distinct()
        .subquery()
    )
    took_columns: list[Any] = [
        of.c.operation_id,
        null(),
        col(OperationInput.batch_id),
        col(OperationInput.harvest_id),
        type_coerce(col(OperationInput.kg), BigInteger),
        null(),
    ]
    took = select(*took_columns).join(OperationInput, col(OperationInput.operation_id) == of.c.operation_id)
    steps: dict[uuid.UUID, Step] = {}
    lot_codes: dict[uuid.UUID, str] = {}
    inputs: list[Any] = []
    for row in db.execute(union_all(made, took)):
        if row.at is None:
            inputs.append(row)
            continue
        steps.setdefault(row.step, Step(row.step, row.at)).made.append(Weight(row.batch, row.grams))
        lot_codes[row.batch] = row.lot_code
    for row in inputs:
        if row.step in steps:
            steps[row.step].took.append(Weight(row.batch or row.harvest, row.grams))
    return Reached([steps[one] for one in sorted(steps)], lot_codes)

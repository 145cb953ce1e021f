"""The one recursive statement of a trace: ids alone walk, weights are attached to what they reached."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    String,
    Uuid,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.batches import ancestry
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.tracing.rules import Step, Weight

# Made once: with a new alias a call, no statement would be found among those that were compiled before.
_LATER: Final = aliased(Operation)


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
    """What made the batches that were reached, what it took of them and of harvests, and how much it took in all.

    Whether an operation stands is asked here and not on the way: it is only taken back while nothing was made of
    what it made, so nothing that stands lies behind it. Rows are kept lean, because there are as many as edges:
    whole grams as they are stored, and each id is made once.
    """
    of = (
        select(col(OperationOutput.operation_id).label("id"))
        .join(reached, reached.c.id == col(OperationOutput.batch_id))
        .distinct()
        .cte("steps_reached")
    )
    whole: list[Any] = [
        type_coerce(of.c.id, String).label("step"),
        col(Operation.happened_at).label("at"),
        cast(null(), String).label("lot_code"),
        type_coerce(cast(null(), Uuid()), String).label("thing"),
        cast(func.sum(col(OperationInput.kg)), BigInteger).label("grams"),
    ]
    made: list[Any] = [
        col(OperationOutput.operation_id),
        null(),
        col(Batch.lot_code),
        reached.c.id,
        type_coerce(col(OperationOutput.kg), BigInteger),
    ]
    took: list[Any] = [
        of.c.id,
        null(),
        null(),
        func.coalesce(col(OperationInput.batch_id), col(OperationInput.harvest_id)),
        type_coerce(col(OperationInput.kg), BigInteger),
    ]
    rows = db.execute(
        union_all(
            select(*whole)
            .join(Operation, col(Operation.id) == of.c.id)
            .join(OperationInput, col(OperationInput.operation_id) == of.c.id)
            .where(~exists().where(col(_LATER.takes_back_id) == of.c.id))
            .group_by(of.c.id, col(Operation.happened_at)),
            select(*made)
            .join(OperationOutput, col(OperationOutput.batch_id) == reached.c.id)
            .join(Batch, col(Batch.id) == reached.c.id),
            select(*took)
            .join(OperationInput, col(OperationInput.operation_id) == of.c.id)
            .where(
                or_(
                    col(OperationInput.batch_id).in_(select(reached.c.id)),
                    col(OperationInput.harvest_id).is_not(None),
                )
            ),
        )
    )
    return _read(rows.all())


def _read(rows: Any) -> Reached:
    ids = _Ids()
    heads: list[tuple[Any, Any, int]] = []
    took: dict[Any, list[Weight]] = defaultdict(list)
    made: dict[Any, list[Weight]] = defaultdict(list)
    lot_codes: dict[uuid.UUID, str] = {}
    standing = {step for step, at, *_ in rows if at is not None}
    for step, at, lot_code, thing, grams in rows:
        if at is not None:
            heads.append((step, at, grams))
        elif lot_code is None:
            took[step].append(Weight(ids[thing], grams))
        elif step in standing:
            batch = ids[thing]
            made[step].append(Weight(batch, grams))
            lot_codes[batch] = lot_code
    steps = [Step(ids[step], at, took[step], made[step], grams) for step, at, grams in heads]
    return Reached(sorted(steps, key=lambda step: step.id), lot_codes)


class _Ids(dict[Any, uuid.UUID]):
    """Ids as objects, each made once, of the text or the object that a driver gives."""

    def __missing__(self, given: Any) -> uuid.UUID:
        made = given if isinstance(given, uuid.UUID) else uuid.UUID(given)
        self[given] = made
        return made

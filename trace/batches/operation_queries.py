"""Questions about what was done with batches."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.batches.models import Batch
from trace.batches.operation_models import Movement, Operation, OperationInput, OperationOutput
from trace.batches.stock import still_counts
from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.paging import Paging
from trace.records.models import CropCycle, Record


def access_operation(db: Session, by: Actor, operation_id: uuid.UUID) -> Operation:
    return own(db, by, Operation, operation_id)


def made_by(db: Session, operation_id: uuid.UUID) -> Sequence[Batch]:
    """The batches that an operation made, in its own order."""
    return (
        db.execute(
            select(Batch)
            .join(OperationOutput, col(OperationOutput.batch_id) == col(Batch.id))
            .where(col(OperationOutput.operation_id) == operation_id)
            .order_by(col(OperationOutput.position))
        )
        .scalars()
        .all()
    )


def taken_by(db: Session, operation_id: uuid.UUID) -> Sequence[Batch]:
    """The batches that an operation took of, in its own order."""
    return (
        db.execute(
            select(Batch)
            .join(OperationInput, col(OperationInput.batch_id) == col(Batch.id))
            .where(col(OperationInput.operation_id) == operation_id)
            .order_by(col(OperationInput.position))
        )
        .scalars()
        .all()
    )


def taken_back_by(db: Session, operation_id: uuid.UUID) -> Operation | None:
    return db.execute(select(Operation).where(col(Operation.takes_back_id) == operation_id)).scalar()


def last_user(db: Session, batch_id: uuid.UUID) -> Operation | None:
    """The last operation that took something of the batch and stands."""
    return db.execute(
        select(Operation)
        .join(OperationInput, col(OperationInput.operation_id) == col(Operation.id))
        .where(col(OperationInput.batch_id) == batch_id, still_counts())
        .order_by(col(Operation.id).desc())
        .limit(1)
    ).scalar()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One line of an operation: a batch, a harvest or a loss, and how much of it."""

    kg: Decimal
    pieces: int | None
    batch_id: uuid.UUID | None
    harvest_id: uuid.UUID | None
    loss: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """An operation as its page shows it. The name is for members."""

    operation: Operation
    who: str
    inputs: list[Weighed]
    outputs: list[Weighed]
    moved_id: uuid.UUID | None
    moved: str | None
    place: str | None
    taken_back_by_id: uuid.UUID | None
    taken_back_at: datetime | None
    taken_back_reason: str | None

    @property
    def id(self) -> uuid.UUID:
        return self.operation.id

    @property
    def taken_kg(self) -> Decimal:
        return sum((one.kg for one in self.inputs), Decimal(0))

    @property
    def lost_kg(self) -> Decimal:
        return sum((one.kg for one in self.outputs if one.loss), Decimal(0))


def operations(db: Session, by: Actor, asked: Paging, *, batch_id: uuid.UUID | None = None) -> list[Done]:
    """The cooperative's operations, or those that made, took or moved one batch; the newest first."""
    found = _operations().where(col(Operation.cooperative_id) == by.cooperative_id)
    if batch_id:
        made = select(col(OperationOutput.operation_id)).where(col(OperationOutput.batch_id) == batch_id)
        used = select(col(OperationInput.operation_id)).where(col(OperationInput.batch_id) == batch_id)
        moved = select(col(Movement.operation_id)).where(col(Movement.batch_id) == batch_id)
        found = found.where(
            or_(
                col(Operation.id).in_(made.union(used, moved)),
                col(Operation.takes_back_id).in_(made.union(used, moved)),
            )
        )
    return _told(db, db.execute(asked.newest(found, col(Operation.id))).all())


def done(db: Session, by: Actor, operation_id: uuid.UUID) -> Done:
    """One operation; raises NotFound like `access_operation`."""
    found = access_operation(db, by, operation_id)
    return _told(db, db.execute(_operations().where(col(Operation.id) == found.id)).all())[0]


def _operations() -> Any:
    later, moved = aliased(Operation), aliased(Batch)
    columns: list[Any] = [
        Operation,
        col(Person.name).label("who"),
        col(Movement.place),
        col(moved.id).label("moved_id"),
        col(moved.lot_code).label("moved"),
        col(later.id).label("later_id"),
        col(later.received_at).label("later_at"),
        col(later.reason).label("later_reason"),
    ]
    return (
        select(*columns)
        .join(Membership, col(Membership.id) == col(Operation.written_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(Movement, col(Movement.operation_id) == col(Operation.id))
        .outerjoin(moved, col(moved.id) == col(Movement.batch_id))
        .outerjoin(later, col(later.takes_back_id) == col(Operation.id))
    )


def _told(db: Session, rows: Sequence[Any]) -> list[Done]:
    """Two statements more, however many operations there are."""
    ids = [row.Operation.id for row in rows]
    inputs, outputs = _inputs(db, ids), _outputs(db, ids)
    return [
        Done(
            operation=row.Operation,
            who=row.who,
            inputs=inputs[row.Operation.id],
            outputs=outputs[row.Operation.id],
            moved_id=row.moved_id,
            moved=row.moved,
            place=row.place,
            taken_back_by_id=row.later_id,
            taken_back_at=row.later_at,
            taken_back_reason=row.later_reason,
        )
        for row in rows
    ]


def _inputs(db: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Weighed]]:
    columns: list[Any] = [OperationInput, col(Batch.lot_code), col(Plot.code), col(Record.happened_at)]
    rows = db.execute(
        select(*columns)
        .outerjoin(Batch, col(Batch.id) == col(OperationInput.batch_id))
        .outerjoin(Record, col(Record.id) == col(OperationInput.harvest_id))
        .outerjoin(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .outerjoin(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(col(OperationInput.operation_id).in_(ids))
        .order_by(col(OperationInput.operation_id), col(OperationInput.position))
    )
    found: dict[uuid.UUID, list[Weighed]] = defaultdict(list)
    for one, lot_code, plot, at in rows:
        name = lot_code or f"{plot} · {day_in_vietnam(at):%d/%m/%Y}"
        found[one.operation_id].append(Weighed(one.kg, one.pieces, one.batch_id, one.harvest_id, None, name))
    return found


def _outputs(db: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Weighed]]:
    columns: list[Any] = [OperationOutput, col(Batch.lot_code)]
    rows = db.execute(
        select(*columns)
        .outerjoin(Batch, col(Batch.id) == col(OperationOutput.batch_id))
        .where(col(OperationOutput.operation_id).in_(ids))
        .order_by(col(OperationOutput.operation_id), col(OperationOutput.position))
    )
    found: dict[uuid.UUID, list[Weighed]] = defaultdict(list)
    for one, lot_code in rows:
        found[one.operation_id].append(Weighed(one.kg, one.pieces, one.batch_id, None, one.loss, lot_code))
    return found

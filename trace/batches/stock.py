"""Questions about what is left of batches: what made them less what operations took, as long as those stand."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.batches.delivery_models import OperationReturn
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationKind, OperationOutput
from trace.batches.rules import Amount
from trace.catalogue.models import Product
from trace.kit.paging import Paging


def still_counts() -> ColumnElement[bool]:
    """In a query of operations: nobody took it back."""
    later = aliased(Operation)
    return ~exists().where(col(later.takes_back_id) == col(Operation.id)).correlate(Operation)


def undone() -> ColumnElement[bool]:
    """In a query of batches: the operation that made it was taken back, so it never was."""
    return (
        exists()
        .where(
            col(OperationOutput.batch_id) == col(Batch.id),
            col(Operation.takes_back_id) == col(OperationOutput.operation_id),
        )
        .correlate(Batch)
    )


@dataclass(frozen=True, slots=True)
class Stock:
    """What is left of a batch; nothing of one that never was."""

    left: Amount
    undone: bool
    shipped: Decimal
    lost: Decimal

    def shipped_out(self, whole: Decimal) -> bool:
        """Nothing is left, something went to buyers, and nothing went into other batches."""
        return not self.undone and self.shipped > 0 and self.shipped + self.lost >= whole


def stocks(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Stock]:
    """Of each of these batches, in one statement."""
    used = _used(batch_ids).subquery()
    columns: list[Any] = [
        col(Batch.id),
        col(Batch.quantity_kg),
        col(Batch.pieces),
        used.c.kg,
        used.c.used_pieces,
        used.c.shipped,
        used.c.lost,
        undone().label("undone"),
    ]
    rows = db.execute(
        select(*columns).outerjoin(used, used.c.batch_id == col(Batch.id)).where(col(Batch.id).in_(batch_ids))
    )
    return {
        row.id: Stock(_left(row), row.undone, row.shipped or Decimal(0), row.lost or Decimal(0))
        for row in rows
    }


def stock_of(db: Session, batch_id: uuid.UUID) -> Stock:
    """Of one batch, which the caller has made sure exists."""
    return stocks(db, [batch_id])[batch_id]


def is_undone(db: Session, batch_id: uuid.UUID) -> bool:
    return stock_of(db, batch_id).undone


@dataclass(frozen=True, slots=True)
class InStore:
    """A batch of which something is left."""

    batch: Batch
    product: str
    left: Amount

    @property
    def id(self) -> uuid.UUID:
        return self.batch.id


def in_store(db: Session, by: Actor, asked: Paging) -> list[InStore]:
    """The cooperative's batches of which something is left, the newest first."""
    used = _used().subquery()
    columns: list[Any] = [Batch, col(Product.name), used.c.kg, used.c.used_pieces]
    found = (
        select(*columns)
        .join(Product, col(Product.id) == col(Batch.product_id))
        .outerjoin(used, used.c.batch_id == col(Batch.id))
        .where(
            col(Batch.cooperative_id) == by.cooperative_id,
            col(Batch.quantity_kg) > func.coalesce(used.c.kg, Decimal(0)),
            ~undone(),
        )
    )
    rows = db.execute(asked.newest(found, col(Batch.id)))
    return [
        InStore(batch, product, Amount(batch.quantity_kg, batch.pieces).less(_amount(kg, pieces)))
        for batch, product, kg, pieces in rows
    ]


def _used(batch_ids: Collection[uuid.UUID] | None = None) -> Select[*tuple[Any, ...]]:
    """What operations that stand took of each batch, less what came back; of these batches, or of all."""
    taken: list[Any] = [
        col(OperationInput.batch_id).label("batch_id"),
        col(OperationInput.kg).label("kg"),
        col(OperationInput.pieces).label("pieces"),
        col(Operation.kind).label("kind"),
    ]
    back: list[Any] = [
        col(OperationReturn.batch_id),
        -col(OperationReturn.kg),
        -col(OperationReturn.pieces),
        literal(OperationKind.SHIP.value),  # as if so much less had been sent
    ]
    moved = union_all(
        select(*taken)
        .join(Operation, col(Operation.id) == col(OperationInput.operation_id))
        .where(still_counts(), _of(col(OperationInput.batch_id), batch_ids)),
        select(*back)
        .join(Operation, col(Operation.id) == col(OperationReturn.operation_id))
        .where(still_counts(), _of(col(OperationReturn.batch_id), batch_ids)),
    ).subquery()
    columns: list[Any] = [
        moved.c.batch_id,
        func.sum(moved.c.kg).label("kg"),
        func.sum(moved.c.pieces).label("used_pieces"),
        func.sum(moved.c.kg).filter(moved.c.kind == OperationKind.SHIP).label("shipped"),
        func.sum(moved.c.kg).filter(moved.c.kind.in_(_GONE)).label("lost"),
    ]
    return select(*columns).group_by(moved.c.batch_id)


def _of(batch: Any, batch_ids: Collection[uuid.UUID] | None) -> ColumnElement[bool]:
    named: ColumnElement[bool] = batch.is_not(None) if batch_ids is None else batch.in_(batch_ids)
    return named


_GONE: Final = (OperationKind.LOSS, OperationKind.DESTROY, OperationKind.SAMPLE)


def _left(row: Any) -> Amount:
    if row.undone:
        return Amount(Decimal(0), None)
    return Amount(row.quantity_kg, row.pieces).less(_amount(row.kg, row.used_pieces))


def _amount(kg: Decimal | None, pieces: Any) -> Amount:
    return Amount(kg or Decimal(0), None if pieces is None else int(pieces))

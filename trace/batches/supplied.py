"""Questions about batches that others grew: from whom they came, and how much of a batch is of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from trace.accounts.models import Cooperative
from trace.batches import ancestry
from trace.batches.delivery_models import SuppliedBatch
from trace.batches.models import Batch
from trace.batches.operation_models import OperationOutput
from trace.batches.shares import parts_of, percents
from trace.catalogue.models import Partner


@dataclass(frozen=True, slots=True)
class Supplied:
    """A lot of somebody else as it entered our books, and how much of the batch that was asked about is of it."""

    batch_id: uuid.UUID
    lot_code: str
    their_lot: str
    supplier: str
    named: bool
    document: str | None
    harvested_on: date | None
    partner_id: uuid.UUID | None
    sender_batch_id: uuid.UUID | None
    share: Fraction = Fraction(1)
    percent: int = 100


def made_by(db: Session, operation_id: uuid.UUID) -> list[Supplied]:
    """The lots that came in with one operation."""
    made = select(col(OperationOutput.batch_id)).where(col(OperationOutput.operation_id) == operation_id)
    return _told(db, list(db.execute(made.order_by(col(OperationOutput.position))).scalars()))


def supplied(db: Session, batch_id: uuid.UUID) -> list[Supplied]:
    """Every lot of others that a batch is of, the largest share first; with the harvests they make one."""
    parts = parts_of(batch_id, ancestry.edges(db, batch_id)).others
    if not parts:
        return []
    ordered = sorted(parts, key=lambda one: (-parts[one], one))
    told = {one.batch_id: one for one in _told(db, ordered)}
    hundredths = percents([parts[one] for one in ordered])
    return [
        replace(told[one], share=parts[one], percent=percent)
        for one, percent in zip(ordered, hundredths, strict=True)
        if one in told
    ]


def _told(db: Session, batch_ids: Collection[uuid.UUID]) -> list[Supplied]:
    sender_batch = aliased(Batch)
    columns: list[Any] = [
        SuppliedBatch,
        col(Batch.lot_code),
        func.coalesce(col(Partner.name), col(Cooperative.name)).label("supplier"),
    ]
    rows = db.execute(
        select(*columns)
        .join(Batch, col(Batch.id) == col(SuppliedBatch.batch_id))
        .outerjoin(Partner, col(Partner.id) == col(SuppliedBatch.partner_id))
        .outerjoin(sender_batch, col(sender_batch.id) == col(SuppliedBatch.sender_batch_id))
        .outerjoin(Cooperative, col(Cooperative.id) == col(sender_batch.cooperative_id))
        .where(col(SuppliedBatch.batch_id).in_(batch_ids))
        .order_by(col(SuppliedBatch.batch_id))
    )
    return [
        Supplied(
            batch_id=row.SuppliedBatch.batch_id,
            lot_code=row.lot_code,
            their_lot=row.SuppliedBatch.their_lot,
            supplier=row.supplier,
            named=row.SuppliedBatch.named,
            document=row.SuppliedBatch.document,
            harvested_on=row.SuppliedBatch.harvested_on,
            partner_id=row.SuppliedBatch.partner_id,
            sender_batch_id=row.SuppliedBatch.sender_batch_id,
        )
        for row in rows
    ]

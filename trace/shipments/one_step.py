"""Questions about one step: to whom a batch went, and what was dealt with one partner in either direction."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative
from trace.batches.delivery_models import SuppliedBatch
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationOutput
from trace.batches.stock import still_counts
from trace.catalogue.models import Partner
from trace.kit.paging import Paging
from trace.shipments import queries
from trace.shipments.models import Shipment
from trace.shipments.queries import Sent


@dataclass(frozen=True, slots=True)
class Came:
    """A lot of a partner, as it came in: our batch, and the number that they call it by."""

    id: uuid.UUID
    lot_code: str
    their_lot: str
    document: str | None
    kg: Decimal
    pieces: int | None
    happened_at: datetime


def forward(db: Session, by: Actor, batch_id: uuid.UUID) -> list[Sent]:
    """The shipments that took of this very batch and stand, the last first. The caller has the batch's leave."""
    ids = {one.shipment_id for one in queries.consigned(db, by, [batch_id])}
    return queries.sent_of(db, sorted(ids, reverse=True))


def sent_to(db: Session, by: Actor, partner_id: uuid.UUID, asked: Paging) -> list[Sent]:
    """What went to a partner, the last that was written first; what was taken back among them."""
    wanted = select(col(Shipment.id)).where(
        col(Shipment.cooperative_id) == by.cooperative_id, col(Shipment.partner_id) == partner_id
    )
    return queries.sent_of(db, list(db.scalars(asked.newest(wanted, col(Shipment.id)))))


def came_from(db: Session, by: Actor, partner: Partner, asked: Paging) -> list[Came]:
    """What came from a partner, the last first; of a cooperative here, what it sent and we kept."""
    theirs = aliased(Batch)
    columns: list[Any] = [
        col(Batch.id),
        col(Batch.lot_code),
        col(SuppliedBatch.their_lot),
        col(SuppliedBatch.document),
        col(Batch.quantity_kg).label("kg"),
        col(Batch.pieces),
        col(Operation.happened_at),
    ]
    wanted = (
        select(*columns)
        .join(SuppliedBatch, col(SuppliedBatch.batch_id) == col(Batch.id))
        .join(OperationOutput, col(OperationOutput.batch_id) == col(Batch.id))
        .join(Operation, col(Operation.id) == col(OperationOutput.operation_id))
        .outerjoin(theirs, col(theirs.id) == col(SuppliedBatch.sender_batch_id))
        .outerjoin(Cooperative, col(Cooperative.id) == col(theirs.cooperative_id))
        .where(
            col(Batch.cooperative_id) == by.cooperative_id,
            or_(*_is_theirs(partner)),
            still_counts(),
        )
    )
    return [Came(*row) for row in db.execute(asked.newest(wanted, col(Batch.id)))]


def _is_theirs(partner: Partner) -> Iterator[ColumnElement[bool]]:
    yield col(SuppliedBatch.partner_id) == partner.id
    if partner.tax_code:  # no cooperative has none, and what came from no cooperative would match it
        yield col(Cooperative.tax_code) == partner.tax_code

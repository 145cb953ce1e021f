"""Questions about what was shipped."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.batches import unit_queries
from trace.batches.models import Batch, State
from trace.batches.operation_models import Operation, OperationInput
from trace.batches.stock import still_counts
from trace.batches.unit_models import LogisticUnit
from trace.catalogue.models import Partner, Product
from trace.kit.paging import Paging
from trace.shipments.answer_queries import Answered, AnsweredLine, answers
from trace.shipments.models import DeliveryNote, Shipment


@dataclass(frozen=True, slots=True)
class Line:
    """So much of one batch."""

    batch_id: uuid.UUID
    lot_code: str
    product: str
    kg: Decimal
    pieces: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A shipment as its page shows it. Partner and vehicle are for members."""

    shipment: Shipment
    operation: Operation
    partner: Partner
    code: str
    lines: tuple[Line, ...]
    units: tuple[LogisticUnit, ...]
    answer: Answered | None
    taken_back_by_id: uuid.UUID | None

    @property
    def id(self) -> uuid.UUID:
        return self.shipment.id

    @property
    def kg(self) -> Decimal:
        return sum((line.kg for line in self.lines), Decimal(0))


def access_shipment(db: Session, by: Actor, shipment_id: uuid.UUID) -> Shipment:
    return own(db, by, Shipment, shipment_id)


def shipments(db: Session, by: Actor, asked: Paging) -> list[Sent]:
    """The cooperative's, the last that was written first; those that were taken back among them."""
    wanted = select(col(Shipment.id)).where(col(Shipment.cooperative_id) == by.cooperative_id)
    ids = db.scalars(asked.newest(wanted, col(Shipment.id))).all()
    return sent_of(db, list(ids))


def sent_of(db: Session, shipment_ids: list[uuid.UUID]) -> list[Sent]:
    """These shipments in this order, which the caller has made sure may be seen."""
    found = {one.id: one for one in _sent(db, col(Shipment.id).in_(shipment_ids))}
    return [found[id_] for id_ in shipment_ids]


def sent(db: Session, shipment_id: uuid.UUID) -> Sent:
    """A single shipment, which the caller has made sure exists."""
    (one,) = _sent(db, col(Shipment.id) == shipment_id)
    return one


@dataclass(frozen=True, slots=True)
class Consigned:
    """What one partner got of one batch in one shipment, and what became of it as far as anybody said."""

    shipment_id: uuid.UUID
    batch_id: uuid.UUID
    kg: Decimal
    pieces: int | None
    partner: Partner
    answer: AnsweredLine | None

    @property
    def with_them(self) -> Decimal:
        """What they may still have: all that was sent until they say what they kept, less what came back."""
        return self.kg - (self.answer.returned.kg if self.answer else 0)


def consigned(db: Session, by: Actor, batch_ids: Collection[uuid.UUID]) -> list[Consigned]:
    """Who got how much of these batches and how they are reached; what was taken back is left out."""
    columns: list[Any] = [
        col(Shipment.id),
        col(OperationInput.batch_id),
        col(OperationInput.kg),
        col(OperationInput.pieces),
        Partner,
    ]
    rows = db.execute(
        select(*columns)
        .select_from(Shipment)
        .join(Operation, col(Operation.id) == col(Shipment.id))
        .join(OperationInput, col(OperationInput.operation_id) == col(Shipment.id))
        .join(Partner, col(Partner.id) == col(Shipment.partner_id))
        .where(
            col(Shipment.cooperative_id) == by.cooperative_id,
            col(OperationInput.batch_id).in_(batch_ids),
            still_counts(),
        )
        .order_by(col(Shipment.id), col(OperationInput.position))
    )
    found = rows.all()
    said = answers(db, {row.id for row in found})
    return [
        Consigned(
            row.id,
            row.batch_id,
            row.kg,
            row.pieces,
            row.Partner,
            said[row.id].lines.get(row.batch_id) if row.id in said else None,
        )
        for row in found
    ]


def published_of(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The short codes of those of these batches that strangers may see."""
    columns: list[Any] = [col(Batch.id), col(Batch.code)]
    found = select(*columns).where(col(Batch.id).in_(batch_ids), col(Batch.state) == State.PUBLISHED)
    return {row.id: row.code for row in db.execute(found)}


def _sent(db: Session, asked: ColumnElement[bool]) -> list[Sent]:
    later = aliased(Operation)
    rows = db.execute(
        select(Shipment, Operation, Partner, col(DeliveryNote.code), col(later.id))
        .join(Operation, col(Operation.id) == col(Shipment.id))
        .join(DeliveryNote, col(DeliveryNote.shipment_id) == col(Shipment.id))
        .join(Partner, col(Partner.id) == col(Shipment.partner_id))
        .outerjoin(later, col(later.takes_back_id) == col(Shipment.id))
        .where(asked)
    ).all()
    ids = [shipment.id for shipment, *_ in rows]
    lines, units, answered = _lines(db, ids), unit_queries.sent_with(db, ids), answers(db, ids)
    return [
        Sent(
            shipment,
            operation,
            partner,
            code,
            tuple(lines[shipment.id]),
            tuple(units[shipment.id]),
            answered.get(shipment.id),
            taken_back_by_id,
        )
        for shipment, operation, partner, code, taken_back_by_id in rows
    ]


def _lines(db: Session, shipment_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Line]]:
    columns: list[Any] = [
        col(OperationInput.operation_id),
        col(OperationInput.batch_id),
        col(Batch.lot_code),
        col(Product.name),
        col(OperationInput.kg),
        col(OperationInput.pieces),
    ]
    rows = db.execute(
        select(*columns)
        .join(Batch, col(Batch.id) == col(OperationInput.batch_id))
        .join(Product, col(Product.id) == col(Batch.product_id))
        .where(col(OperationInput.operation_id).in_(shipment_ids))
        .order_by(col(OperationInput.operation_id), col(OperationInput.position))
    )
    found: dict[uuid.UUID, list[Line]] = defaultdict(list)
    for shipment_id, *line in rows:
        found[shipment_id].append(Line(*line))
    return found

"""Questions of a receiver on this platform: which shipments came to it.

Naming somebody opens nobody's books. A shipment shows itself to a cooperative when both sides have said so: the
sender by the tax code that it wrote beside the partner, the receiver by the code on the paper that came with the
goods. From the first answer on, whatever that sender sends under the same tax code is listed without the paper.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative
from trace.batches.delivery_models import SuppliedBatch
from trace.batches.models import Batch
from trace.batches.operation_models import Operation
from trace.batches.stock import still_counts
from trace.catalogue.models import Partner
from trace.kit import shortcodes
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.shipments import queries
from trace.shipments.models import DeliveryNote, Shipment, ShipmentAnswer
from trace.shipments.queries import Sent


class NotAddressed(NotFound):
    """Whoever has the paper learns what to ask for, and whoever guesses learns nothing."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "No shipment to your cooperative has this code. Compare it with the note once more; if it is right, "
                "ask the sender to write your tax code beside your name."
            )
        )


def addressed_to(db: Session, by: Actor, typed: str) -> Shipment:
    """The shipment whose note has this code, if its sender wrote the tax code of this cooperative."""
    code = shortcodes.examine(typed)
    if not code.valid:
        raise NotAddressed
    found: Shipment | None = db.execute(
        select(Shipment)
        .join(DeliveryNote, col(DeliveryNote.shipment_id) == col(Shipment.id))
        .join(Operation, col(Operation.id) == col(Shipment.id))
        .where(col(DeliveryNote.code) == code.code, _is_to(by), still_counts())
    ).scalar()
    if found is None:
        raise NotAddressed
    return found


def consignments(db: Session, by: Actor, asked: Paging) -> list[Sent]:
    """What senders sent of whom something was answered before, the newest first."""
    earlier, before = aliased(Shipment), aliased(ShipmentAnswer)
    met = (
        exists()
        .where(
            col(before.cooperative_id) == by.cooperative_id,
            col(earlier.id) == col(before.shipment_id),
            col(earlier.partner_id) == col(Shipment.partner_id),
        )
        .correlate(Shipment)
    )
    wanted = (
        select(col(Shipment.id))
        .join(Operation, col(Operation.id) == col(Shipment.id))
        .where(_is_to(by), met, still_counts())
    )
    ids = db.scalars(asked.newest(wanted, col(Shipment.id))).all()
    return queries.sent_of(db, list(ids))


def own_shipment(db: Session, by: Actor, code: str) -> uuid.UUID | None:
    """The shipment of this cooperative whose note has this code."""
    found: uuid.UUID | None = db.execute(
        select(col(Shipment.id))
        .join(DeliveryNote, col(DeliveryNote.shipment_id) == col(Shipment.id))
        .where(col(DeliveryNote.code) == code, col(Shipment.cooperative_id) == by.cooperative_id)
    ).scalar()
    return found


def may_see(db: Session, by: Actor, shipment_id: uuid.UUID) -> bool:
    """Whether this cooperative sent it, or received it and has answered."""
    answered = exists().where(
        col(ShipmentAnswer.shipment_id) == shipment_id,
        col(ShipmentAnswer.cooperative_id) == by.cooperative_id,
    )
    sent = exists().where(col(Shipment.id) == shipment_id, col(Shipment.cooperative_id) == by.cooperative_id)
    return bool(db.execute(select(or_(answered, sent))).scalar_one())


@dataclass(frozen=True, slots=True)
class Received:
    """A batch of the receiver that a shipment became."""

    batch_id: uuid.UUID
    lot_code: str


def received_of(db: Session, by: Actor, shipment_id: uuid.UUID) -> list[Received]:
    """What became of it in the books of this cooperative."""
    columns: list[Any] = [col(Batch.id), col(Batch.lot_code)]
    rows = db.execute(
        select(*columns)
        .join(SuppliedBatch, col(SuppliedBatch.batch_id) == col(Batch.id))
        .where(col(SuppliedBatch.sending_id) == shipment_id, col(Batch.cooperative_id) == by.cooperative_id)
        .order_by(col(Batch.id))
    )
    return [Received(*row) for row in rows]


def senders(db: Session, cooperative_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What the cooperatives that sent something are called."""
    columns: list[Any] = [col(Cooperative.id), col(Cooperative.name)]
    rows = db.execute(select(*columns).where(col(Cooperative.id).in_(cooperative_ids)))
    return {row.id: row.name for row in rows}


def _is_to(by: Actor) -> ColumnElement[bool]:
    """In a query of shipments: another cooperative sent it to this one, by the tax code."""
    return (
        exists()
        .where(
            col(Partner.id) == col(Shipment.partner_id),
            col(Cooperative.id) == by.cooperative_id,
            col(Cooperative.tax_code) == col(Partner.tax_code),
            col(Shipment.cooperative_id) != by.cooperative_id,
        )
        .correlate(Shipment)
    )

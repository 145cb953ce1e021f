"""Sending batches to partners."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import lots
from trace.batches.deliveries import send_out
from trace.batches.operation_kinds import Sending
from trace.catalogue.models import PartnerKind
from trace.catalogue.partner_queries import access_partner
from trace.kit.commands import OptionalShortLine, Personal
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.shipments.models import DeliveryNote, Shipment

Degrees = Annotated[Decimal, Field(ge=-40, le=60, max_digits=5, decimal_places=2)]


class Dispatch(Sending):
    """Kilograms of one or several batches leave for one partner."""

    partner_id: uuid.UUID = Field(description="The buyer.")
    document: OptionalShortLine = Field(
        None, description="Number of the invoice or order.", examples=["PX-0147"]
    )
    # A plate leads to its owner, who often drives.
    vehicle: Annotated[OptionalShortLine, Personal()] = Field(
        None, description="Its plate.", examples=["34C-123.45"]
    )
    seal: OptionalShortLine = Field(None, examples=["VN0042"])
    temperature: Degrees | None = Field(None, description="°C, when it was loaded.", examples=["12.5"])


def dispatch(db: Session, command: Dispatch, *, by: Actor, now: datetime) -> Shipment:
    """Write a shipment down. Two that want the same kilograms at once never both get them.

    A mistake is taken back as every operation is: then the kilograms are in the store again.
    """
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "shipment.dispatched", command, by=by):
        return db.get_one(Shipment, known)
    partner = access_partner(db, by, command.partner_id)
    if partner.kind == PartnerKind.SUPPLIER:
        raise Refused(
            N_("{partner} is in the list as a supplier only. Set that right first."),
            field="partner_id",
            partner=partner.name,
        )
    operation = send_out(db, command, by=by, now=now)
    shipment = Shipment(
        id=operation.id,
        cooperative_id=by.cooperative_id,
        partner_id=partner.id,
        document=command.document,
        vehicle=command.vehicle,
        seal=command.seal,
        temperature=command.temperature,
    )
    db.add(shipment)
    db.flush()  # its note points to it
    db.add(DeliveryNote(shipment_id=shipment.id, code=lots.new_code(db)))
    db.flush()  # the answer is read back from the tables
    journal.append(db, "shipment.dispatched", shipment.id, command, by=by, now=now)
    return shipment

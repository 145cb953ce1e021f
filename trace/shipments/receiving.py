"""Goods that come in from a supplier who is not on this platform."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import deliveries
from trace.batches.deliveries import Lot
from trace.batches.operation_kinds import MOST_PARTS, Kilograms, OperationCommand, Pieces
from trace.batches.operation_models import Operation
from trace.batches.rules import Amount, OptionalLotCode
from trace.catalogue.models import PartnerKind
from trace.catalogue.partner_queries import access_partner
from trace.catalogue.queries import access_product
from trace.kit.commands import Day, OptionalShortLine, empty_is_none
from trace.kit.problems import Refused
from trace.kit.translation import N_

OptionalDay = Annotated[Day | None, BeforeValidator(empty_is_none)]


class ReceivedLot(BaseModel):
    """One lot of a supplier. It becomes a batch with a lot code of ours, and keeps theirs beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    product_id: uuid.UUID = Field(description="Which of our products it is.")
    kg: Kilograms
    pieces: Pieces | None = None
    their_lot: OptionalShortLine = Field(
        None,
        description="As on the supplier's paper or label; empty where there is none.",
        examples=["L-0712"],
    )
    harvested_on: OptionalDay = Field(None, description="Empty: the supplier does not say.")
    best_before: OptionalDay = Field(None, description="As the supplier says.")
    lot_code: OptionalLotCode = Field(None, description="Ours. Empty: the next one of the product.")


class ReceiveGoods(OperationCommand):
    """Lots of a supplier came in with one paper."""

    partner_id: uuid.UUID = Field(description="The supplier.")
    document: OptionalShortLine = Field(
        None, description="Number of the supplier's invoice or note.", examples=["HĐ-0093"]
    )
    lots: tuple[ReceivedLot, ...] = Field(
        min_length=1, max_length=MOST_PARTS, description="What came in, lot by lot."
    )
    named: bool = Field(
        default=False,
        description="Shoppers may read the supplier's name. Never without leave where it is a private person's.",
    )


def receive_goods(db: Session, command: ReceiveGoods, *, by: Actor, now: datetime) -> Operation:
    """Each lot is a batch of ours without a diary: nobody here saw it grow, and its page says so."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "goods.received", command, by=by):
        return db.get_one(Operation, known)
    partner = access_partner(db, by, command.partner_id)
    if partner.kind == PartnerKind.BUYER:
        raise Refused(
            N_("{partner} is in the list as a buyer only. Set that right first."),
            field="partner_id",
            partner=partner.name,
        )
    received = [
        Lot(
            product=access_product(db, by, one.product_id),
            amount=Amount(one.kg, one.pieces),
            their_lot=one.their_lot or "",
            document=command.document,
            harvested_on=one.harvested_on,
            packed_on=None,
            best_before=one.best_before,
            lot_code=one.lot_code,
            field=f"lots.{number}",
            partner_id=partner.id,
            named=command.named,
        )
        for number, one in enumerate(command.lots)
    ]
    operation, _batches = deliveries.receive(db, command, received, by=by, now=now)
    journal.append(db, "goods.received", operation.id, command, by=by, now=now)
    return operation

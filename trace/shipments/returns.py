"""What a receiver did not keep and is in the house again."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import deliveries
from trace.batches.deliveries import Returned
from trace.batches.operation_kinds import MOST_BATCHES, OperationCommand
from trace.batches.operation_models import Operation
from trace.batches.rules import Amount
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.shipments import queries
from trace.shipments.answer_queries import AnsweredLine

_ZERO: Final = Decimal(0)
BackKg = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3, examples=["12"])]
BackPieces = Annotated[int, Field(ge=0, le=10_000_000)]


class CameBack(BaseModel):
    """What came back of one batch, by the state it is in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch_id: uuid.UUID = Field(description="The batch.")
    good_kg: BackKg | None = Field(None, description="Fit to be sold again: it is stock.")
    good_pieces: BackPieces | None = None
    unfit_kg: BackKg | None = Field(None, description="Not fit any more: it is lost at once.")
    unfit_pieces: BackPieces | None = None


class TakeInReturn(OperationCommand):
    """Goods that the receiver did not keep have arrived, and somebody has looked at them."""

    shipment_id: uuid.UUID = Field(description="With which they had left.")
    lines: tuple[CameBack, ...] = Field(
        min_length=1, max_length=MOST_BATCHES, description="What came back of which batches."
    )


def take_in_return(db: Session, command: TakeInReturn, *, by: Actor, now: datetime) -> Operation:
    """Stock rises only now, whatever the receiver said, and by no more than was rejected."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "shipment.returned", command, by=by):
        return db.get_one(Operation, known)
    shipment = queries.access_shipment(db, by, command.shipment_id)
    hold(db, "operation", shipment.id)
    sent = queries.sent(db, shipment.id)
    if sent.answer is None:
        raise Refused(N_("Nobody has answered yet. Write down first what the buyer did not keep."))
    if command.happened_at < sent.operation.happened_at:
        raise Refused(N_("It cannot come back before it left."), field="happened_at")
    ids = [one.batch_id for one in command.lines]
    if len(set(ids)) < len(ids):
        raise Refused(N_("A batch is named twice. Write all that came back of it once."), field="lines")
    back = [_returned(number, one, sent.answer.lines) for number, one in enumerate(command.lines)]
    arrived = [one for one in back if one.good.kg or one.unfit.kg]
    if not arrived:
        raise Refused(N_("Say how much came back."), field="lines.0.good_kg")
    operation = deliveries.take_in_return(db, command, arrived, of_id=shipment.id, by=by, now=now)
    journal.append(db, "shipment.returned", operation.id, command, by=by, now=now)
    return operation


def _returned(number: int, one: CameBack, answered: dict[uuid.UUID, AnsweredLine]) -> Returned:
    line = answered.get(one.batch_id)
    if line is None:
        raise Refused(N_("This batch was not in the shipment."), field=f"lines.{number}.batch_id")
    good = Amount(one.good_kg or _ZERO, one.good_pieces or None)
    unfit = Amount(one.unfit_kg or _ZERO, one.unfit_pieces or None)
    out = line.still_out
    if good.kg + unfit.kg > out.kg:
        raise Refused(
            N_("At most {left} kg of it can still come back: that is what was not kept."),
            field=f"lines.{number}.good_kg",
            left=out.kg,
        )
    counted = (good.pieces or 0) + (unfit.pieces or 0)
    if out.pieces is not None and counted > out.pieces:
        raise Refused(
            N_("At most {left} pieces of it can still come back: that is what was not kept."),
            field=f"lines.{number}.good_pieces",
            left=max(out.pieces, 0),
        )
    return Returned(one.batch_id, good, unfit)

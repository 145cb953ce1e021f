"""What the receiver says of a shipment: accepted, accepted in part or rejected, with the reason and photographs.

A shipment is answered once, however the answer comes: by a cooperative here that holds the delivery note, by a
buyer through a link, or told to the sender, who writes it down.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import deliveries
from trace.batches.deliveries import Lot
from trace.batches.models import Batch
from trace.batches.operation_kinds import MOST_BATCHES, OperationCommand, Reason
from trace.batches.operation_queries import taken_back_by
from trace.batches.rules import Amount, OptionalLotCode
from trace.catalogue.queries import access_product
from trace.evidence.queries import access_photo
from trace.kit.clock import is_future
from trace.kit.commands import DeviceId, Personal, empty_is_none
from trace.kit.database import hold
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_
from trace.ledger import commands as ledger
from trace.shipments import incoming, queries, rules
from trace.shipments.models import AnswerLine, AnswerPhoto, Channel, ShipmentAnswer, ShipmentLink, Verdict
from trace.shipments.queries import Line, Sent
from trace.shipments.rules import Division

MOST_PHOTOS: Final = 8
KeptKg = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3, examples=["96.5"])]
KeptPieces = Annotated[int, Field(ge=0, le=10_000_000)]


class Kept(BaseModel):
    """What was kept of one batch of the shipment; the rest was rejected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch_id: uuid.UUID = Field(description="The batch, as the sender knows it.")
    accepted_kg: KeptKg | None = Field(None, description="Of a shipment kept in part; empty means nothing.")
    accepted_pieces: KeptPieces | None = None


class TakenIn(Kept):
    """What was kept, and what it is in the books of the receiver."""

    product_id: uuid.UUID | None = Field(None, description="Of the receiver's own products.")
    lot_code: OptionalLotCode = Field(None, description="Of the receiver's batch. Empty: the next one.")


class Answering(OperationCommand):
    """What every answer says. The words are somebody's own, so they stay out of the journal."""

    verdict: Verdict = Field(examples=["partly"])
    reason: Annotated[
        Annotated[Reason | None, BeforeValidator(empty_is_none)],
        Personal(),
        Field(description="Why something was not kept; needed then.", examples=["12 quả bị dập"]),
    ] = None
    photo_ids: tuple[DeviceId, ...] = Field((), max_length=MOST_PHOTOS)


class AnswerForBuyer(Answering):
    """The buyer told the sender by telephone or on paper, and the sender writes it down."""

    shipment_id: uuid.UUID = Field(description="Of the sender's own shipments.")
    kept: tuple[Kept, ...] = Field((), max_length=MOST_BATCHES)


class AnswerByLink(Answering):
    """A buyer without an account says it on the page behind the link."""

    kept: tuple[Kept, ...] = Field((), max_length=MOST_BATCHES)


class AnswerConsignment(Answering):
    """A cooperative here holds the delivery note of what came in. What it keeps becomes batches of its own."""

    code: str = Field(max_length=40, description="On the delivery note.", examples=["7K3M-9Q2M"])
    kept: tuple[TakenIn, ...] = Field((), max_length=MOST_BATCHES)


def answer_for_buyer(db: Session, command: AnswerForBuyer, *, by: Actor, now: datetime) -> ShipmentAnswer:
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "shipment.answer_told", command, by=by):
        return db.get_one(ShipmentAnswer, known)
    shipment = queries.access_shipment(db, by, command.shipment_id)
    photos = [access_photo(db, by, photo_id).id for photo_id in command.photo_ids]
    sent = _to_answer(db, shipment.id, command, now=now)
    answer = _answer(command, sent, Channel.TOLD, now=now, answered_by=by.membership_id)
    _write(db, answer, _divisions(command, sent.lines, command.kept), photos)
    journal.append(db, "shipment.answer_told", answer.id, command, by=by, now=now)
    return answer


def answer_by_link(
    db: Session, command: AnswerByLink, *, link: ShipmentLink, by: Actor, now: datetime
) -> ShipmentAnswer:
    """`by` is who made the link: the photographs are kept for them, and the journal names nobody."""
    if known := ledger.already(db, "shipment.answered", command, cooperative=by.cooperative_id):
        return db.get_one(ShipmentAnswer, known)
    photos = [access_photo(db, by, photo_id).id for photo_id in command.photo_ids]
    sent = _to_answer(db, link.shipment_id, command, now=now)
    answer = _answer(command, sent, Channel.LINK, now=now, link_id=link.id)
    _write(db, answer, _divisions(command, sent.lines, command.kept), photos)
    ledger.append(
        db,
        "shipment.answered",
        subject=answer.id,
        command=command,
        cooperative=by.cooperative_id,
        actor=None,
        at=now,
    )
    return answer


def answer_consignment(
    db: Session, command: AnswerConsignment, *, by: Actor, now: datetime
) -> ShipmentAnswer:
    """The entry stands in the journal of the receiver, with whom it became a batch."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "consignment.answered", command, by=by):
        return db.get_one(ShipmentAnswer, known)
    found = incoming.addressed_to(db, by, command.code)
    photos = [access_photo(db, by, photo_id).id for photo_id in command.photo_ids]
    sent = _to_answer(db, found.id, command, now=now)
    divisions = _divisions(command, sent.lines, command.kept)
    lots = list(_lots(db, command, sent, divisions, by=by))
    if lots:
        deliveries.receive(db, command, lots, by=by, now=now)
    answer = _answer(
        command,
        sent,
        Channel.PLATFORM,
        now=now,
        answered_by=by.membership_id,
        cooperative_id=by.cooperative_id,
    )
    _write(db, answer, divisions, photos)
    journal.append(db, "consignment.answered", answer.id, command, by=by, now=now)
    return answer


def _to_answer(db: Session, shipment_id: uuid.UUID, command: Answering, *, now: datetime) -> Sent:
    """With nobody else answering or taking it back until this transaction ends."""
    hold(db, "operation", shipment_id)
    sent = queries.sent(db, shipment_id)
    if taken_back_by(db, shipment_id):
        raise Refused(N_("The sender took this shipment back: it was written by mistake."))
    if sent.answer:
        raise Conflict(N_("This shipment was answered already."))
    if is_future(command.happened_at, now=now):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )
    if command.happened_at < sent.operation.happened_at:
        raise Refused(
            N_("It left on {moment}, so it cannot have come in before."),
            field="happened_at",
            moment=sent.operation.happened_at,
        )
    if command.verdict != Verdict.ACCEPTED and command.reason is None:
        raise Refused(N_("Say in a few words why it was not kept."), field="reason")
    return sent


def _divisions(command: Answering, lines: Iterable[Line], kept: Iterable[Kept]) -> dict[uuid.UUID, Division]:
    said = {one.batch_id: (number, one) for number, one in enumerate(kept)}
    divisions: dict[uuid.UUID, Division] = {}
    for line in lines:
        number, one = said.pop(line.batch_id, (0, None))
        divisions[line.batch_id] = rules.divided(
            command.verdict,
            Amount(line.kg, line.pieces),
            one.accepted_kg if one else None,
            one.accepted_pieces if one else None,
            field=f"kept.{number}",
        )
    for number, _ in said.values():
        raise Refused(N_("This batch was not in the shipment."), field=f"kept.{number}.batch_id")
    if command.verdict == Verdict.PARTLY:
        rules.must_be_partly(list(divisions.values()))
    return divisions


def _lots(
    db: Session, command: AnswerConsignment, sent: Sent, divisions: dict[uuid.UUID, Division], *, by: Actor
) -> Iterable[Lot]:
    """What was kept, as it enters the books of the receiver: the sender's lot code beside a new one."""
    chosen = {one.batch_id: (number, one) for number, one in enumerate(command.kept)}
    for line in sent.lines:
        division = divisions[line.batch_id]
        if not division.accepted.kg:
            continue
        number, one = chosen.get(line.batch_id, (0, None))
        if one is None or one.product_id is None:
            raise Refused(
                N_("Say which of your products {lot_code} is."),
                field=f"kept.{number}.product_id",
                lot_code=line.lot_code,
            )
        batch = db.get_one(Batch, line.batch_id)
        yield Lot(
            product=access_product(db, by, one.product_id),
            amount=division.accepted,
            their_lot=batch.lot_code,
            document=sent.shipment.document,
            harvested_on=batch.harvested_on,
            packed_on=batch.packed_on,
            best_before=batch.best_before,
            lot_code=one.lot_code,
            field=f"kept.{number}",
            sender_batch_id=batch.id,
            sending_id=sent.id,
        )


def _answer(
    command: Answering,
    sent: Sent,
    channel: Channel,
    *,
    now: datetime,
    answered_by: uuid.UUID | None = None,
    cooperative_id: uuid.UUID | None = None,
    link_id: uuid.UUID | None = None,
) -> ShipmentAnswer:
    return ShipmentAnswer(
        id=command.id,
        shipment_id=sent.id,
        verdict=command.verdict,
        channel=channel,
        cooperative_id=cooperative_id,
        answered_by=answered_by,
        link_id=link_id,
        reason=command.reason,
        happened_at=command.happened_at,
        received_at=now,
    )


def _write(
    db: Session, answer: ShipmentAnswer, divisions: dict[uuid.UUID, Division], photos: Iterable[uuid.UUID]
) -> None:
    db.add(answer)
    db.flush()  # its lines point to it
    for batch_id, one in divisions.items():
        db.add(
            AnswerLine(
                answer_id=answer.id,
                batch_id=batch_id,
                accepted_kg=one.accepted.kg,
                accepted_pieces=one.accepted.pieces,
                rejected_kg=one.rejected.kg,
                rejected_pieces=one.rejected.pieces,
            )
        )
    for photo_id in dict.fromkeys(photos):
        db.add(AnswerPhoto(answer_id=answer.id, photo_id=photo_id))
    deliveries.settle(db, answer.shipment_id)
    db.flush()  # the answer is read back from the tables

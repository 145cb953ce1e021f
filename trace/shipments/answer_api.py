"""The JSON door to what receivers say, to links, to goods that come back and to goods of suppliers."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.batches import supplied
from trace.batches.queries import access_batch
from trace.batches.supplied import Supplied
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.settings import Settings
from trace.shipments import answers, incoming, links, queries, receiving, returns
from trace.shipments.api import AnswerRead, LineRead, ShipmentRead, read, read_answer
from trace.shipments.queries import Sent

router = APIRouter(prefix="/api/v1", tags=["shipments"])


class ConsignmentRead(ReadModel):
    """A shipment as its receiver sees it: what the paper that came with it says."""

    code: str
    sender: str = Field(description="The cooperative that sent it.")
    document: str | None
    seal: str | None
    temperature: Decimal | None
    happened_at: datetime = Field(description="When it left, as the sender says.")
    lines: list[LineRead]
    kg: Decimal
    answer: AnswerRead | None


class LinkRead(ReadModel):
    """A link for a buyer without an account. Its address is told this once."""

    id: uuid.UUID
    address: str
    expires_at: datetime


class ReceivedRead(ReadModel):
    """A batch that came from somebody else."""

    batch_id: uuid.UUID
    lot_code: str = Field(description="Ours.")
    their_lot: str = Field(description="The supplier's; empty where there is none.")
    supplier: str
    document: str | None
    harvested_on: str | None = Field(description="Null: the supplier does not say.")
    share: str = Field(description="Of the batch asked about, by weight, exactly.", examples=["1/4"])
    percent: int


@router.post(
    "/shipments/answer",
    status_code=201,
    responses=WRITING,
    operation_id="shipments_answer_for_buyer",
    summary="Write down what a buyer said",
)
def answer_for_buyer(command: answers.AnswerForBuyer, by: By, db: Db, now: Now) -> ShipmentRead:
    """Accepted, accepted in part or rejected, as the buyer told it. Stock does not change by it."""
    answer = answers.answer_for_buyer(db, command, by=by, now=now)
    return read(queries.sent(db, answer.shipment_id), by=by)


@router.post(
    "/shipments/return",
    status_code=201,
    responses=WRITING,
    operation_id="shipments_take_in_return",
    summary="Take in what came back",
)
def take_in_return(command: returns.TakeInReturn, by: By, db: Db, now: Now) -> ShipmentRead:
    """Goods that were not kept have arrived: what is fit is stock again, what is not is lost."""
    returns.take_in_return(db, command, by=by, now=now)
    return read(queries.sent(db, command.shipment_id), by=by)


@router.post(
    "/shipments/link",
    status_code=201,
    responses=WRITING,
    operation_id="shipments_make_link",
    summary="Make a link for a buyer without an account",
)
def make_link(command: links.MakeLink, request: Request, by: By, db: Db, now: Now) -> LinkRead:
    """Whoever has it sees the delivery note and answers for the goods, until it ends or is revoked."""
    made = links.make_link(db, command, by=by, now=now)
    settings: Settings = request.app.state.settings
    return LinkRead(
        id=made.id, address=f"{settings.public_url}/delivery/{made.token}", expires_at=made.expires_at
    )


@router.post(
    "/shipments/revoke-link",
    status_code=204,
    responses=WRITING,
    operation_id="shipments_revoke_link",
    summary="Revoke a link",
)
def revoke_link(command: links.RevokeLink, by: By, db: Db, now: Now) -> None:
    links.revoke_link(db, command, by=by, now=now)


@router.get(
    "/consignments",
    responses=READING,
    operation_id="shipments_list_consignments",
    summary="List what was sent to us",
)
def list_consignments(by: By, db: Reads, asked: Asked) -> PageOf[ConsignmentRead]:
    """By senders of whom something was answered before, the newest first. The first is opened by its code."""
    found, following = asked.cut(incoming.consignments(db, by, asked))
    names = incoming.senders(db, {one.shipment.cooperative_id for one in found})
    return PageOf(
        items=[_consignment(one, names[one.shipment.cooperative_id]) for one in found], next=following
    )


@router.get(
    "/consignments/{code}",
    responses=READING,
    operation_id="shipments_show_consignment",
    summary="Show what came in, by the code on its note",
)
def show_consignment(code: str, by: By, db: Reads) -> ConsignmentRead:
    return _shown(db, by, code)


@router.post(
    "/consignments/answer",
    status_code=201,
    responses=WRITING,
    operation_id="shipments_answer_consignment",
    summary="Accept or reject what came in",
)
def answer_consignment(command: answers.AnswerConsignment, by: By, db: Db, now: Now) -> ConsignmentRead:
    """What is kept becomes batches of ours, of the sender's lots. Sending the same `id` again is safe."""
    answer = answers.answer_consignment(db, command, by=by, now=now)
    sent = queries.sent(db, answer.shipment_id)
    names = incoming.senders(db, {sent.shipment.cooperative_id})
    return _consignment(sent, names[sent.shipment.cooperative_id])


@router.post(
    "/goods",
    status_code=201,
    responses=WRITING,
    operation_id="shipments_receive_goods",
    summary="Take in goods of a supplier",
)
def receive_goods(command: receiving.ReceiveGoods, by: By, db: Db, now: Now) -> list[ReceivedRead]:
    """Each lot becomes a batch of ours; the supplier's lot number is kept beside ours."""
    operation = receiving.receive_goods(db, command, by=by, now=now)
    return [_received(one) for one in supplied.made_by(db, operation.id)]


@router.get(
    "/batches/{batch_id}/suppliers",
    responses=READING,
    operation_id="shipments_list_suppliers",
    summary="List whose lots a batch is of",
)
def list_suppliers(batch_id: uuid.UUID, by: By, db: Reads) -> list[ReceivedRead]:
    """One step back: every lot from somebody else that it is of, through any number of operations."""
    return [_received(one) for one in supplied.supplied(db, access_batch(db, by, batch_id).id)]


def _shown(db: Session, by: Actor, code: Annotated[str, Field(max_length=40)]) -> ConsignmentRead:
    found = incoming.addressed_to(db, by, code)
    names = incoming.senders(db, {found.cooperative_id})
    return _consignment(queries.sent(db, found.id), names[found.cooperative_id])


def _consignment(sent: Sent, sender: str) -> ConsignmentRead:
    return ConsignmentRead(
        code=sent.code,
        sender=sender,
        document=sent.shipment.document,
        seal=sent.shipment.seal,
        temperature=sent.shipment.temperature,
        happened_at=sent.operation.happened_at,
        lines=[LineRead.model_validate(line) for line in sent.lines],
        kg=sent.kg,
        answer=read_answer(sent.answer) if sent.answer else None,
    )


def _received(one: Supplied) -> ReceivedRead:
    return ReceivedRead(
        batch_id=one.batch_id,
        lot_code=one.lot_code,
        their_lot=one.their_lot,
        supplier=one.supplier,
        document=one.document,
        harvested_on=one.harvested_on.isoformat() if one.harvested_on else None,
        share=str(one.share),
        percent=one.percent,
    )

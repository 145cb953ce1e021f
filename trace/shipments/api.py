"""The JSON door to shipments."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.batches.queries import access_batch
from trace.batches.unit_models import UnitKind
from trace.kit.commands import ReadModel
from trace.kit.doors import Config, Db, Language, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.shipments import queries
from trace.shipments.answer_queries import Answered
from trace.shipments.commands import Dispatch, dispatch
from trace.shipments.models import Channel, Verdict
from trace.shipments.note_doors import TYPE, for_members
from trace.shipments.note_queries import note
from trace.shipments.queries import Sent

router = APIRouter(prefix="/api/v1", tags=["shipments"])
_PDF: Final = {TYPE: {"schema": {"type": "string", "format": "binary"}}}


class LineRead(ReadModel):
    """So much of one batch."""

    batch_id: uuid.UUID
    lot_code: str = Field(examples=["TMD-DL-261108-01"])
    product: str
    kg: Decimal = Field(examples=["120.5"])
    pieces: int | None


class UnitSentRead(ReadModel):
    """A box or a pallet that went along; what it holds is in the lines."""

    id: uuid.UUID
    kind: UnitKind
    code: str
    sscc: str | None


class AnsweredLineRead(ReadModel):
    """Of one batch: what was kept, what not, and what of that has come back."""

    batch_id: uuid.UUID
    accepted_kg: Decimal
    accepted_pieces: int | None
    rejected_kg: Decimal
    rejected_pieces: int | None
    returned_kg: Decimal
    returned_pieces: int | None


class AnswerRead(ReadModel):
    """What the receiver said of a shipment."""

    id: uuid.UUID
    verdict: Verdict
    channel: Channel = Field(description="A cooperative here, a link, or told to the sender.")
    cooperative: str | None = Field(description="The receiver, if it is registered here.")
    reason: str | None
    happened_at: datetime
    received_at: datetime
    lines: list[AnsweredLineRead]
    photo_ids: list[uuid.UUID]


class ShipmentRead(ReadModel):
    """A shipment with its three clocks; null where nothing was said."""

    id: uuid.UUID = Field(description="Of the operation, too, that took the kilograms.")
    code: str = Field(description="On the delivery note; the receiver types it in.", examples=["7K3M9Q2M"])
    partner_id: uuid.UUID
    partner: str = Field(description="As it is called today.")
    document: str | None
    vehicle: str | None = Field(description="Null for those who only read.")
    seal: str | None
    temperature: Decimal | None = Field(description="°C, when it was loaded.")
    happened_at: datetime = Field(description="When it left, as the writer says.")
    recorded_at: datetime = Field(description="When it was written, by the device's clock.")
    received_at: datetime = Field(description="When the server took it in.")
    written_by: uuid.UUID = Field(description="The membership.")
    note: str
    lines: list[LineRead]
    units: list[UnitSentRead]
    answer: AnswerRead | None
    kg: Decimal = Field(description="All lines together.")
    taken_back_by_id: uuid.UUID | None = Field(description="It was taken back: nothing of it counts.")


class ConsignedRead(ReadModel):
    """What one partner got of a batch in one shipment, and how the partner is reached."""

    shipment_id: uuid.UUID
    partner_id: uuid.UUID
    partner: str
    phone: str | None = Field(description="Null for those who only read.")
    kg: Decimal
    pieces: int | None
    accepted_kg: Decimal | None = Field(description="Null: nobody has answered.")
    rejected_kg: Decimal | None
    returned_kg: Decimal = Field(description="What came back of it.")


@router.post(
    "/shipments",
    status_code=201,
    response_model=ShipmentRead,
    responses=WRITING,
    operation_id="shipments_dispatch",
    summary="Send batches to a partner",
)
def dispatch_shipment(command: Dispatch, by: By, db: Db, now: Now) -> ShipmentRead:
    """Kilograms leave the store for one partner. Never more than is left, and nothing of what is on hold.

    A mistake is taken back as an operation, with the same id. Sending the same `id` again is safe.
    """
    return read(queries.sent(db, dispatch(db, command, by=by, now=now).id), by=by)


@router.get(
    "/shipments",
    response_model=PageOf[ShipmentRead],
    responses=READING,
    operation_id="shipments_list",
    summary="List shipments",
)
def list_shipments(by: By, db: Reads, asked: Asked) -> PageOf[ShipmentRead]:
    """The last that was written first, those that were taken back included."""
    found, following = asked.cut(queries.shipments(db, by, asked))
    return PageOf(items=[read(one, by=by) for one in found], next=following)


@router.get(
    "/shipments/{shipment_id}/note.pdf",
    response_class=Response,
    responses={200: {"description": "A4, ready to be printed.", "content": _PDF}, **READING},
    operation_id="shipments_print_note",
    summary="Print a delivery note",
)
def print_note(
    shipment_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language, config: Config
) -> Response:
    """With a QR code for the receiver, in the language asked for. The plate is left out for those who only read."""
    shipment = queries.access_shipment(db, by, shipment_id)
    return for_members(note(db, shipment.id, now=now), config.public_url, language, vehicle=by.records)


@router.get(
    "/shipments/{shipment_id}",
    response_model=ShipmentRead,
    responses=READING,
    operation_id="shipments_show",
    summary="Show a shipment",
)
def show_shipment(shipment_id: uuid.UUID, by: By, db: Reads) -> ShipmentRead:
    queries.access_shipment(db, by, shipment_id)
    return read(queries.sent(db, shipment_id), by=by)


@router.get(
    "/batches/{batch_id}/consignees",
    response_model=list[ConsignedRead],
    responses=READING,
    operation_id="shipments_list_consignees",
    summary="List who got something of a batch",
)
def list_consignees(batch_id: uuid.UUID, by: By, db: Reads) -> list[ConsignedRead]:
    """Every shipment that took of this very batch and stands. What was made of it is asked about by its own id."""
    access_batch(db, by, batch_id)
    return [
        ConsignedRead(
            shipment_id=one.shipment_id,
            partner_id=one.partner.id,
            partner=one.partner.name,
            phone=one.partner.phone if by.records else None,
            kg=one.kg,
            pieces=one.pieces,
            accepted_kg=one.answer.accepted.kg if one.answer else None,
            rejected_kg=one.answer.rejected.kg if one.answer else None,
            returned_kg=one.answer.returned.kg if one.answer else Decimal(0),
        )
        for one in queries.consigned(db, by, [batch_id])
    ]


def read(one: Sent, *, by: Actor) -> ShipmentRead:
    told, done = one.shipment, one.operation
    return ShipmentRead(
        id=told.id,
        code=one.code,
        partner_id=told.partner_id,
        partner=one.partner.name,
        document=told.document,
        vehicle=told.vehicle if by.records else None,
        seal=told.seal,
        temperature=told.temperature,
        happened_at=done.happened_at,
        recorded_at=done.recorded_at,
        received_at=done.received_at,
        written_by=done.written_by,
        note=done.note,
        lines=[LineRead.model_validate(line) for line in one.lines],
        units=[UnitSentRead.model_validate(unit) for unit in one.units],
        answer=read_answer(one.answer) if one.answer else None,
        kg=one.kg,
        taken_back_by_id=one.taken_back_by_id,
    )


def read_answer(said: Answered) -> AnswerRead:
    return AnswerRead(
        id=said.id,
        verdict=Verdict(said.verdict),
        channel=Channel(said.channel),
        cooperative=said.cooperative,
        reason=said.reason,
        happened_at=said.happened_at,
        received_at=said.received_at,
        lines=[
            AnsweredLineRead(
                batch_id=batch_id,
                accepted_kg=line.accepted.kg,
                accepted_pieces=line.accepted.pieces,
                rejected_kg=line.rejected.kg,
                rejected_pieces=line.rejected.pieces,
                returned_kg=line.returned.kg,
                returned_pieces=line.returned.pieces,
            )
            for batch_id, line in said.lines.items()
        ],
        photo_ids=list(said.photo_ids),
    )

"""Tables of shipments."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class Shipment(Table, table=True):
    """To whom an operation of the kind `ship` went, and how. Written once.

    Its kilograms, its clocks and whether it was taken back are the operation's, so that stock is kept in one place:
    the lines of a shipment are what the operation took.
    """

    id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    partner_id: uuid.UUID = Field(foreign_key="partner.id", ondelete="RESTRICT", index=True)
    document: str | None = Field(max_length=40, description="Number of the invoice or the order.")
    vehicle: str | None = Field(max_length=40, description="Its plate. For members only.")
    seal: str | None = Field(max_length=40)
    temperature: Decimal | None = Field(sa_type=Thousandths, description="°C, when it was loaded.")


class DeliveryNote(Table, table=True):
    """The paper that goes with a shipment, and the short code on it. Whoever holds the paper can open it by that."""

    shipment_id: uuid.UUID = Field(primary_key=True, foreign_key="shipment.id", ondelete="RESTRICT")
    code: str = Field(max_length=8, unique=True)


class ShipmentLink(Table, table=True):
    """A link for a buyer without an account. Only the hash of its token is kept; it ends by itself or is revoked."""

    id: uuid.UUID = Field(primary_key=True)
    shipment_id: uuid.UUID = Field(foreign_key="shipment.id", ondelete="RESTRICT", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class Verdict(StrEnum):
    """What the receiver says of a shipment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class Channel(StrEnum):
    """How the answer came: from a cooperative here, through a link, or told to the sender who wrote it down."""

    PLATFORM = "platform"
    LINK = "link"
    TOLD = "told"


class ShipmentAnswer(Table, table=True):
    """What the receiver took and what not. One for each shipment, written once."""

    __table_args__ = (
        one_of("verdict", Verdict),
        one_of("channel", Channel),
        CheckConstraint("(channel = 'link') = (link_id IS NOT NULL)", name="link_is_named"),
        CheckConstraint("(channel = 'platform') = (cooperative_id IS NOT NULL)", name="receiver_is_named"),
        CheckConstraint("(channel = 'link') = (answered_by IS NULL)", name="member_is_named"),
        CheckConstraint("verdict = 'accepted' OR reason IS NOT NULL", name="refusal_has_reason"),
    )

    id: uuid.UUID = Field(primary_key=True)
    shipment_id: uuid.UUID = Field(foreign_key="shipment.id", ondelete="RESTRICT", unique=True)
    verdict: str = Field(max_length=8)
    channel: str = Field(max_length=8)
    cooperative_id: uuid.UUID | None = Field(
        foreign_key="cooperative.id",
        ondelete="RESTRICT",
        index=True,
        description="The receiver, if it is here.",
    )
    answered_by: uuid.UUID | None = Field(foreign_key="membership.id", ondelete="RESTRICT")
    link_id: uuid.UUID | None = Field(foreign_key="shipment_link.id", ondelete="RESTRICT")
    reason: str | None = Field(max_length=500)
    happened_at: datetime = Field(description="When the goods were looked at, as the receiver says.")
    received_at: datetime


class AnswerLine(Table, table=True):
    """Of one batch of a shipment: how much the receiver kept and how much not. Together, what was sent."""

    __table_args__ = (
        CheckConstraint("accepted_kg >= 0", name="accepted_not_negative"),
        CheckConstraint("rejected_kg >= 0", name="rejected_not_negative"),
    )

    answer_id: uuid.UUID = Field(primary_key=True, foreign_key="shipment_answer.id", ondelete="RESTRICT")
    batch_id: uuid.UUID = Field(primary_key=True, foreign_key="batch.id", ondelete="RESTRICT", index=True)
    accepted_kg: Decimal = Field(sa_type=Thousandths)
    accepted_pieces: int | None
    rejected_kg: Decimal = Field(sa_type=Thousandths)
    rejected_pieces: int | None


class AnswerPhoto(Table, table=True):
    """A photograph that the receiver sent with the answer."""

    answer_id: uuid.UUID = Field(primary_key=True, foreign_key="shipment_answer.id", ondelete="RESTRICT")
    photo_id: uuid.UUID = Field(primary_key=True, foreign_key="photo.id", ondelete="RESTRICT", index=True)

"""Tables of what leaves and enters the store besides kilograms: boxes, goods that came back, goods of others."""

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths


class UnitSent(Table, table=True):
    """A box or a pallet that left with a shipment. What it holds was taken of its batches then, and it holds it no more."""

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    unit_id: uuid.UUID = Field(
        primary_key=True, foreign_key="logistic_unit.id", ondelete="RESTRICT", index=True
    )


class SettledOperation(Table, table=True):
    """Somebody outside the cooperative has answered for an operation, so it is not taken back any more."""

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")


class OperationReturn(Table, table=True):
    """What an operation of the kind `return` brought back of what another one took: stock again, of the same batch."""

    __table_args__ = (
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        Index("ix_operation_return_of", "of_operation_id", "batch_id"),
    )

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    position: int = Field(primary_key=True)
    of_operation_id: uuid.UUID = Field(foreign_key="operation.id", ondelete="RESTRICT")
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None


class SuppliedBatch(Table, table=True):
    """That a batch was not grown here but came from somebody else, under the lot number that they gave it.

    Two suppliers may use the same number: it is kept beside our own lot code and never looked up by itself.
    Its supplier is a partner in the list or, of a shipment on this platform, the cooperative of the batch sent.
    """

    __table_args__ = (
        CheckConstraint("(partner_id IS NULL) <> (sender_batch_id IS NULL)", name="of_one_supplier"),
        CheckConstraint("(sender_batch_id IS NULL) = (sending_id IS NULL)", name="sent_by_an_operation"),
    )

    batch_id: uuid.UUID = Field(primary_key=True, foreign_key="batch.id", ondelete="RESTRICT")
    partner_id: uuid.UUID | None = Field(foreign_key="partner.id", ondelete="RESTRICT", index=True)
    sender_batch_id: uuid.UUID | None = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    sending_id: uuid.UUID | None = Field(
        foreign_key="operation.id", ondelete="RESTRICT", index=True, description="The sender's shipment."
    )
    their_lot: str = Field(max_length=40, description="As on the supplier's paper or label.")
    document: str | None = Field(max_length=40, description="Number of the supplier's invoice or note.")
    harvested_on: date | None = Field(description="None: the supplier does not say.")
    named: bool = Field(description="Shoppers may read the partner's name: it is no private person's.")

"""Tables of what is done with batches: each operation with what it took and what came of it."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class OperationKind(StrEnum):
    """What is done with batches. Whoever was wrong takes the whole operation back."""

    MAKE = "make"
    GRADE = "grade"
    PACK = "pack"
    REPACK = "repack"
    SPLIT = "split"
    MERGE = "merge"
    TRANSFORM = "transform"
    LOSS = "loss"
    DESTROY = "destroy"
    SAMPLE = "sample"
    MOVE = "move"
    SHIP = "ship"
    RETURN = "return"
    RECEIVE = "receive"
    TAKE_BACK = "take_back"


class Process(StrEnum):
    """How a product becomes another one; each loses another share of its weight."""

    FRESH_CUT = "fresh_cut"
    DRIED = "dried"
    OTHER = "other"


class Loss(StrEnum):
    """Where kilograms went that are in no batch any more."""

    SORTED_OUT = "sorted_out"
    SPOILED = "spoiled"
    SHRUNK = "shrunk"
    TRIMMED = "trimmed"
    DRIED_OFF = "dried_off"
    SAMPLE = "sample"
    DESTROYED = "destroyed"
    OTHER = "other"


class Operation(Table, table=True):
    """Something that was done with batches, with the three clocks of a record. Written once."""

    __table_args__ = (
        one_of("kind", OperationKind),
        one_of("process", Process),
        CheckConstraint("(kind = 'transform') = (process IS NOT NULL)", name="transform_has_process"),
        CheckConstraint("(kind = 'take_back') = (takes_back_id IS NOT NULL)", name="take_back_names_one"),
        Index("ix_operation_cooperative", "cooperative_id", "id"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    kind: str = Field(max_length=10)
    process: str | None = Field(max_length=10)
    happened_at: datetime = Field(description="When it was done, as the writer says.")
    recorded_at: datetime = Field(description="When it was written, by the device's clock.")
    received_at: datetime = Field(description="When the server took it in, by the server's clock.")
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    note: str = Field(max_length=2000)
    reason: str | None = Field(max_length=500)
    takes_back_id: uuid.UUID | None = Field(
        foreign_key="operation.id", ondelete="RESTRICT", unique=True, description="Taken back at most once."
    )


class OperationInput(Table, table=True):
    """What an operation took: a part of a batch, or of a harvest."""

    __table_args__ = (
        CheckConstraint("(batch_id IS NULL) <> (harvest_id IS NULL)", name="of_one_thing"),
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        Index("ix_operation_input_batch", "batch_id", "operation_id"),
        Index("ix_operation_input_harvest", "harvest_id", "operation_id"),
    )

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    position: int = Field(primary_key=True)
    batch_id: uuid.UUID | None = Field(foreign_key="batch.id", ondelete="RESTRICT")
    harvest_id: uuid.UUID | None = Field(foreign_key="record.id", ondelete="RESTRICT")
    kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None


class OperationOutput(Table, table=True):
    """What came of it: a new batch, made by this operation and no other, or a loss. Inputs and outputs weigh the same."""

    __table_args__ = (
        CheckConstraint("(batch_id IS NULL) <> (loss IS NULL)", name="batch_or_loss"),
        one_of("loss", Loss),
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
    )

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    position: int = Field(primary_key=True)
    batch_id: uuid.UUID | None = Field(foreign_key="batch.id", ondelete="RESTRICT", unique=True)
    loss: str | None = Field(max_length=10)
    kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None


class Movement(Table, table=True):
    """Where all that is left of a batch was brought. It weighs nothing: no kilogram changes its batch."""

    operation_id: uuid.UUID = Field(primary_key=True, foreign_key="operation.id", ondelete="RESTRICT")
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    place: str = Field(max_length=120)

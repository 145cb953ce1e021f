"""Tables of logistic units: boxes that hold parts of batches, pallets that carry boxes."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class UnitKind(StrEnum):
    BOX = "box"
    PALLET = "pallet"


class LogisticUnit(Table, table=True):
    """Something that is carried as one thing. Written once, with all that is in it; its numbers are never used again."""

    __table_args__ = (
        one_of("kind", UnitKind),
        UniqueConstraint("gs1_prefix", "serial"),
        CheckConstraint("(sscc IS NULL) = (gs1_prefix IS NULL)", name="sscc_has_prefix"),
        CheckConstraint("(sscc IS NULL) = (serial IS NULL)", name="sscc_has_serial"),
        Index("ix_logistic_unit_cooperative", "cooperative_id", "id"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    kind: str = Field(max_length=6)
    code: str = Field(max_length=8, unique=True, description="Short random code, beside the SSCC or instead.")
    sscc: str | None = Field(max_length=18, unique=True, description="GS1 AI (00).")
    gs1_prefix: str | None = Field(max_length=12, description="As it was when the SSCC was given.")
    serial: int | None
    packed_with_id: uuid.UUID | None = Field(
        index=True, description="Of equal boxes packed at once: the first of them. None: packed alone."
    )
    happened_at: datetime = Field(description="When it was packed, as the writer says.")
    received_at: datetime
    packed_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    note: str = Field(max_length=2000)


class BoxContent(Table, table=True):
    """A part of a batch in a box. It stays the batch's own: a box takes nothing off its books."""

    __table_args__ = (
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
    )

    box_id: uuid.UUID = Field(primary_key=True, foreign_key="logistic_unit.id", ondelete="RESTRICT")
    batch_id: uuid.UUID = Field(primary_key=True, foreign_key="batch.id", ondelete="RESTRICT", index=True)
    kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None


class PalletBox(Table, table=True):
    """A box on a pallet, until the pallet is taken apart."""

    pallet_id: uuid.UUID = Field(primary_key=True, foreign_key="logistic_unit.id", ondelete="RESTRICT")
    box_id: uuid.UUID = Field(
        primary_key=True, foreign_key="logistic_unit.id", ondelete="RESTRICT", index=True
    )


class TakenApart(Table, table=True):
    """A unit that is one no more: what was in it is loose again."""

    id: uuid.UUID = Field(primary_key=True)
    unit_id: uuid.UUID = Field(foreign_key="logistic_unit.id", ondelete="RESTRICT", unique=True)
    reason: str = Field(max_length=500)
    happened_at: datetime
    received_at: datetime
    taken_apart_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")

"""Tables of batches."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of
from trace.records.models import Weight


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Batch(Table, table=True):
    """Some quantity of one harvest that is packed and sold as one thing, under a lot code nobody uses again."""

    __table_args__ = (
        UniqueConstraint("product_id", "lot_code"),
        one_of("state", State),
        one_of("unit", Weight),
        CheckConstraint("quantity_kg > 0", name="quantity_positive"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_has_time"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    product_id: uuid.UUID = Field(foreign_key="product.id", ondelete="RESTRICT")
    cycle_id: uuid.UUID = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True)
    harvest_id: uuid.UUID = Field(foreign_key="record.id", ondelete="RESTRICT", index=True)
    code: str = Field(max_length=8, unique=True, description="Short random code on the label.")
    lot_code: str = Field(max_length=20, description="GS1 AI (10); upper case.")
    quantity: Decimal = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    quantity_kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None
    harvested_on: date
    packed_on: date | None
    best_before: date | None
    state: str = Field(max_length=10)
    made_at: datetime
    published_at: datetime | None = None

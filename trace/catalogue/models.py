"""Tables of the catalogue."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from trace.kit.tables import Table


class Product(Table, table=True):
    """Something a cooperative sells under one name; a GS1 trade item where it has a GTIN."""

    __table_args__ = (CheckConstraint("shelf_life_days > 0", name="shelf_life_positive"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    name: str = Field(max_length=120)
    variety: str | None = Field(max_length=120)
    brand: str | None = Field(max_length=120)
    gtin: str | None = Field(
        max_length=14, unique=True, description="14 digits; given by GS1, never made here."
    )
    origin: str = Field(max_length=2, description="ISO 3166-1 alpha-2")
    net_content: str | None = Field(max_length=120)
    storage: str | None = Field(max_length=120)
    shelf_life_days: int | None
    lot_prefix: str = Field(max_length=8, description="How proposed lot codes begin.")
    photo_id: uuid.UUID | None = Field(foreign_key="photo.id", ondelete="RESTRICT")
    added_at: datetime
    retired_at: datetime | None = None

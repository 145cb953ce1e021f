"""Tables of farms."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class PlotKind(StrEnum):
    GREENHOUSE = "greenhouse"
    NET_HOUSE = "net_house"
    OPEN_FIELD = "open_field"


class GrowingArea(Table, table=True):
    """A vùng trồng, with its production unit code where it has one. Exact places are not kept here."""

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    name: str = Field(max_length=120)
    puc: str | None = Field(max_length=40, description="Mã số vùng trồng")
    crop: str | None = Field(max_length=120)
    area_m2: Decimal | None = Field(sa_type=Thousandths)
    commune_code: str = Field(max_length=5)
    commune_label: str = Field(max_length=120)
    added_at: datetime


class Household(Table, table=True):
    """A grower's household. Strangers see its code; the name stays among members."""

    __table_args__ = (UniqueConstraint("cooperative_id", "code"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    code: str = Field(max_length=20)
    name: str = Field(max_length=120)
    phone: str | None = Field(max_length=20, description="E.164")
    added_at: datetime


class Plot(Table, table=True):
    """A greenhouse or a piece of land that carries one crop at a time."""

    __table_args__ = (
        UniqueConstraint("cooperative_id", "code"),
        one_of("kind", PlotKind),
        CheckConstraint("area_m2 > 0", name="area_positive"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    area_id: uuid.UUID = Field(foreign_key="growing_area.id", ondelete="RESTRICT", index=True)
    household_id: uuid.UUID | None = Field(foreign_key="household.id", ondelete="RESTRICT", index=True)
    code: str = Field(max_length=20)
    kind: str = Field(max_length=12)
    area_m2: Decimal = Field(sa_type=Thousandths)
    added_at: datetime

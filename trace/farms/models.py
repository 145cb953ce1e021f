"""Tables of farms."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class PlotKind(StrEnum):
    GREENHOUSE = "greenhouse"
    NET_HOUSE = "net_house"
    OPEN_FIELD = "open_field"


class Purpose(StrEnum):
    """What a person may let shoppers see."""

    NAME = "name"
    PHOTO = "photo"


class Channel(StrEnum):
    """How a consent was given."""

    IN_APP = "in_app"
    SPOKEN = "spoken"
    PAPER = "paper"


class Ending(StrEnum):
    """Why a consent stands no longer: the person said so, or the consent lost its person."""

    IN_APP = "in_app"
    SPOKEN = "spoken"
    RENAMED = "renamed"
    ERASED = "erased"


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
    """A grower's household and the one person who stands for it; no name is left where that person was erased.

    Strangers see the code. What else they see of the person, the person decides (`Consent`).
    """

    __table_args__ = (UniqueConstraint("cooperative_id", "code"), UniqueConstraint("membership_id"))

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    code: str = Field(max_length=20)
    name: str = Field(max_length=120)
    phone: str | None = Field(max_length=20, description="E.164")
    membership_id: uuid.UUID | None = Field(
        foreign_key="membership.id", ondelete="RESTRICT", description="The person's own account."
    )
    portrait_id: uuid.UUID | None = Field(foreign_key="photo.id", ondelete="RESTRICT")
    added_at: datetime

    @property
    def spoken(self) -> str:
        """As members tell households apart."""
        return f"{self.code} · {self.name}" if self.name else self.code


class Consent(Table, table=True):
    """The person of a household agreed to one purpose, in the words of one version. Written once."""

    __table_args__ = (
        one_of("purpose", Purpose),
        one_of("channel", Channel),
        CheckConstraint("(channel = 'paper') = (sheet_id IS NOT NULL)", name="paper_has_sheet"),
        Index("ix_consent_household_purpose", "household_id", "purpose"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    household_id: uuid.UUID = Field(foreign_key="household.id", ondelete="RESTRICT")
    purpose: str = Field(max_length=5)
    wording: int = Field(description="Version of the words; see `wordings`.")
    channel: str = Field(max_length=6)
    sheet_id: uuid.UUID | None = Field(
        foreign_key="photo.id", ondelete="RESTRICT", description="The signed sheet."
    )
    received_at: datetime
    recorded_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")


class ConsentWithdrawal(Table, table=True):
    """That a consent stands no longer. Written once; to agree again is another consent."""

    __table_args__ = (one_of("because", Ending),)

    consent_id: uuid.UUID = Field(primary_key=True, foreign_key="consent.id", ondelete="RESTRICT")
    because: str = Field(max_length=7)
    received_at: datetime
    recorded_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")


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

"""Tables of the catalogue."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from trace.catalogue.list_rules import Standing
from trace.catalogue.measures import Measure, Unit
from trace.kit.tables import Table, Thousandths, one_of


class InputKind(StrEnum):
    """What an input is for; the books ask for different facts about each."""

    SEED = "seed"
    FERTILISER = "fertiliser"
    PESTICIDE = "pesticide"
    SUBSTRATE = "substrate"
    PACKAGING = "packaging"
    OTHER = "other"


class Product(Table, table=True):
    """Something a cooperative sells under one name; a GS1 trade item where it has a GTIN."""

    __table_args__ = (CheckConstraint("shelf_life_days > 0", name="shelf_life_positive"),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    name: str = Field(max_length=120)
    crop: str | None = Field(max_length=40, description="What grows, as the label of a pesticide names it.")
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


class FormerGtin(Table, table=True):
    """A GTIN that a product had before it was set right: labels printed with it still lead to its batches."""

    id: uuid.UUID = Field(primary_key=True, description="Of the command that gave the product another.")
    product_id: uuid.UUID = Field(foreign_key="product.id", ondelete="RESTRICT", index=True)
    gtin: str = Field(max_length=14, index=True)
    replaced_at: datetime


class PartnerKind(StrEnum):
    """On which side of the cooperative a partner stands: one step forward, one step back, or both."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"


class Partner(Table, table=True):
    """Whom the cooperative sells to or buys from, and how to reach them on the day of a recall. For members only."""

    __table_args__ = (one_of("kind", PartnerKind), UniqueConstraint("cooperative_id", "tax_code"))

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    kind: str = Field(max_length=8)
    name: str = Field(max_length=120)
    phone: str | None = Field(max_length=20, description="E.164")
    tax_code: str | None = Field(
        max_length=14, description="A cooperative registered here under it is the same one."
    )
    gln: str | None = Field(max_length=13)
    street: str | None = Field(max_length=120)
    commune_code: str | None = Field(max_length=5)
    commune_label: str | None = Field(max_length=120, description="As it was called when it was stored.")
    added_at: datetime


class Input(Table, table=True):
    """Something the cooperative buys to grow with, as its label describes it."""

    __table_args__ = (
        one_of("kind", InputKind),
        one_of("unit", Unit),
        one_of("max_dose_unit", Measure),
        CheckConstraint("re_entry_hours >= 0", name="re_entry_not_negative"),
        CheckConstraint("max_applications > 0", name="applications_positive"),
        CheckConstraint("max_dose > 0", name="dose_positive"),
        CheckConstraint("(max_dose IS NULL) = (max_dose_unit IS NULL)", name="dose_has_unit"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    kind: str = Field(max_length=10)
    trade_name: str = Field(max_length=120, description="As on the label.")
    active_ingredient: str | None = Field(max_length=120, description="With its strength.")
    formulation: str | None = Field(max_length=40)
    composition: str | None = Field(max_length=120, description="Of a fertiliser: N-P-K and what else.")
    registration_number: str | None = Field(max_length=40)
    maker: str | None = Field(max_length=120)
    photo_id: uuid.UUID | None = Field(
        foreign_key="photo.id", ondelete="RESTRICT", description="Of the label."
    )
    unit: str = Field(max_length=5, description="What it is counted in.")
    kills_insects: bool | None = Field(description="Bees among them; none means not declared.")
    re_entry_hours: int | None = Field(description="Before anybody goes in again without protection.")
    max_applications: int | None = Field(description="In one crop cycle.")
    max_dose: Decimal | None = Field(sa_type=Thousandths, description="Each time, on 1,000 m².")
    max_dose_unit: str | None = Field(max_length=2)
    added_at: datetime
    retired_at: datetime | None = None


class LabelInterval(Table, table=True):
    """The pre-harvest interval that a label gives for one crop. No row: the label says nothing, nor do we."""

    __table_args__ = (CheckConstraint("phi_days >= 0", name="phi_not_negative"),)

    input_id: uuid.UUID = Field(primary_key=True, foreign_key="input.id", ondelete="CASCADE")
    crop_key: str = Field(primary_key=True, max_length=120, description="The crop, folded.")
    crop: str = Field(max_length=40, description="As the label writes it.")
    phi_days: int


class Purchase(Table, table=True):
    """So many packs of one lot of an input were bought. Written once; a correction names the one it replaces."""

    __table_args__ = (
        one_of("unit", Unit),
        CheckConstraint("packs > 0", name="packs_positive"),
        CheckConstraint("content > 0", name="content_positive"),
        CheckConstraint("pack_price >= 0", name="price_not_negative"),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    input_id: uuid.UUID = Field(foreign_key="input.id", ondelete="RESTRICT", index=True)
    bought_on: date
    lot_number: str | None = Field(max_length=40, description="As on the pack.")
    expires_on: date | None
    packs: int
    content: Decimal = Field(sa_type=Thousandths, description="Of one pack.")
    unit: str = Field(max_length=5)
    pack_price: Decimal | None = Field(sa_type=Thousandths, description="In đồng; for members only.")
    supplier: str | None = Field(max_length=120, description="For members only.")
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    received_at: datetime
    corrects_id: uuid.UUID | None = Field(
        foreign_key="purchase.id", ondelete="RESTRICT", unique=True, description="It is corrected once."
    )
    correction_reason: str | None = Field(max_length=500)

    @property
    def quantity(self) -> Decimal:
        """All packs together."""
        return self.packs * self.content


class PurchaseWithdrawal(Table, table=True):
    """A purchase should never have been written; it stays in sight, struck out."""

    id: uuid.UUID = Field(primary_key=True)
    purchase_id: uuid.UUID = Field(foreign_key="purchase.id", ondelete="RESTRICT", unique=True)
    reason: str = Field(max_length=500)
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    received_at: datetime


class PurchasePhoto(Table, table=True):
    """A photograph of the invoice or of the pack, in the order it was added."""

    purchase_id: uuid.UUID = Field(primary_key=True, foreign_key="purchase.id", ondelete="RESTRICT")
    photo_id: uuid.UUID = Field(primary_key=True, foreign_key="photo.id", ondelete="RESTRICT", index=True)
    position: int


class PesticideList(Table, table=True):
    """A list of allowed or banned pesticides as one circular gives it. An older one stays readable."""

    __table_args__ = (one_of("standing", Standing),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    standing: str = Field(max_length=7)
    circular: str = Field(max_length=120, description="Its number, as on the circular.")
    in_force_on: date
    file_sha256: str = Field(max_length=64, description="Of the spreadsheet it was read from.")
    line_count: int
    unreadable_count: int
    imported_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    imported_at: datetime


class PesticideListLine(Table, table=True):
    """One line of a list, as it is written there."""

    __table_args__ = (Index("ix_pesticide_list_line_trade_key", "list_id", "trade_key"),)

    list_id: uuid.UUID = Field(primary_key=True, foreign_key="pesticide_list.id", ondelete="RESTRICT")
    number: int = Field(primary_key=True, description="Of the row in the spreadsheet.")
    active_ingredient: str = Field(max_length=2000)
    trade_name: str = Field(max_length=2000)
    target: str = Field(max_length=2000)
    crop: str = Field(max_length=2000)
    registrant: str = Field(max_length=2000)
    trade_key: str = Field(max_length=300, description="The trade name without marks, signs and spaces.")

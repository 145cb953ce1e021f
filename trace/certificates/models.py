"""Tables of certificates. A mistake is corrected by another certificate that names the one it corrects."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of
from trace.records.models import Weight


class CertificateKind(StrEnum):
    VIETGAP = "vietgap"
    GLOBALGAP = "globalgap"
    OCOP = "ocop"
    ORGANIC = "organic"
    GROWING_AREA = "growing_area"
    PACKING_HOUSE = "packing_house"
    OTHER = "other"


class Certificate(Table, table=True):
    """A certificate as it was stated. Where it names no products or no places, it holds for all of them."""

    __table_args__ = (
        one_of("kind", CertificateKind),
        one_of("unit", Weight),
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_begins"),
        CheckConstraint("(kind = 'ocop') = (stars IS NOT NULL)", name="ocop_has_stars"),
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars_known"),
        CheckConstraint("quantity_kg > 0", name="quantity_positive"),
        CheckConstraint("(quantity IS NULL) = (quantity_kg IS NULL)", name="quantity_in_kg"),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    kind: str = Field(max_length=13)
    title: str | None = Field(max_length=120, description="What another kind certifies.")
    number: str = Field(max_length=60, description="For OCOP that of the decision; for GlobalG.A.P. the GGN.")
    issuer: str = Field(max_length=120)
    stars: int | None
    valid_from: date
    valid_to: date | None
    quantity: Decimal | None = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    quantity_kg: Decimal | None = Field(sa_type=Thousandths)
    check_url: str | None = Field(max_length=500, description="Where a stranger can check it; https.")
    check_words: str | None = Field(max_length=120)
    document_id: uuid.UUID | None = Field(foreign_key="document.id", ondelete="RESTRICT")
    photo_id: uuid.UUID | None = Field(foreign_key="photo.id", ondelete="RESTRICT")
    file_public: bool = Field(description="A manager said that strangers may have the file.")
    corrects_id: uuid.UUID | None = Field(foreign_key="certificate.id", ondelete="RESTRICT", unique=True)
    correction_reason: str | None = Field(max_length=500)
    added_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    added_at: datetime


class CertificateProduct(Table, table=True):
    """A product that a certificate names."""

    certificate_id: uuid.UUID = Field(primary_key=True, foreign_key="certificate.id", ondelete="RESTRICT")
    product_id: uuid.UUID = Field(primary_key=True, foreign_key="product.id", ondelete="RESTRICT")


class CertificateArea(Table, table=True):
    """A growing area that a certificate names, with every plot in it."""

    certificate_id: uuid.UUID = Field(primary_key=True, foreign_key="certificate.id", ondelete="RESTRICT")
    area_id: uuid.UUID = Field(primary_key=True, foreign_key="growing_area.id", ondelete="RESTRICT")


class CertificatePlot(Table, table=True):
    """A single plot that a certificate names."""

    certificate_id: uuid.UUID = Field(primary_key=True, foreign_key="certificate.id", ondelete="RESTRICT")
    plot_id: uuid.UUID = Field(primary_key=True, foreign_key="plot.id", ondelete="RESTRICT")


class CertificateWithdrawal(Table, table=True):
    """The issuer took a certificate back, or the cooperative gave it up. It stays, and says so."""

    certificate_id: uuid.UUID = Field(primary_key=True, foreign_key="certificate.id", ondelete="RESTRICT")
    withdrawn_on: date
    reason: str = Field(max_length=500)
    withdrawn_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    withdrawn_at: datetime

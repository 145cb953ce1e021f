"""Tables of site work: what a cooperative does and keeps beside its crops."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from trace.kit.tables import Thousandths, one_of
from trace.records.choices import Cleaned, WasteKind
from trace.records.models import Detail, Weight


class Hygiene(Detail, table=True):
    __table_args__ = (one_of("cleaned", Cleaned),)
    cleaned: str = Field(max_length=13)
    means: str | None = Field(max_length=120, description="With what, and how.")


class Waste(Detail, table=True):
    __table_args__ = (one_of("waste", WasteKind), one_of("unit", Weight))
    waste: str = Field(max_length=19)
    weight: Decimal | None = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    pieces: int | None = Field(description="Bottles, bags.")


class Training(Detail, table=True):
    topic: str = Field(max_length=120)
    headcount: int | None


class Health(Detail, table=True):
    """Who was examined and with what result is confided; only the next examination is a date like others."""

    valid_until: date | None


class Audit(Detail, table=True):
    subject: str = Field(max_length=120)
    finding: str = Field(max_length=500)
    remedy: str | None = Field(max_length=500)
    due_on: date | None = Field(description="By when it is set right.")


class Complaint(Detail, table=True):
    lot_code: str | None = Field(max_length=40)
    complaint: str = Field(max_length=500)
    answer: str | None = Field(max_length=500)

"""Tables of laboratory tests. A mistake is corrected by another test that names the one it corrects."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from trace.kit.tables import Millionths, Table, one_of


class Sample(StrEnum):
    """What was sampled: the ground of a place before it is a risk, or the produce itself."""

    SOIL = "soil"
    WATER = "water"
    SUBSTRATE = "substrate"
    PRODUCE = "produce"


class Found(StrEnum):
    """How a result is stated: a number, less than what the method can tell, not there, or there."""

    NUMBER = "number"
    BELOW = "below"
    NOT_DETECTED = "not_detected"
    DETECTED = "detected"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_JUDGED = "not_judged"


class LabTest(Table, table=True):
    """One report about one sample, of a growing area, a plot, a crop cycle or a batch."""

    __table_args__ = (
        one_of("sample", Sample),
        one_of("verdict", Verdict),
        CheckConstraint(
            "(CASE WHEN area_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN plot_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN batch_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="names_one_thing",
        ),
        CheckConstraint(
            "(sample = 'produce') = (area_id IS NULL AND plot_id IS NULL)", name="produce_of_cycle_or_batch"
        ),
        CheckConstraint("(corrects_id IS NULL) = (correction_reason IS NULL)", name="correction_has_reason"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    area_id: uuid.UUID | None = Field(foreign_key="growing_area.id", ondelete="RESTRICT", index=True)
    plot_id: uuid.UUID | None = Field(foreign_key="plot.id", ondelete="RESTRICT", index=True)
    cycle_id: uuid.UUID | None = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True)
    batch_id: uuid.UUID | None = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    sample: str = Field(max_length=9)
    description: str | None = Field(max_length=120, description="Which part of it, how much.")
    sampled_on: date
    laboratory: str = Field(max_length=120)
    received_on: date | None
    reported_on: date | None
    report_number: str | None = Field(max_length=40)
    norm: str | None = Field(max_length=120, description="What the results were compared with, as text.")
    verdict: str = Field(max_length=10, description="Of all parameters together.")
    document_id: uuid.UUID | None = Field(foreign_key="document.id", ondelete="RESTRICT")
    photo_id: uuid.UUID | None = Field(foreign_key="photo.id", ondelete="RESTRICT")
    file_public: bool = Field(description="Somebody said that strangers may have the report.")
    corrects_id: uuid.UUID | None = Field(foreign_key="lab_test.id", ondelete="RESTRICT", unique=True)
    correction_reason: str | None = Field(max_length=500)
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    received_at: datetime


class LabResult(Table, table=True):
    """One parameter of a test, in the order of the report. A limit of zero means that none may be there."""

    __table_args__ = (
        one_of("found", Found),
        one_of("verdict", Verdict),
        CheckConstraint("(found IN ('number', 'below')) = (value IS NOT NULL)", name="number_has_value"),
    )

    test_id: uuid.UUID = Field(primary_key=True, foreign_key="lab_test.id", ondelete="RESTRICT")
    position: int = Field(primary_key=True)
    parameter: str = Field(max_length=120)
    found: str = Field(max_length=12)
    value: Decimal | None = Field(sa_type=Millionths)
    unit: str | None = Field(max_length=40)
    max_value: Decimal | None = Field(sa_type=Millionths)
    verdict: str = Field(max_length=10)


class LabSampler(Table, table=True):
    """Who took the sample. Beside the test and not in it, so that a person can be forgotten."""

    test_id: uuid.UUID = Field(primary_key=True, foreign_key="lab_test.id", ondelete="RESTRICT")
    name: str = Field(max_length=120)


class LabWithdrawal(Table, table=True):
    """The report does not count: it was about something else, or the laboratory took it back. It stays."""

    test_id: uuid.UUID = Field(primary_key=True, foreign_key="lab_test.id", ondelete="RESTRICT")
    reason: str = Field(max_length=500)
    withdrawn_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    withdrawn_at: datetime

"""Tables of labels: what was printed, the serial numbers on it, and what became of them. All of it is written once."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths


class PrintRun(Table, table=True):
    """Labels that somebody printed at once: of a batch, or ahead of any; or the labels of a run once more."""

    __table_args__ = (
        CheckConstraint("count > 0", name="count_positive"),
        CheckConstraint("start > 0", name="start_positive"),
        CheckConstraint("has_serials OR batch_id IS NOT NULL", name="says_something"),
        CheckConstraint("(reprints_id IS NULL) = (reason IS NULL)", name="reprint_has_reason"),
        CheckConstraint("(reprints_id IS NULL) = (first IS NULL)", name="reprint_has_range"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    batch_id: uuid.UUID | None = Field(
        foreign_key="batch.id", ondelete="RESTRICT", index=True, description="None: printed ahead."
    )
    stationery: str = Field(max_length=20, description="A sheet or a roll, as codes/stationery.py names it.")
    count: int
    has_serials: bool = Field(
        description="Each label has a number of its own; otherwise all carry the batch's."
    )
    start: int = Field(description="Place of the first label on the first sheet.")
    shift_x: Decimal = Field(sa_type=Thousandths, description="Millimetres to the right.")
    shift_y: Decimal = Field(sa_type=Thousandths, description="Millimetres down.")
    printed_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    printed_at: datetime
    reprints_id: uuid.UUID | None = Field(
        default=None, foreign_key="print_run.id", ondelete="RESTRICT", index=True
    )
    first: int | None = Field(default=None, description="Of a reprint: from this label of that run.")
    reason: str | None = Field(default=None, max_length=500)


class LabelSerial(Table, table=True):
    """The number of one label. Random: nobody can guess the next one from it."""

    __table_args__ = (UniqueConstraint("run_id", "position"),)

    code: str = Field(primary_key=True, max_length=10)
    run_id: uuid.UUID = Field(foreign_key="print_run.id", ondelete="RESTRICT")
    position: int = Field(description="From 1, in the order of printing.")


class LabelActivation(Table, table=True):
    """Labels of a run, from the first to the last, that were put on the goods of a batch: from then on they count."""

    __table_args__ = (CheckConstraint("first > 0 AND last >= first", name="range"),)

    id: uuid.UUID = Field(primary_key=True)
    run_id: uuid.UUID = Field(foreign_key="print_run.id", ondelete="RESTRICT", index=True)
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    first: int
    last: int
    happened_at: datetime = Field(description="When they were stuck on, as the writer says.")
    received_at: datetime
    activated_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")


class LabelVoid(Table, table=True):
    """Labels of a run that were spoiled: whoever scans one is told so, for ever."""

    __table_args__ = (CheckConstraint("first > 0 AND last >= first", name="range"),)

    id: uuid.UUID = Field(primary_key=True)
    run_id: uuid.UUID = Field(foreign_key="print_run.id", ondelete="RESTRICT", index=True)
    first: int
    last: int
    reason: str = Field(max_length=500)
    voided_at: datetime
    voided_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")

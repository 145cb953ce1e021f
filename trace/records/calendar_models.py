"""Tables of crop calendars: what a cooperative made of the shipped ones, and what cycles follow."""

import uuid
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, one_of
from trace.records.calendar_rules import CountsFrom


class CropCalendar(Table, table=True):
    """A cooperative's own calendar of one crop. A plan, not a fact: it is changed, and the journal keeps how."""

    __table_args__ = (UniqueConstraint("cooperative_id", "crop_key"), one_of("counts_from", CountsFrom))

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    crop_key: str = Field(max_length=40, description="The crop without marks, as addresses name it.")
    crop: str = Field(max_length=40)
    counts_from: str = Field(max_length=9)
    kept_at: datetime


class CalendarStep(Table, table=True):
    """One work of a calendar and when it is due. Its key outlives every change, so that a skip still fits."""

    __table_args__ = (UniqueConstraint("calendar_id", "key"),)

    id: uuid.UUID = Field(primary_key=True)
    calendar_id: uuid.UUID = Field(foreign_key="crop_calendar.id", ondelete="CASCADE")
    key: str = Field(max_length=40)
    kind: str = Field(max_length=12, description="Checked by the commands alone: kinds of work may be added.")
    works: str = Field(max_length=80, description="Of pruning: which works count, spaces between; none: any.")
    opens: int = Field(description="Days from the day that the calendar counts from; in a year, the month.")
    closes: int
    title: str = Field(max_length=120)
    note: str = Field(max_length=500)
    ours: bool = Field(description="Title and note are still the shipped ones, which are translated.")


class CycleCalendar(Table, table=True):
    """Somebody chose the calendar of a cycle; the newest choice counts."""

    id: uuid.UUID = Field(primary_key=True)
    cycle_id: uuid.UUID = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True)
    crop_key: str = Field(max_length=40)
    flowered_on: date | None
    chosen_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    chosen_at: datetime


class StepSkip(Table, table=True):
    """Somebody said that a step is not done in this cycle, and why; without a reason, that it is after all."""

    id: uuid.UUID = Field(primary_key=True)
    cycle_id: uuid.UUID = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True)
    step_key: str = Field(max_length=40)
    reason: str | None = Field(max_length=500)
    said_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    said_at: datetime

"""Tables of batches."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of
from trace.records.models import Weight


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Batch(Table, table=True):
    """Some quantity that is packed and sold as one thing, under a lot code nobody uses again.

    An operation made it, of a harvest or of other batches; what is left of it, operations say.
    """

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
    cycle_id: uuid.UUID | None = Field(
        foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True, description="None: it is of several."
    )
    harvest_id: uuid.UUID | None = Field(
        foreign_key="record.id", ondelete="RESTRICT", index=True, description="None: it is of several."
    )
    code: str = Field(max_length=8, unique=True, description="Short random code on the label.")
    lot_code: str = Field(max_length=20, description="GS1 AI (10); upper case.")
    quantity: Decimal = Field(sa_type=Thousandths, description="As entered.")
    unit: str = Field(max_length=3)
    quantity_kg: Decimal = Field(sa_type=Thousandths)
    pieces: int | None
    grade: str | None = Field(default=None, max_length=40, description="As the cooperative calls it.")
    harvested_on: date = Field(description="Of several harvests, the first.")
    packed_on: date | None
    best_before: date | None
    state: str = Field(max_length=10)
    made_at: datetime
    published_at: datetime | None = None


class End(StrEnum):
    """How a published batch ends. Its page stays for ever, and its lot code is nobody else's."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class BatchEnd(Table, table=True):
    """A batch was withdrawn or closed, by whom, when and why. Written once; one that is closed can still be withdrawn."""

    __table_args__ = (one_of("state", End), UniqueConstraint("batch_id", "state"))

    id: uuid.UUID = Field(primary_key=True)
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT")
    state: str = Field(max_length=9)
    reason: str = Field(max_length=500, description="In plain words; strangers read it.")
    said_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    said_at: datetime


class BatchRecall(Table, table=True):
    """A batch was called back from whoever has some of it. Written once; nothing ever takes it back."""

    __table_args__ = (
        CheckConstraint("document IS NULL OR authority IS NOT NULL", name="document_has_author"),
    )

    batch_id: uuid.UUID = Field(primary_key=True, foreign_key="batch.id", ondelete="RESTRICT")
    recall_id: uuid.UUID = Field(index=True, description="The recall; its room lies above this one.")
    message: str = Field(max_length=500, description="To whoever has some of it, in Vietnamese.")
    message_en: str | None = Field(max_length=500)
    authority: str | None = Field(max_length=120, description="Which ordered it; None: voluntary.")
    document: str | None = Field(max_length=40, description="Number of the authority's decision.")
    said_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    said_at: datetime


class Cause(StrEnum):
    """Why batches are held back: a laboratory test that failed, or a manager's own decision."""

    TEST = "test"
    DECISION = "decision"


class Decision(StrEnum):
    """What a manager made of a hold. One that is kept stays open and can be decided about again."""

    RELEASED = "released"
    KEPT = "kept"


class Hold(Table, table=True):
    """Keeps back the batches of a plot, of a cycle, or a single one. Written once; a decision may end it."""

    __table_args__ = (
        one_of("cause", Cause),
        CheckConstraint("(cause = 'test') = (cause_id IS NOT NULL)", name="test_is_named"),
        CheckConstraint(
            "(CASE WHEN plot_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN batch_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="names_one_thing",
        ),
        CheckConstraint("(plot_id IS NULL) = (since IS NULL)", name="plot_has_since"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    plot_id: uuid.UUID | None = Field(foreign_key="plot.id", ondelete="RESTRICT", index=True)
    cycle_id: uuid.UUID | None = Field(foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True)
    batch_id: uuid.UUID | None = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    since: datetime | None = Field(description="Of a plot: cycles that were closed before are not covered.")
    cause: str = Field(max_length=8)
    cause_id: uuid.UUID | None = Field(index=True, description="The test; its room lies above this one.")
    reason: str = Field(max_length=500, description="In plain words; strangers read it.")
    placed_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    placed_at: datetime


class HoldDecision(Table, table=True):
    """What a manager decided about a hold, when and why. The first release ends it for good."""

    __table_args__ = (
        one_of("decision", Decision),
        Index(
            "uq_hold_decision_released",
            "hold_id",
            unique=True,
            sqlite_where=text("decision = 'released'"),
            postgresql_where=text("decision = 'released'"),
        ),
    )

    id: uuid.UUID = Field(primary_key=True)
    hold_id: uuid.UUID = Field(foreign_key="hold.id", ondelete="RESTRICT", index=True)
    decision: str = Field(max_length=8)
    reason: str = Field(max_length=500)
    decided_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    decided_at: datetime

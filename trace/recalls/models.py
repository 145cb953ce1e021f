"""Tables of recalls. Everything in them is written once; what was decided is only ever widened."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, Thousandths, one_of


class Cause(StrEnum):
    """What a recall starts from."""

    TEST = "test"
    COMPLAINT = "complaint"
    INPUT = "input"
    PURCHASE = "purchase"
    HOUSEHOLD = "household"
    PLOT = "plot"
    CYCLE = "cycle"
    HARVEST = "harvest"
    BATCH = "batch"


class Action(StrEnum):
    """What a manager decides to do with what is touched."""

    HOLD = "hold"
    RECALL = "recall"


class Recall(Table, table=True):
    """Something was found, and what it touches is looked for. A drill is the same, and nobody outside sees it."""

    __table_args__ = (one_of("cause", Cause),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    cause: str = Field(max_length=9)
    cause_id: uuid.UUID = Field(description="Of whatever the cause is; its room lies below.")
    reason: str = Field(max_length=500, description="What was found. For members only.")
    drill: bool
    started_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    started_at: datetime


class RecallDecision(Table, table=True):
    """What a manager decided about everything that was touched and not called back yet."""

    __table_args__ = (
        one_of("action", Action),
        CheckConstraint("document IS NULL OR authority IS NOT NULL", name="document_has_author"),
    )

    id: uuid.UUID = Field(primary_key=True)
    recall_id: uuid.UUID = Field(foreign_key="recall.id", ondelete="RESTRICT", index=True)
    action: str = Field(max_length=6)
    message: str = Field(max_length=500)
    message_en: str | None = Field(max_length=500)
    authority: str | None = Field(max_length=120, description="Which ordered it; None: voluntary.")
    document: str | None = Field(max_length=40)
    decided_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    decided_at: datetime


class RecallItem(Table, table=True):
    """One batch in a decision, as it stood at that moment; or why it was left out."""

    __table_args__ = (UniqueConstraint("decision_id", "batch_id"),)

    id: uuid.UUID = Field(primary_key=True)
    decision_id: uuid.UUID = Field(foreign_key="recall_decision.id", ondelete="RESTRICT")
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    left_out_because: str | None = Field(max_length=500)
    made_kg: Decimal = Field(sa_type=Thousandths)
    left_kg: Decimal = Field(sa_type=Thousandths, description="In the store.")
    shipped_kg: Decimal = Field(sa_type=Thousandths, description="With known buyers.")

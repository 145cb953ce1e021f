"""Tables of reports by strangers. What was said and answered stays; only the contact can be forgotten."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from trace.kit.tables import Table, one_of


class Matter(StrEnum):
    """What is wrong, in the sender's eyes."""

    PAGE = "page"
    LABEL = "label"
    PRODUCE = "produce"
    OTHER = "other"


class PublicComplaint(Table, table=True):
    """Something that somebody without an account said about a published batch.

    Complaints in the book of the site are another table: members write those down themselves.
    """

    __table_args__ = (one_of("matter", Matter),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    batch_id: uuid.UUID = Field(foreign_key="batch.id", ondelete="RESTRICT", index=True)
    matter: str = Field(max_length=7)
    text: str = Field(max_length=2000)
    token_hash: str = Field(max_length=64, unique=True, description="Of the sender's link.")
    sent_at: datetime


class ComplaintContact(Table, table=True):
    """How to reach the sender, if they wish. Beside the complaint, so that a person can be forgotten."""

    complaint_id: uuid.UUID = Field(primary_key=True, foreign_key="public_complaint.id", ondelete="RESTRICT")
    contact: str = Field(max_length=120)


class ComplaintReply(Table, table=True):
    """What the cooperative answered; the one that closes says what was done."""

    __table_args__ = (
        Index(
            "uq_complaint_reply_closes",
            "complaint_id",
            unique=True,
            sqlite_where=text("closes"),
            postgresql_where=text("closes"),
        ),
    )

    id: uuid.UUID = Field(primary_key=True)
    complaint_id: uuid.UUID = Field(foreign_key="public_complaint.id", ondelete="RESTRICT", index=True)
    text: str = Field(max_length=2000)
    closes: bool
    written_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    written_at: datetime

"""Tables of the journal."""

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from trace.kit.tables import Table


class JournalEntry(Table, table=True):
    """One thing that was said, at the moment the server took it in. The database refuses change and removal."""

    __table_args__ = (Index("ix_journal_entry_subject", "subject_id", "received_at"),)

    id: uuid.UUID = Field(primary_key=True, description="The command's own id: sent twice, it is one entry.")
    cooperative_id: uuid.UUID = Field(index=True)
    kind: str = Field(max_length=60, description="<noun>.<past participle>")
    subject_id: uuid.UUID
    actor_id: uuid.UUID | None = Field(description="The membership that said it; none before there was one.")
    said: str = Field(description="The command as canonical JSON, without anything about a person.")
    received_at: datetime

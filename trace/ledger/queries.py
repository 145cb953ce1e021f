"""Questions about what was said."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trace.ledger.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """That something was said about a subject, when, and which membership said it."""

    kind: str
    actor_id: uuid.UUID | None
    received_at: datetime


def entries_of(db: Session, subject_id: uuid.UUID) -> list[Entry]:
    """Everything that was said about one thing, the first first."""
    found = (
        select(JournalEntry.kind, JournalEntry.actor_id, JournalEntry.received_at)
        .where(JournalEntry.subject_id == subject_id)
        .order_by(col(JournalEntry.received_at), col(JournalEntry.id))
    )
    return [Entry(*row) for row in db.exec(found)]

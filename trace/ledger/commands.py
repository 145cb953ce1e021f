"""The one way into the journal."""

import json
import uuid
from datetime import datetime
from typing import Any

from sqlmodel import Session

from trace.kit.commands import Command, said
from trace.kit.database import hold
from trace.kit.problems import Conflict
from trace.kit.translation import N_
from trace.ledger.models import JournalEntry


def append(
    db: Session,
    kind: str,
    *,
    subject: uuid.UUID,
    command: Command,
    cooperative: uuid.UUID,
    actor: uuid.UUID | None,
    at: datetime,
) -> None:
    """Leave the entry of a command in the transaction that carries it out."""
    db.add(
        JournalEntry(
            id=command.id,
            cooperative_id=cooperative,
            kind=kind,
            subject_id=subject,
            actor_id=actor,
            said=canonical(said(command)),
            received_at=at,
        )
    )


def already(db: Session, kind: str, command: Command, *, cooperative: uuid.UUID) -> uuid.UUID | None:
    """The subject of a command that was carried out before, or None for a new one.

    Holds the id until the transaction ends, so that two copies sent at once become one. Raises Conflict
    when the id came before with other content or from another cooperative.
    """
    hold(db, "command", command.id)
    entry = db.get(JournalEntry, command.id)
    if entry is None:
        return None
    if (entry.kind, entry.cooperative_id, entry.said) != (kind, cooperative, canonical(said(command))):
        raise Conflict(
            N_("This id was used before for something else. Make a new id for a new entry."), field="id"
        )
    return entry.subject_id


def canonical(value: dict[str, Any]) -> str:
    """One spelling for one content: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

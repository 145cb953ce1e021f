"""How a signed-in person's commands enter the journal: who said it, and for which cooperative, the actor knows."""

import uuid
from datetime import datetime

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.kit.commands import Command
from trace.ledger import commands as ledger


def already(db: Session, kind: str, command: Command, *, by: Actor) -> uuid.UUID | None:
    """The subject of a command that was carried out before, or None for a new one; raises as the ledger does."""
    return ledger.already(db, kind, command, cooperative=by.cooperative_id)


def append(db: Session, kind: str, subject: uuid.UUID, command: Command, *, by: Actor, now: datetime) -> None:
    """Leave the entry of a command in the transaction that carries it out."""
    ledger.append(
        db,
        kind,
        subject=subject,
        command=command,
        cooperative=by.cooperative_id,
        actor=by.membership_id,
        at=now,
    )

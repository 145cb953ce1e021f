"""Every change of where a batch stands: when, by whom and why, put together from the facts themselves."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.models import Membership, Person
from trace.batches import holds
from trace.batches.models import Batch, Decision
from trace.batches.operation_models import Operation, OperationInput, OperationKind, OperationOutput
from trace.batches.recalled import CalledBack
from trace.batches.states import Ended
from trace.batches.stock import still_counts
from trace.ledger import queries as ledger


class Passage(StrEnum):
    """From one state to the next; a hold that is kept stays a hold, with one reason more."""

    MADE = "made"
    PUBLISHED = "published"
    HELD = "held"
    KEPT = "kept"
    RELEASED = "released"
    SHIPPED = "shipped"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Passed:
    """One of them. The name is for members."""

    passage: Passage
    at: datetime
    who: str | None
    reason: str | None = None
    kg: Decimal | None = None


def history(
    db: Session, batch: Batch, *, ends: Iterable[Ended], called_back: CalledBack | None
) -> list[Passed]:
    """All of them, the first first. Nothing in it is ever rewritten."""
    found = [*_work(db, batch.id), *_published(db, batch), *_holds(db, batch.id)]
    found += [Passed(Passage(one.state), one.at, one.who, one.reason) for one in ends]
    if called_back:
        found.append(Passed(Passage.RECALLED, called_back.at, called_back.who, called_back.telling.message))
    return sorted(found, key=lambda one: one.at)


def _work(db: Session, batch_id: uuid.UUID) -> Iterator[Passed]:
    """What made it, and each shipment that stands. By the time it was received: that is when the state changed."""
    columns: list[Any] = [Operation, col(Person.name), col(OperationInput.kg)]
    made = select(col(OperationOutput.operation_id)).where(col(OperationOutput.batch_id) == batch_id)
    shipped = col(Operation.kind) == OperationKind.SHIP
    rows = db.execute(
        select(*columns)
        .select_from(Operation)
        .join(Membership, col(Membership.id) == col(Operation.written_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(
            OperationInput,
            (col(OperationInput.operation_id) == col(Operation.id))
            & (col(OperationInput.batch_id) == batch_id),
        )
        .where(col(Operation.id).in_(made) | (shipped & col(OperationInput.kg).is_not(None) & still_counts()))
    )
    for done, who, kg in rows:
        passage = Passage.SHIPPED if done.kind == OperationKind.SHIP else Passage.MADE
        yield Passed(passage, done.received_at, who, done.reason, kg)


def _published(db: Session, batch: Batch) -> Iterator[Passed]:
    for entry in ledger.entries_of(db, batch.id):
        if entry.kind == "batch.published":
            yield Passed(Passage.PUBLISHED, entry.received_at, _name(db, entry.actor_id))


def _holds(db: Session, batch_id: uuid.UUID) -> Iterator[Passed]:
    for one in holds.all_held_of(db, batch_id):
        yield Passed(Passage.HELD, one.hold.placed_at, one.who, one.hold.reason)
        for said in one.decisions:
            passage = Passage.RELEASED if said.decision == Decision.RELEASED else Passage.KEPT
            yield Passed(passage, said.decided_at, said.who, said.reason)


def _name(db: Session, membership_id: uuid.UUID | None) -> str | None:
    return db.scalar(
        select(col(Person.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.id) == membership_id)
    )

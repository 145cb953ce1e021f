"""Withdrawing a published batch, and closing one of which nothing is left."""

import uuid
from datetime import datetime

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import queries, states, stock
from trace.batches.holding import Reason, nothing_moves
from trace.batches.models import Batch, BatchEnd, End, State
from trace.kit.commands import Command
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_


class EndBatch(Command):
    """What is said about the end of a batch."""

    batch_id: uuid.UUID = Field(description="The batch.")
    reason: Reason = Field(
        description="In plain words, without names: strangers read it.", examples=["In nhầm tên sản phẩm"]
    )


class WithdrawBatch(EndBatch):
    """A published batch does not count any more; its page stays and says why."""


class CloseBatch(EndBatch):
    """Nothing is left of a batch, and nothing more is written about it."""


def withdraw_batch(db: Session, command: WithdrawBatch, *, by: Actor, now: datetime) -> Batch:
    """For good: its labels are out there, so neither its lot code nor its page is ever given to another batch."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "batch.withdrawn", command, by=by):
        return db.get_one(Batch, known)
    batch = _to_end(db, command, by=by)
    if batch.state != State.PUBLISHED:
        raise Refused(N_("This batch is not published, so there is nothing to withdraw."))
    if states.is_ended(db, batch.id, End.WITHDRAWN):
        raise Refused(N_("This batch is withdrawn already."))
    return _end(db, batch, command, End.WITHDRAWN, by=by, now=now)


def close_batch(db: Session, command: CloseBatch, *, by: Actor, now: datetime) -> Batch:
    """Once all of it is in other batches, declared as lost or destroyed."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "batch.closed", command, by=by):
        return db.get_one(Batch, known)
    batch = _to_end(db, command, by=by)
    left = stock.stock_of(db, batch.id)
    if states.is_ended(db, batch.id, End.CLOSED):
        raise Refused(N_("This batch is closed already."))
    if left.undone:
        raise Refused(N_("What made this batch was taken back: there is nothing to close."))
    if left.left.kg > 0:
        raise Refused(
            N_("{left} kg of it are left. Write first what became of them."),
            left=left.left.kg,
        )
    return _end(db, batch, command, End.CLOSED, by=by, now=now)


def _to_end(db: Session, command: EndBatch, *, by: Actor) -> Batch:
    """With nobody else at it, and nothing published or worked on until it is said."""
    batch = queries.access_batch(db, by, command.batch_id)
    hold(db, "batch", batch.id)
    nothing_moves(db, by)
    return batch


def _end(db: Session, batch: Batch, command: EndBatch, state: End, *, by: Actor, now: datetime) -> Batch:
    db.add(
        BatchEnd(
            id=command.id,
            batch_id=batch.id,
            state=state,
            reason=command.reason,
            said_by=by.membership_id,
            said_at=now,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, f"batch.{state}", batch.id, command, by=by, now=now)
    return batch

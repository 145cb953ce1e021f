"""Holding batches back, and deciding about a hold."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import holds, queries
from trace.batches.models import Cause, Decision, Hold, HoldDecision
from trace.farms import queries as farms
from trace.kit.clock import day_begins, day_in_vietnam
from trace.kit.commands import Command, Day, Paragraph
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.records import queries as records

Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Caused:
    """What made somebody hold batches back: a test by its id, or a manager who needs none."""

    cause: Cause
    id: uuid.UUID | None = None


BY_A_MANAGER = Caused(Cause.DECISION)


class PlaceHold(Command):
    """Batches are held back: all of a plot, all of a crop cycle, those made later included, or a single one."""

    plot_id: uuid.UUID | None = Field(None, description="One of `plot_id`, `cycle_id` and `batch_id`.")
    cycle_id: uuid.UUID | None = None
    batch_id: uuid.UUID | None = None
    since: Day | None = Field(
        None, description="Of a plot: cycles closed before this day are not covered. Without it, today."
    )
    reason: Reason = Field(
        description="In plain words, without names: strangers read it.", examples=["Chờ kết quả kiểm nghiệm"]
    )


class DecideHold(Command):
    """A manager releases what was held back, or keeps it."""

    hold_id: uuid.UUID = Field(description="The hold that is decided about.")
    decision: Decision
    reason: Reason = Field(examples=["Mẫu đối chứng ngày 18/11 đạt"])


def place_hold(db: Session, command: PlaceHold, *, by: Actor, now: datetime) -> Hold:
    """A manager holds batches back. Shown on every public page that it covers from this moment on."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "hold.placed", command, by=by):
        return db.get_one(Hold, known)
    return hold_back(db, command, BY_A_MANAGER, by=by, now=now)


def hold_back(db: Session, command: PlaceHold, caused: Caused, *, by: Actor, now: datetime) -> Hold:
    """Place a hold whoever asks: a failed test does not wait for a manager, only its release does."""
    _must_name_one(db, command, by=by)
    nothing_moves(db, by)
    placed = Hold(
        id=command.id,
        cooperative_id=by.cooperative_id,
        plot_id=command.plot_id,
        cycle_id=command.cycle_id,
        batch_id=command.batch_id,
        since=day_begins(command.since or day_in_vietnam(now)) if command.plot_id else None,
        cause=caused.cause,
        cause_id=caused.id,
        reason=command.reason,
        placed_by=by.membership_id,
        placed_at=now,
    )
    db.add(placed)
    db.flush()  # the answer is read back from the tables
    journal.append(db, "hold.placed", placed.id, command, by=by, now=now)
    return placed


def decide_hold(db: Session, command: DecideHold, *, by: Actor, now: datetime) -> Hold:
    """Release or keep, with the reason. What was released is not decided about again: a new hold is placed."""
    by.must_be(Role.MANAGER)
    kind = f"hold.{command.decision}"
    if known := journal.already(db, kind, command, by=by):
        return db.get_one(Hold, known)
    nothing_moves(db, by)
    held = holds.access_hold(db, by, command.hold_id)
    if holds.is_released(db, held.id):
        raise Refused(N_("This hold was released already. Place a new one if there is a new reason."))
    db.add(
        HoldDecision(
            id=command.id,
            hold_id=held.id,
            decision=command.decision,
            reason=command.reason,
            decided_by=by.membership_id,
            decided_at=now,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, kind, held.id, command, by=by, now=now)
    return held


def nothing_moves(db: Session, by: Actor) -> None:
    """Until this transaction ends, no hold of the cooperative comes or goes and no batch of it is published."""
    hold(db, "holds", by.cooperative_id)


def hold_batches(db: Session, ids: list[uuid.UUID]) -> None:
    """In one order for everybody, so that two who want the same ones never wait for each other."""
    for batch_id in sorted(ids):
        hold(db, "batch", batch_id)


def _must_name_one(db: Session, command: PlaceHold, *, by: Actor) -> None:
    named = [one for one in (command.plot_id, command.cycle_id, command.batch_id) if one]
    if len(named) != 1:
        raise Refused(N_("Name one thing to hold back: a plot, a crop cycle or a batch."), field="batch_id")
    if command.plot_id:
        farms.access_plot(db, by, command.plot_id)
    elif command.cycle_id:
        records.access_cycle(db, by, command.cycle_id)
    elif command.batch_id:
        queries.access_batch(db, by, command.batch_id)

"""Printing labels, printing them once more, putting them on a batch, and setting spoiled ones aside."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy import insert, select
from sqlmodel import Session, col

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import queries as batches
from trace.batches import states, stock, taking
from trace.batches.models import Batch, End
from trace.batches.operation_kinds import Reason
from trace.batches.recalled import called_back
from trace.codes import rules, run_queries
from trace.codes.models import LabelActivation, LabelSerial, LabelVoid, PrintRun
from trace.codes.rules import OptionalSerial, Range, SerialTyped
from trace.codes.stationery import GRIDS, Stationery
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam, is_future
from trace.kit.commands import Command, Moment
from trace.kit.database import hold
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_

MOST_LABELS: Final = 10_000
_CHUNK: Final = 1_000

Offset = Annotated[
    Decimal,
    Field(ge=-10, le=10, decimal_places=1, description="How far this printer is off, in millimetres."),
]
Place = Annotated[int, Field(ge=1, le=100, description="The first free place on the first sheet.")]


class PrintLabels(Command):
    """Labels are printed: for a batch, or ahead of any with a number each, to be bound to one at packing."""

    batch_id: uuid.UUID | None = Field(None, description="Empty: printed ahead.")
    stationery: Stationery = Field(description="A sheet or a roll.")
    count: int = Field(ge=1, le=MOST_LABELS, examples=[1140])
    has_serials: bool = Field(default=False, description="Each label gets a random number of its own.")
    start: Place = 1
    shift_x: Offset = Decimal(0)
    shift_y: Offset = Decimal(0)


class ReprintLabels(Command):
    """Labels of a run are printed once more, because the first ones are lost or spoiled before they were used."""

    run_id: uuid.UUID = Field(description="The run of which some are printed again.")
    first: int = Field(ge=1, description="From this label of the run.")
    last: int = Field(ge=1, description="To this label of the run.")
    stationery: Stationery = Field(description="A sheet or a roll.")
    start: Place = 1
    shift_x: Offset = Decimal(0)
    shift_y: Offset = Decimal(0)
    reason: Reason = Field(examples=["Kẹt giấy"])


class ActivateLabels(Command):
    """Labels are put on the goods of a batch; from now on, whoever scans one sees it."""

    batch_id: uuid.UUID = Field(description="The batch on whose goods they are.")
    first: SerialTyped = Field(description="Number of the first label, or the address that it carries.")
    last: OptionalSerial = Field(None, description="Of the last; empty: one label.")
    happened_at: Moment = Field(
        description="When they were stuck on, with its zone.", examples=["2026-11-09T09:00:00+07:00"]
    )


class VoidLabels(Command):
    """Labels were spoiled: they are on no goods and count no more."""

    first: SerialTyped = Field(description="Number of the first label, or the address that it carries.")
    last: OptionalSerial = Field(None, description="Of the last; empty: one label.")
    reason: Reason = Field(examples=["Rách khi dán"])


def print_labels(db: Session, command: PrintLabels, *, by: Actor, now: datetime) -> PrintRun:
    """Never more for a batch than it has pieces, whoever prints at once. Numbers are given here and not activated."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "labels.printed", command, by=by):
        return db.get_one(PrintRun, known)
    _must_fit(command.stationery, command.start)
    if command.batch_id is None:
        if not command.has_serials:
            raise Refused(
                N_("Labels that are printed ahead need a number each, or nobody could bind them."),
                field="has_serials",
            )
    else:
        batch = _printable(db, by, command.batch_id)
        _must_be_covered(db, batch, command.count, field="count")
    run = PrintRun(
        id=command.id,
        cooperative_id=by.cooperative_id,
        batch_id=command.batch_id,
        stationery=command.stationery,
        count=command.count,
        has_serials=command.has_serials,
        start=command.start,
        shift_x=command.shift_x,
        shift_y=command.shift_y,
        printed_by=by.membership_id,
        printed_at=now,
    )
    db.add(run)
    db.flush()  # its numbers point to it
    if command.has_serials:
        _number(db, run)
    journal.append(db, "labels.printed", run.id, command, by=by, now=now)
    return run


def reprint_labels(db: Session, command: ReprintLabels, *, by: Actor, now: datetime) -> PrintRun:
    """The same numbers again, without those that were set aside as spoiled."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "labels.reprinted", command, by=by):
        return db.get_one(PrintRun, known)
    run = run_queries.access_run(db, by, command.run_id)
    if run.reprints_id:
        raise Refused(N_("This is a reprint itself. Print the first run once more."), field="run_id")
    _must_fit(command.stationery, command.start)
    if command.last < command.first or command.last > run.count:
        raise Refused(N_("The run has the labels 1 to {count}."), field="last", count=run.count)
    if run.batch_id:
        _printable(db, by, run.batch_id)
    span = Range(command.first, command.last)
    void = run_queries.ranges(run_queries.voids(db, [run.id])[run.id])
    if not rules.whole([span], void):
        raise Refused(N_("All of these labels were set aside as spoiled."), field="first")
    again = PrintRun(
        id=command.id,
        cooperative_id=by.cooperative_id,
        batch_id=run.batch_id,
        stationery=command.stationery,
        count=span.length,
        has_serials=run.has_serials,
        start=command.start,
        shift_x=command.shift_x,
        shift_y=command.shift_y,
        printed_by=by.membership_id,
        printed_at=now,
        reprints_id=run.id,
        first=command.first,
        reason=command.reason,
    )
    db.add(again)
    journal.append(db, "labels.reprinted", again.id, command, by=by, now=now)
    return again


def activate_labels(db: Session, command: ActivateLabels, *, by: Actor, now: datetime) -> LabelActivation:
    """A range once only, and never on more pieces than the batch has; spoiled labels among them are passed over."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "labels.activated", command, by=by):
        return db.get_one(LabelActivation, known)
    batch = _printable(db, by, command.batch_id)
    if is_future(command.happened_at, now=now):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )
    if day_in_vietnam(command.happened_at) < batch.harvested_on:
        raise Refused(
            N_("This cannot be done before it was harvested, on {day}."),
            field="happened_at",
            day=batch.harvested_on,
        )
    taking.must_be_free(db, [batch], by=by, where="batch")
    run, span = _range(db, by, command.first, command.last)
    if run.batch_id and run.batch_id != batch.id:
        raise Refused(N_("These labels were printed for another batch."), field="first")
    bound = run_queries.activations(db, [run.id])[run.id]
    if rules.overlaps(span, run_queries.ranges(bound)):
        raise Conflict(N_("Some of these labels are on goods already."), field="first")
    void = run_queries.ranges(run_queries.voids(db, [run.id])[run.id])
    good = rules.whole([span], void)
    if not good:
        raise Refused(N_("All of these labels were set aside as spoiled."), field="first")
    if run.batch_id is None:
        _must_be_covered(db, batch, good, field="last" if command.last else "first")
    activation = LabelActivation(
        id=command.id,
        run_id=run.id,
        batch_id=batch.id,
        first=span.first,
        last=span.last,
        happened_at=command.happened_at,
        received_at=now,
        activated_by=by.membership_id,
    )
    db.add(activation)
    journal.append(db, "labels.activated", activation.id, command, by=by, now=now)
    return activation


def void_labels(db: Session, command: VoidLabels, *, by: Actor, now: datetime) -> LabelVoid:
    """Also labels that are on goods: a fruit that is thrown away takes its label along."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "labels.voided", command, by=by):
        return db.get_one(LabelVoid, known)
    run, span = _range(db, by, command.first, command.last)
    if rules.overlaps(span, run_queries.ranges(run_queries.voids(db, [run.id])[run.id])):
        raise Conflict(N_("Some of these labels were set aside before."), field="first")
    void = LabelVoid(
        id=command.id,
        run_id=run.id,
        first=span.first,
        last=span.last,
        reason=command.reason,
        voided_at=now,
        voided_by=by.membership_id,
    )
    db.add(void)
    journal.append(db, "labels.voided", void.id, command, by=by, now=now)
    return void


def _must_fit(stationery: Stationery, start: int) -> None:
    grid = GRIDS[stationery]
    if start > grid.labels:
        raise Refused(N_("One sheet has only {count} labels."), field="start", count=grid.labels)


def _printable(db: Session, by: Actor, batch_id: uuid.UUID) -> Batch:
    """Held, so that nobody else prints for it until this is done."""
    batch = batches.access_batch(db, by, batch_id)
    hold(db, "labels", batch.id)
    if stock.is_undone(db, batch.id):
        raise Refused(
            N_("What made the batch {lot_code} was taken back: there is nothing of it."),
            field="batch_id",
            lot_code=batch.lot_code,
        )
    if any(one.state == End.WITHDRAWN for one in states.ends_of(db, [batch.id])[batch.id]):
        raise Refused(
            N_("The batch {lot_code} is withdrawn: nothing is labelled with it any more."),
            field="batch_id",
            lot_code=batch.lot_code,
        )
    if called_back(db, [batch.id]):
        raise Refused(
            N_("The batch {lot_code} was called back: nothing is labelled with it any more."),
            field="batch_id",
            lot_code=batch.lot_code,
        )
    return batch


def _must_be_covered(db: Session, batch: Batch, more: int, *, field: str) -> None:
    """Where nobody counted the pieces, nothing can be compared."""
    if batch.pieces is None:
        return
    before = run_queries.issued(db, batch.id)
    if before + more > batch.pieces:
        raise Refused(
            N_(
                "{lot_code} has {pieces} pieces and {before} labels already: {left} more at most, not {more}."
            ),
            field=field,
            lot_code=batch.lot_code,
            pieces=batch.pieces,
            before=before,
            left=max(0, batch.pieces - before),
            more=more,
        )


def _range(db: Session, by: Actor, first: str, last: str | None) -> tuple[PrintRun, Range]:
    """The run and the range between two labels, whichever was scanned first; held for this transaction."""
    found = _found(db, by, first, field="first")
    end = _found(db, by, last, field="last") if last else found
    run, position = found
    if end[0].id != run.id:
        raise Refused(
            N_("The first and the last label are of two rolls. Do one roll after the other."), field="last"
        )
    hold(db, "run", run.id)
    return run, Range(min(position, end[1]), max(position, end[1]))


def _found(db: Session, by: Actor, code: str, *, field: str) -> tuple[PrintRun, int]:
    found = run_queries.of_label(db, by, code)
    if found is None:
        raise Refused(
            N_("No label of yours has the number {code}. Scan it again."),
            field=field,
            code=shortcodes.display(code),
        )
    return found


def _number(db: Session, run: PrintRun) -> None:
    """Random numbers; one that somebody has already, once in thousands of millions, is drawn again."""
    codes: list[str] = []
    while len(codes) < run.count:
        wanted = min(_CHUNK, run.count - len(codes))
        drawn = {shortcodes.new_code(shortcodes.SERIAL_LENGTH) for _ in range(wanted)} - set(codes)
        taken = set(
            db.execute(select(col(LabelSerial.code)).where(col(LabelSerial.code).in_(drawn))).scalars()
        )
        codes += drawn - taken
    rows = [
        {"code": code, "run_id": run.id, "position": position} for position, code in enumerate(codes, start=1)
    ]
    db.execute(insert(LabelSerial), rows)

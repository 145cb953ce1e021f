"""Crop calendars: a manager edits them; whoever writes the diary says which one a cycle follows, and what is skipped."""

import uuid
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from sqlmodel import Session, col, delete, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, Day, Line, Paragraph, ShortLine
from trace.kit.database import hold
from trace.kit.ids import new_id
from trace.kit.problems import Conflict, NotFound, Refused
from trace.kit.translation import N_
from trace.records import calendar_queries as queries
from trace.records.calendar_models import CalendarStep, CropCalendar, CycleCalendar, StepSkip
from trace.records.calendar_rules import CountsFrom, Step, key_of
from trace.records.choices import PruningWork
from trace.records.kinds import COMMANDS
from trace.records.models import Kind
from trace.records.queries import access_cycle, cycle
from trace.records.work import Reason

_MOST_STEPS: Final = 60

CropKey = Annotated[
    str, Field(max_length=40, pattern=r"^[a-z0-9-]+$", description="The crop, as addresses name it.")
]
StepKey = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9-]+$", description="The step.")]
Count = Annotated[int, Field(ge=-400, le=1500)]


def _each_once(works: tuple[PruningWork, ...]) -> tuple[PruningWork, ...]:
    return tuple(dict.fromkeys(works))


class AddCalendar(Command):
    """A calendar for a crop that has none yet; its steps come after it."""

    crop: ShortLine = Field(examples=["Dưa chuột"])
    counts_from: CountsFrom = Field(examples=["planting"])


class AddStep(Command):
    """A work that this crop needs, and when. With months instead of days where the calendar goes by the year."""

    crop: CropKey = Field(examples=["dua-luoi"])
    kind: Kind = Field(examples=["pruning"])
    works: Annotated[tuple[PruningWork, ...], AfterValidator(_each_once)] = Field(
        (), max_length=8, description="Of pruning: only these works do it. None: any."
    )
    opens: Count = Field(description="The first day, counted; or the first month.", examples=[7])
    closes: Count = Field(description="The last day, counted; or the last month.", examples=[10])
    title: Line = Field(examples=["Quấn dây, tỉa chồi"])
    note: Annotated[Paragraph, Field(max_length=500)] = ""


class ChangeStep(AddStep):
    """Another time, another work or other words for a step. Every fact is sent."""

    step: StepKey = Field(examples=["train"])


class RemoveStep(Command):
    """This crop does not need a step here."""

    crop: CropKey = Field(examples=["dua-luoi"])
    step: StepKey = Field(examples=["train"])


class ResetCalendar(Command):
    """Back to the calendar that comes with the product; the cooperative's own steps go."""

    crop: CropKey = Field(examples=["dua-luoi"])


def add_calendar(db: Session, command: AddCalendar, *, by: Actor, now: datetime) -> str:
    """The key of the new calendar."""
    by.must_be(Role.MANAGER)
    key = key_of(command.crop)
    if journal.already(db, "calendar.added", command, by=by):
        return key
    hold(db, "calendars", by.cooperative_id)
    if not key:
        raise Refused(N_("Write the name of the crop in letters."), field="crop")
    if key in queries.calendars(db, by):
        raise Conflict(N_("There is a calendar for this crop already. Change that one."), field="crop")
    made = _store(db, key, command.crop, command.counts_from, (), by=by, now=now)
    journal.append(db, "calendar.added", made.id, command, by=by, now=now)
    return key


def add_step(db: Session, command: AddStep, *, by: Actor, now: datetime) -> str:
    """The key of the calendar. The first change makes the shipped calendar the cooperative's own."""
    by.must_be(Role.MANAGER)
    if journal.already(db, "calendar.step_added", command, by=by):
        return command.crop
    own = _own(db, command.crop, by=by, now=now)
    _must_be_possible(command, own)
    if len(queries.calendar(db, by, command.crop).steps) >= _MOST_STEPS:
        raise Refused(N_("This calendar is full. Remove a step first."))
    db.add(_row(own.id, str(command.id), command))
    journal.append(db, "calendar.step_added", own.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.crop


def change_step(db: Session, command: ChangeStep, *, by: Actor, now: datetime) -> str:
    by.must_be(Role.MANAGER)
    if journal.already(db, "calendar.step_changed", command, by=by):
        return command.crop
    own = _own(db, command.crop, by=by, now=now)
    _must_be_possible(command, own)
    db.delete(_access_step(db, own, command.step))
    db.flush()  # a calendar has a key once
    db.add(_row(own.id, command.step, command))
    journal.append(db, "calendar.step_changed", own.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.crop


def remove_step(db: Session, command: RemoveStep, *, by: Actor, now: datetime) -> str:
    by.must_be(Role.MANAGER)
    if journal.already(db, "calendar.step_removed", command, by=by):
        return command.crop
    own = _own(db, command.crop, by=by, now=now)
    db.delete(_access_step(db, own, command.step))
    journal.append(db, "calendar.step_removed", own.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.crop


def reset_calendar(db: Session, command: ResetCalendar, *, by: Actor, now: datetime) -> str:
    """What was skipped and chosen stays: a shipped step has the same key before and after."""
    by.must_be(Role.MANAGER)
    if journal.already(db, "calendar.reset", command, by=by):
        return command.crop
    hold(db, "calendars", by.cooperative_id)
    if not queries.calendar(db, by, command.crop).shipped:
        raise Refused(N_("This calendar is your own: there is none of ours to go back to."), field="crop")
    own = queries.own_calendar(db, by, command.crop)
    if own is None:
        raise Refused(N_("This calendar is as it came already."), field="crop")
    db.execute(delete(CalendarStep).where(col(CalendarStep.calendar_id) == own.id))
    db.delete(own)
    journal.append(db, "calendar.reset", own.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.crop


class ChooseCalendar(Command):
    """Which calendar a cycle follows from now on."""

    cycle_id: uuid.UUID = Field(description="The crop cycle.")
    crop: CropKey = Field(examples=["dua-luoi"])
    flowered_on: Day | None = Field(
        None, description="The day the calendar counts from, where it counts from flowering."
    )


class SkipStep(Command):
    """A step is not done in this cycle, and why."""

    cycle_id: uuid.UUID = Field(description="The crop cycle.")
    step: StepKey = Field(examples=["bees"])
    reason: Reason = Field(examples=["Thụ phấn bằng tay"])


class ResumeStep(Command):
    """A step that was to be skipped is to be done after all."""

    cycle_id: uuid.UUID = Field(description="The crop cycle.")
    step: StepKey = Field(examples=["bees"])


def choose_calendar(db: Session, command: ChooseCalendar, *, by: Actor, now: datetime) -> uuid.UUID:
    """The cycle's id. The choice before stays written down."""
    by.must_be(Role.RECORDER)
    if journal.already(db, "cycle.calendar_chosen", command, by=by):
        return command.cycle_id
    access_cycle(db, by, command.cycle_id)
    chosen = queries.calendars(db, by).get(command.crop)
    if chosen is None:
        raise Refused(N_("There is no calendar for this crop."), field="crop")
    if command.flowered_on and command.flowered_on > day_in_vietnam(now):
        raise Refused(N_("A date cannot lie in the future."), field="flowered_on")
    db.add(
        CycleCalendar(
            id=command.id,
            cycle_id=command.cycle_id,
            crop_key=chosen.key,
            flowered_on=command.flowered_on if chosen.counts_from == CountsFrom.FLOWERING else None,
            chosen_by=by.membership_id,
            chosen_at=now,
        )
    )
    journal.append(db, "cycle.calendar_chosen", command.cycle_id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.cycle_id


def skip_step(db: Session, command: SkipStep, *, by: Actor, now: datetime) -> uuid.UUID:
    """The cycle's id. A step without a record stays without one: skipping says why, not that it was done."""
    return _say(db, "cycle.step_skipped", command, command.reason, by=by, now=now)


def resume_step(db: Session, command: ResumeStep, *, by: Actor, now: datetime) -> uuid.UUID:
    return _say(db, "cycle.step_resumed", command, None, by=by, now=now)


def _say(
    db: Session, entry: str, command: SkipStep | ResumeStep, reason: str | None, *, by: Actor, now: datetime
) -> uuid.UUID:
    by.must_be(Role.RECORDER)
    if journal.already(db, entry, command, by=by):
        return command.cycle_id
    plan = queries.plan(db, by, cycle(db, by, command.cycle_id), today=day_in_vietnam(now))
    if plan is None:
        raise Refused(N_("This cycle follows no calendar yet. Choose one first."))
    plan.calendar.step(command.step)
    db.add(
        StepSkip(
            id=command.id,
            cycle_id=command.cycle_id,
            step_key=command.step,
            reason=reason,
            said_by=by.membership_id,
            said_at=now,
        )
    )
    journal.append(db, entry, command.cycle_id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return command.cycle_id


def _own(db: Session, key: str, *, by: Actor, now: datetime) -> CropCalendar:
    """The cooperative's own calendar, made of the shipped one at the first change."""
    hold(db, "calendars", by.cooperative_id)
    if own := queries.own_calendar(db, by, key):
        return own
    shipped = queries.calendar(db, by, key)
    return _store(db, key, shipped.crop, shipped.counts_from, shipped.steps, by=by, now=now)


def _store(
    db: Session,
    key: str,
    crop: str,
    counts_from: CountsFrom,
    steps: tuple[Step, ...],
    *,
    by: Actor,
    now: datetime,
) -> CropCalendar:
    made = CropCalendar(
        id=new_id(),
        cooperative_id=by.cooperative_id,
        crop_key=key,
        crop=crop,
        counts_from=counts_from,
        kept_at=now,
    )
    db.add(made)
    db.flush()  # its steps point to it
    for step in steps:
        db.add(_row(made.id, step.key, step, ours=True))
    db.flush()  # a change looks for its step in the tables
    return made


def _row(calendar_id: uuid.UUID, key: str, step: Step | AddStep, *, ours: bool = False) -> CalendarStep:
    return CalendarStep(
        id=new_id(),
        calendar_id=calendar_id,
        key=key,
        kind=step.kind,
        works=" ".join(step.works),
        opens=step.opens,
        closes=step.closes,
        title=step.title,
        note=step.note,
        ours=ours,
    )


def _access_step(db: Session, calendar: CropCalendar, key: str) -> CalendarStep:
    found = db.exec(
        select(CalendarStep).where(CalendarStep.calendar_id == calendar.id, CalendarStep.key == key)
    ).first()
    if found is None:
        raise NotFound
    return found


def _must_be_possible(command: AddStep, calendar: CropCalendar) -> None:
    if command.kind not in COMMANDS:
        raise Refused(N_("This is no work of a crop."), field="kind")
    if command.works and command.kind != Kind.PRUNING:
        raise Refused(N_("Only pruning is told apart by its works."), field="works")
    if calendar.counts_from == CountsFrom.YEAR:
        for field in ("opens", "closes"):
            if not 1 <= getattr(command, field) <= 12:
                raise Refused(N_("This calendar goes by months: 1 to 12."), field=field)
    elif command.closes < command.opens:
        raise Refused(N_("The last day cannot come before the first."), field="closes")

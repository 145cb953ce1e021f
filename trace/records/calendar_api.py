"""The JSON door to crop calendars."""

import uuid
from datetime import date
from typing import Final

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.translation import Locale, say
from trace.records import calendar_commands as commands
from trace.records import calendar_queries as calendars
from trace.records import queries
from trace.records.calendar_queries import Calendar, Plan
from trace.records.calendar_rules import CountsFrom, State, Step
from trace.records.models import Kind

router = APIRouter(prefix="/api/v1", tags=["records"])


class StepRead(ReadModel):
    """One work of a calendar. Shipped words come in the language asked for."""

    key: str = Field(examples=["train"])
    kind: Kind
    works: list[str] = Field(description="Of pruning: only these do it.")
    opens: int = Field(description="First day, counted; in a calendar of the year, the first month.")
    closes: int
    title: str
    note: str


class CalendarRead(ReadModel):
    """What a crop needs, and when."""

    crop: str = Field(description="Its key.", examples=["dua-luoi"])
    name: str = Field(examples=["Dưa lưới"])
    counts_from: CountsFrom
    own: bool = Field(description="The cooperative has edited or made it.")
    only_a_start: bool = Field(description="Shipped as a start, and nobody has edited it yet.")
    steps: list[StepRead]


class PlannedRead(ReadModel):
    """A step in one cycle."""

    step: StepRead
    state: State
    opens_on: date | None
    closes_on: date | None
    record_id: uuid.UUID | None = Field(description="The record that did it.")
    done_on: date | None
    skipped_because: str | None


class PlanRead(ReadModel):
    """A cycle beside its calendar. `crop` is null while the cycle follows none."""

    crop: str | None
    counted_from: date | None = Field(description="The day that the calendar counts from, once it is known.")
    steps: list[PlannedRead]


_NONE: Final = PlanRead(crop=None, counted_from=None, steps=[])


@router.get(
    "/calendars", responses=READING, operation_id="records_list_calendars", summary="List crop calendars"
)
def list_calendars(by: By, db: Reads, language: Language) -> list[CalendarRead]:
    """The cooperative's own, and the shipped ones it has not changed."""
    return [_read(one, language) for one in calendars.calendars(db, by).values()]


@router.post(
    "/calendars",
    status_code=201,
    responses=WRITING,
    operation_id="records_add_calendar",
    summary="Add a crop calendar",
)
def post_calendar(
    command: commands.AddCalendar, by: By, db: Db, now: Now, language: Language
) -> CalendarRead:
    """For a crop that has none yet."""
    return _told(db, by, commands.add_calendar(db, command, by=by, now=now), language)


@router.post(
    "/calendars/steps",
    status_code=201,
    responses=WRITING,
    operation_id="records_add_step",
    summary="Add a step to a calendar",
)
def post_step(command: commands.AddStep, by: By, db: Db, now: Now, language: Language) -> CalendarRead:
    """The first change makes a shipped calendar the cooperative's own. The step's key is the id sent."""
    return _told(db, by, commands.add_step(db, command, by=by, now=now), language)


@router.post(
    "/calendars/steps/change",
    responses=WRITING,
    operation_id="records_change_step",
    summary="Change a step of a calendar",
)
def change_step(command: commands.ChangeStep, by: By, db: Db, now: Now, language: Language) -> CalendarRead:
    """Every fact is sent, not only the changed ones."""
    return _told(db, by, commands.change_step(db, command, by=by, now=now), language)


@router.post(
    "/calendars/steps/remove",
    responses=WRITING,
    operation_id="records_remove_step",
    summary="Remove a step from a calendar",
)
def remove_step(command: commands.RemoveStep, by: By, db: Db, now: Now, language: Language) -> CalendarRead:
    """Records that did it are untouched."""
    return _told(db, by, commands.remove_step(db, command, by=by, now=now), language)


@router.post(
    "/calendars/reset",
    responses=WRITING,
    operation_id="records_reset_calendar",
    summary="Go back to a shipped calendar",
)
def reset_calendar(
    command: commands.ResetCalendar, by: By, db: Db, now: Now, language: Language
) -> CalendarRead:
    """The cooperative's own steps go; the journal keeps what they were."""
    return _told(db, by, commands.reset_calendar(db, command, by=by, now=now), language)


@router.post(
    "/cycles/choose-calendar",
    responses=WRITING,
    operation_id="records_choose_calendar",
    summary="Choose the calendar of a cycle",
)
def choose_calendar(
    command: commands.ChooseCalendar, by: By, db: Db, now: Now, language: Language
) -> PlanRead:
    """With the day of flowering, where the calendar counts from it."""
    return _plan(db, by, commands.choose_calendar(db, command, by=by, now=now), now, language)


@router.post(
    "/cycles/skip-step", responses=WRITING, operation_id="records_skip_step", summary="Skip a step in a cycle"
)
def skip_step(command: commands.SkipStep, by: By, db: Db, now: Now, language: Language) -> PlanRead:
    """With a reason. A record of the work done after all counts more."""
    return _plan(db, by, commands.skip_step(db, command, by=by, now=now), now, language)


@router.post(
    "/cycles/resume-step",
    responses=WRITING,
    operation_id="records_resume_step",
    summary="Take back that a step is skipped",
)
def resume_step(command: commands.ResumeStep, by: By, db: Db, now: Now, language: Language) -> PlanRead:
    """It is due again, if it is."""
    return _plan(db, by, commands.resume_step(db, command, by=by, now=now), now, language)


@router.get(
    "/cycles/{cycle_id}/plan",
    responses=READING,
    operation_id="records_read_plan",
    summary="See how a cycle stands against its calendar",
)
def read_plan(cycle_id: uuid.UUID, by: By, db: Reads, now: Now, language: Language) -> PlanRead:
    """What is done, due, overdue, skipped and still ahead."""
    return _plan(db, by, cycle_id, now, language)


def _told(db: Reads, by: Actor, key: str, language: Locale) -> CalendarRead:
    return _read(calendars.calendar(db, by, key), language)


def _read(calendar: Calendar, language: Locale) -> CalendarRead:
    return CalendarRead(
        crop=calendar.key,
        name=calendar.crop,
        counts_from=calendar.counts_from,
        own=calendar.own,
        only_a_start=calendar.only_a_start,
        steps=[_step(step, language) for step in calendar.steps],
    )


def _step(step: Step, language: Locale) -> StepRead:
    return StepRead(
        key=step.key,
        kind=Kind(step.kind),
        works=list(step.works),
        opens=step.opens,
        closes=step.closes,
        title=say(step.title, language) if step.ours else step.title,
        note=say(step.note, language) if step.ours else step.note,
    )


def _plan(db: Reads, by: Actor, cycle_id: uuid.UUID, now: Now, language: Locale) -> PlanRead:
    found = calendars.plan(db, by, queries.cycle(db, by, cycle_id), today=day_in_vietnam(now))
    return _plan_read(found, language) if found else _NONE


def _plan_read(plan: Plan, language: Locale) -> PlanRead:
    return PlanRead(
        crop=plan.calendar.key,
        counted_from=plan.zero,
        steps=[
            PlannedRead(
                step=_step(planned.step, language),
                state=planned.state,
                opens_on=planned.window.opens if planned.window else None,
                closes_on=planned.window.closes if planned.window else None,
                record_id=planned.done.record_id if planned.done else None,
                done_on=planned.done.on if planned.done else None,
                skipped_because=planned.skipped_because,
            )
            for planned in plan.steps
        ],
    )

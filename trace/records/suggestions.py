"""What somebody probably comes to write: what the calendar waits for, and what was done last."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.kit.clock import VIETNAM, day_in_vietnam
from trace.kit.translation import Locale, say
from trace.records.calendar_queries import Plan, Planned
from trace.records.calendar_rules import Step
from trace.records.memory import REPEATED
from trace.records.models import Kind, Record
from trace.records.queries import Cycle, stands

_LOOKED_BACK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Suggested:
    """What to offer first for one cycle."""

    steps: tuple[Planned, ...]  # overdue and due, the most urgent first
    repeatable_on: date | None  # the last day before today on which daily work was written
    last_kind: str | None


def suggested(cycle: Cycle, plan: Plan | None, repeatable_on: date | None) -> Suggested:
    return Suggested(tuple(plan.wanted) if plan else (), repeatable_on, cycle.last_kind)


def address_of(cycle_id: uuid.UUID, step: Step) -> str:
    """The form on which this step is written down."""
    return f"/app/log/{cycle_id}/{step.kind}?step={step.key}"


def values_for(step: Step, language: Locale) -> dict[str, Any]:
    """What is already known about a record of this step."""
    if step.kind == Kind.PRUNING and len(step.works) == 1:
        return {"work": step.works[0]}
    if step.kind == Kind.OTHER:
        return {"what": say(step.title, language) if step.ours else step.title}
    return {}


def last_daily_work(db: Session, cycle_ids: Iterable[uuid.UUID], *, now: datetime) -> dict[uuid.UUID, date]:
    """For each cycle the last day before today, of the last seven, with daily work that stands. One statement."""
    today = day_in_vietnam(now)
    midnight = datetime(today.year, today.month, today.day, tzinfo=VIETNAM)
    rows = db.execute(
        select(col(Record.cycle_id), func.max(col(Record.happened_at)).label("last"))
        .where(
            col(Record.cycle_id).in_(list(cycle_ids)),
            col(Record.kind).in_(REPEATED),
            col(Record.happened_at) >= midnight - _LOOKED_BACK,
            col(Record.happened_at) < midnight,
            stands(),
        )
        .group_by(col(Record.cycle_id))
    )
    return {row.cycle_id: day_in_vietnam(row.last) for row in rows}

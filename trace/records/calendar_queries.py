"""Questions about crop calendars, and how cycles stand against theirs."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.kit.clock import day_in_vietnam
from trace.kit.problems import NotFound
from trace.kit.translation import LOCALES, say
from trace.places.rules import fold
from trace.records import calendar_rules as rules
from trace.records.calendar_models import CalendarStep, CropCalendar, CycleCalendar, StepSkip
from trace.records.calendar_rules import CountsFrom, Deed, State, Step, Window
from trace.records.calendar_templates import SHIPPED
from trace.records.models import Kind, Other, Pruning, Record
from trace.records.queries import Cycle, stands

_ORDER = (State.OVERDUE, State.DUE, State.AHEAD, State.UNDATED, State.SKIPPED, State.DONE)


@dataclass(frozen=True)
class Calendar:
    """The works of one crop: the cooperative's own where it made one, otherwise as shipped."""

    key: str
    crop: str
    counts_from: CountsFrom
    steps: tuple[Step, ...]
    own: bool

    @property
    def shipped(self) -> bool:
        """There is one of ours to go back to."""
        return self.key in SHIPPED

    @property
    def only_a_start(self) -> bool:
        """Shipped, simple, and nobody has edited it yet."""
        return not self.own and SHIPPED[self.key].simple

    def step(self, key: str) -> Step:
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise NotFound
        return found


def calendars(db: Session, by: Actor) -> dict[str, Calendar]:
    """By key, in the order of the crops' names. One statement."""
    rows = db.execute(
        select(CropCalendar, CalendarStep)
        .outerjoin(CalendarStep, col(CalendarStep.calendar_id) == col(CropCalendar.id))
        .where(col(CropCalendar.cooperative_id) == by.cooperative_id)
    )
    found = {
        key: Calendar(key, shipped.crop, shipped.counts_from, shipped.steps, own=False)
        for key, shipped in SHIPPED.items()
    }
    own: dict[uuid.UUID, tuple[CropCalendar, list[Step]]] = {}
    for calendar, step in rows:
        _, steps = own.setdefault(calendar.id, (calendar, []))
        if step:
            steps.append(_step(step))
    for calendar, steps in own.values():
        counts_from = CountsFrom(calendar.counts_from)
        found[calendar.crop_key] = Calendar(
            calendar.crop_key, calendar.crop, counts_from, tuple(sorted(steps, key=_place)), own=True
        )
    return dict(sorted(found.items(), key=lambda item: fold(item[1].crop)))


def calendar(db: Session, by: Actor, key: str) -> Calendar:
    found = calendars(db, by).get(key)
    if found is None:
        raise NotFound
    return found


def own_calendar(db: Session, by: Actor, key: str) -> CropCalendar | None:
    """The row of a calendar that the cooperative has edited or made."""
    return db.execute(
        select(CropCalendar).where(
            col(CropCalendar.cooperative_id) == by.cooperative_id, col(CropCalendar.crop_key) == key
        )
    ).scalar()


def _step(row: CalendarStep) -> Step:
    return Step(
        row.key, row.kind, row.opens, row.closes, row.title, row.note, tuple(row.works.split()), row.ours
    )


def _place(step: Step) -> tuple[int, int, str]:
    return step.opens, step.closes, step.key


@dataclass(frozen=True, slots=True)
class Planned:
    """A step in one cycle: when it is due, and what became of it."""

    step: Step
    window: Window | None
    state: State
    done: Deed | None
    skipped_because: str | None

    @property
    def urgency(self) -> tuple[int, date]:
        return _ORDER.index(self.state), self.window.closes if self.window else date.max


@dataclass(frozen=True)
class Plan:
    """A cycle beside its calendar. `zero` is the day that is counted from, None while nobody has said it."""

    calendar: Calendar
    zero: date | None
    steps: tuple[Planned, ...]

    def standing(self, *states: State) -> list[Planned]:
        """The steps in these states, the most urgent first."""
        found = [planned for planned in self.steps if planned.state in states]
        return sorted(found, key=lambda planned: planned.urgency)

    @property
    def over(self) -> bool:
        """The last step of all was done."""
        return bool(self.steps and max(self.steps, key=_end).done)

    @property
    def wanted(self) -> list[Planned]:
        """What is overdue, then what is due; nothing any more once it is over."""
        return [] if self.over else self.standing(State.OVERDUE, State.DUE)

    def count(self, *states: State) -> int:
        return len(self.standing(*states))


def plans(db: Session, by: Actor, cycles: Sequence[Cycle], *, today: date) -> dict[uuid.UUID, Plan]:
    """How cycles stand, for those that have a calendar. Four statements, however many cycles there are."""
    ids = [cycle.id for cycle in cycles]
    known = calendars(db, by)
    chosen = _choices(db, ids)
    followed = {
        cycle.id: known[key] for cycle in cycles if (key := _key(cycle, chosen.get(cycle.id))) in known
    }
    skips, deeds = _skips(db, ids), _deeds(db, followed)
    return {
        cycle.id: _plan(
            cycle,
            followed[cycle.id],
            flowered_on=choice.flowered_on if (choice := chosen.get(cycle.id)) else None,
            skips=skips[cycle.id],
            deeds=deeds[cycle.id],
            today=today,
        )
        for cycle in cycles
        if cycle.id in followed
    }


def plan(db: Session, by: Actor, cycle: Cycle, *, today: date) -> Plan | None:
    return plans(db, by, [cycle], today=today).get(cycle.id)


def _key(cycle: Cycle, choice: CycleCalendar | None) -> str:
    """What was chosen for the cycle, or the crop of what is sold of it."""
    return choice.crop_key if choice else rules.key_of(cycle.grows or "")


def _choices(db: Session, cycle_ids: list[uuid.UUID]) -> dict[uuid.UUID, CycleCalendar]:
    """What was chosen last for each cycle."""
    rows = db.execute(
        select(CycleCalendar)
        .where(col(CycleCalendar.cycle_id).in_(cycle_ids))
        .order_by(col(CycleCalendar.chosen_at), col(CycleCalendar.id))
    )
    return {row.cycle_id: row for row in rows.scalars()}


def _skips(db: Session, cycle_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """Why each step is skipped, of those whose last word is that they are."""
    rows = db.execute(
        select(StepSkip)
        .where(col(StepSkip.cycle_id).in_(cycle_ids))
        .order_by(col(StepSkip.said_at), col(StepSkip.id))
    )
    found: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for row in rows.scalars():
        if row.reason:
            found[row.cycle_id][row.step_key] = row.reason
        else:
            found[row.cycle_id].pop(row.step_key, None)
    return found


def _deeds(db: Session, followed: dict[uuid.UUID, Calendar]) -> dict[uuid.UUID, list[Deed]]:
    """The standing records of the kinds that the calendars wait for."""
    found: dict[uuid.UUID, list[Deed]] = defaultdict(list)
    kinds = {step.kind for calendar in followed.values() for step in calendar.steps}
    rows = db.execute(
        select(
            col(Record.id),
            col(Record.cycle_id),
            col(Record.kind),
            col(Record.happened_at),
            col(Pruning.work),
            col(Other.what),
        )
        .outerjoin(Pruning, col(Pruning.record_id) == col(Record.id))
        .outerjoin(Other, col(Other.record_id) == col(Record.id))
        .where(col(Record.cycle_id).in_(list(followed)), col(Record.kind).in_(kinds), stands())
    )
    for row in rows:
        work = fold(row.what) if row.what else row.work or ""
        found[row.cycle_id].append(Deed(row.id, row.kind, work, day_in_vietnam(row.happened_at)))
    return found


def _plan(
    cycle: Cycle,
    calendar: Calendar,
    *,
    flowered_on: date | None,
    skips: dict[str, str],
    deeds: Iterable[Deed],
    today: date,
) -> Plan:
    zero = {
        CountsFrom.PLANTING: cycle.planted_on,
        CountsFrom.SOWING: cycle.sown_on,
        CountsFrom.FLOWERING: flowered_on,
        CountsFrom.YEAR: None,
    }[calendar.counts_from]
    begun = day_in_vietnam(cycle.opened_at)
    windows = {
        step.key: rules.window(step, calendar.counts_from, zero=zero, begun=begun) for step in calendar.steps
    }
    done = rules.done_by([_awaited(step) for step in calendar.steps], windows, deeds)
    steps = [
        Planned(
            step,
            windows[step.key],
            rules.state(step, windows[step.key], done=done, skipped=skips, today=today),
            done.get(step.key),
            skips.get(step.key),
        )
        for step in calendar.steps
    ]
    return Plan(calendar, zero, tuple(sorted(steps, key=_when)))


def _awaited(step: Step) -> Step:
    """Other work is known by what it is called, in whichever language it was written down."""
    if step.kind != Kind.OTHER:
        return step
    titles = {say(step.title, locale) if step.ours else step.title for locale in LOCALES}
    return dataclasses.replace(step, works=tuple(sorted(map(fold, titles))))


def _end(planned: Planned) -> tuple[date, int]:
    return planned.window.closes if planned.window else date.max, planned.step.closes


def _when(planned: Planned) -> tuple[date, int, str]:
    span = planned.window
    return span.opens if span else date.max, planned.step.opens, planned.step.key

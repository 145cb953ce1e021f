"""Everything that a diary's books hold about one crop cycle, gathered in few statements."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from trace.accounts import queries as accounts
from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Role
from trace.batches.models import Batch
from trace.farms import queries as farms
from trace.farms.models import GrowingArea, Household, Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.translation import N_
from trace.laboratory import queries as laboratory_tests
from trace.laboratory.queries import Tested
from trace.records import queries as records
from trace.records import timeline, words
from trace.records.models import Kind, Record
from trace.records.queries import Cycle
from trace.records.timeline import Line
from trace.reports import laboratory, purchases
from trace.reports.rules import (
    BOOKS,
    LABORATORY,
    PURCHASES,
    RISKS,
    SITE,
    Entry,
    Filled,
    Said,
    Section,
    late,
)

# Training and audits of the months before a crop belong to its file, too.
_BEFORE: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Diary:
    """One crop cycle as its printed book and its spreadsheet tell it."""

    cycle: Cycle
    cooperative: Cooperative
    area: GrowingArea
    plot: Plot
    household: Household | None
    batches: tuple[tuple[str, str], ...]
    books: tuple[Filled, ...]
    people: bool
    made_at: datetime

    @property
    def name(self) -> str:
        """Plot and crop cycle, as members call them."""
        return f"{self.plot.code} · {self.cycle.name}"


def diary(db: Session, by: Actor, cycle_id: uuid.UUID, *, people: bool, now: datetime) -> Diary:
    """The books of a cycle; with `people` the private one too, which is for managers alone."""
    if people:
        by.must_be(Role.MANAGER)
    cycle = records.cycle(db, by, cycle_id)
    plot = farms.access_plot(db, by, cycle.plot_id)
    lines = [
        *timeline.timeline(db, cycle_id, to=by),
        *timeline.lines(db, *_of_the_site(by, cycle, plot, now=now), to=by),
    ]
    tests = laboratory_tests.of_cycle(db, by, cycle_id, plot)
    return Diary(
        cycle=cycle,
        cooperative=accounts.cooperative(db, by.cooperative_id),
        area=farms.access_area(db, by, plot.area_id),
        plot=plot,
        household=farms.access_household(db, by, plot.household_id) if plot.household_id else None,
        batches=_batches(db, cycle_id),
        books=tuple(_books(db, by, cycle, lines, tests, people=people, now=now)),
        people=people,
        made_at=now,
    )


def _books(
    db: Session,
    by: Actor,
    cycle: Cycle,
    lines: list[Line],
    tests: list[Tested],
    *,
    people: bool,
    now: datetime,
) -> Iterator[Filled]:
    for book in BOOKS:
        if book in (RISKS, LABORATORY):
            yield Filled(book, laboratory.sections(tests, book, produce=book is LABORATORY))
        elif book is PURCHASES:
            until = day_in_vietnam(cycle.closed_at or now)
            yield Filled(book, purchases.sections(db, by, lines, until=until, prices=people))
        elif book is not SITE and (people or not book.private):
            yield Filled(book, tuple(_sections(book.kinds, lines)))


def _sections(kinds: Iterable[Kind], lines: list[Line]) -> Iterator[Section]:
    """The numbers run through the whole book, by kind and then by the time of the work."""
    ordered = [line for kind in kinds for line in lines if line.kind == kind]
    numbers = {line.id: number for number, line in enumerate(ordered, start=1)}
    for kind in kinds:
        entries = tuple(_entry(line, numbers) for line in ordered if line.kind == kind)
        if entries:
            yield Section(words.KINDS[kind], entries)


def _entry(line: Line, numbers: dict[uuid.UUID, int]) -> Entry:
    return Entry(
        number=numbers[line.id],
        done=line.happened_at,
        facts=line.facts,
        done_by=line.household_code or "",
        written_by=line.writer,
        written_at=line.recorded_at,
        received_at=line.received_at,
        late_days=line.late_days,
        note=line.note,
        photos=len(line.photo_ids),
        marks=tuple(_marks(line, numbers)),
        struck=not line.stands,
    )


def _marks(line: Line, numbers: dict[uuid.UUID, int]) -> Iterator[Said]:
    """What an inspector must not overlook: late, a wrong clock, what became of the entry and why."""
    yield from late(line.late_days)
    if line.clock_wrong_by:
        yield Said(N_("the phone’s clock was wrong"))
    if line.corrects_id:
        yield Said(
            N_("corrects no. {number}: {reason}"),
            (("number", numbers.get(line.corrects_id, "–")), ("reason", line.correction_reason)),
        )
    if line.confirmed_at:
        confirmed = (("day", day_in_vietnam(line.confirmed_at)), ("name", line.confirmer))
        yield Said(N_("confirmed on {day} by {name}"), confirmed)
    if line.corrected_by_id is None or line.struck_at is None:
        return
    told = (
        ("day", day_in_vietnam(line.struck_at)),
        ("name", line.struck_by),
        ("reason", line.struck_because),
    )
    if line.retracted:
        yield Said(N_("taken back on {day} by {name}: {reason}"), told)
    else:
        # Work on the site may have been given a day outside of this diary; then it has no number here.
        yield Said(
            N_("corrected in no. {number} on {day} by {name}: {reason}"),
            (("number", numbers.get(line.corrected_by_id, "–")), *told),
        )


def _of_the_site(by: Actor, cycle: Cycle, plot: Plot, *, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Work of the cooperative as a whole while the crop grew, on this plot or on no plot in particular."""
    begun = min((day for day in (cycle.sown_on, cycle.planted_on) if day), default=None)
    first = datetime.combine(begun, cycle.opened_at.timetz()) if begun else cycle.opened_at
    yield col(Record.cooperative_id) == by.cooperative_id
    yield col(Record.cycle_id).is_(None)
    yield col(Record.happened_at) >= min(first, cycle.opened_at) - _BEFORE
    yield col(Record.happened_at) <= (cycle.closed_at or now)
    yield or_(col(Record.plot_id).is_(None), col(Record.plot_id) == plot.id)
    yield or_(col(Record.area_id).is_(None), col(Record.area_id) == plot.area_id)


def _batches(db: Session, cycle_id: uuid.UUID) -> tuple[tuple[str, str], ...]:
    """Lot number and short code of every batch of the cycle."""
    rows = db.execute(
        select(col(Batch.lot_code), col(Batch.code))
        .where(col(Batch.cycle_id) == cycle_id)
        .order_by(col(Batch.id))
    )
    return tuple((lot, code) for lot, code in rows)

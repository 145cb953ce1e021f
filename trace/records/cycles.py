"""Opening and closing a crop cycle.

What is said at the opening (sowing, planting, plants) is what is known then; the records of sowing and planting
are facts of their own and come first wherever the cycle is shown. The cycle's row is not rewritten by them.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue import queries as catalogue
from trace.farms import queries as farms
from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Day, Doubted, Line, OptionalLine
from trace.kit.database import hold
from trace.kit.problems import Doubtful, Fault, Refused
from trace.kit.translation import N_
from trace.records import queries, rules
from trace.records.models import CropCycle


class OpenCycle(Doubted):
    """A new crop on a plot."""

    plot_id: uuid.UUID = Field(description="Where it grows.")
    product_id: uuid.UUID = Field(description="What will be sold.")
    name: Line = Field(description="What the members call it.", examples=["Thu đông 2026"])
    variety: OptionalLine = Field(None, examples=["TL3"])
    sown_on: Day | None = Field(None, examples=["2026-08-16"])
    planted_on: Day | None = Field(None, examples=["2026-08-28"])
    plant_count: Annotated[int, Field(gt=0, le=10_000_000)] | None = Field(None, examples=[2000])


def open_cycle(db: Session, command: OpenCycle, *, by: Actor, now: datetime) -> CropCycle:
    """Start a cycle that records can be written about. A second open one on the same plot is asked about."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "cycle.opened", command, by=by):
        return db.get_one(CropCycle, known)
    plot = farms.access_plot(db, by, command.plot_id)
    product = catalogue.access_product(db, by, command.product_id)
    if product.retired_at:
        raise Refused(N_("This product is retired. Choose another, or add it anew."), field="product_id")
    _must_be_in_order(command, today=day_in_vietnam(now))
    doubts = list(_doubts_at_opening(db, command, plot))
    if doubts and not command.sure:
        raise Doubtful(doubts)
    cycle = CropCycle(
        id=command.id,
        cooperative_id=by.cooperative_id,
        opened_at=now,
        **command.model_dump(exclude={"id", "sure"}),
    )
    db.add(cycle)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "cycle.opened", cycle.id, command, by=by, now=now)
    return cycle


class CloseCycle(Doubted):
    """The crop is over; only corrections can be written about it from now on."""

    cycle_id: uuid.UUID


def close_cycle(db: Session, command: CloseCycle, *, by: Actor, now: datetime) -> CropCycle:
    """End the cycle. A harvest that is unusually small for the plot is asked about: one may not be written yet."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "cycle.closed", command, by=by):
        return db.get_one(CropCycle, known)
    hold(db, "cycle", command.cycle_id)
    cycle = queries.access_cycle(db, by, command.cycle_id)
    if cycle.closed_at:
        raise Refused(N_("This cycle is closed already."), field="cycle_id")
    doubts = list(_doubts_at_closing(db, cycle, farms.access_plot(db, by, cycle.plot_id)))
    if doubts and not command.sure:
        raise Doubtful(doubts)
    cycle.closed_at = now
    db.flush()  # the answer is read back from the tables
    journal.append(db, "cycle.closed", cycle.id, command, by=by, now=now)
    return cycle


def _must_be_in_order(command: OpenCycle, *, today: date) -> None:
    for field, day in (("sown_on", command.sown_on), ("planted_on", command.planted_on)):
        if day and day > today:
            raise Refused(N_("A date cannot lie in the future."), field=field)
    if command.sown_on and command.planted_on and command.planted_on < command.sown_on:
        raise Refused(N_("Planting cannot come before sowing."), field="planted_on")


def _doubts_at_opening(db: Session, command: OpenCycle, plot: Plot) -> Iterator[Fault]:
    other = db.exec(
        select(CropCycle.name)
        .where(CropCycle.plot_id == plot.id, col(CropCycle.closed_at).is_(None))
        .order_by(col(CropCycle.id).desc())
    ).first()
    if other is not None:
        yield rules.doubt(
            "plot_id",
            N_("The cycle “{name}” is still open on this plot. Close it first if it is over."),
            name=other,
        )
    if command.plant_count:
        yield from rules.unusual_density("plant_count", command.plant_count, plot.area_m2)


def _doubts_at_closing(db: Session, cycle: CropCycle, plot: Plot) -> Iterator[Fault]:
    harvests = queries.what_records_say(db, [cycle.id])[cycle.id].harvests
    kg = sum((kg for _, kg in harvests), Decimal(0))
    return rules.unusual_yield("", kg, plot.area_m2, over=True)

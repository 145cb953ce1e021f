"""Questions about what a batch is made of, through any number of operations: one recursive statement, then fractions."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import CTE, Select, Uuid, exists, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.batches.operation_models import OperationInput, OperationOutput
from trace.batches.rules import Standing
from trace.batches.shares import Edge, percents, shares
from trace.farms.models import Household, Plot
from trace.kit.clock import day_in_vietnam
from trace.records.models import CropCycle, Kind, Record


@dataclass(frozen=True, slots=True)
class Origin:
    """A harvest that a batch is of, and how much of the batch. What was corrected is told as it stands now."""

    harvest_id: uuid.UUID
    latest_id: uuid.UUID
    standing: Standing
    share: Fraction
    percent: int
    harvested_on: date
    cycle_id: uuid.UUID
    cycle: str
    plot_id: uuid.UUID
    plot: str
    household: str | None


def origins(db: Session, batch_id: uuid.UUID) -> list[Origin]:
    """Every harvest that it is of, the largest share first. Two statements, however far they lie back."""
    found = shares(batch_id, edges(db, batch_id))
    rows = {row.start: row for row in db.execute(_latest(list(found)))}
    ordered = sorted(found, key=lambda one: (-found[one], rows[one].plot, one))
    hundredths = percents([found[one] for one in ordered])
    return [_origin(rows[one], found[one], percent) for one, percent in zip(ordered, hundredths, strict=True)]


@dataclass(frozen=True, slots=True)
class PlotShare:
    """How much of a batch grew on one plot."""

    plot: str
    share: Fraction
    percent: int


def by_plot(found: list[Origin]) -> list[PlotShare]:
    """“62 % NM-A1, 38 % NM-A2”: the shares of harvests of one plot together, the largest first."""
    summed: dict[str, Fraction] = {}
    for one in found:
        summed[one.plot] = summed.get(one.plot, Fraction(0)) + one.share
    ordered = sorted(summed, key=lambda plot: (-summed[plot], plot))
    hundredths = percents([summed[plot] for plot in ordered])
    return [PlotShare(plot, summed[plot], percent) for plot, percent in zip(ordered, hundredths, strict=True)]


def edges(db: Session, batch_id: uuid.UUID) -> list[Edge]:
    """What went into the batch, into what went into it, and so on to the harvests."""
    up = above(batch_id)
    columns: list[Any] = [
        up.c.id,
        col(OperationInput.batch_id),
        col(OperationInput.harvest_id),
        col(OperationInput.kg),
    ]
    rows = db.execute(
        select(*columns)
        .join(OperationOutput, col(OperationOutput.batch_id) == up.c.id)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
    )
    return [Edge(row.id, row.batch_id or row.harvest_id, row.harvest_id is not None, row.kg) for row in rows]


def harvests_of(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each batch the harvests that it is of, in one statement for all of them."""
    start: list[Any] = [
        col(OperationOutput.batch_id).label("start"),
        col(OperationOutput.batch_id).label("id"),
    ]
    up = select(*start).where(col(OperationOutput.batch_id).in_(batch_ids)).cte("of_each", recursive=True)
    back: list[Any] = [up.c.start, col(OperationInput.batch_id)]
    up = up.union(
        select(*back)
        .join(OperationOutput, col(OperationOutput.batch_id) == up.c.id)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .where(col(OperationInput.batch_id).is_not(None))
    )
    columns: list[Any] = [up.c.start, col(OperationInput.harvest_id)]
    rows = db.execute(
        select(*columns)
        .distinct()
        .join(OperationOutput, col(OperationOutput.batch_id) == up.c.id)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .where(col(OperationInput.harvest_id).is_not(None))
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = {batch_id: [] for batch_id in batch_ids}
    for batch_id, harvest_id in rows:
        found[batch_id].append(harvest_id)
    return found


def above(batch_id: uuid.UUID) -> CTE:
    """(id): the batch and every batch that it is of. Only ids, each once, so that many ways cost nothing."""
    start: list[Any] = [literal(batch_id, Uuid()).label("id")]
    return and_above(select(*start))


def and_above(found: Select[*tuple[Any, ...]]) -> CTE:
    """(id): these batches and every batch that they are of."""
    up = found.cte("above", recursive=True)
    back: list[Any] = [col(OperationInput.batch_id)]
    return up.union(
        select(*back)
        .join(OperationOutput, col(OperationOutput.operation_id) == col(OperationInput.operation_id))
        .join(up, col(OperationOutput.batch_id) == up.c.id)
        .where(col(OperationInput.batch_id).is_not(None))
    )


def below(batch_id: uuid.UUID) -> CTE:
    """(id): the batch and every batch that is of it."""
    start: list[Any] = [literal(batch_id, Uuid()).label("id")]
    return and_below(select(*start))


def and_below(found: Select[*tuple[Any, ...]]) -> CTE:
    """(id): these batches and every batch that is of one of them."""
    down = found.cte("below", recursive=True)
    on: list[Any] = [col(OperationOutput.batch_id)]
    return down.union(
        select(*on)
        .join(OperationInput, col(OperationInput.operation_id) == col(OperationOutput.operation_id))
        .join(down, col(OperationInput.batch_id) == down.c.id)
        .where(col(OperationOutput.batch_id).is_not(None))
    )


def _latest(harvest_ids: list[uuid.UUID]) -> Any:
    """Each of these harvests with the last record of its chain of corrections, and where it grew."""
    first: list[Any] = [col(Record.id).label("start"), col(Record.id).label("member")]
    walk = select(*first).where(col(Record.id).in_(harvest_ids)).cte("later", recursive=True)
    other, after = aliased(Record), aliased(Record)
    more: list[Any] = [walk.c.start, other.id]
    walk = walk.union_all(select(*more).join(other, col(other.corrects_id) == walk.c.member))
    told, end = aliased(Record), aliased(Record)
    columns: list[Any] = [
        walk.c.start,
        col(end.id).label("latest_id"),
        col(end.kind),
        col(end.happened_at).label("now_at"),
        col(told.happened_at),
        col(told.cycle_id),
        col(CropCycle.name).label("cycle"),
        col(Plot.id).label("plot_id"),
        col(Plot.code).label("plot"),
        col(Household.code).label("household"),
    ]
    return (
        select(*columns)
        .join(end, col(end.id) == walk.c.member)
        .join(told, col(told.id) == walk.c.start)
        .join(CropCycle, col(CropCycle.id) == col(told.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .outerjoin(Household, col(Household.id) == col(Plot.household_id))
        .where(~exists().where(col(after.corrects_id) == walk.c.member))
    )


def _origin(row: Any, share: Fraction, percent: int) -> Origin:
    retracted = row.kind == Kind.RETRACTION
    stands = Standing.STANDS if row.latest_id == row.start else Standing.CORRECTED
    return Origin(
        harvest_id=row.start,
        latest_id=row.latest_id,
        standing=Standing.RETRACTED if retracted else stands,
        share=share,
        percent=percent,
        harvested_on=day_in_vietnam(row.happened_at if retracted else row.now_at),
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        plot_id=row.plot_id,
        plot=row.plot,
        household=row.household,
    )

"""Questions about laboratory tests: what they found, and which of them are about a batch."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.batches.models import Batch
from trace.farms.models import GrowingArea, Plot
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.laboratory.models import LabResult, LabSampler, LabTest, LabWithdrawal, Sample
from trace.records.models import CropCycle


def access_test(db: Session, by: Actor, test_id: uuid.UUID) -> LabTest:
    return own(db, by, LabTest, test_id)


def is_corrected(db: Session, test_id: uuid.UUID) -> bool:
    return bool(db.execute(select(exists().where(col(LabTest.corrects_id) == test_id))).scalar_one())


def corrected_by(db: Session, test: LabTest) -> list[uuid.UUID]:
    """The tests that this one corrects, the latest first."""
    found = []
    while test.corrects_id:
        test = db.get_one(LabTest, test.corrects_id)
        found.append(test.id)
    return found


@dataclass(frozen=True, slots=True)
class Tested:
    """A test with its results and what became of it. Who took the sample is for members."""

    test: LabTest
    results: list[LabResult]
    withdrawal: LabWithdrawal | None
    corrected_by_id: uuid.UUID | None
    about: str
    taken_by: str | None

    @property
    def id(self) -> uuid.UUID:
        return self.test.id

    @property
    def stands(self) -> bool:
        return self.corrected_by_id is None and self.withdrawal is None


def test(db: Session, by: Actor, test_id: uuid.UUID) -> Tested:
    """One test; raises NotFound like `access_test`."""
    found = _tested(
        db, _tests().where(col(LabTest.id) == test_id, col(LabTest.cooperative_id) == by.cooperative_id)
    )
    if not found:
        raise NotFound
    return found[0]


@dataclass(frozen=True, slots=True)
class About:
    """What a list of tests is asked about; nothing: everything."""

    area_id: uuid.UUID | None = None
    plot_id: uuid.UUID | None = None
    cycle_id: uuid.UUID | None = None
    batch_id: uuid.UUID | None = None


def tests(db: Session, by: Actor, asked: Paging, about: About) -> list[Tested]:
    """Those of the cooperative, the newest first; of a batch those of its crop and its ground as well."""
    wanted = _tests().where(col(LabTest.cooperative_id) == by.cooperative_id)
    if about.area_id:
        wanted = wanted.where(col(LabTest.area_id) == about.area_id)
    if about.plot_id:
        wanted = wanted.where(col(LabTest.plot_id) == about.plot_id)
    if about.cycle_id:
        wanted = wanted.where(
            or_(col(LabTest.cycle_id) == about.cycle_id, col(Batch.cycle_id) == about.cycle_id)
        )
    if about.batch_id:
        wanted = wanted.where(_is_about(about.batch_id))
    return _tested(db, asked.newest(wanted, col(LabTest.id)))


def of_cycle(db: Session, by: Actor, cycle_id: uuid.UUID, plot: Plot) -> list[Tested]:
    """All about a crop, its batches, its plot and its growing area, the first sampled first; two statements."""
    wanted = _tests().where(
        col(LabTest.cooperative_id) == by.cooperative_id,
        or_(
            col(LabTest.cycle_id) == cycle_id,
            col(Batch.cycle_id) == cycle_id,
            col(LabTest.plot_id) == plot.id,
            col(LabTest.area_id) == plot.area_id,
        ),
    )
    return _tested(db, wanted.order_by(col(LabTest.sampled_on), col(LabTest.id)))


def shown_on(db: Session, batch_id: uuid.UUID) -> list[Tested]:
    """Those that a stranger is told of: all of the produce, and the last before the harvest of each ground and water.

    The first sampled first; two statements.
    """
    batch = db.get_one(Batch, batch_id)
    found = _tested(
        db, _tests().where(_is_about(batch_id)).order_by(col(LabTest.sampled_on), col(LabTest.id))
    )
    last: dict[tuple[Any, ...], uuid.UUID] = {}
    for one in found:
        if one.stands and one.test.sampled_on <= batch.harvested_on:
            last[_ground(one.test)] = one.id
    return [
        one for one in found if one.test.sample == Sample.PRODUCE or last.get(_ground(one.test)) == one.id
    ]


def _ground(test: LabTest) -> tuple[Any, ...]:
    return test.sample, test.area_id, test.plot_id


def _is_about(batch_id: uuid.UUID) -> Any:
    """In a query of tests: whether it is about this batch, its crop, its plot or its growing area."""
    batch, cycle, plot = aliased(Batch), aliased(CropCycle), aliased(Plot)
    return (
        exists()
        .where(
            and_(batch.id == batch_id, cycle.id == batch.cycle_id, plot.id == cycle.plot_id),  # type: ignore[arg-type]
            or_(
                col(LabTest.batch_id) == batch.id,
                col(LabTest.cycle_id) == cycle.id,
                col(LabTest.plot_id) == plot.id,
                col(LabTest.area_id) == plot.area_id,
            ),
        )
        .correlate(LabTest)
    )


def _tests() -> Select[Any]:
    successor, grown = aliased(LabTest), aliased(Plot)
    columns: list[Any] = [
        LabTest,
        LabWithdrawal,
        successor.id.label("corrected_by_id"),  # type: ignore[attr-defined]
        col(GrowingArea.name).label("area"),
        col(Plot.code).label("plot"),
        col(CropCycle.name).label("cycle"),
        grown.code.label("cycle_plot"),  # type: ignore[attr-defined]
        col(Batch.lot_code).label("lot_code"),
        col(LabSampler.name).label("taken_by"),
    ]
    return (
        select(*columns)
        .outerjoin(LabWithdrawal, col(LabWithdrawal.test_id) == col(LabTest.id))
        .outerjoin(LabSampler, col(LabSampler.test_id) == col(LabTest.id))
        .outerjoin(successor, successor.corrects_id == col(LabTest.id))  # type: ignore[arg-type]
        .outerjoin(GrowingArea, col(GrowingArea.id) == col(LabTest.area_id))
        .outerjoin(Plot, col(Plot.id) == col(LabTest.plot_id))
        .outerjoin(CropCycle, col(CropCycle.id) == col(LabTest.cycle_id))
        .outerjoin(grown, grown.id == col(CropCycle.plot_id))  # type: ignore[arg-type]
        .outerjoin(Batch, col(Batch.id) == col(LabTest.batch_id))
    )


def _tested(db: Session, wanted: Select[Any]) -> list[Tested]:
    """Two statements, however many tests there are."""
    rows = db.execute(wanted).all()
    results: dict[uuid.UUID, list[LabResult]] = defaultdict(list)
    if rows:
        found = (
            select(LabResult)
            .where(col(LabResult.test_id).in_([row.LabTest.id for row in rows]))
            .order_by(col(LabResult.test_id), col(LabResult.position))
        )
        for result in db.execute(found).scalars():
            results[result.test_id].append(result)
    return [
        Tested(
            test=row.LabTest,
            results=results[row.LabTest.id],
            withdrawal=row.LabWithdrawal,
            corrected_by_id=row.corrected_by_id,
            about=row.area or row.plot or row.lot_code or f"{row.cycle_plot} · {row.cycle}",
            taken_by=row.taken_by,
        )
        for row in rows
    ]

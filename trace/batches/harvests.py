"""Questions about what batches are made of: which record of a harvest stands, and what is left of it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput
from trace.batches.rules import Amount
from trace.batches.stock import still_counts
from trace.catalogue.models import Product
from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.paging import Paging
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.records.models import CropCycle, Harvest, Kind, Record
from trace.records.queries import correction_of, stands
from trace.records.rules import done_at

_Found = Select[*tuple[Any, ...]]
_NOTHING = Amount(Decimal(0), None)


@dataclass(frozen=True, slots=True)
class HarvestLeft:
    """A harvest as its latest record tells it, and what its batches have left of it."""

    id: uuid.UUID
    cycle_id: uuid.UUID
    cycle: str
    plot: str
    product_id: uuid.UUID
    product: str
    harvested_on: date
    whole: Amount
    left: Amount


def with_something_left(db: Session, by: Actor, asked: Paging) -> list[HarvestLeft]:
    """The cooperative's harvests of which batches can still be made, the newest first."""
    own = col(Record.cooperative_id) == by.cooperative_id
    batched = _batched(own).subquery()
    found = (
        _harvests(own)
        .add_columns(batched.c.kg, batched.c.pieces)
        .outerjoin(batched, batched.c.tip == col(Record.id))
        .where(col(Harvest.quantity_kg) > func.coalesce(batched.c.kg, Decimal(0)))
    )
    return [_left(row, row.kg, row.pieces) for row in db.execute(asked.newest(found, col(Record.id)))]


def harvest_left(db: Session, named: Record) -> HarvestLeft:
    """What stands and is left of the harvest that this record, or a correction of it, tells of."""
    record = latest(db, named)
    if record.kind == Kind.RETRACTION:
        raise Refused(
            N_("This harvest was retracted. Choose another, or record it again."), field="harvest_id"
        )
    if record.kind != Kind.HARVEST:
        raise Refused(N_("A batch is made of a harvest; this record is of another kind."), field="harvest_id")
    row = db.execute(_harvests(col(Record.id) == record.id)).one()
    batched = db.execute(_batched(col(Record.id) == record.id)).one_or_none()
    return _left(row, batched.kg if batched else None, batched.pieces if batched else None)


def of_records(db: Session, record_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, HarvestLeft]:
    """For each record of a harvest what stands and is left of it now; nothing for what was taken back."""
    cycles = select(col(Record.cycle_id)).where(col(Record.id).in_(record_ids))
    line = _lineage(col(Record.cycle_id).in_(cycles))
    columns: list[Any] = [line.c.member, line.c.tip]
    tips = {row.member: row.tip for row in db.execute(select(*columns).where(line.c.member.in_(record_ids)))}
    found = {one.id: one for one in standing(db, col(Record.id).in_(set(tips.values())))}
    return {member: found[tip] for member, tip in tips.items()}


def standing(db: Session, *asked: ColumnElement[bool]) -> list[HarvestLeft]:
    """The harvests that fit and stand, with what is left of each, the oldest first. `asked` is about records."""
    batched = {row.tip: row for row in db.execute(_batched(*asked))}
    rows = db.execute(_harvests(*asked).order_by(col(Record.happened_at), col(Record.id)))
    return [
        _left(row, batched[row.id].kg, batched[row.id].pieces)
        if row.id in batched
        else _left(row, None, None)
        for row in rows
    ]


def latest(db: Session, record: Record) -> Record:
    """The end of the chain of corrections: what holds today."""
    while later := correction_of(db, record.id):
        record = later
    return record


def is_corrected() -> ColumnElement[bool]:
    """In a query of batches: whether a later record corrects the one the batch was made of."""
    return exists().where(col(Record.corrects_id) == col(Batch.harvest_id))


def _harvests(*asked: ColumnElement[bool]) -> _Found:
    columns: list[Any] = [
        col(Record.id),
        col(Record.cycle_id),
        col(CropCycle.name).label("cycle"),
        col(Plot.code).label("plot"),
        col(CropCycle.product_id),
        col(Product.name).label("product"),
        col(Record.happened_at),
        col(Record.received_at),
        col(Harvest.quantity_kg),
        col(Harvest.pieces).label("whole_pieces"),
    ]
    return (
        select(*columns)
        .join(Harvest, col(Harvest.record_id) == col(Record.id))
        .join(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Product, col(Product.id) == col(CropCycle.product_id))
        .where(stands(), *asked)
    )


def _batched(*asked: ColumnElement[bool]) -> _Found:
    """What operations took of each harvest, those of the records that it corrects included."""
    line = _lineage(*asked)
    columns: list[Any] = [
        line.c.tip,
        func.sum(col(OperationInput.kg)).label("kg"),
        func.sum(col(OperationInput.pieces)).label("pieces"),
    ]
    return (
        select(*columns)
        .join(OperationInput, col(OperationInput.harvest_id) == line.c.member)
        .join(Operation, col(Operation.id) == col(OperationInput.operation_id))
        .where(still_counts())
        .group_by(line.c.tip)
    )


def _lineage(*asked: ColumnElement[bool]) -> CTE:
    """(tip, member): each harvest that stands with itself and every record it corrects, however often."""
    start: list[Any] = [
        col(Record.id).label("tip"),
        col(Record.id).label("member"),
        col(Record.corrects_id).label("earlier"),
    ]
    line = (
        select(*start)
        .where(stands(), col(Record.kind) == Kind.HARVEST, *asked)
        .cte("lineage", recursive=True)
    )
    before = aliased(Record)
    back: list[Any] = [line.c.tip, before.id, before.corrects_id]
    return line.union_all(select(*back).join(before, col(before.id) == line.c.earlier))


def _left(row: Row[Any], kg: Decimal | None, pieces: int | None) -> HarvestLeft:
    whole = Amount(row.quantity_kg, row.whole_pieces)
    return HarvestLeft(
        id=row.id,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        plot=row.plot,
        product_id=row.product_id,
        product=row.product,
        harvested_on=day_in_vietnam(done_at(row.happened_at, received_at=row.received_at)),
        whole=whole,
        left=whole.less(_NOTHING if kg is None else Amount(kg, None if pieces is None else int(pieces))),
    )

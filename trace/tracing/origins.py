"""Questions about what lies before the first batch: harvests as they stand, their crops, and what was used on those."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, case, exists, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.catalogue.models import Input, Purchase
from trace.farms.models import Household, Plot
from trace.records.models import CropCycle, Fertilising, Harvest, Kind, Record, Sowing, Spraying
from trace.records.queries import stands

# Made once: with new aliases a call, no statement would be found among those that were compiled before.
_STEP: Final = aliased(Record)
_END: Final = aliased(Record)
_AFTER: Final = aliased(Record)
_LAST: Final = aliased(Record)


@dataclass(frozen=True, slots=True)
class Crop:
    """A plot with one of its crops, or with none."""

    plot_id: uuid.UUID
    plot: str
    household_id: uuid.UUID | None
    household: str | None
    id: uuid.UUID | None
    name: str | None


def crops(db: Session, asked: ColumnElement[bool]) -> list[Crop]:
    """By the code of their plots, the oldest first. `asked` is about plots and crops."""
    columns: list[Any] = [
        col(Plot.id),
        col(Plot.code),
        col(Household.id),
        col(Household.code),
        col(CropCycle.id),
        col(CropCycle.name),
    ]
    rows = db.execute(
        select(*columns)
        .outerjoin(CropCycle, col(CropCycle.plot_id) == col(Plot.id))
        .outerjoin(Household, col(Household.id) == col(Plot.household_id))
        .where(asked)
        .order_by(col(Plot.code), col(CropCycle.id))
    )
    return [Crop(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Cut:
    """A record of a harvest, and what is told of that harvest now: `id` is the last of its corrections."""

    record_id: uuid.UUID
    id: uuid.UUID
    retracted: bool
    at: datetime
    kg: Decimal
    cycle_id: uuid.UUID


def cuts(db: Session, cycle_ids: Collection[uuid.UUID]) -> list[Cut]:
    """Of these crops, every record of a harvest, the oldest first. Corrections never leave their crop."""
    first: list[Any] = [
        col(Record.id).label("record_id"),
        col(Record.cycle_id).label("cycle_id"),
        col(Record.id).label("member"),
    ]
    walk = (
        select(*first)
        .where(col(Record.kind) == Kind.HARVEST, col(Record.cycle_id).in_(cycle_ids))
        .cte("walk", recursive=True)
    )
    more: list[Any] = [walk.c.record_id, walk.c.cycle_id, _STEP.id]
    walk = walk.union_all(select(*more).join(_STEP, col(_STEP.corrects_id) == walk.c.member))
    end, after, last = _END, _AFTER, _LAST
    retracted = col(end.kind) == Kind.RETRACTION
    columns: list[Any] = [
        walk.c.record_id,
        col(last.id),
        retracted.label("retracted"),
        col(last.happened_at),
        col(Harvest.quantity_kg),
        walk.c.cycle_id,
    ]
    rows = db.execute(
        select(*columns)
        .join(end, col(end.id) == walk.c.member)
        .join(last, col(last.id) == case((retracted, col(end.corrects_id)), else_=col(end.id)))
        .join(Harvest, col(Harvest.record_id) == col(last.id))
        .where(~exists().where(col(after.corrects_id) == walk.c.member))
        .order_by(col(last.happened_at), walk.c.record_id)
    )
    return [Cut(*row) for row in rows]


def of_records(record_ids: Collection[uuid.UUID]) -> ColumnElement[bool]:
    """For `crops`: those that these records are of."""
    return col(CropCycle.id).in_(select(col(Record.cycle_id)).where(col(Record.id).in_(record_ids)))


@dataclass(frozen=True, slots=True)
class Use:
    """An input that was used on a crop, as the record says that stands, and the lot of it where that was said."""

    record_id: uuid.UUID
    cycle_id: uuid.UUID
    at: datetime
    input_id: uuid.UUID
    purchase_id: uuid.UUID | None
    input: str
    lot: str | None

    def touches(self, cut: Cut) -> bool:
        """What was used after the fruit was cut did not touch it. Of a harvest that was retracted no time is believed."""
        return self.cycle_id == cut.cycle_id and (cut.retracted or self.at <= cut.at)


def uses(
    db: Session,
    *,
    cycle_ids: Collection[uuid.UUID] | None = None,
    input_id: uuid.UUID | None = None,
    purchase_ids: Collection[uuid.UUID] | None = None,
) -> list[Use]:
    """On these crops, or of this input, or of these lots; the oldest first."""
    tables: tuple[Any, ...] = (Sowing, Fertilising, Spraying)
    used = union_all(
        *(
            select(of.record_id, of.input_id, of.purchase_id).where(
                of.input_id.is_not(None),
                *([of.input_id == input_id] if input_id else []),
                *([of.purchase_id.in_(purchase_ids)] if purchase_ids is not None else []),
            )
            for of in tables
        )
    ).subquery()
    columns: list[Any] = [
        col(Record.id),
        col(Record.cycle_id),
        col(Record.happened_at),
        used.c.input_id,
        used.c.purchase_id,
        col(Input.trade_name),
        col(Purchase.lot_number),
    ]
    found = (
        select(*columns)
        .join(used, used.c.record_id == col(Record.id))
        .join(Input, col(Input.id) == used.c.input_id)
        .outerjoin(Purchase, col(Purchase.id) == used.c.purchase_id)
        .where(stands())
        .order_by(col(Record.happened_at), col(Record.id))
    )
    if cycle_ids is not None:
        found = found.where(col(Record.cycle_id).in_(cycle_ids))
    return [Use(*row) for row in db.execute(found)]


def corrected_purchases(db: Session, cooperative_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """What each purchase that was corrected gave way to, at the end of its corrections."""
    columns: list[Any] = [col(Purchase.corrects_id), col(Purchase.id)]
    rows = db.execute(
        select(*columns).where(
            col(Purchase.cooperative_id) == cooperative_id, col(Purchase.corrects_id).is_not(None)
        )
    )
    later: dict[uuid.UUID, uuid.UUID] = {row.corrects_id: row.id for row in rows}
    return {one: _last(one, later) for one in later}


def _last(one: uuid.UUID, later: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    while one in later:
        one = later[one]
    return one

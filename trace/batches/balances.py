"""Questions about whole crops: what was cut, what became of it, and whether the yield is a sane one."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.batches import harvests
from trace.batches.operation_models import Operation, OperationInput, OperationKind, OperationOutput
from trace.batches.stock import still_counts
from trace.catalogue.models import Product
from trace.farms.models import Plot
from trace.kit.paging import Paging
from trace.records import queries as records
from trace.records.models import CropCycle, Record
from trace.records.rules import YIELD, Range

# What the usual yields of an area make where the usual number of plants stands on it.
PLANT_KG: Final = Range(Decimal("0.6"), Decimal("2.9"))
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Balance:
    """A crop by weight: all that was cut is in batches, was lost when they were made, or lies there still."""

    id: uuid.UUID
    cycle: str
    plot: str
    product_id: uuid.UUID
    product: str
    harvested: Decimal
    batched: Decimal
    lost: Decimal
    area_m2: Decimal
    plants: int | None

    @property
    def left(self) -> Decimal:
        return self.harvested - self.batched - self.lost

    @property
    def tonnes_a_hectare(self) -> Decimal | None:
        return (self.harvested * 10 / self.area_m2).quantize(_HUNDREDTH) if self.harvested else None

    @property
    def kg_a_plant(self) -> Decimal | None:
        return (self.harvested / self.plants).quantize(_HUNDREDTH) if self.harvested and self.plants else None

    @property
    def unusual_area(self) -> bool:
        return self.tonnes_a_hectare is not None and self.tonnes_a_hectare not in YIELD

    @property
    def unusual_plants(self) -> bool:
        return self.kg_a_plant is not None and self.kg_a_plant not in PLANT_KG


def balances(db: Session, by: Actor, asked: Paging) -> list[Balance]:
    """Of each crop of the cooperative, the newest first; a fixed number of statements for all of them."""
    columns: list[Any] = [
        col(CropCycle.id),
        col(CropCycle.name),
        col(CropCycle.plant_count),
        col(Plot.code),
        col(Plot.area_m2),
        col(Product.id).label("product_id"),
        col(Product.name).label("product"),
    ]
    found = (
        select(*columns)
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Product, col(Product.id) == col(CropCycle.product_id))
        .where(col(CropCycle.cooperative_id) == by.cooperative_id)
    )
    rows = db.execute(asked.newest(found, col(CropCycle.id))).all()
    ids = [row.id for row in rows]
    cut: dict[uuid.UUID, Decimal] = defaultdict(Decimal)
    for one in harvests.standing(db, col(Record.cycle_id).in_(ids)):
        cut[one.cycle_id] += one.whole.kg
    taken, lost = _taken(db, ids), _lost(db, ids)
    said = records.what_records_say(db, ids)
    return [
        Balance(
            id=row.id,
            cycle=row.name,
            plot=row.code,
            product_id=row.product_id,
            product=row.product,
            harvested=cut[row.id],
            batched=taken[row.id] - lost[row.id],
            lost=lost[row.id],
            area_m2=row.area_m2,
            plants=said[row.id].plant_count or row.plant_count,
        )
        for row in rows
    ]


def _taken(db: Session, cycle_ids: list[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    columns: list[Any] = [col(Record.cycle_id), func.sum(col(OperationInput.kg)).label("kg")]
    rows = db.execute(
        select(*columns)
        .join(OperationInput, col(OperationInput.harvest_id) == col(Record.id))
        .join(Operation, col(Operation.id) == col(OperationInput.operation_id))
        .where(col(Record.cycle_id).in_(cycle_ids), still_counts())
        .group_by(col(Record.cycle_id))
    )
    return defaultdict(Decimal, {row.cycle_id: row.kg for row in rows})


def _lost(db: Session, cycle_ids: list[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """In the making of batches: what is lost later is of batches, and may be of several crops."""
    columns: list[Any] = [col(Record.cycle_id), func.sum(col(OperationOutput.kg)).label("kg")]
    rows = db.execute(
        select(*columns)
        .join(OperationInput, col(OperationInput.harvest_id) == col(Record.id))
        .join(Operation, col(Operation.id) == col(OperationInput.operation_id))
        .join(OperationOutput, col(OperationOutput.operation_id) == col(Operation.id))
        .where(
            col(Record.cycle_id).in_(cycle_ids),
            col(Operation.kind) == OperationKind.MAKE,
            col(OperationOutput.loss).is_not(None),
            still_counts(),
        )
        .group_by(col(Record.cycle_id))
    )
    return defaultdict(Decimal, {row.cycle_id: row.kg for row in rows})


@dataclass(frozen=True, slots=True)
class ProductBalance:
    """All crops of one product together."""

    product: str
    harvested: Decimal
    batched: Decimal
    lost: Decimal
    left: Decimal


def by_product(found: list[Balance]) -> list[ProductBalance]:
    """By name; of the crops that are given."""
    grouped: dict[tuple[str, uuid.UUID], list[Balance]] = defaultdict(list)
    for one in found:
        grouped[one.product, one.product_id].append(one)
    return [
        ProductBalance(
            product=product,
            harvested=sum((one.harvested for one in group), Decimal(0)),
            batched=sum((one.batched for one in group), Decimal(0)),
            lost=sum((one.lost for one in group), Decimal(0)),
            left=sum((one.left for one in group), Decimal(0)),
        )
        for (product, _), group in sorted(grouped.items())
    ]

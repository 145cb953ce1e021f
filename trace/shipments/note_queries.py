"""What a delivery note says besides the shipment itself: who sends, where each lot grew, what each box holds."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.models import Cooperative
from trace.batches import ancestry, supplied, unit_queries
from trace.batches.models import Batch
from trace.batches.unit_queries import Packed
from trace.catalogue.models import Product
from trace.farms.models import GrowingArea, Plot
from trace.shipments import queries
from trace.shipments.queries import Line, Sent


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a lot grew: a growing area of ours, and the shares of its plots."""

    area: str
    puc: str | None
    commune: str
    plots: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """A part of a lot that others grew, under their own lot number; named only where shoppers may read it, too."""

    percent: int
    their_lot: str
    supplier: str | None


@dataclass(frozen=True, slots=True)
class Lot:
    """A line of the note with where it comes from."""

    line: Line
    code: str
    country: str
    harvested: tuple[date, date] | None
    packed_on: date | None
    best_before: date | None
    places: tuple[Place, ...]
    bought: tuple[Bought, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """All that the paper says, as it stands now."""

    sent: Sent
    sender: Cooperative
    lots: tuple[Lot, ...]
    units: tuple[Packed, ...]
    made_at: datetime


def note(db: Session, shipment_id: uuid.UUID, *, now: datetime) -> Note:
    """Of a shipment that the caller has made sure may be seen."""
    sent = queries.sent(db, shipment_id)
    return Note(
        sent=sent,
        sender=db.get_one(Cooperative, sent.shipment.cooperative_id),
        lots=tuple(_lots(db, sent.lines)),
        units=tuple(unit_queries.packed_of(db, [one.id for one in sent.units])),
        made_at=now,
    )


def _lots(db: Session, lines: tuple[Line, ...]) -> list[Lot]:
    rows = db.execute(
        select(Batch, col(Product.origin))
        .join(Product, col(Product.id) == col(Batch.product_id))
        .where(col(Batch.id).in_([line.batch_id for line in lines]))
    )
    batches = {batch.id: (batch, origin) for batch, origin in rows}
    return [_lot(db, line, *batches[line.batch_id]) for line in lines]


def _lot(db: Session, line: Line, batch: Batch, country: str) -> Lot:
    found = ancestry.origins(db, batch.id)
    days = [one.harvested_on for one in found]
    others = supplied.supplied(db, batch.id)
    days += [one.harvested_on for one in others if one.harvested_on]
    return Lot(
        line=line,
        code=batch.code,
        country=country,
        harvested=(min(days), max(days)) if days else None,
        packed_on=batch.packed_on,
        best_before=batch.best_before,
        places=tuple(_places(db, found)),
        bought=tuple(
            Bought(one.percent, one.their_lot, one.supplier if one.named else None) for one in others
        ),
    )


def _places(db: Session, found: list[ancestry.Origin]) -> list[Place]:
    """The plots by their areas, the area of the largest share first."""
    columns: list[Any] = [col(Plot.code), GrowingArea]
    rows = db.execute(
        select(*columns)
        .join(GrowingArea, col(GrowingArea.id) == col(Plot.area_id))
        .where(col(Plot.id).in_({one.plot_id for one in found}))
    )
    areas = {row.code: row.GrowingArea for row in rows}
    plots: dict[uuid.UUID, list[tuple[str, int]]] = {}
    for one in ancestry.by_plot(found):
        plots.setdefault(areas[one.plot].id, []).append((one.plot, one.percent))
    named = {area.id: area for area in areas.values()}
    return [
        Place(named[id_].name, named[id_].puc, named[id_].commune_label, tuple(shares))
        for id_, shares in plots.items()
    ]

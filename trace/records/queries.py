"""Questions about crop cycles and single records; the diary as a whole is read in `timeline`."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.catalogue.models import Product
from trace.farms.models import Plot
from trace.kit.clock import day_in_vietnam
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.records import privacy, rules
from trace.records.models import CropCycle, Harvest, Kind, Planting, Record, Spraying
from trace.records.rules import Span, Spray

# A crop is opened, at the latest, so long after it was sown: whoever is later is asked about every record.
_LOOKED_BACK: Final = timedelta(days=200)
# Made once: with a new alias a call, no statement would be found among those that were compiled before.
_LATER: Final = aliased(Record)


def access_cycle(db: Session, by: Actor, cycle_id: uuid.UUID) -> CropCycle:
    return own(db, by, CropCycle, cycle_id)


def access_record(db: Session, by: Actor, record_id: uuid.UUID) -> Record:
    """One that this reader may see; a retraction is as private as what it takes back."""
    record = own(db, by, Record, record_id)
    told = db.get(Record, record.corrects_id) if record.kind == Kind.RETRACTION else record
    if told is None or not privacy.may_read(by, told.kind):
        raise NotFound
    return record


def of_the_site(by: Actor) -> tuple[ColumnElement[bool], ...]:
    """In a query of records: the cooperative's own that belong to no crop cycle."""
    return col(Record.cooperative_id) == by.cooperative_id, col(Record.cycle_id).is_(None)


def stands() -> ColumnElement[bool]:
    """In a query of records: neither corrected nor taken back, and a statement about work."""
    struck = exists().where(col(_LATER.corrects_id) == col(Record.id)).correlate(Record)
    return ~struck & (col(Record.kind) != Kind.RETRACTION)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A crop cycle as its pages show it: what the records say comes before what was said at its opening."""

    id: uuid.UUID
    name: str
    variety: str | None
    plot_id: uuid.UUID
    plot_code: str
    area_m2: Decimal
    household_id: uuid.UUID | None
    product_id: uuid.UUID
    product_name: str
    grows: str | None
    sown_on: date | None
    planted_on: date | None
    plant_count: int | None
    opened_at: datetime
    closed_at: datetime | None
    harvest_from: date | None
    re_entry_until: datetime | None
    last_kind: str | None
    last_at: datetime | None


def cycle(db: Session, by: Actor, cycle_id: uuid.UUID) -> Cycle:
    """One cycle with what its records say; raises NotFound like `access_cycle`."""
    found = _cycles(db, by, col(CropCycle.id) == cycle_id)
    if not found:
        raise NotFound
    return found[0]


def open_cycles(db: Session, by: Actor) -> list[Cycle]:
    """By the code of their plots."""
    return _cycles(db, by, col(CropCycle.closed_at).is_(None))


def closed_cycles(db: Session, by: Actor, *, limit: int = 100) -> list[Cycle]:
    """The last ones first."""
    page = Paging(limit)
    found, _ = page.cut(_cycles(db, by, col(CropCycle.closed_at).is_not(None), page=page))
    return sorted(found, key=lambda one: one.closed_at or one.opened_at, reverse=True)


def cycles(db: Session, by: Actor, asked: Paging) -> list[Cycle]:
    """Open and closed ones, newest first, in pages."""
    return _cycles(db, by, page=asked)


def _cycles(db: Session, by: Actor, *asked: ColumnElement[bool], page: Paging | None = None) -> list[Cycle]:
    """Four statements, however many cycles and records there are."""
    found = (
        select(
            CropCycle,
            col(Plot.code),
            col(Plot.area_m2),
            col(Plot.household_id),
            col(Product.name),
            col(Product.crop),
        )
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Product, col(Product.id) == col(CropCycle.product_id))
        .where(col(CropCycle.cooperative_id) == by.cooperative_id, *asked)
    )
    id_ = col(CropCycle.id)
    ordered = page.newest(found, id_) if page else found.order_by(col(Plot.code), id_)
    rows = db.execute(ordered).all()
    on_plots = crops(db, [row[0] for row in rows])
    last = _last_records(db, [row[0].id for row in rows])
    return [_cycle(row, on_plots[row[0].id], last.get(row[0].id)) for row in rows]


def _cycle(row: Any, crop: "Crop", last: Any) -> Cycle:
    stored, plot_code, area_m2, household_id, product_name, grows = row
    said = crop.said
    spray = rules.last_to_wait_for(crop.sprays)
    return Cycle(
        id=stored.id,
        name=stored.name,
        variety=stored.variety,
        plot_id=stored.plot_id,
        plot_code=plot_code,
        area_m2=area_m2,
        household_id=household_id,
        product_id=stored.product_id,
        product_name=product_name,
        grows=grows,
        sown_on=said.sown_on or stored.sown_on,
        planted_on=said.planted_on or stored.planted_on,
        plant_count=said.plant_count or stored.plant_count,
        opened_at=stored.opened_at,
        closed_at=stored.closed_at,
        harvest_from=spray.harvest_from if spray else None,
        re_entry_until=max((one.re_entry_until for one in crop.sprays if one.re_entry_until), default=None),
        last_kind=last.kind if last else None,
        last_at=last.happened_at if last else None,
    )


class Said:
    """What the standing records of one cycle say about its course."""

    def __init__(self) -> None:
        self.sown_on: date | None = None
        self.planted_on: date | None = None
        self.plant_count: int | None = None
        self.sprays: list[Spray] = []
        self.harvests: list[tuple[datetime, Decimal]] = []

    def take(self, row: Any) -> None:
        """Rows come in the order of the work."""
        day = day_in_vietnam(row.happened_at)
        if row.kind == Kind.SOWING:
            self.sown_on = self.sown_on or day
        elif row.kind == Kind.PLANTING:
            self.planted_on = self.planted_on or day
            if row.plant_count is not None:
                self.plant_count = (self.plant_count or 0) + row.plant_count
        elif row.kind == Kind.SPRAYING:
            self.sprays.append(Spray(row.id, _done_at(row), row.trade_name, row.phi_days, row.re_entry_hours))
        else:
            self.harvests.append((_done_at(row), row.quantity_kg))


def _done_at(row: Any) -> datetime:
    return rules.done_at(row.happened_at, received_at=row.received_at)


@dataclass(frozen=True, slots=True)
class Crop:
    """A cycle as one of those that its plot has borne."""

    cycle: CropCycle
    span: Span
    said: Said
    beside: tuple["Crop", ...] = ()
    apart: tuple["Crop", ...] = ()

    @property
    def sprays(self) -> list[Spray]:
        """What a harvest of it waits for: its own sprayings and those of the crops beside it."""
        return [spray for crop in (self, *self.beside) for spray in crop.said.sprays]


def crop(db: Session, cycle: CropCycle, *, but: uuid.UUID | None = None) -> Crop:
    return crops(db, [cycle], but=but)[cycle.id]


def crops(db: Session, cycles: Sequence[CropCycle], *, but: uuid.UUID | None = None) -> dict[uuid.UUID, Crop]:
    """Each cycle among those of its plot, in two statements; `but` leaves out a record that is being corrected."""
    if not cycles:
        return {}
    since = min(cycle.opened_at for cycle in cycles) - _LOOKED_BACK
    on_plots = db.execute(
        select(CropCycle)
        .where(col(CropCycle.plot_id).in_({cycle.plot_id for cycle in cycles}))
        .where(or_(col(CropCycle.closed_at).is_(None), col(CropCycle.closed_at) >= since))
    ).scalars()
    by_plot: dict[uuid.UUID, list[Crop]] = defaultdict(list)
    found = on_plots.all()
    said = what_records_say(db, [one.id for one in found], but=but)
    for one in found:
        by_plot[one.plot_id].append(_crop(one, said[one.id]))
    return {cycle.id: _among(cycle, by_plot[cycle.plot_id]) for cycle in cycles}


def _crop(cycle: CropCycle, said: Said) -> Crop:
    days = rules.span(
        cycle.opened_at,
        sown_on=said.sown_on or cycle.sown_on,
        planted_on=said.planted_on or cycle.planted_on,
        closed_at=cycle.closed_at,
    )
    return Crop(cycle, days, said)


def _among(cycle: CropCycle, on_plot: list[Crop]) -> Crop:
    (own,) = (crop for crop in on_plot if crop.cycle.id == cycle.id)
    others = [crop for crop in on_plot if crop is not own]
    return dataclasses.replace(
        own,
        beside=tuple(crop for crop in others if crop.span.overlaps(own.span)),
        apart=tuple(crop for crop in others if not crop.span.overlaps(own.span)),
    )


def what_records_say(
    db: Session, cycle_ids: Iterable[uuid.UUID], *, but: uuid.UUID | None = None
) -> dict[uuid.UUID, Said]:
    """For each cycle; `but` leaves out the record that is being corrected."""
    said: dict[uuid.UUID, Said] = defaultdict(Said)
    told = (
        select(
            col(Record.id),
            col(Record.cycle_id),
            col(Record.kind),
            col(Record.happened_at),
            col(Record.received_at),
            col(Planting.plant_count),
            col(Spraying.trade_name),
            col(Spraying.phi_days),
            col(Spraying.re_entry_hours),
            col(Harvest.quantity_kg),
        )
        .outerjoin(Planting, col(Planting.record_id) == col(Record.id))
        .outerjoin(Spraying, col(Spraying.record_id) == col(Record.id))
        .outerjoin(Harvest, col(Harvest.record_id) == col(Record.id))
        .where(
            col(Record.cycle_id).in_(list(cycle_ids)),
            col(Record.kind).in_([Kind.SOWING, Kind.PLANTING, Kind.SPRAYING, Kind.HARVEST]),
            stands(),
            *([col(Record.id) != but] if but else []),
        )
        .order_by(col(Record.happened_at), col(Record.id))
    )
    for row in db.execute(told):
        said[row.cycle_id].take(row)
    return said


def _last_records(db: Session, cycle_ids: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    place = func.row_number().over(
        partition_by=col(Record.cycle_id), order_by=(col(Record.happened_at).desc(), col(Record.id).desc())
    )
    ranked = (
        select(col(Record.cycle_id), col(Record.kind), col(Record.happened_at), place.label("place"))
        .where(col(Record.cycle_id).in_(cycle_ids), stands())
        .subquery()
    )
    return {row.cycle_id: row for row in db.execute(select(ranked).where(ranked.c.place == 1))}


def plots_of(db: Session, cycle_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The code of each cycle's plot."""
    rows = db.execute(
        select(col(CropCycle.id), col(Plot.code))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(col(CropCycle.id).in_(list(cycle_ids)))
    )
    return {row.id: row.code for row in rows}


def last_used_cycle(db: Session, by: Actor) -> uuid.UUID | None:
    """The open cycle that this member wrote about last."""
    return db.execute(
        select(col(Record.cycle_id))
        .join(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .where(col(Record.written_by) == by.membership_id, col(CropCycle.closed_at).is_(None))
        .order_by(col(Record.received_at).desc(), col(Record.id).desc())
        .limit(1)
    ).scalar()


@dataclass(frozen=True, slots=True)
class HarvestFacts:
    """A harvest as batches need it. One that does not stand was corrected or taken back."""

    record: Record
    harvest: Harvest
    happened_on: date
    stands: bool

    @property
    def quantity_kg(self) -> Decimal:
        return self.harvest.quantity_kg

    @property
    def pieces(self) -> int | None:
        return self.harvest.pieces


def harvest(db: Session, by: Actor, record_id: uuid.UUID) -> HarvestFacts:
    """The harvest of this record; raises NotFound when there is none or it is another cooperative's."""
    record = access_record(db, by, record_id)
    found = db.get(Harvest, record_id)
    if found is None:
        raise NotFound
    return HarvestFacts(record, found, day_in_vietnam(_done_at(record)), correction_of(db, record_id) is None)


def correction_of(db: Session, record_id: uuid.UUID) -> Record | None:
    """The record that corrects or retracts this one."""
    return db.execute(select(Record).where(col(Record.corrects_id) == record_id)).scalar()

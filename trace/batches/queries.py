"""Every question about batches."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Membership, Person
from trace.accounts.queries import own
from trace.batches import harvests, holds, rules
from trace.batches.harvests import HarvestLeft, Standing
from trace.batches.models import Batch, Hold
from trace.catalogue.models import Product
from trace.farms.models import Plot
from trace.kit.paging import Paging
from trace.ledger import queries as ledger
from trace.records.early import Override, Waiting, overrides_of_harvests, waiting_of
from trace.records.models import CropCycle, Record


def access_batch(db: Session, by: Actor, batch_id: uuid.UUID) -> Batch:
    """The cooperative's own batch, in whatever state."""
    return own(db, by, Batch, batch_id)


def by_code(db: Session, code: str) -> Batch | None:
    """The batch with this short code, in whatever state and whoever asks: the door decides what to show."""
    return db.exec(select(Batch).where(Batch.code == code)).first()


def by_lot(db: Session, gtin14: str, lot_code: str) -> Batch | None:
    """The batch that a GS1 Digital Link names, in whatever state and whoever asks."""
    return db.exec(
        select(Batch)
        .join(Product, col(Product.id) == Batch.product_id)
        .where(Product.gtin == gtin14, Batch.lot_code == lot_code.upper())
    ).first()


def by_product_and_lot(db: Session, product_id: uuid.UUID, lot_code: str) -> Batch | None:
    return db.exec(select(Batch).where(Batch.product_id == product_id, Batch.lot_code == lot_code)).first()


def propose_lot_code(db: Session, product: Product, harvested_on: date) -> str:
    """The next lot code by the product's pattern that nobody has used."""
    year = (date(harvested_on.year, 1, 1), date(harvested_on.year, 12, 31))
    of_year = col(Batch.harvested_on).between(*year)
    made = db.exec(select(func.count()).where(Batch.product_id == product.id, of_year)).one()
    taken = db.exec(
        select(Batch.lot_code).where(
            Batch.product_id == product.id,
            or_(
                of_year,
                col(Batch.lot_code).startswith(f"{product.lot_prefix}-{harvested_on:%y}", autoescape=True),
            ),
        )
    )
    return rules.proposed_lot_code(product.lot_prefix, harvested_on, made=made, taken=set(taken))


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as a list shows it."""

    batch: Batch
    product: str
    harvest_corrected: bool
    on_hold: bool
    overrides: tuple[Override, ...] = ()

    @property
    def id(self) -> uuid.UUID:
        return self.batch.id


def batches(db: Session, by: Actor, asked: Paging) -> list[BatchLine]:
    """The cooperative's batches, the newest first."""
    found = (
        select(Batch, Product.name, harvests.is_corrected(), holds.on_hold())
        .join(Product, col(Product.id) == Batch.product_id)
        .where(Batch.cooperative_id == by.cooperative_id)
    )
    rows = db.execute(asked.newest(found, col(Batch.id))).all()
    given = overrides_of_harvests(db, {row[0].harvest_id for row in rows})
    return [
        BatchLine(batch, product, corrected, held, tuple(given[batch.harvest_id]))
        for batch, product, corrected, held in rows
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done to a batch, as the journal has it."""

    kind: str
    at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One batch with the names of what it belongs to, as its members' page shows it."""

    batch: Batch
    cooperative: str
    product: Product
    cycle: str
    plot: str
    standing: Standing
    steps: list[Step]
    harvest: HarvestLeft | None
    holds: list[Hold]
    waiting: Waiting


def sheet(db: Session, by: Actor, batch_id: uuid.UUID) -> Sheet:
    batch = access_batch(db, by, batch_id)
    product, cycle, plot, cooperative = db.execute(
        select(Product, CropCycle.name, Plot.code, Cooperative.name)
        .select_from(Batch)
        .join(Product, col(Product.id) == col(Batch.product_id))
        .join(CropCycle, col(CropCycle.id) == col(Batch.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Cooperative, col(Cooperative.id) == col(Batch.cooperative_id))
        .where(col(Batch.id) == batch.id)
    ).one()
    standing = harvests.standing(db, batch.harvest_id)
    latest = harvests.latest(db, db.get_one(Record, batch.harvest_id))
    return Sheet(
        batch=batch,
        cooperative=cooperative,
        product=product,
        cycle=cycle,
        plot=plot,
        standing=standing,
        steps=_steps(db, batch.id),
        harvest=None if standing == Standing.RETRACTED else _harvest(db, batch),
        holds=holds.open_holds_of(db, batch.id),
        waiting=waiting_of(db, latest),
    )


def _harvest(db: Session, batch: Batch) -> HarvestLeft:
    return harvests.harvest_left(db, db.get_one(Record, batch.harvest_id))


def _steps(db: Session, batch_id: uuid.UUID) -> list[Step]:
    entries = ledger.entries_of(db, batch_id)
    found = db.exec(
        select(Membership.id, Person.name)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(col(Membership.id).in_([entry.actor_id for entry in entries]))
    )
    names = dict(found.all())
    return [
        Step(entry.kind, entry.received_at, names.get(entry.actor_id) if entry.actor_id else None)
        for entry in entries
    ]

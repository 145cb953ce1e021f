"""Every question about batches."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, union
from sqlmodel import Session, col, func, select

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative
from trace.accounts.queries import own
from trace.batches import (
    ancestry,
    harvests,
    history,
    holds,
    operation_queries,
    rules,
    states,
    stock,
    supplied,
)
from trace.batches.ancestry import Origin, PlotShare
from trace.batches.harvests import HarvestLeft
from trace.batches.history import Passed
from trace.batches.models import Batch, Hold
from trace.batches.operation_queries import Done
from trace.batches.recalled import CalledBack, called_back
from trace.batches.rules import Amount, Standing
from trace.batches.states import Ended, Stand
from trace.batches.stock import Stock
from trace.batches.supplied import Supplied
from trace.catalogue.models import FormerGtin, Product
from trace.kit.paging import Paging
from trace.records.early import Override, Waiting, overrides_of_harvests, waiting_of
from trace.records.models import Record


def access_batch(db: Session, by: Actor, batch_id: uuid.UUID) -> Batch:
    """The cooperative's own batch, in whatever state."""
    return own(db, by, Batch, batch_id)


def by_code(db: Session, code: str) -> Batch | None:
    """The batch with this short code, in whatever state and whoever asks: the door decides what to show."""
    return db.exec(select(Batch).where(Batch.code == code)).first()


def by_lot(db: Session, gtin14: str, lot_code: str) -> Batch | None:
    """The batch that a GS1 Digital Link names, in whatever state and whoever asks.

    A label that was printed under an earlier GTIN of the product still names its batch. Where the same number went to
    another product that has such a lot, too, the batch that was made first keeps its label.
    """
    of_lot = select(Batch.id).where(Batch.lot_code == lot_code.upper())
    today = of_lot.join(Product, col(Product.id) == Batch.product_id).where(Product.gtin == gtin14)
    before = of_lot.join(FormerGtin, col(FormerGtin.product_id) == Batch.product_id).where(
        FormerGtin.gtin == gtin14, Batch.made_at <= FormerGtin.replaced_at
    )
    named = select(Batch).where(col(Batch.id).in_(union(today, before)))
    return db.exec(named.order_by(col(Batch.made_at), col(Batch.id))).first()


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
    overrides: list[Override]
    stock: Stock
    ends: list[Ended]
    called_back: CalledBack | None

    @property
    def id(self) -> uuid.UUID:
        return self.batch.id

    @property
    def stand(self) -> Stand:
        return states.stand(
            self.batch.state,
            self.ends,
            on_hold=self.on_hold,
            recalled=self.called_back is not None,
            shipped_out=self.stock.shipped_out(self.batch.quantity_kg),
        )


def batches(db: Session, by: Actor, asked: Paging) -> list[BatchLine]:
    """The cooperative's batches, the newest first."""
    found = (
        select(Batch, Product.name, harvests.is_corrected(), holds.on_hold(by))
        .join(Product, col(Product.id) == Batch.product_id)
        .where(Batch.cooperative_id == by.cooperative_id)
    )
    rows = db.execute(asked.newest(found, col(Batch.id))).all()
    found_batches = [row[0] for row in rows]
    given = overrides_of(db, found_batches)
    ids = [one.id for one in found_batches]
    left, ends, recalled = stock.stocks(db, ids), states.ends_of(db, ids), called_back(db, ids)
    return [
        BatchLine(
            batch,
            product,
            corrected,
            held,
            given[batch.id],
            left[batch.id],
            ends[batch.id],
            recalled.get(batch.id),
        )
        for batch, product, corrected, held in rows
    ]


def overrides_of(db: Session, batches: list[Batch]) -> dict[uuid.UUID, list[Override]]:
    """For each batch the early harvests that a manager let go, of all that it is made of."""
    harvests_ = ancestry.harvests_of(db, [one.id for one in batches])
    given = overrides_of_harvests(db, {one for found in harvests_.values() for one in found})
    return {
        batch.id: [one for harvest_id in harvests_[batch.id] for one in given.get(harvest_id, [])]
        for batch in batches
    }


@dataclass(frozen=True, slots=True)
class Sheet:
    """One batch with the names of what it belongs to, as its members' page shows it."""

    batch: Batch
    cooperative: str
    product: Product
    origins: list[Origin]
    plots: list[PlotShare]
    suppliers: list[Supplied]
    standing: Standing
    stock: Stock
    history: list[Passed]
    done: list[Done]
    harvest: HarvestLeft | None
    holds: list[Hold]
    ends: list[Ended]
    called_back: CalledBack | None
    waiting: list[Waiting]

    @property
    def stand(self) -> Stand:
        return states.stand(
            self.batch.state,
            self.ends,
            on_hold=bool(self.holds),
            recalled=self.called_back is not None,
            shipped_out=self.stock.shipped_out(self.batch.quantity_kg),
        )

    @property
    def harvested_on(self) -> date | None:
        """None where all of it came from suppliers who do not say; then `batch.harvested_on` is the day it came in."""
        if not self.suppliers or self.origins:
            return self.batch.harvested_on
        return min((one.harvested_on for one in self.suppliers if one.harvested_on), default=None)

    @property
    def used(self) -> Amount:
        """What operations took of it."""
        return Amount(self.batch.quantity_kg - self.stock.left.kg, None)


def sheet(db: Session, by: Actor, batch_id: uuid.UUID) -> Sheet:
    batch = access_batch(db, by, batch_id)
    product, cooperative = db.execute(
        select(Product, Cooperative.name)
        .select_from(Batch)
        .join(Product, col(Product.id) == col(Batch.product_id))
        .join(Cooperative, col(Cooperative.id) == col(Batch.cooperative_id))
        .where(col(Batch.id) == batch.id)
    ).one()
    origins = ancestry.origins(db, batch.id)
    suppliers = [] if batch.harvest_id else supplied.supplied(db, batch.id)
    ends = states.ends_of(db, [batch.id])[batch.id]
    recalled = called_back(db, [batch.id]).get(batch.id)
    return Sheet(
        batch=batch,
        cooperative=cooperative,
        product=product,
        origins=origins,
        plots=ancestry.by_plot(origins),
        suppliers=suppliers,
        standing=_standing(origins),
        stock=stock.stock_of(db, batch.id),
        history=history.history(db, batch, ends=ends, called_back=recalled),
        done=operation_queries.operations(db, by, Paging(), batch_id=batch.id),
        harvest=None if suppliers else _harvest(db, origins),
        holds=holds.open_holds_of(db, batch.id),
        ends=ends,
        called_back=recalled,
        waiting=[waiting_of(db, db.get_one(Record, one.latest_id)) for one in origins],
    )


def _standing(origins: list[Origin]) -> Standing:
    """The worst that became of a harvest that it is of."""
    found = {one.standing for one in origins}
    return next((one for one in (Standing.RETRACTED, Standing.CORRECTED) if one in found), Standing.STANDS)


def _harvest(db: Session, origins: list[Origin]) -> HarvestLeft | None:
    """The only harvest that it is of, as long as that stands."""
    if len(origins) != 1 or origins[0].standing == Standing.RETRACTED:
        return None
    return harvests.harvest_left(db, db.get_one(Record, origins[0].harvest_id))

"""Making batches of a harvest and publishing them."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import ancestry, harvests, holds, lots, queries, rules, stock, writing
from trace.batches.harvests import HarvestLeft
from trace.batches.holding import nothing_moves
from trace.batches.models import Batch, State
from trace.batches.recalled import called_back
from trace.batches.rules import Amount, OptionalLotCode, Standing
from trace.catalogue import queries as catalogue
from trace.catalogue.models import Product
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, Day, Doubted
from trace.kit.database import hold
from trace.kit.problems import Doubtful, Fault, Refused
from trace.kit.translation import N_
from trace.records import queries as records
from trace.records.models import Weight
from trace.records.rules import kilograms


class MakeBatch(Doubted):
    """Part of one harvest, or all of it, becomes a batch with its own lot code and QR code."""

    harvest_id: uuid.UUID = Field(
        description="The record of the harvest; a corrected one leads to its latest."
    )
    lot_code: OptionalLotCode = Field(
        None,
        description="AI (10): A–Z, 0–9, dots and hyphens, never used before for the product. Empty: proposed.",
        examples=["TMD-DL-261108-01"],
    )
    quantity: Decimal = Field(gt=0, max_digits=12, decimal_places=3, examples=["1980"])
    unit: Weight = Field(Weight.KG, examples=["kg"])
    pieces: int | None = Field(None, gt=0, le=10_000_000, description="Fruits or boxes.", examples=[1140])
    packed_on: Day | None = Field(None, examples=["2026-11-09"])
    best_before: Day | None = Field(
        None, description="Empty: counted from the product's shelf life.", examples=["2026-11-23"]
    )


def make_batch(db: Session, command: MakeBatch, *, by: Actor, now: datetime) -> Batch:
    """Take a part of a harvest. All batches of a harvest together never exceed it, whoever is at it at once."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "batch.made", command, by=by):
        return db.get_one(Batch, known)
    named = records.access_record(db, by, command.harvest_id)
    hold(db, "cycle", named.cycle_id)  # whoever takes from its harvests or corrects them waits
    harvest = harvests.harvest_left(db, named)
    product = catalogue.access_product(db, by, harvest.product_id)
    part = Amount(kilograms(command.quantity, command.unit), command.pieces)
    _check_left(harvest, part)
    _check_dates(command, harvest, today=day_in_vietnam(now))
    if not command.sure:
        _ask_about(command, harvest, part, product)
    batch = Batch(
        id=command.id,
        cooperative_id=by.cooperative_id,
        product_id=product.id,
        cycle_id=harvest.cycle_id,
        harvest_id=harvest.id,
        code=lots.new_code(db),
        lot_code=lots.own_lot_code(db, command.lot_code, product, harvest.harvested_on),
        quantity=command.quantity,
        unit=command.unit,
        quantity_kg=part.kg,
        pieces=part.pieces,
        harvested_on=harvest.harvested_on,
        packed_on=command.packed_on,
        best_before=command.best_before
        or rules.best_before(
            harvested_on=harvest.harvested_on,
            packed_on=command.packed_on,
            shelf_life_days=product.shelf_life_days,
        ),
        state=State.DRAFT,
        made_at=now,
    )
    writing.write_making(db, batch, by=by, now=now)
    journal.append(db, "batch.made", batch.id, command, by=by, now=now)
    return batch


class PublishBatch(Command):
    """From now on whoever scans the code sees the batch."""

    batch_id: uuid.UUID


def publish_batch(db: Session, command: PublishBatch, *, by: Actor, now: datetime) -> Batch:
    """Open the public page. A batch whose harvest was retracted has nothing to show and is refused."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "batch.published", command, by=by):
        return db.get_one(Batch, known)
    hold(db, "batch", command.batch_id)
    nothing_moves(db, by)
    batch = queries.access_batch(db, by, command.batch_id)
    if batch.state == State.PUBLISHED:
        raise Refused(N_("This batch is published already."))
    if holds.is_held(db, batch.id):
        raise Refused(
            N_("This batch is on hold, so it cannot be published. A manager decides on the hold first.")
        )
    if called_back(db, [batch.id]):
        raise Refused(N_("This batch was called back, so it cannot be published."))
    if stock.is_undone(db, batch.id):
        raise Refused(N_("What made this batch was taken back, so it cannot be published."))
    if any(one.standing == Standing.RETRACTED for one in ancestry.origins(db, batch.id)):
        raise Refused(
            N_("The record of its harvest was retracted, so this batch cannot be published. Make a new one.")
        )
    batch.state, batch.published_at = State.PUBLISHED, now
    db.add(batch)
    journal.append(db, "batch.published", batch.id, command, by=by, now=now)
    return batch


def _check_left(harvest: HarvestLeft, part: Amount) -> None:
    left = harvest.left
    if not left.is_left:
        raise Refused(N_("Nothing of this harvest is left: all of it is in batches."), field="quantity")
    if part.kg > left.kg:
        raise Refused(
            N_("Only {left} kg of this harvest are left, and this batch would take {asked} kg."),
            field="quantity",
            left=left.kg,
            asked=part.kg,
        )
    if part.pieces and left.pieces is not None and part.pieces > left.pieces:
        raise Refused(
            N_("Only {left} pieces of this harvest are left, and this batch would take {asked}."),
            field="pieces",
            left=max(left.pieces, 0),
            asked=part.pieces,
        )


def _check_dates(command: MakeBatch, harvest: HarvestLeft, *, today: date) -> None:
    packed = command.packed_on
    if packed and packed > today:
        raise Refused(N_("A packing day cannot lie in the future."), field="packed_on")
    if packed and packed < harvest.harvested_on:
        raise Refused(
            N_("This cannot be packed before it was harvested, on {day}."),
            field="packed_on",
            day=harvest.harvested_on,
        )
    produced = rules.produced_on(harvested_on=harvest.harvested_on, packed_on=packed)
    if command.best_before and command.best_before <= produced:
        raise Refused(
            N_("The best-before day must come after {day}."),
            field="best_before",
            day=produced,
        )


def _ask_about(command: MakeBatch, harvest: HarvestLeft, part: Amount, product: Product) -> None:
    doubts: list[Fault] = []
    if rules.is_unlike(part, harvest.whole):
        doubts.append(
            Fault(
                "pieces",
                N_("The pieces of this batch weigh {part} kg each, those of the whole harvest {whole} kg."),
                {"part": part.each, "whole": harvest.whole.each},
                "doubtful",
            )
        )
    produced = rules.produced_on(harvested_on=harvest.harvested_on, packed_on=command.packed_on)
    if command.best_before and rules.is_kept_strangely_long(
        command.best_before, produced=produced, shelf_life_days=product.shelf_life_days
    ):
        days = (command.best_before - produced).days
        doubts.append(
            Fault("best_before", N_("That is {days} days after it was made."), {"days": days}, "doubtful")
        )
    if doubts:
        raise Doubtful(doubts)

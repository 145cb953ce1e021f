"""Everything that is done with batches, one command each; see `operation_kinds` for what each says."""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import lots, queries, stock, taking, taking_back, writing
from trace.batches import operation_rules as rules
from trace.batches.models import Batch, State
from trace.batches.operation_kinds import (
    AnyOperation,
    Destroy,
    LoseSome,
    Move,
    Portion,
    SortHarvest,
    TakeBack,
    TakeSample,
    Transform,
    Weighing,
    losses,
    parts,
)
from trace.batches.operation_models import Movement, Operation, OperationKind
from trace.batches.operation_rules import Inherited, Source
from trace.batches.rules import produced_on
from trace.catalogue import queries as catalogue
from trace.catalogue.models import Product
from trace.kit.clock import day_in_vietnam
from trace.kit.database import hold
from trace.kit.problems import Doubtful, Refused
from trace.kit.translation import N_

_ENTRIES: Final = {
    "make": "operation.made",
    "grade": "operation.graded",
    "pack": "operation.packed",
    "repack": "operation.repacked",
    "split": "operation.split",
    "merge": "operation.merged",
    "transform": "operation.transformed",
    "loss": "operation.lost",
    "destroy": "operation.destroyed",
    "sample": "operation.sampled",
    "move": "operation.moved",
    "take_back": "operation.taken_back",
}


def operate(db: Session, command: AnyOperation, *, by: Actor, now: datetime) -> Operation:
    """Carry one out. Sent again, it is the same; no batch gives more than is left of it, whoever is at it at once."""
    by.must_be(Role.RECORDER)
    entry = _ENTRIES[command.kind]
    if known := journal.already(db, entry, command, by=by):
        return db.get_one(Operation, known)
    taking.must_have_happened(command, now=now)
    if isinstance(command, TakeBack):
        done = taking_back.take_back(db, command, by=by, now=now)
    elif isinstance(command, Move):
        done = _move(db, command, by=by, now=now)
    else:
        done = _weigh(db, command, by=by, now=now)
    journal.append(db, entry, done.id, command, by=by, now=now)
    return done


def _weigh(db: Session, command: Weighing, *, by: Actor, now: datetime) -> Operation:
    kind = OperationKind(command.kind)
    process = command.process if isinstance(command, Transform) else None
    sources = (
        [taking.from_harvest(db, command, by=by)]
        if isinstance(command, SortHarvest)
        else taking.from_batches(db, command, by=by)
    )
    made, lost = [one.amount for one in parts(command)], [one.amount for one in losses(command)]
    field = "outputs.0.kg" if made else "inputs.0.kg"
    rules.must_balance(kind, [one.amount for one in sources], made, lost, field=field)
    before = rules.inherited(sources)
    taking.must_come_after(command, before)
    _ask_about_loss(command, kind, sources)
    operation = writing.write_operation(db, command, kind, process=process, by=by, now=now)
    products = _products(db, command, sources, by=by)
    batches = [
        _batch(db, command, number, product, before, by=by, now=now)
        for number, product in enumerate(products)
    ]
    writing.write_parts(db, operation.id, sources, batches, losses(command))
    return operation


def _ask_about_loss(command: Weighing, kind: OperationKind, sources: list[Source]) -> None:
    process = command.process if isinstance(command, Transform) else None
    lost = rules.total(one.amount for one in losses(command)).kg
    # What goes in the store is a share of the batch; nothing else comes of what is taken.
    of = sources[0].weighed if kind == OperationKind.LOSS else rules.total(one.amount for one in sources).kg
    unusual = rules.unusual_loss(kind, process, lost=lost, of=of)
    if unusual is None:
        return
    if not command.sure:
        raise Doubtful([unusual])
    if command.reason is None:
        raise Refused(N_("Say in a few words why so much or so little was lost."), field="reason")


def _products(db: Session, command: Weighing, sources: list[Source], *, by: Actor) -> list[Product]:
    """What the new batches are, locked in one order so that their lot codes can be given."""
    chosen = list(_chosen(command, {one.product_id for one in sources}))
    for product_id in sorted(set(chosen)):
        hold(db, "lot codes", product_id)
    return [catalogue.access_product(db, by, product_id) for product_id in chosen]


def _chosen(command: Weighing, of: set[uuid.UUID]) -> Iterator[uuid.UUID]:
    mix = not isinstance(command, SortHarvest | LoseSome | Destroy | TakeSample) and command.mix
    if len(of) > 1 and not mix:
        raise Refused(
            N_("These are different products. Say that it becomes a mix, or leave one of them out."),
            field="mix",
        )
    for number, portion in enumerate(parts(command)):
        if portion.product_id is None and len(of) > 1:
            raise Refused(N_("Say which product the mix is."), field=f"outputs.{number}.product_id")
        if portion.product_id and not _may_become(command, portion.product_id, of):
            raise Refused(
                N_("This work does not change what the product is. Choose packing or processing."),
                field=f"outputs.{number}.product_id",
            )
        yield portion.product_id or next(iter(of))


def _may_become(command: Weighing, product_id: uuid.UUID, of: set[uuid.UUID]) -> bool:
    """Loose fruit and its box may be two products of the catalogue; a half of a batch is the same product."""
    return product_id in of or len(of) > 1 or command.kind in ("pack", "repack", "transform")


def _batch(
    db: Session,
    command: Weighing,
    number: int,
    product: Product,
    before: Inherited,
    *,
    by: Actor,
    now: datetime,
) -> Batch:
    portion, kind = parts(command)[number], OperationKind(command.kind)
    day = day_in_vietnam(command.happened_at)
    packed_on = rules.packing_day(kind, asked=portion.packed_on, day=day, before=before.packed_on)
    latest = rules.latest_best_before(
        kind,
        before,
        produced=produced_on(harvested_on=before.harvested_on, packed_on=packed_on),
        shelf_life_days=product.shelf_life_days,
    )
    batch = Batch(
        id=batch_id(command.id, number),
        cooperative_id=by.cooperative_id,
        product_id=product.id,
        cycle_id=before.cycle_id,
        harvest_id=before.harvest_id,
        code=lots.new_code(db),
        lot_code=lots.own_lot_code(
            db, portion.lot_code, product, before.harvested_on, field=f"outputs.{number}.lot_code"
        ),
        quantity=portion.kg,
        unit="kg",
        quantity_kg=portion.kg,
        pieces=portion.pieces,
        grade=portion.grade,
        harvested_on=before.harvested_on,
        packed_on=packed_on,
        best_before=portion.best_before or latest,
        state=State.DRAFT,
        made_at=now,
    )
    _check_dates(batch, portion, number, before, kind=kind, now=now)
    db.add(batch)
    db.flush()  # the next one's lot code and short code are looked for among those there are
    return batch


def _check_dates(
    batch: Batch, portion: Portion, number: int, before: Inherited, *, kind: OperationKind, now: datetime
) -> None:
    where = f"outputs.{number}"
    if batch.packed_on and batch.packed_on > day_in_vietnam(now):
        raise Refused(N_("A packing day cannot lie in the future."), field=f"{where}.packed_on")
    if batch.packed_on and batch.packed_on < batch.harvested_on:
        raise Refused(
            N_("This cannot be packed before it was harvested, on {day}."),
            field=f"{where}.packed_on",
            day=batch.harvested_on,
        )
    asked = portion.best_before
    produced = produced_on(harvested_on=batch.harvested_on, packed_on=batch.packed_on)
    if asked and asked <= (before.packed_on or batch.harvested_on if kind == "repack" else produced):
        raise Refused(
            N_("The best-before day must come after {day}."), field=f"{where}.best_before", day=produced
        )
    kept = kind != OperationKind.TRANSFORM and (kind != OperationKind.PACK or before.packed_on)
    if asked and kept and before.best_before and asked > before.best_before:
        raise Refused(
            N_("It grows no younger by this: at most {day}, as what it is made of."),
            field=f"{where}.best_before",
            day=before.best_before,
        )


def batch_id(operation_id: uuid.UUID, number: int) -> uuid.UUID:
    """The ids of the batches follow from that of the operation, so that a repeated command names the same ones.

    A UUIDv7 of the operation's moment: its twelve bits of order count the batches, and nobody can aim the rest.
    """
    digest = hashlib.sha256(operation_id.bytes + bytes([number])).digest()
    random = int.from_bytes(digest[:8], "big") >> 2
    return uuid.UUID(int=operation_id.int >> 80 << 80 | 0x7 << 76 | number << 64 | 0b10 << 62 | random)


def _move(db: Session, command: Move, *, by: Actor, now: datetime) -> Operation:
    batch = queries.access_batch(db, by, command.batch_id)
    hold(db, "batch", batch.id)
    if not stock.stock_of(db, batch.id).left.is_left:
        raise Refused(N_("Nothing of this batch is left to be moved."), field="batch_id")
    operation = writing.write_operation(db, command, OperationKind.MOVE, by=by, now=now)
    db.add(Movement(operation_id=operation.id, batch_id=batch.id, place=command.place))
    db.flush()  # the answer is read back from the tables
    return operation

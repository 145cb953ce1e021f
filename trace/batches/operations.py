"""Everything that is done with batches, one command each; see `operation_kinds` for what each says."""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches import (
    ancestry,
    harvests,
    holds,
    lots,
    operation_queries,
    queries,
    states,
    stock,
    unit_queries,
    writing,
)
from trace.batches import operation_rules as rules
from trace.batches.holding import nothing_moves
from trace.batches.models import Batch, End, State
from trace.batches.operation_kinds import (
    AnyOperation,
    Destroy,
    LoseSome,
    Move,
    OperationCommand,
    Portion,
    Sending,
    SortHarvest,
    TakeBack,
    Taken,
    TakeSample,
    Transform,
    Weighing,
    losses,
    parts,
)
from trace.batches.operation_models import Movement, Operation, OperationKind
from trace.batches.operation_rules import Inherited, Source
from trace.batches.rules import Amount, Standing, produced_on
from trace.catalogue import queries as catalogue
from trace.catalogue.models import Product
from trace.kit.clock import day_in_vietnam, is_future
from trace.kit.database import hold
from trace.kit.problems import Conflict, Doubtful, Refused
from trace.kit.translation import N_
from trace.records import queries as records

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
    _must_have_happened(command, now=now)
    if isinstance(command, TakeBack):
        done = _take_back(db, command, by=by, now=now)
    elif isinstance(command, Move):
        done = _move(db, command, by=by, now=now)
    else:
        done = _weigh(db, command, by=by, now=now)
    journal.append(db, entry, done.id, command, by=by, now=now)
    return done


def send_out(db: Session, command: Sending, *, by: Actor, now: datetime) -> Operation:
    """Take it of its batches without making others: it is out of the house. The caller keeps the journal."""
    _must_have_happened(command, now=now)
    sources = _from_batches(db, command, by=by)
    _must_come_after(command, rules.inherited(sources))
    for number, source in enumerate(sources):
        _must_stand(db, source, field=f"inputs.{number}.batch_id")
    operation = writing.write_operation(db, command, OperationKind.SHIP, by=by, now=now)
    writing.write_parts(db, operation.id, sources, [], [])
    return operation


def _must_have_happened(command: OperationCommand, *, now: datetime) -> None:
    if is_future(command.happened_at, now=now):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )


def _must_stand(db: Session, source: Source, *, field: str) -> None:
    """What could not be shown to shoppers is not sold to them either."""
    if source.batch_id and any(
        one.standing == Standing.RETRACTED for one in ancestry.origins(db, source.batch_id)
    ):
        raise Refused(
            N_("The record of its harvest was retracted, so nothing of this batch can be sent."), field=field
        )


def _weigh(db: Session, command: Weighing, *, by: Actor, now: datetime) -> Operation:
    kind = OperationKind(command.kind)
    process = command.process if isinstance(command, Transform) else None
    sources = (
        [_from_harvest(db, command, by=by)]
        if isinstance(command, SortHarvest)
        else _from_batches(db, command, by=by)
    )
    made, lost = [one.amount for one in parts(command)], [one.amount for one in losses(command)]
    field = "outputs.0.kg" if made else "inputs.0.kg"
    rules.must_balance(kind, [one.amount for one in sources], made, lost, field=field)
    before = rules.inherited(sources)
    _must_come_after(command, before)
    _ask_about_loss(command, kind, sources)
    operation = writing.write_operation(db, command, kind, process=process, by=by, now=now)
    products = _products(db, command, sources, by=by)
    batches = [
        _batch(db, command, number, product, before, by=by, now=now)
        for number, product in enumerate(products)
    ]
    writing.write_parts(db, operation.id, sources, batches, losses(command))
    return operation


def _from_harvest(db: Session, command: SortHarvest, *, by: Actor) -> Source:
    """As much of the harvest as its batches and losses weigh."""
    named = records.access_record(db, by, command.harvest_id)
    hold(db, "cycle", named.cycle_id)  # whoever takes from its harvests or corrects them waits
    harvest = harvests.harvest_left(db, named)
    taken = rules.total(one.amount for one in (*command.outputs, *command.losses))
    _must_be_left(taken, harvest.left, lot_code=None, field="outputs.0")
    return Source(
        batch_id=None,
        harvest_id=harvest.id,
        cycle_id=harvest.cycle_id,
        product_id=harvest.product_id,
        harvested_on=harvest.harvested_on,
        packed_on=None,
        best_before=None,
        weighed=harvest.whole.kg,
        amount=taken,
    )


def _from_batches(db: Session, command: Weighing | Sending, *, by: Actor) -> list[Source]:
    """What is taken, with nobody else taking of the same batches until this transaction ends."""
    taken = () if isinstance(command, SortHarvest) else command.inputs
    ids = [one.batch_id for one in taken]
    if len(set(ids)) < len(ids):
        raise Refused(N_("A batch is named twice. Write all that is taken of it once."), field="inputs")
    batches = {batch_id: queries.access_batch(db, by, batch_id) for batch_id in ids}
    _hold_batches(db, ids)
    left, boxed = stock.stocks(db, ids), unit_queries.boxed(db, ids)
    for number, one in enumerate(taken):
        batch = batches[one.batch_id]
        if left[batch.id].undone:
            raise Refused(
                N_("What made the batch {lot_code} was taken back: there is nothing of it."),
                field=f"inputs.{number}.batch_id",
                lot_code=batch.lot_code,
            )
        _must_be_left(one.amount, left[batch.id].left, lot_code=batch.lot_code, field=f"inputs.{number}")
        _must_be_loose(
            one.amount, left[batch.id].left, boxed[batch.id], batch.lot_code, field=f"inputs.{number}"
        )
    if not isinstance(command, LoseSome | Destroy | TakeSample):
        _must_be_free(db, list(batches.values()), by=by)
    return [_source(batches[one.batch_id], one) for one in taken]


def _hold_batches(db: Session, ids: list[uuid.UUID]) -> None:
    """In one order for everybody, so that two who want the same ones never wait for each other."""
    for batch_id in sorted(ids):
        hold(db, "batch", batch_id)


def _must_be_left(asked: Amount, left: Amount, *, lot_code: str | None, field: str) -> None:
    of = {"lot_code": lot_code} if lot_code else {}
    if asked.kg > left.kg:
        message = (
            N_("Only {left} kg of {lot_code} are left, and this would take {asked} kg.")
            if lot_code
            else N_("Only {left} kg of this harvest are left, and this would take {asked} kg.")
        )
        raise Refused(message, field=f"{field}.kg", left=max(left.kg, Decimal(0)), asked=asked.kg, **of)
    if asked.pieces and left.pieces is not None and asked.pieces > left.pieces:
        message = (
            N_("Only {left} pieces of {lot_code} are left, and this would take {asked}.")
            if lot_code
            else N_("Only {left} pieces of this harvest are left, and this would take {asked}.")
        )
        raise Refused(message, field=f"{field}.pieces", left=max(left.pieces, 0), asked=asked.pieces, **of)


def _must_be_loose(asked: Amount, left: Amount, boxed: Amount, lot_code: str, *, field: str) -> None:
    """What lies in a box is taken out of it first, or the box would say it holds what is gone."""
    loose = left.less(boxed)
    if asked.kg > loose.kg:
        raise Refused(
            N_("{boxed} kg of {lot_code} lie in boxes. Take boxes apart first, or take at most {loose} kg."),
            field=f"{field}.kg",
            boxed=boxed.kg,
            lot_code=lot_code,
            loose=max(loose.kg, Decimal(0)),
        )
    if asked.pieces and loose.pieces is not None and asked.pieces > loose.pieces:
        raise Refused(
            N_("{boxed} pieces of {lot_code} lie in boxes. Take boxes apart first, or take at most {loose}."),
            field=f"{field}.pieces",
            boxed=boxed.pieces or 0,
            lot_code=lot_code,
            loose=max(loose.pieces, 0),
        )


def _must_be_free(db: Session, batches: list[Batch], *, by: Actor) -> None:
    """What is held back or withdrawn is not worked into anything else; it can be thrown away, sampled and moved."""
    nothing_moves(db, by)
    ends = states.ends_of(db, [batch.id for batch in batches])
    for number, batch in enumerate(batches):
        if any(one.state == End.WITHDRAWN for one in ends[batch.id]):
            raise Refused(
                N_("The batch {lot_code} is withdrawn. It can only be sampled, moved or destroyed."),
                field=f"inputs.{number}.batch_id",
                lot_code=batch.lot_code,
            )
        if holds.is_held(db, batch.id):
            raise Refused(
                N_("The batch {lot_code} is on hold. A manager decides on the hold first."),
                field=f"inputs.{number}.batch_id",
                lot_code=batch.lot_code,
            )


def _source(batch: Batch, taken: Taken) -> Source:
    return Source(
        batch_id=batch.id,
        harvest_id=batch.harvest_id,
        cycle_id=batch.cycle_id,
        product_id=batch.product_id,
        harvested_on=batch.harvested_on,
        packed_on=batch.packed_on,
        best_before=batch.best_before,
        weighed=batch.quantity_kg,
        amount=taken.amount,
    )


def _must_come_after(command: Weighing | Sending, before: Inherited) -> None:
    if day_in_vietnam(command.happened_at) < before.harvested_on:
        raise Refused(
            N_("This cannot be done before it was harvested, on {day}."),
            field="happened_at",
            day=before.harvested_on,
        )


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
        id=_id(command.id, number),
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


def _id(operation_id: uuid.UUID, number: int) -> uuid.UUID:
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


def _take_back(db: Session, command: TakeBack, *, by: Actor, now: datetime) -> Operation:
    """All of it, or nothing: what was made of its batches, or shown to strangers, stands in the way and is named."""
    taken = operation_queries.access_operation(db, by, command.takes_back_id)
    if taken.kind == OperationKind.TAKE_BACK:
        raise Refused(N_("What was taken back stays taken back. Write it again."), field="takes_back_id")
    made = operation_queries.made_by(db, taken.id)
    hold(db, "operation", taken.id)
    took = operation_queries.taken_by(db, taken.id)
    _hold_batches(db, [batch.id for batch in (*made, *took)])
    if operation_queries.taken_back_by(db, taken.id):
        raise Conflict(N_("This was taken back before."), field="takes_back_id")
    ends = states.ends_of(db, [batch.id for batch in took])
    for batch in took:
        if any(one.state == End.CLOSED for one in ends[batch.id]):
            raise Refused(
                N_("{lot_code} is closed, so nothing that was done with it can be taken back."),
                field="takes_back_id",
                lot_code=batch.lot_code,
            )
    boxed = unit_queries.boxed(db, [batch.id for batch in made])
    for batch in made:
        if boxed[batch.id].is_left:
            raise Refused(
                N_("{boxed} kg of {lot_code} lie in boxes. Take those boxes apart first."),
                field="takes_back_id",
                boxed=boxed[batch.id].kg,
                lot_code=batch.lot_code,
            )
        if user := operation_queries.last_user(db, batch.id):
            raise Refused(
                N_("Something was done with {lot_code} on {day}. Take that back first."),
                field="takes_back_id",
                lot_code=batch.lot_code,
                day=day_in_vietnam(user.happened_at),
            )
        if batch.state == State.PUBLISHED:
            raise Refused(
                N_("{lot_code} is published: strangers rely on it, so what made it cannot be taken back."),
                field="takes_back_id",
                lot_code=batch.lot_code,
            )
    return writing.write_operation(
        db, command, OperationKind.TAKE_BACK, takes_back_id=taken.id, by=by, now=now
    )

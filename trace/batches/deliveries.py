"""What leaves the store for somebody else, what comes back of it, and what others grew comes in.

The rooms above say to whom and from whom; they keep the journal.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from trace.accounts.actor import Actor
from trace.batches import lots, states, taking, unit_queries, writing
from trace.batches import operation_rules as rules
from trace.batches.delivery_models import OperationReturn, SettledOperation, SuppliedBatch, UnitSent
from trace.batches.holding import hold_batches
from trace.batches.models import Batch, End, State
from trace.batches.operation_kinds import OperationCommand, Sending, Taken
from trace.batches.operation_models import Loss, Operation, OperationKind
from trace.batches.operations import batch_id
from trace.batches.rules import Amount
from trace.batches.stock import still_counts
from trace.batches.unit_models import LogisticUnit, UnitKind
from trace.catalogue.models import Product
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_


def send_out(db: Session, command: Sending, *, by: Actor, now: datetime) -> Operation:
    """Take it of its batches without making others: it is out of the house, boxes and pallets as they are."""
    taking.must_have_happened(command, now=now)
    units = _units(db, command, by=by)
    opened = unit_queries.held_in(db, [one.id for one in units if one.kind == UnitKind.BOX])
    whole = command.model_copy(update={"inputs": _with_boxes(command.inputs, opened)})
    if not whole.inputs:
        raise Refused(N_("Say what goes: kilograms of a batch, or boxes."), field="inputs")
    sources = taking.from_batches(db, whole, by=by, opened=opened)
    taking.must_come_after(command, rules.inherited(sources))
    ends = states.ends_of(db, [one.batch_id for one in whole.inputs])
    for number, source in enumerate(sources):
        taking.must_stand(db, source, field=f"inputs.{number}.batch_id")
        if any(one.state == End.CLOSED for one in ends[whole.inputs[number].batch_id]):
            raise Refused(
                N_("The batch is closed, so nothing of it can be sent."), field=f"inputs.{number}.batch_id"
            )
    operation = writing.write_operation(db, command, OperationKind.SHIP, by=by, now=now)
    writing.write_parts(db, operation.id, sources, [], [])
    for unit in units:
        db.add(UnitSent(operation_id=operation.id, unit_id=unit.id))
    db.flush()  # the answer is read back from the tables
    return operation


def _units(db: Session, command: Sending, *, by: Actor) -> list[LogisticUnit]:
    """What was chosen and what stands on it, with nobody else at them."""
    chosen = [unit_queries.access_unit(db, by, unit_id) for unit_id in dict.fromkeys(command.unit_ids)]
    along = {
        box_id: unit.id
        for unit in chosen
        if unit.kind == UnitKind.PALLET
        for box_id in unit_queries.boxes_on(db, unit.id)
    }
    units = {unit.id: unit for unit in chosen}
    units |= {box_id: unit_queries.access_unit(db, by, box_id) for box_id in along if box_id not in units}
    for unit_id in sorted(units):
        hold(db, "unit", unit_id)
    for unit in units.values():
        code = shortcodes.display(unit.code)
        if unit_queries.is_taken_apart(db, unit.id):
            raise Refused(N_("{code} was taken apart."), field="unit_ids", code=code)
        if unit_queries.is_sent(db, unit.id):
            raise Refused(N_("{code} left with another shipment."), field="unit_ids", code=code)
        under = unit_queries.pallet_under(db, unit.id)
        if under and under.id not in units:
            raise Refused(
                N_("The box {code} stands on the pallet {pallet}. Send the pallet, or take it apart first."),
                field="unit_ids",
                code=code,
                pallet=shortcodes.display(under.code),
            )
        if command.happened_at < unit.happened_at:
            raise Refused(N_("{code} was packed later than this."), field="happened_at", code=code)
    return list(units.values())


def _with_boxes(loose: Sequence[Taken], opened: Mapping[uuid.UUID, Amount]) -> tuple[Taken, ...]:
    """What is taken of each batch, loose and in boxes together; a batch that is named twice stays so and is refused."""
    taken = [
        Taken(batch_id=one.batch_id, **_sum(one.amount, opened[one.batch_id]))
        if one.batch_id in opened
        else one
        for one in loose
    ]
    named = {one.batch_id for one in loose}
    return (
        *taken,
        *(
            Taken(batch_id=batch_id, kg=one.kg, pieces=one.pieces)
            for batch_id, one in opened.items()
            if batch_id not in named
        ),
    )


def _sum(*amounts: Amount) -> dict[str, Decimal | int | None]:
    whole = rules.total(amounts)
    return {"kg": whole.kg, "pieces": whole.pieces}


def settle(db: Session, operation_id: uuid.UUID) -> None:
    """Somebody else has answered for it: from now on it is not taken back. The caller holds the operation."""
    if db.get(SettledOperation, operation_id) is None:
        db.add(SettledOperation(operation_id=operation_id))


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of a batch, and in which state; what is unfit is lost at once."""

    batch_id: uuid.UUID
    good: Amount
    unfit: Amount


def returned_of(db: Session, operation_ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], Amount]:
    """By operation and batch: how much of what it took came back, in whatever state."""
    rows = db.exec(
        select(
            OperationReturn.of_operation_id,
            OperationReturn.batch_id,
            func.sum(OperationReturn.kg),
            func.sum(OperationReturn.pieces),
        )
        .join(Operation, col(Operation.id) == OperationReturn.operation_id)
        .where(col(OperationReturn.of_operation_id).in_(operation_ids), still_counts())
        .group_by(col(OperationReturn.of_operation_id), col(OperationReturn.batch_id))
    )
    return {
        (of_id, batch_id_): Amount(kg, None if pieces is None else int(pieces))
        for of_id, batch_id_, kg, pieces in rows
    }


def take_in_return(
    db: Session,
    command: OperationCommand,
    lines: Sequence[Returned],
    *,
    of_id: uuid.UUID,
    by: Actor,
    now: datetime,
) -> Operation:
    """Stock again of the batches that it left. The caller has seen to it that no more comes back than left."""
    taking.must_have_happened(command, now=now)
    hold_batches(db, [one.batch_id for one in lines])
    operation = writing.write_operation(db, command, OperationKind.RETURN, by=by, now=now)
    for position, one in enumerate(lines):
        back = _both(one)
        db.add(
            OperationReturn(
                operation_id=operation.id,
                position=position,
                of_operation_id=of_id,
                batch_id=one.batch_id,
                kg=back.kg,
                pieces=back.pieces,
            )
        )
    unfit = [one for one in lines if one.unfit.kg > 0]
    writing.write_unfit(db, operation.id, [(one.batch_id, one.unfit) for one in unfit], Loss.SPOILED)
    settle(db, of_id)
    settle(db, operation.id)
    db.flush()  # the answer is read back from the tables
    return operation


def _both(one: Returned) -> Amount:
    counted = [part.pieces for part in (one.good, one.unfit) if part.kg > 0]
    pieces = None if None in counted else sum(part for part in counted if part)
    return Amount(one.good.kg + one.unfit.kg, pieces or None)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that comes in from somebody else, with what its supplier says of it."""

    product: Product
    amount: Amount
    their_lot: str
    document: str | None
    harvested_on: date | None
    packed_on: date | None
    best_before: date | None
    lot_code: str | None
    field: str
    partner_id: uuid.UUID | None = None
    sender_batch_id: uuid.UUID | None = None
    sending_id: uuid.UUID | None = None
    named: bool = False


def receive(
    db: Session, command: OperationCommand, received: Sequence[Lot], *, by: Actor, now: datetime
) -> tuple[Operation, list[Batch]]:
    """Each lot becomes a batch of the cooperative, which is of no harvest of its own.

    Where the supplier does not say when it was harvested, the batch counts from the day it came in.
    """
    taking.must_have_happened(command, now=now)
    for product_id in sorted({one.product.id for one in received}):
        hold(db, "lot codes", product_id)
    operation = writing.write_operation(db, command, OperationKind.RECEIVE, by=by, now=now)
    batches = [
        _received(db, batch_id(command.id, number), one, day_in_vietnam(command.happened_at), by=by, now=now)
        for number, one in enumerate(received)
    ]
    writing.write_parts(db, operation.id, [], batches, [])
    for made, one in zip(batches, received, strict=True):
        db.add(
            SuppliedBatch(
                batch_id=made.id,
                partner_id=one.partner_id,
                sender_batch_id=one.sender_batch_id,
                sending_id=one.sending_id,
                their_lot=one.their_lot,
                document=one.document,
                harvested_on=one.harvested_on,
                named=one.named,
            )
        )
    if any(one.sending_id for one in received):
        settle(db, operation.id)
    db.flush()  # the answer is read back from the tables
    return operation, batches


def _received(db: Session, id_: uuid.UUID, one: Lot, came_on: date, *, by: Actor, now: datetime) -> Batch:
    _check_dates(one, came_on)
    harvested_on = one.harvested_on or came_on
    made = Batch(
        id=id_,
        cooperative_id=by.cooperative_id,
        product_id=one.product.id,
        cycle_id=None,
        harvest_id=None,
        code=lots.new_code(db),
        lot_code=lots.own_lot_code(db, one.lot_code, one.product, came_on, field=f"{one.field}.lot_code"),
        quantity=one.amount.kg,
        unit="kg",
        quantity_kg=one.amount.kg,
        pieces=one.amount.pieces,
        grade=None,
        harvested_on=harvested_on,
        packed_on=one.packed_on,
        best_before=one.best_before,
        state=State.DRAFT,
        made_at=now,
    )
    db.add(made)
    db.flush()  # the next one's lot code and short code are looked for among those there are
    return made


def _check_dates(one: Lot, came_on: date) -> None:
    if one.harvested_on and one.harvested_on > came_on:
        raise Refused(
            N_("It came in on {day}, so it was not harvested later than that."),
            field=f"{one.field}.harvested_on",
            day=came_on,
        )
    if one.best_before and one.best_before <= (one.harvested_on or came_on):
        raise Refused(
            N_("The best-before day must come after {day}."),
            field=f"{one.field}.best_before",
            day=one.harvested_on or came_on,
        )

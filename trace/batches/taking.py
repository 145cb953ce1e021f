"""What an operation takes: a harvest or batches of which enough is left, held for it and for nobody else."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.batches import ancestry, harvests, holds, queries, states, stock, unit_queries
from trace.batches import operation_rules as rules
from trace.batches.holding import hold_batches, nothing_moves
from trace.batches.models import Batch, End
from trace.batches.operation_kinds import (
    Destroy,
    LoseSome,
    OperationCommand,
    Sending,
    SortHarvest,
    Taken,
    TakeSample,
    Weighing,
)
from trace.batches.operation_rules import Inherited, Source
from trace.batches.recalled import called_back
from trace.batches.rules import Amount, Standing
from trace.kit.clock import day_in_vietnam, is_future
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.records import queries as records

_NONE: Final = Amount(Decimal(0), None)
NOTHING: Final[Mapping[uuid.UUID, Amount]] = MappingProxyType({})


def from_harvest(db: Session, command: SortHarvest, *, by: Actor) -> Source:
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


def from_batches(
    db: Session, command: Weighing | Sending, *, by: Actor, opened: Mapping[uuid.UUID, Amount] = NOTHING
) -> list[Source]:
    """What is taken, with nobody else taking of the same batches until this transaction ends.

    `opened` is what of it lies in boxes that go along.
    """
    taken = () if isinstance(command, SortHarvest) else command.inputs
    ids = [one.batch_id for one in taken]
    if len(set(ids)) < len(ids):
        raise Refused(N_("A batch is named twice. Write all that is taken of it once."), field="inputs")
    batches = {batch_id: queries.access_batch(db, by, batch_id) for batch_id in ids}
    hold_batches(db, ids)
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
        in_boxes = boxed[batch.id].less(opened.get(batch.id, _NONE))
        _must_be_loose(one.amount, left[batch.id].left, in_boxes, batch.lot_code, field=f"inputs.{number}")
    if not isinstance(command, LoseSome | Destroy | TakeSample):
        must_be_free(db, list(batches.values()), by=by)
    return [_source(batches[one.batch_id], one) for one in taken]


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


def must_be_free(db: Session, batches: list[Batch], *, by: Actor, where: str = "inputs") -> None:
    """What is called back, held back or withdrawn goes nowhere; it can be destroyed, sampled and moved."""
    nothing_moves(db, by)
    ids = [batch.id for batch in batches]
    ends, recalled = states.ends_of(db, ids), called_back(db, ids)
    for number, batch in enumerate(batches):
        if batch.id in recalled:
            raise Refused(
                N_("The batch {lot_code} was called back. It can only be sampled, moved or destroyed."),
                field=f"{where}.{number}.batch_id",
                lot_code=batch.lot_code,
            )
        if any(one.state == End.WITHDRAWN for one in ends[batch.id]):
            raise Refused(
                N_("The batch {lot_code} is withdrawn. It can only be sampled, moved or destroyed."),
                field=f"{where}.{number}.batch_id",
                lot_code=batch.lot_code,
            )
        if holds.is_held(db, batch.id):
            raise Refused(
                N_("The batch {lot_code} is on hold. A manager decides on the hold first."),
                field=f"{where}.{number}.batch_id",
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


def must_come_after(command: OperationCommand, before: Inherited) -> None:
    if day_in_vietnam(command.happened_at) < before.harvested_on:
        raise Refused(
            N_("This cannot be done before it was harvested, on {day}."),
            field="happened_at",
            day=before.harvested_on,
        )


def must_have_happened(command: OperationCommand, *, now: datetime) -> None:
    if is_future(command.happened_at, now=now):
        raise Refused(
            N_("This lies in the future. Write it when it is done, or check the clock of the phone."),
            field="happened_at",
        )


def not_free(db: Session, by: Actor, batch_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those that `must_be_free` would refuse, in three statements: a list says so before somebody chooses one."""
    ends = states.ends_of(db, batch_ids)
    withdrawn = {id_ for id_, said in ends.items() if any(one.state == End.WITHDRAWN for one in said)}
    held = select(col(Batch.id)).where(col(Batch.id).in_(batch_ids), holds.on_hold(by))
    return called_back(db, batch_ids).keys() | withdrawn | set(db.scalars(held))


def must_stand(db: Session, source: Source, *, field: str) -> None:
    """What could not be shown to shoppers is not sold to them either."""
    if source.batch_id and any(
        one.standing == Standing.RETRACTED for one in ancestry.origins(db, source.batch_id)
    ):
        raise Refused(
            N_("The record of its harvest was retracted, so nothing of this batch can be sent."), field=field
        )

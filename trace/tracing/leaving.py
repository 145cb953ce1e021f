"""Questions about what batches are packed in and whom they were sent to."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, and_, cast, exists, func, select, true, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.batches.delivery_models import UnitSent
from trace.batches.operation_models import Operation, OperationInput
from trace.batches.unit_models import BoxContent, LogisticUnit, PalletBox, TakenApart
from trace.catalogue.models import Partner
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam
from trace.kit.many import many
from trace.shipments.models import Shipment
from trace.tracing.graph import Reached
from trace.tracing.rules import Step, Weight
from trace.tracing.things import Of, Start, Thing

UNITS: Final = frozenset({Of.BOX, Of.PALLET})
GOODS: Final = UNITS | {Of.SHIPMENT, Of.PARTNER}

# Made once: with new aliases a call, no statement would be found among those that were compiled before.
_PALLET: Final = aliased(LogisticUnit)
_LATER: Final = aliased(Operation)
_TAKEN: Final = aliased(OperationInput)
_HELD: Final = aliased(BoxContent)
_CARRIED: Final = aliased(PalletBox)


def of_batches(db: Session, batch_ids: Collection[uuid.UUID]) -> Reached:
    """Boxes that hold something of these batches, pallets that carry those, shipments that took of them, partners.

    What was taken apart holds nothing, and what was taken back was never sent.
    """
    if not batch_ids:
        return Reached()
    of = select(many(batch_ids).c.id)
    boxes = _boxes(db, and_(col(BoxContent.batch_id).in_(of), _is_whole(col(LogisticUnit.id))))
    return _reached([*boxes, *_shipments(db, and_(col(OperationInput.batch_id).in_(of), _stands()))])


def around(db: Session, start: Start) -> Reached:
    """What one of them is of, as far as the batches, and what it is in or went to.

    A unit that was taken apart still says what it held; a shipment that was taken back is of nothing.
    """
    if start.kind in UNITS:
        if start.kind == Of.BOX:
            edges = list(_boxes(db, col(LogisticUnit.id) == start.id))
        else:
            edges = list(_boxes(db, col(_PALLET.id) == start.id, carried=true()))
        (weight,) = {int((one.into.kg or 0) * 1000) for one in edges if one.into.id == start.id}
        return _reached([*edges, *_carried_off(db, Weight(start.id, weight))])
    of = Shipment.partner_id if start.kind == Of.PARTNER else Shipment.id
    found = _reached(_shipments(db, and_(col(of) == start.id, _stands())))
    if start.id not in found.goods:
        found.goods[start.id] = _empty(db, start)
    return found


@dataclass(frozen=True, slots=True)
class _Edge:
    """So much of something is in, or went with, something else."""

    source: Weight
    into: Thing
    at: datetime


def _reached(edges: Iterable[_Edge]) -> Reached:
    found = Reached()
    steps: dict[uuid.UUID, Step] = {}
    for one in edges:
        grams = int((one.into.kg or 0) * 1000)
        step = Step(one.into.id, one.at, [], [Weight(one.into.id, grams)], grams)
        steps.setdefault(one.into.id, step).took.append(one.source)
        found.goods[one.into.id] = one.into
    found.steps.extend(steps.values())
    return found


def _boxes(
    db: Session, which: ColumnElement[bool], *, carried: ColumnElement[bool] | None = None
) -> Iterator[_Edge]:
    """Batches in boxes, boxes on the pallets that carry them: those that stand unless others are asked for.

    Sums are cast, because PostgreSQL makes decimals of them.
    """
    held = select(func.sum(col(_HELD.kg))).where(col(_HELD.box_id) == col(LogisticUnit.id)).scalar_subquery()
    on_pallet = (
        select(func.sum(col(_HELD.kg)))
        .join(_CARRIED, col(_CARRIED.box_id) == col(_HELD.box_id))
        .where(col(_CARRIED.pallet_id) == col(_PALLET.id))
        .scalar_subquery()
    )
    columns: list[Any] = [
        col(LogisticUnit.id),
        col(LogisticUnit.code),
        col(LogisticUnit.happened_at),
        cast(held, BigInteger).label("grams"),
        col(BoxContent.batch_id),
        type_coerce(col(BoxContent.kg), BigInteger).label("held"),
        col(_PALLET.id).label("pallet_id"),
        col(_PALLET.code).label("pallet"),
        col(_PALLET.happened_at).label("loaded_at"),
        cast(on_pallet, BigInteger).label("pallet_grams"),
    ]
    standing = _is_whole(col(PalletBox.pallet_id)) if carried is None else carried
    rows = db.execute(
        select(*columns)
        .join(BoxContent, col(BoxContent.box_id) == col(LogisticUnit.id))
        .outerjoin(PalletBox, and_(col(PalletBox.box_id) == col(LogisticUnit.id), standing))
        .outerjoin(_PALLET, col(_PALLET.id) == col(PalletBox.pallet_id))
        .where(which)
        .order_by(col(LogisticUnit.id), col(BoxContent.batch_id))
    ).all()
    for row in rows:
        yield _Edge(
            Weight(row.batch_id, row.held), _unit(Of.BOX, row.id, row.code, row.grams), row.happened_at
        )
    for row in {row.id: row for row in rows if row.pallet_id}.values():
        pallet = _unit(Of.PALLET, row.pallet_id, row.pallet, row.pallet_grams)
        yield _Edge(Weight(row.id, row.grams), pallet, row.loaded_at)


def _unit(kind: Of, id_: uuid.UUID, code: str, grams: int) -> Thing:
    return Thing(kind, id_, shortcodes.display(code), kg=Decimal(grams) / 1000)


def _shipments(db: Session, which: ColumnElement[bool]) -> Iterator[_Edge]:
    """Batches that left with shipments, shipments that went to partners; a partner weighs what is found of those."""
    whole = (
        select(func.sum(col(_TAKEN.kg))).where(col(_TAKEN.operation_id) == col(Shipment.id)).scalar_subquery()
    )
    columns: list[Any] = [
        col(Shipment.id),
        col(Shipment.document),
        col(Shipment.partner_id),
        col(Partner.name).label("partner"),
        col(Operation.happened_at),
        cast(whole, BigInteger).label("grams"),
        col(OperationInput.batch_id),
        type_coerce(col(OperationInput.kg), BigInteger).label("taken"),
    ]
    rows = db.execute(
        select(*columns)
        .join(Operation, col(Operation.id) == col(Shipment.id))
        .join(Partner, col(Partner.id) == col(Shipment.partner_id))
        .join(OperationInput, col(OperationInput.operation_id) == col(Shipment.id))
        .where(which)
        .order_by(col(Operation.happened_at), col(Shipment.id), col(OperationInput.position))
    ).all()
    for row in rows:
        sent = _shipment(row.id, row.partner, row.document, row.happened_at, row.grams)
        yield _Edge(Weight(row.batch_id, row.taken), sent, row.happened_at)
    got: dict[uuid.UUID, int] = defaultdict(int)
    shipments = {row.id: row for row in rows}.values()
    for row in shipments:
        got[row.partner_id] += row.grams
    for row in shipments:
        partner = Thing(Of.PARTNER, row.partner_id, row.partner, kg=Decimal(got[row.partner_id]) / 1000)
        yield _Edge(Weight(row.id, row.grams), partner, row.happened_at)


def _carried_off(db: Session, unit: Weight) -> Iterator[_Edge]:
    """With which shipment a box or a pallet left, and to whom. Not beside what was taken of its batches: it is that."""
    sent = select(col(UnitSent.operation_id)).where(col(UnitSent.unit_id) == unit.id)
    gone = _shipments(db, and_(col(Shipment.id).in_(sent), _stands()))
    for shipment in {one.into.id: one for one in gone}.values():
        yield replace(shipment, source=unit) if shipment.into.kind == Of.SHIPMENT else shipment


def _shipment(id_: uuid.UUID, partner: str, document: str | None, at: datetime, grams: int) -> Thing:
    name = f"{partner} · {day_in_vietnam(at):%d/%m/%Y}"
    return Thing(Of.SHIPMENT, id_, f"{name} · {document}" if document else name, kg=Decimal(grams) / 1000)


def _empty(db: Session, start: Start) -> Thing:
    """A partner who got nothing, or a shipment that was taken back."""
    if start.kind == Of.PARTNER:
        return Thing(Of.PARTNER, start.id, db.get_one(Partner, start.id).name)
    shipment, at = db.get_one(Shipment, start.id), db.get_one(Operation, start.id).happened_at
    partner = db.get_one(Partner, shipment.partner_id).name
    return replace(_shipment(start.id, partner, shipment.document, at, 0), kg=None)


def _stands() -> ColumnElement[bool]:
    return ~exists().where(col(_LATER.takes_back_id) == col(Operation.id))


def _is_whole(unit_id: Any) -> ColumnElement[bool]:
    return ~exists().where(col(TakenApart.unit_id) == unit_id)

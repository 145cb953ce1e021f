"""Questions about goods that others grew: with which receipt they came in, and from whom."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, exists, func, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.models import Cooperative
from trace.batches.delivery_models import SuppliedBatch
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationOutput
from trace.catalogue.models import Partner
from trace.kit.clock import day_in_vietnam
from trace.kit.many import many
from trace.tracing.graph import Reached
from trace.tracing.rules import Step, Weight
from trace.tracing.things import Of, Start, Thing

_MOST_LOTS: Final = 3

# Made once: with new aliases a call, no statement would be found among those that were compiled before.
_LATER: Final = aliased(Operation)
_THEIRS: Final = aliased(Batch)
_OURS: Final = aliased(Partner)


def with_receipts(db: Session, reached: Reached, *, but: uuid.UUID | None = None) -> Reached:
    """The same, and what came in from others leads on to its receipt and its supplier; not to the one named."""
    bare = {step.id for step in reached.steps if not step.whole}
    if not bare:
        return reached
    receipts = {one.id: one for one in _receipts(db, col(Operation.id).in_(select(many(bare).c.id)))}
    steps = [
        replace(step, took=[Weight(step.id, receipts[step.id].grams)], whole=receipts[step.id].grams)
        if step.id in bare
        else step
        for step in reached.steps
    ]
    return replace(reached, steps=steps) + _told(receipts.values(), but=but)


def of_receipt(db: Session, receipt_id: uuid.UUID) -> Reached:
    """A receipt and from whom it came; one that was taken back still says so."""
    return _told(_receipts(db, col(Operation.id) == receipt_id))


def batches_of(db: Session, start: Start) -> list[uuid.UUID]:
    """What came in with a receipt or from a partner, as our batches; nothing of what was taken back."""
    of = col(Operation.id) if start.kind == Of.RECEIPT else _supplier()
    found: list[Any] = [col(SuppliedBatch.batch_id)]
    return list(
        db.scalars(
            _joined(found).where(
                of == start.id, ~exists().where(col(_LATER.takes_back_id) == col(Operation.id))
            )
        )
    )


@dataclass
class _Receipt:
    id: uuid.UUID
    at: datetime
    supplier: str
    partner_id: uuid.UUID | None
    grams: int = 0
    lots: list[str] = field(default_factory=list)

    @property
    def thing(self) -> Thing:
        lots = [*self.lots[:_MOST_LOTS], *(["…"] if len(self.lots) > _MOST_LOTS else [])]
        name = " · ".join(
            [self.supplier, *([", ".join(lots)] if lots else []), f"{day_in_vietnam(self.at):%d/%m/%Y}"]
        )
        return Thing(Of.RECEIPT, self.id, name, kg=Decimal(self.grams) / 1000)


def _told(receipts: Collection[_Receipt], *, but: uuid.UUID | None = None) -> Reached:
    found = Reached(goods={one.id: one.thing for one in receipts})
    given: dict[uuid.UUID, int] = defaultdict(int)
    for one in receipts:
        if one.partner_id and one.partner_id != but:
            source, made = Weight(one.partner_id, one.grams), Weight(one.id, one.grams)
            # Not the operation's own id, which is that of the step from the receipt to its batches.
            found.steps.append(Step(uuid.uuid5(one.id, "supplier"), one.at, [source], [made], one.grams))
            given[one.partner_id] += one.grams
            found.goods[one.partner_id] = Thing(
                Of.PARTNER, one.partner_id, one.supplier, kg=Decimal(given[one.partner_id]) / 1000
            )
    return found


def _receipts(db: Session, which: ColumnElement[bool]) -> list[_Receipt]:
    columns: list[Any] = [
        col(Operation.id),
        col(Operation.happened_at),
        func.coalesce(col(Partner.name), col(_OURS.name), col(Cooperative.name)).label("supplier"),
        _supplier().label("partner_id"),
        col(SuppliedBatch.their_lot),
        type_coerce(col(OperationOutput.kg), BigInteger).label("grams"),
    ]
    found: dict[uuid.UUID, _Receipt] = {}
    for row in db.execute(
        _joined(columns).where(which).order_by(col(Operation.id), col(OperationOutput.position))
    ):
        one = found.setdefault(row.id, _Receipt(row.id, row.happened_at, row.supplier, row.partner_id))
        one.grams += row.grams
        if row.their_lot and row.their_lot not in one.lots:
            one.lots.append(row.their_lot)
    return list(found.values())


def _supplier() -> ColumnElement[uuid.UUID]:
    """Who of our partners: the one that was named, or the one whose tax code the sending cooperative has."""
    return func.coalesce(col(SuppliedBatch.partner_id), col(_OURS.id))


def _joined(columns: list[Any]) -> Any:
    return (
        select(*columns)
        .select_from(SuppliedBatch)
        .join(OperationOutput, col(OperationOutput.batch_id) == col(SuppliedBatch.batch_id))
        .join(Operation, col(Operation.id) == col(OperationOutput.operation_id))
        .outerjoin(Partner, col(Partner.id) == col(SuppliedBatch.partner_id))
        .outerjoin(_THEIRS, col(_THEIRS.id) == col(SuppliedBatch.sender_batch_id))
        .outerjoin(Cooperative, col(Cooperative.id) == col(_THEIRS.cooperative_id))
        .outerjoin(
            _OURS,
            (col(_OURS.tax_code) == col(Cooperative.tax_code))
            & (col(_OURS.cooperative_id) == col(Operation.cooperative_id)),
        )
    )

"""What carries a code or a name that somebody typed or read off a label."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, null, or_, select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.batches.delivery_models import SuppliedBatch
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationOutput
from trace.batches.unit_models import LogisticUnit
from trace.catalogue.models import Input, Partner, Product, Purchase
from trace.farms.models import Household, Plot
from trace.kit import shortcodes
from trace.kit.text import one_line
from trace.places.rules import fold
from trace.records.models import CropCycle
from trace.shipments.models import Shipment
from trace.tracing.things import Of, Start

_MOST: Final = 20
_DIGITS: Final = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to trace from; `about` tells things of one name apart."""

    start: Start
    name: str
    about: str | None


def find(db: Session, by: Actor, typed: str) -> list[Hit]:
    """Batches, boxes and pallets by their codes, then what has a name; marks need not be typed.

    A database cannot be asked without marks on both sides: names are few in a cooperative and compared here.
    """
    wanted = fold(one_line(typed))
    if not wanted:
        return []
    found = [*_batches(db, by, one_line(typed).upper()), *_units(db, by, typed)]
    for kind, names in _NAMES.items():
        rows = db.execute(names.where(_OWNERS[kind] == by.cooperative_id))
        hits = [Hit(Start(kind, row[0]), row[1], row[2]) for row in rows if row[1]]
        found += [one for one in hits if wanted in fold(one.name)]
    exact = [one for one in found if fold(one.name) == wanted]
    return [*exact, *(one for one in found if one not in exact)][:_MOST]


def _batches(db: Session, by: Actor, typed: str) -> list[Hit]:
    columns: list[Any] = [col(Batch.id), col(Batch.lot_code), col(Product.name)]
    rows = db.execute(
        select(*columns)
        .join(Product, col(Product.id) == col(Batch.product_id))
        .where(
            col(Batch.cooperative_id) == by.cooperative_id,
            or_(
                col(Batch.lot_code).contains(typed, autoescape=True),
                col(Batch.code) == shortcodes.normalise(typed),
            ),
        )
        .order_by(col(Batch.id).desc())
        .limit(_MOST)
    )
    return [Hit(Start(Of.BATCH, row.id), row.lot_code, row.name) for row in rows]


def _units(db: Session, by: Actor, typed: str) -> list[Hit]:
    # Scanners read the application identifier (00) before an SSCC.
    digits = "".join(one for one in typed if one in _DIGITS).removeprefix("00")
    rows = db.execute(
        select(LogisticUnit).where(
            col(LogisticUnit.cooperative_id) == by.cooperative_id,
            or_(col(LogisticUnit.code) == shortcodes.normalise(typed), col(LogisticUnit.sscc) == digits),
        )
    ).scalars()
    return [
        Hit(Start(Of(one.kind), one.id), shortcodes.display(one.code), one.sscc and f"SSCC {one.sscc}")
        for one in rows
    ]


def _named(*columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns)


_NAMES: Final[dict[Of, Select[*tuple[Any, ...]]]] = {
    Of.PLOT: _named(Plot.id, Plot.code, Household.code).outerjoin(
        Household, col(Household.id) == col(Plot.household_id)
    ),
    Of.PURCHASE: _named(Purchase.id, Purchase.lot_number, Input.trade_name).join(
        Input, col(Input.id) == col(Purchase.input_id)
    ),
    Of.INPUT: _named(Input.id, Input.trade_name, Input.active_ingredient),
    Of.HOUSEHOLD: _named(Household.id, Household.code, null()),
    Of.CYCLE: _named(CropCycle.id, CropCycle.name, Plot.code).join(
        Plot, col(Plot.id) == col(CropCycle.plot_id)
    ),
    Of.PARTNER: _named(Partner.id, Partner.name, null()),
    Of.RECEIPT: _named(Operation.id, SuppliedBatch.their_lot, Batch.lot_code)
    .join(OperationOutput, col(OperationOutput.operation_id) == col(Operation.id))
    .join(SuppliedBatch, col(SuppliedBatch.batch_id) == col(OperationOutput.batch_id))
    .join(Batch, col(Batch.id) == col(SuppliedBatch.batch_id)),
    Of.SHIPMENT: _named(Shipment.id, Shipment.document, Partner.name).join(
        Partner, col(Partner.id) == col(Shipment.partner_id)
    ),
}
_OWNERS: Final[dict[Of, Any]] = {
    Of.PLOT: Plot.cooperative_id,
    Of.PURCHASE: Purchase.cooperative_id,
    Of.INPUT: Input.cooperative_id,
    Of.HOUSEHOLD: Household.cooperative_id,
    Of.CYCLE: CropCycle.cooperative_id,
    Of.PARTNER: Partner.cooperative_id,
    Of.RECEIPT: Operation.cooperative_id,
    Of.SHIPMENT: Shipment.cooperative_id,
}

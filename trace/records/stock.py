"""Stock as the books tell it: what purchases brought in, less what the diary used up.

Nothing is kept for it: a correction or a withdrawal of either is in the next answer by itself.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.catalogue import purchase_queries, queries
from trace.catalogue.measures import Unit
from trace.catalogue.models import Input
from trace.farms.models import Plot
from trace.records.models import CropCycle, Fertilising, Kind, Record, Sowing, Spraying
from trace.records.queries import stands
from trace.records.stock_rules import Bought, Stock, Used, stock

# Where each kind of work that uses an input up says how much; seeds are counted.
_AMOUNTS: Final[dict[Kind, tuple[Any, str, str | None]]] = {
    Kind.SPRAYING: (Spraying, "amount", "unit"),
    Kind.FERTILISING: (Fertilising, "amount", "unit"),
    Kind.SOWING: (Sowing, "seed_count", None),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A standing record that used an input up."""

    record_id: uuid.UUID
    cycle_id: uuid.UUID
    input_id: uuid.UUID
    purchase_id: uuid.UUID | None
    kind: str
    happened_at: datetime
    plot_code: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class InStock:
    """An input with what is left of it."""

    input: Input
    stock: Stock


def in_stock(db: Session, by: Actor) -> list[InStock]:
    """Every input that was ever bought or used, and those on offer, by name."""
    every = queries.inputs(db, by, retired=True)
    bought, used = _bought(db, by), _used(uses(db, by))
    return [
        InStock(one, stock(one.unit, bought[one.id], used[one.id]))
        for one in every
        if one.retired_at is None or bought[one.id] or used[one.id]
    ]


def stock_of(db: Session, by: Actor, one: Input) -> Stock:
    ids = [one.id]
    return stock(one.unit, _bought(db, by, ids)[one.id], _used(uses(db, by, one.id))[one.id])


def uses(db: Session, by: Actor, input_id: uuid.UUID | None = None) -> list[Use]:
    """Standing records that name an input, the newest first; a corrected purchase is the one that replaced it."""
    following = purchase_queries.successors(db, by)
    found = [
        use
        for kind, (table, amount, unit) in _AMOUNTS.items()
        for use in _uses(db, by, kind, table, amount, unit, input_id, following)
    ]
    return sorted(found, key=lambda use: (use.happened_at, use.record_id), reverse=True)


def _uses(
    db: Session,
    by: Actor,
    kind: Kind,
    table: Any,
    amount: str,
    unit: str | None,
    input_id: uuid.UUID | None,
    following: Mapping[uuid.UUID, uuid.UUID],
) -> Iterable[Use]:
    columns = [getattr(table, amount), *([getattr(table, unit)] if unit else [])]
    wanted = (
        select(
            col(Record.id),
            col(Record.cycle_id),
            col(Record.happened_at),
            col(Plot.code),
            table.input_id,
            table.purchase_id,
            *columns,
        )
        .join(table, table.record_id == col(Record.id))
        .join(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(
            col(Record.cooperative_id) == by.cooperative_id,
            stands(),
            columns[0].is_not(None),
            table.input_id == input_id if input_id else table.input_id.is_not(None),
        )
    )
    for record_id, cycle_id, happened_at, plot_code, of_input, purchase_id, quantity, *said in db.execute(
        wanted
    ):
        yield Use(
            record_id=record_id,
            cycle_id=cycle_id,
            input_id=of_input,
            purchase_id=following.get(purchase_id, purchase_id),
            kind=kind,
            happened_at=happened_at,
            plot_code=plot_code,
            amount=Decimal(quantity),
            unit=said[0] if said else Unit.SEED.value,
        )


def _bought(
    db: Session, by: Actor, input_ids: Iterable[uuid.UUID] | None = None
) -> Mapping[uuid.UUID, list[Bought]]:
    found: dict[uuid.UUID, list[Bought]] = defaultdict(list)
    for one in purchase_queries.standing(db, by, input_ids):
        found[one.input_id].append(Bought(one.id, one.quantity, one.unit))
    return found


def _used(found: Iterable[Use]) -> Mapping[uuid.UUID, list[Used]]:
    by_input: dict[uuid.UUID, list[Used]] = defaultdict(list)
    for use in found:
        by_input[use.input_id].append(Used(use.purchase_id, use.amount, use.unit))
    return by_input

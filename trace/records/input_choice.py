"""Inputs offered where work is written down: those used last first, and what a chosen one fills in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.catalogue import purchase_queries, queries
from trace.catalogue.measures import Measure
from trace.catalogue.models import Input, InputKind, Product, Purchase
from trace.places.rules import fold
from trace.records.kinds import DETAILS
from trace.records.models import Kind, Record
from trace.records.queries import access_cycle

# What work of a kind uses up. Whatever is sprayed or fed may also stand on the list as “other”.
_USED: Final[dict[Kind, tuple[InputKind, ...]]] = {
    Kind.SPRAYING: (InputKind.PESTICIDE, InputKind.OTHER),
    Kind.FERTILISING: (InputKind.FERTILISER, InputKind.OTHER),
    Kind.SOWING: (InputKind.SEED,),
}
_CHIPS: Final = 6


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form offers of the cooperative's own list, and what was chosen of it."""

    every: Sequence[Input]
    chosen: Input | None
    lots: Sequence[Purchase]
    phi_declared: bool

    @property
    def chips(self) -> Sequence[Input]:
        return self.every[:_CHIPS]


def offered(
    db: Session, by: Actor, kind: str, cycle_id: uuid.UUID, input_id: uuid.UUID | None
) -> Offered | None:
    """None for work that uses nothing up. A foreign or unknown id chooses nothing."""
    wanted = _USED.get(Kind(kind))
    if wanted is None:
        return None
    every = [one for one in queries.inputs(db, by) if one.kind in wanted]
    used = _last_used(db, by, kind)
    every.sort(key=lambda one: (one.id in used and -used[one.id], fold(one.trade_name)))
    chosen = _chosen(db, by, every, input_id)
    interval = queries.label_interval(db, chosen.id, _crop(db, by, cycle_id)) if chosen else None
    return Offered(
        every=every,
        chosen=chosen,
        lots=purchase_queries.standing(db, by, [chosen.id])[::-1] if chosen else [],
        phi_declared=interval is not None,
    )


def uses_inputs(kind: str) -> bool:
    return kind in _USED


def filled_in(db: Session, by: Actor, kind: str, cycle_id: uuid.UUID, input_id: uuid.UUID) -> dict[str, Any]:
    """What a form begins with when this input was chosen: what its label says, and no more."""
    one = queries.access_input(db, by, input_id)
    lots = purchase_queries.standing(db, by, [one.id])
    # With several lots on the shelf only the person knows from which one it was taken.
    lot = {"purchase_id": lots[0].id} if len(lots) == 1 else {}
    used = {"input_id": one.id, **lot, **({"unit": one.unit} if one.unit in set(Measure) else {})}
    if kind == Kind.FERTILISING:
        composition = one.composition if one.composition and len(one.composition) <= 40 else None
        return {**used, "fertiliser": one.trade_name, "composition": composition}
    if kind == Kind.SOWING:
        return {**used, "variety": one.trade_name, "seed_source": one.maker}
    return {
        **used,
        "trade_name": one.trade_name,
        "active_ingredient": one.active_ingredient,
        "registration": one.registration_number,
        "re_entry_hours": one.re_entry_hours,
        "phi_days": queries.label_interval(db, one.id, _crop(db, by, cycle_id)),
    }


def _chosen(db: Session, by: Actor, every: Sequence[Input], input_id: uuid.UUID | None) -> Input | None:
    """One on offer, or a retired one that a record to be corrected names."""
    found = next((one for one in every if one.id == input_id), None)
    if found or input_id is None:
        return found
    kept = db.get(Input, input_id)
    return kept if kept and kept.cooperative_id == by.cooperative_id else None


def _last_used(db: Session, by: Actor, kind: str) -> dict[uuid.UUID, float]:
    table: Any = DETAILS[kind]
    rows = db.execute(
        select(table.input_id, func.max(col(Record.happened_at)))
        .join(Record, col(Record.id) == table.record_id)
        .where(col(Record.cooperative_id) == by.cooperative_id, table.input_id.is_not(None))
        .group_by(table.input_id)
    )
    return {input_id: at.timestamp() for input_id, at in rows}


def _crop(db: Session, by: Actor, cycle_id: uuid.UUID) -> str | None:
    return db.get_one(Product, access_cycle(db, by, cycle_id).product_id).crop

"""What a stranger is told of a box or a pallet: which lots it holds, and whether something is wrong with one."""

import uuid
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session, col

from trace.accounts import queries as accounts
from trace.batches import holds, states
from trace.batches import unit_queries as units
from trace.batches.models import Batch, State
from trace.batches.recalled import called_back
from trace.batches.states import Stand
from trace.catalogue.models import Product
from trace.kit.translation import N_

# What must be said beside a lot; of one that is simply published, nothing.
STANDS: Final[dict[str, str]] = {
    Stand.RECALLED: N_("Recalled: do not eat, do not sell"),
    Stand.ON_HOLD: N_("On hold: please neither sell nor eat it"),
    Stand.WITHDRAWN: N_("Withdrawn by the cooperative"),
}


class Part(NamedTuple):
    """What the unit holds of one published lot."""

    code: str
    lot_code: str
    product: str
    kg: Decimal
    stand: Stand


class Box(NamedTuple):
    """A box or a pallet with its published lots; of drafts only how many there are."""

    kind: str
    code: str
    sscc: str | None
    packed_at: datetime
    taken_apart_at: datetime | None
    cooperative: str
    illustration: bool
    parts: list[Part]
    unpublished: int

    @property
    def is_stopped(self) -> bool:
        return any(part.stand in STANDS for part in self.parts)


def box(db: Session, code: str) -> Box | None:
    """The unit with this code; the number of statements does not grow with what is in it."""
    packed = units.packed_by_code(db, code)
    if packed is None:
        return None
    weights: dict[uuid.UUID, Decimal] = defaultdict(Decimal)
    for content in packed.contents:
        weights[content.batch_id] += content.kg
    unit = packed.unit
    cooperative = accounts.cooperative(db, unit.cooperative_id)
    parts = _parts(db, unit.cooperative_id, weights)
    return Box(
        kind=unit.kind,
        code=unit.code,
        sscc=unit.sscc,
        packed_at=unit.happened_at,
        taken_apart_at=packed.taken_apart_at,
        cooperative=cooperative.name,
        illustration=cooperative.illustration,
        parts=parts,
        unpublished=len(weights) - len(parts),
    )


def _parts(db: Session, cooperative_id: uuid.UUID, weights: dict[uuid.UUID, Decimal]) -> list[Part]:
    ids = list(weights)
    held = set(
        db.execute(
            select(col(Batch.id)).where(col(Batch.id).in_(ids), holds.on_hold_in(cooperative_id))
        ).scalars()
    )
    ends, recalled = states.ends_of(db, ids), called_back(db, ids)
    rows = db.execute(
        select(col(Batch.id), col(Batch.code), col(Batch.lot_code), col(Batch.state), col(Product.name))
        .join(Product, col(Product.id) == Batch.product_id)
        .where(
            col(Batch.id).in_(ids),
            or_(col(Batch.state) == State.PUBLISHED, col(Batch.id).in_(list(recalled))),
        )
        .order_by(col(Batch.lot_code), col(Batch.id))
    )
    return [
        Part(
            row.code,
            row.lot_code,
            row.name,
            weights[row.id],
            states.stand(row.state, ends[row.id], on_hold=row.id in held, recalled=row.id in recalled),
        )
        for row in rows
    ]

"""Where batches stand: what was said about their end, and what follows of the rest that is known of them.

Only the end is written down here. A hold is a fact of its own (`holds`), and so are a recall (`recalled`) and
a publication; that all of a batch was shipped follows of what was shipped (`stock`).
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.models import Membership, Person
from trace.batches.models import BatchEnd, End, State


class Stand(StrEnum):
    """Where a batch stands; of several that are true, the one that a shopper must know first."""

    RECALLED = "recalled"
    ON_HOLD = "on_hold"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    SHIPPED_OUT = "shipped_out"
    PUBLISHED = "published"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Ended:
    """What was said about the end of a batch, and who said it."""

    state: str
    reason: str
    at: datetime
    who: str


def stand(
    state: str, ends: Collection[Ended], *, on_hold: bool, recalled: bool, shipped_out: bool = False
) -> Stand:
    """Strangers are not told that it was shipped out: what is left in the store is nobody's business."""
    said = {one.state for one in ends}
    if recalled:
        return Stand.RECALLED
    if on_hold:
        return Stand.ON_HOLD
    if End.WITHDRAWN in said:
        return Stand.WITHDRAWN
    if End.CLOSED in said:
        return Stand.CLOSED
    if shipped_out:
        return Stand.SHIPPED_OUT
    return Stand.PUBLISHED if state == State.PUBLISHED else Stand.DRAFT


def ends_of(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Ended]]:
    """Of each of these batches, the first said first, in one statement."""
    found: dict[uuid.UUID, list[Ended]] = {batch_id: [] for batch_id in batch_ids}
    rows = db.execute(
        select(BatchEnd, col(Person.name))
        .join(Membership, col(Membership.id) == col(BatchEnd.said_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(BatchEnd.batch_id).in_(batch_ids))
        .order_by(col(BatchEnd.said_at), col(BatchEnd.id))
    )
    for said, name in rows:
        found[said.batch_id].append(Ended(said.state, said.reason, said.said_at, name))
    return found


def is_ended(db: Session, batch_id: uuid.UUID, state: End) -> bool:
    return any(one.state == state for one in ends_of(db, [batch_id])[batch_id])

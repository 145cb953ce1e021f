"""That batches were called back: the fact, who writes it, and the one question that every surface asks.

Whatever shows or embeds a batch to anybody asks `called_back`, and shows what it answers before all else. Which
recall it was, and who has got what, its own room says, which lies above this one.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person, Role
from trace.batches.holding import hold_batches, nothing_moves
from trace.batches.models import Batch, BatchRecall


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said to whoever has some of it. The first is Vietnamese; an authority is named where it ordered it."""

    message: str
    message_en: str | None
    authority: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class CalledBack:
    """That a batch was called back, by which recall, and what people are told. The name is for members."""

    recall_id: uuid.UUID
    telling: Telling
    at: datetime
    who: str


def call_back(
    db: Session,
    batches: Iterable[Batch],
    telling: Telling,
    *,
    recall_id: uuid.UUID,
    by: Actor,
    now: datetime,
) -> None:
    """For good, with nobody else at them. Those that another recall called back before stay as they are.

    The caller keeps the journal.
    """
    by.must_be(Role.MANAGER)
    wanted = {batch.id for batch in batches}
    hold_batches(db, list(wanted))
    nothing_moves(db, by)
    for batch_id in sorted(wanted - set(called_back(db, wanted))):
        db.add(
            BatchRecall(
                batch_id=batch_id,
                recall_id=recall_id,
                message=telling.message,
                message_en=telling.message_en,
                authority=telling.authority,
                document=telling.document,
                said_by=by.membership_id,
                said_at=now,
            )
        )
    db.flush()  # the answer is read back from the tables


def called_back(db: Session, batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, CalledBack]:
    """Those of these batches that were called back, in one statement."""
    rows = db.execute(
        select(BatchRecall, col(Person.name))
        .join(Membership, col(Membership.id) == col(BatchRecall.said_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(BatchRecall.batch_id).in_(batch_ids))
    )
    return {
        one.batch_id: CalledBack(
            one.recall_id, Telling(one.message, one.message_en, one.authority, one.document), one.said_at, who
        )
        for one, who in rows
    }

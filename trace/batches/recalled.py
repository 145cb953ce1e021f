"""That batches were called back: the one question that every surface asks.

Whatever shows or embeds a batch to anybody asks `called_back`, and shows what it answers before all else. Which
recall it was, and who has got what, its own room says, which lies above this one.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts.models import Membership, Person
from trace.batches.models import BatchRecall


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

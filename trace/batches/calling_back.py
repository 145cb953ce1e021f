"""Writing down that batches are called back; `recalled` answers whether they are."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.batches.holding import hold_batches, nothing_moves
from trace.batches.models import Batch, BatchRecall
from trace.batches.recalled import Telling, called_back


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

"""Questions about cooperatives and the people in them."""

import uuid

from sqlmodel import Session

from trace.accounts.models import Cooperative


def cooperative(db: Session, cooperative_id: uuid.UUID) -> Cooperative:
    """The cooperative; its existence is certain, because ids of cooperatives come from our own rows."""
    return db.get_one(Cooperative, cooperative_id)

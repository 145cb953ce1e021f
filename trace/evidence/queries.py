"""Questions about photographs."""

import uuid

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.evidence.models import Photo
from trace.kit.problems import NotFound


def access_photo(db: Session, by: Actor, photo_id: uuid.UUID) -> Photo:
    found = db.get(Photo, photo_id)
    if found is None or found.cooperative_id != by.cooperative_id:
        raise NotFound
    return found


def photo(db: Session, photo_id: uuid.UUID) -> Photo | None:
    """A photograph whoever asks; the public page decides by itself what may be seen."""
    return db.get(Photo, photo_id)


def photos(db: Session, by: Actor, *, after: uuid.UUID | None = None, limit: int = 200) -> list[Photo]:
    """Newest first."""
    wanted = select(Photo).where(Photo.cooperative_id == by.cooperative_id)
    if after:
        wanted = wanted.where(Photo.id < after)
    return list(db.exec(wanted.order_by(col(Photo.id).desc()).limit(limit)).all())

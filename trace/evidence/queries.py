"""Questions about photographs and documents."""

import uuid

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.evidence.models import Document, Photo
from trace.kit.paging import Paging


def access_photo(db: Session, by: Actor, photo_id: uuid.UUID) -> Photo:
    return own(db, by, Photo, photo_id)


def photo(db: Session, photo_id: uuid.UUID) -> Photo | None:
    """A photograph whoever asks; the public page decides by itself what may be seen."""
    return db.get(Photo, photo_id)


def photos(db: Session, by: Actor, asked: Paging) -> list[Photo]:
    """Newest first."""
    wanted = select(Photo).where(Photo.cooperative_id == by.cooperative_id)
    return list(db.exec(asked.newest(wanted, col(Photo.id))).all())


def access_document(db: Session, by: Actor, document_id: uuid.UUID) -> Document:
    return own(db, by, Document, document_id)


def document(db: Session, document_id: uuid.UUID) -> Document | None:
    """A document whoever asks; the public page decides by itself what may be had."""
    return db.get(Document, document_id)


def documents(db: Session, by: Actor, asked: Paging) -> list[Document]:
    """Newest first."""
    wanted = select(Document).where(Document.cooperative_id == by.cooperative_id)
    return list(db.exec(asked.newest(wanted, col(Document.id))).all())

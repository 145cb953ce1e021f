"""Keeping photographs: both sizes and the original in the file store, each picture once in a cooperative."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, or_, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.evidence.exif import TellsTime
from trace.evidence.models import Photo
from trace.evidence.pictures import Picture
from trace.evidence.queries import access_photo
from trace.kit.commands import Command, Personal
from trace.kit.database import hold
from trace.kit.files import FileStore

_SHA256: Final = "^[0-9a-f]{64}$"


class KeepPhoto(Command):
    """A photograph came in; the journal holds the hashes of what was kept of it, and when it was taken."""

    sha256: str = Field(pattern=_SHA256, description="Of the large size.")
    small_sha256: str = Field(pattern=_SHA256)
    original_sha256: str = Field(pattern=_SHA256, description="Of the file as it came.")
    original_type: str
    taken_at: datetime | None
    taken_told_by: TellsTime | None
    rough_latitude: Annotated[Decimal | None, Personal()]
    rough_longitude: Annotated[Decimal | None, Personal()]


class ForgetPhoto(Command):
    """A photograph that nothing points to is removed with its bytes."""


def keep_pictures(
    db: Session, store: FileStore, pictures: Sequence[Picture], *, by: Actor, now: datetime
) -> list[Photo]:
    """Keep them, in their order and each once; one that is known already is not kept again."""
    by.must_be(Role.RECORDER)
    # In one order for everybody: two people who send the same pictures never wait for each other in a circle.
    kept = {
        picture.large.sha256: _keep(db, store, picture, by=by, now=now)
        for picture in sorted(pictures, key=lambda picture: picture.large.sha256)
    }
    return [kept[sha256] for sha256 in dict.fromkeys(picture.large.sha256 for picture in pictures)]


def _keep(db: Session, store: FileStore, picture: Picture, *, by: Actor, now: datetime) -> Photo:
    hold(db, "photo", picture.large.sha256)
    known = db.exec(
        select(Photo).where(Photo.cooperative_id == by.cooperative_id, Photo.sha256 == picture.large.sha256)
    ).first()
    if known:
        return known
    taken = picture.taken
    command = KeepPhoto(
        sha256=store.keep(picture.large.content),
        small_sha256=store.keep(picture.small.content),
        original_sha256=store.keep(picture.original_bytes),
        original_type=picture.media_type,
        taken_at=taken.at,
        taken_told_by=taken.told_by,
        rough_latitude=taken.place.latitude if taken.place else None,
        rough_longitude=taken.place.longitude if taken.place else None,
    )
    photo = Photo(
        **command.model_dump(),
        cooperative_id=by.cooperative_id,
        width=picture.large.width,
        height=picture.large.height,
        small_width=picture.small.width,
        small_height=picture.small.height,
        added_by=by.membership_id,
        added_at=now,
    )
    db.add(photo)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "photo.kept", photo.id, command, by=by, now=now)
    return photo


def forget_photo(db: Session, store: FileStore, photo_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Remove a photograph of a person and its bytes; one that something else points to is kept."""
    photo = access_photo(db, by, photo_id)
    names = {name for name in (photo.sha256, photo.small_sha256, photo.original_sha256) if name}
    hold(db, "photo", photo.sha256)
    try:
        with db.begin_nested():
            db.delete(photo)
    except IntegrityError:
        return
    journal.append(db, "photo.forgotten", photo_id, ForgetPhoto(), by=by, now=now)
    for name in names:
        # Another cooperative may have been sent the same picture.
        kept = or_(Photo.sha256 == name, Photo.small_sha256 == name, Photo.original_sha256 == name)
        if not db.exec(select(Photo.id).where(kept)).first():
            store.forget(name)

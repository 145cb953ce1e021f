"""What is read about complaints: by members of the cooperative, and by the sender with the link."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.accounts.queries import own
from trace.accounts.secrets import token_hash
from trace.batches.models import Batch, State
from trace.complaints.models import ComplaintContact, ComplaintReply, PublicComplaint
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.kit.translation import N_


@dataclass(frozen=True)
class Told:
    """A complaint with its batch and what was answered."""

    complaint: PublicComplaint
    lot_code: str
    code: str
    contact: str | None
    replies: list[ComplaintReply]

    @property
    def id(self) -> uuid.UUID:
        return self.complaint.id

    @property
    def is_open(self) -> bool:
        return not any(one.closes for one in self.replies)


def published(db: Session, code: str) -> Batch:
    """The batch that strangers see under this code; a draft is not there for them."""
    found = db.exec(select(Batch).where(Batch.code == code, Batch.state != State.DRAFT)).first()
    if found is None:
        raise NotFound(N_("No batch is published under this code. Compare it with the label once more."))
    return found


def complaints(db: Session, by: Actor, asked: Paging, *, closed: bool) -> list[Told]:
    """The newest first. Whoever only reads does not read what strangers confide."""
    by.must_be(Role.RECORDER)
    is_closed = _is_closed()
    wanted = _with_batch().where(
        col(PublicComplaint.cooperative_id) == by.cooperative_id, is_closed if closed else ~is_closed
    )
    return _told(db, asked.newest(wanted, col(PublicComplaint.id)))


def complaint(db: Session, by: Actor, complaint_id: uuid.UUID) -> Told:
    by.must_be(Role.RECORDER)
    own(db, by, PublicComplaint, complaint_id)
    return _told(db, _with_batch().where(col(PublicComplaint.id) == complaint_id))[0]


def of_link(db: Session, token: str) -> Told:
    """What the sender sees again."""
    found = _told(db, _with_batch().where(col(PublicComplaint.token_hash) == token_hash(token)))
    if not found:
        raise NotFound(N_("There is no report behind this link. Compare it with the one you were given."))
    return found[0]


def count_open(db: Session, by: Actor) -> int:
    wanted = select(func.count()).select_from(PublicComplaint)
    return db.exec(wanted.where(PublicComplaint.cooperative_id == by.cooperative_id, ~_is_closed())).one()


def replies(db: Session, complaint_ids: Iterable[uuid.UUID]) -> list[ComplaintReply]:
    """In the order in which they were written."""
    wanted = select(ComplaintReply).where(col(ComplaintReply.complaint_id).in_(list(complaint_ids)))
    return list(db.exec(wanted.order_by(col(ComplaintReply.written_at), col(ComplaintReply.id))).all())


def times_of_batch(db: Session, batch_id: uuid.UUID, since: datetime, most: int) -> list[datetime]:
    return _times(db, col(PublicComplaint.batch_id) == batch_id, since, most)


def times_of_cooperative(
    db: Session, cooperative_id: uuid.UUID, since: datetime, most: int
) -> list[datetime]:
    return _times(db, col(PublicComplaint.cooperative_id) == cooperative_id, since, most)


def _times(db: Session, which: ColumnElement[bool], since: datetime, most: int) -> list[datetime]:
    wanted = select(PublicComplaint.sent_at).where(which, PublicComplaint.sent_at > since)
    return list(db.exec(wanted.order_by(col(PublicComplaint.sent_at).desc()).limit(most)).all())


def _is_closed() -> ColumnElement[bool]:
    return exists().where(
        col(ComplaintReply.complaint_id) == col(PublicComplaint.id), col(ComplaintReply.closes)
    )


def _with_batch() -> Select[*tuple[Any, ...]]:
    wanted: Select[*tuple[Any, ...]] = columns(
        PublicComplaint, col(Batch.lot_code), col(Batch.code), col(ComplaintContact.contact)
    )
    wanted = wanted.join(Batch, col(Batch.id) == col(PublicComplaint.batch_id))
    return wanted.outerjoin(ComplaintContact, col(ComplaintContact.complaint_id) == col(PublicComplaint.id))


def _told(db: Session, wanted: Select[*tuple[Any, ...]]) -> list[Told]:
    rows = db.execute(wanted).all()
    given = replies(db, [row[0].id for row in rows])
    return [
        Told(complaint, lot_code, code, contact, [one for one in given if one.complaint_id == complaint.id])
        for complaint, lot_code, code, contact in rows
    ]

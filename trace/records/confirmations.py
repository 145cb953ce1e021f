"""A second person of the cooperative says that it was so, and what waits for one to look."""

import uuid
from datetime import datetime

from pydantic import Field
from sqlalchemy import ColumnElement, exists, select
from sqlmodel import Session, col

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Role
from trace.kit.commands import Command
from trace.kit.database import hold
from trace.kit.paging import Paging
from trace.kit.problems import Conflict, Forbidden, Refused
from trace.kit.translation import N_
from trace.records import privacy, queries, timeline
from trace.records.evidence_models import Confirmation
from trace.records.models import Kind, Record
from trace.records.timeline import Line


class ConfirmRecord(Command):
    """Whoever did not write it looked, and says that it was so."""

    record_id: uuid.UUID = Field(description="Which record; not one that the same person wrote.")


def confirm_record(db: Session, command: ConfirmRecord, *, by: Actor, now: datetime) -> Confirmation:
    """Confirm one record. It is confirmed once: whoever comes later changes nothing."""
    by.must_be(Role.RECORDER)
    if by.key_id:
        raise Forbidden(N_("A program has seen nothing. A person confirms after signing in."))
    if known := journal.already(db, "record.confirmed", command, by=by):
        return db.get_one(Confirmation, known)
    hold(db, "correction", command.record_id)  # so that it is not struck out in between
    record = queries.access_record(db, by, command.record_id)
    if confirmation := db.get(Confirmation, record.id):
        return confirmation
    _must_be_somebody_elses(db, record, by=by)
    if record.kind == Kind.RETRACTION or queries.correction_of(db, record.id):
        raise Conflict(
            N_(
                "This record was corrected or taken back. Look at the diary again and confirm what stands now."
            ),
            field="record_id",
        )
    confirmation = Confirmation(record_id=record.id, confirmed_by=by.membership_id, confirmed_at=now)
    db.add(confirmation)
    db.flush()  # the answer is read back from the tables
    journal.append(db, "record.confirmed", record.id, command, by=by, now=now)
    return confirmation


def _must_be_somebody_elses(db: Session, record: Record, *, by: Actor) -> None:
    """The person counts, not the membership: who left and came back is still the same."""
    if db.get_one(Membership, record.written_by).person_id == by.person_id:
        raise Refused(
            N_("You wrote this yourself, so somebody else of the cooperative has to confirm it."),
            field="record_id",
        )


def waiting(db: Session, by: Actor, asked: Paging) -> tuple[list[Line], uuid.UUID | None]:
    """What this person could confirm, the newest first, and where the next page begins."""
    found = db.execute(asked.newest(select(col(Record.id)).where(*_confirmable(by)), col(Record.id))).all()
    page, following = asked.cut(found)
    lines = timeline.lines(db, col(Record.id).in_([row.id for row in page]), to=by) if page else []
    return sorted(lines, key=lambda line: line.id, reverse=True), following


def _confirmable(by: Actor) -> tuple[ColumnElement[bool], ...]:
    own = select(col(Membership.id)).where(col(Membership.person_id) == by.person_id)
    return (
        col(Record.cooperative_id) == by.cooperative_id,
        col(Record.kind).in_(privacy.kinds_for(by)),
        col(Record.written_by).not_in(own),
        ~exists().where(col(Confirmation.record_id) == col(Record.id)),
        queries.stands(),
    )

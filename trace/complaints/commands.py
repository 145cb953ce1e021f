"""Taking in what a stranger reports, answering it, and closing it with what was done."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.accounts.queries import own
from trace.accounts.secrets import token_hash
from trace.batches.models import Batch
from trace.complaints import queries, rules
from trace.complaints.models import ComplaintContact, ComplaintReply, Matter, PublicComplaint
from trace.kit.commands import Command, OptionalLine, Paragraph, Personal
from trace.kit.database import hold
from trace.kit.problems import Conflict, Refused, TooMany
from trace.kit.translation import N_
from trace.ledger import commands as ledger

Words = Annotated[Paragraph, Field(min_length=1, max_length=2000)]


class Report(Command):
    """What somebody without an account says about a batch. Their words stay out of the journal."""

    matter: Matter
    text: Annotated[Words, Personal()]
    contact: Annotated[OptionalLine, Personal()] = None


class Reply(Command):
    """What the cooperative says to the sender."""

    complaint_id: uuid.UUID = Field(description="Which complaint.")
    text: Words = Field(
        description="Whoever has the sender's link reads it.", examples=["Đã sửa ngày đóng gói."]
    )
    closes: bool = Field(default=False, description="Nothing more is to be done; `text` says what was done.")


def report(db: Session, command: Report, *, batch: Batch, token: str, now: datetime) -> PublicComplaint:
    """Keep a report about a published batch. Sent twice, it is kept once. Raises TooMany over the limits."""
    if known := ledger.already(db, "complaint.sent", command, cooperative=batch.cooperative_id):
        return _same(db.get_one(PublicComplaint, known), batch=batch, token=token)
    _must_have_room(db, batch, now=now)
    made = PublicComplaint(
        id=command.id,
        cooperative_id=batch.cooperative_id,
        batch_id=batch.id,
        matter=command.matter,
        text=command.text,
        token_hash=token_hash(token),
        sent_at=now,
    )
    db.add(made)
    db.flush()  # the contact points to it
    if command.contact:
        db.add(ComplaintContact(complaint_id=made.id, contact=command.contact))
    ledger.append(
        db,
        "complaint.sent",
        subject=made.id,
        command=command,
        cooperative=batch.cooperative_id,
        actor=None,
        at=now,
    )
    return made


def reply(db: Session, command: Reply, *, by: Actor, now: datetime) -> PublicComplaint:
    """Nothing follows the reply that closes."""
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "complaint.answered", command, by=by):
        return db.get_one(PublicComplaint, known)
    hold(db, "complaint", command.complaint_id)
    found = own(db, by, PublicComplaint, command.complaint_id)
    if any(one.closes for one in queries.replies(db, [found.id])):
        raise Refused(N_("This complaint is closed already."))
    db.add(
        ComplaintReply(
            id=command.id,
            complaint_id=found.id,
            text=command.text,
            closes=command.closes,
            written_by=by.membership_id,
            written_at=now,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, "complaint.answered", found.id, command, by=by, now=now)
    return found


def _same(known: PublicComplaint, *, batch: Batch, token: str) -> PublicComplaint:
    """The journal does not know the link or the batch of what was sent, so they are compared here."""
    if known.batch_id != batch.id or known.token_hash != token_hash(token):
        raise Conflict(
            N_("This id was used before for something else. Make a new id for a new entry."), field="id"
        )
    return known


def _must_have_room(db: Session, batch: Batch, *, now: datetime) -> None:
    hold(db, "complaints", batch.cooperative_id)
    since = now - rules.WINDOW
    for times, most in (
        (queries.times_of_batch(db, batch.id, since, rules.PER_BATCH), rules.PER_BATCH),
        (
            queries.times_of_cooperative(db, batch.cooperative_id, since, rules.PER_COOPERATIVE),
            rules.PER_COOPERATIVE,
        ),
    ):
        if left := rules.wait(times, most, now):
            raise TooMany(round(left.total_seconds()))

"""How people come to belong to a cooperative: a link, or its QR code, good once and for a day."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field
from sqlmodel import Session, col, select

from trace.accounts import journal, people, secrets
from trace.accounts.actor import Actor
from trace.accounts.models import Invitation, Membership, Role
from trace.accounts.queries import own
from trace.accounts.rules import NewPassword, PhoneNumber
from trace.kit.commands import Command, Line, Personal
from trace.kit.problems import Conflict, NotFound, Refused
from trace.kit.translation import N_
from trace.ledger import commands as ledger

LINK_LIVES: Final = timedelta(hours=24)


class Invite(Command):
    """A manager invites one person, who will be told the link or shown its QR code."""

    role: Role = Field(Role.RECORDER, description="What the invited person may do.", examples=["recorder"])


@dataclass(frozen=True)
class Link:
    """A one-time link; its token is known here only once."""

    id: uuid.UUID
    token: str
    expires_at: datetime


def invite(db: Session, command: Invite, *, by: Actor, now: datetime) -> Link:
    """Make an invitation. Sent twice, the second answer carries a fresh token and the first dies."""
    by.must_be(Role.MANAGER)
    if command.role == Role.MANAGER:
        by.must_be_present(now=now)
    token = secrets.new_token()
    if journal.already(db, "member.invited", command, by=by):
        known = db.get_one(Invitation, command.id)
        known.token_hash = secrets.token_hash(token)
        return Link(known.id, token, known.expires_at)
    db.add(
        Invitation(
            id=command.id,
            cooperative_id=by.cooperative_id,
            role=command.role,
            token_hash=secrets.token_hash(token),
            made_by=by.membership_id,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    journal.append(db, "member.invited", command.id, command, by=by, now=now)
    return Link(command.id, token, now + LINK_LIVES)


class WithdrawInvitation(Command):
    """The link went to the wrong person, or is not needed any more."""

    invitation_id: uuid.UUID = Field(description="Which: `id` of the list of invitations.")


def withdraw_invitation(db: Session, command: WithdrawInvitation, *, by: Actor, now: datetime) -> Invitation:
    by.must_be(Role.MANAGER)
    invitation = access_invitation(db, by, command.invitation_id)
    if journal.already(db, "invitation.withdrawn", command, by=by):
        return invitation
    if invitation.used_at:
        raise Refused(N_("This invitation was accepted already. End the membership instead."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
    journal.append(db, "invitation.withdrawn", invitation.id, command, by=by, now=now)
    return invitation


def withdraw_all_by(db: Session, membership_id: uuid.UUID, *, now: datetime) -> None:
    """Whoever may not invite any more leaves no way in behind."""
    for invitation in db.exec(select(Invitation).where(Invitation.made_by == membership_id)).all():
        if invitation.used_at is None and invitation.withdrawn_at is None:
            invitation.withdrawn_at = now


class Join(Command):
    """Somebody accepts an invitation. A person known here already gives the password they have."""

    name: Annotated[Line, Personal()]
    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[NewPassword, Personal()]


def join(db: Session, command: Join, *, token: str, now: datetime) -> Membership:
    """Use up the invitation. Raises NotFound for a link that is spent, withdrawn, out of date or never was."""
    invitation = _by_token(db, token, lock=True)
    if invitation and (
        repeated := ledger.already(db, "member.joined", command, cooperative=invitation.cooperative_id)
    ):
        return _joined_by_the_same(db, command, repeated)
    invitation = _still_open(invitation, now=now)
    person = people.known_or_new(
        db, phone=command.phone, name=command.name, password=command.password, now=now
    )
    membership = people.join(db, invitation.cooperative_id, person.id, Role(invitation.role), now=now)
    invitation.used_at = now
    ledger.append(
        db,
        "member.joined",
        subject=membership.id,
        command=command,
        cooperative=invitation.cooperative_id,
        actor=membership.id,
        at=now,
    )
    return membership


def _joined_by_the_same(db: Session, command: Join, membership_id: uuid.UUID) -> Membership:
    """A form sent twice over a bad line; the password shows that it is the same person."""
    membership = db.get_one(Membership, membership_id)
    person = people.person_who_knows(db, command.phone, command.password)
    if person is None or person.id != membership.person_id or membership.ended_at:
        raise Conflict(N_("This link was used already. Sign in instead."))
    return membership


def open_invitation(db: Session, token: str, *, now: datetime) -> Invitation:
    return _still_open(_by_token(db, token), now=now)


def open_invitations(db: Session, by: Actor, *, now: datetime) -> list[Invitation]:
    found = select(Invitation).where(
        Invitation.cooperative_id == by.cooperative_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        Invitation.expires_at > now,
    )
    return list(db.exec(found.order_by(col(Invitation.id).desc())).all())


def access_invitation(db: Session, by: Actor, invitation_id: uuid.UUID) -> Invitation:
    return own(db, by, Invitation, invitation_id)


def _by_token(db: Session, token: str, *, lock: bool = False) -> Invitation | None:
    found = select(Invitation).where(Invitation.token_hash == secrets.token_hash(token))
    return db.exec(found.with_for_update() if lock else found).first()


def _still_open(invitation: Invitation | None, *, now: datetime) -> Invitation:
    if invitation is None or invitation.used_at or invitation.withdrawn_at or invitation.expires_at <= now:
        raise NotFound(
            N_("This link is used up or too old. Ask the manager of your cooperative for a new one.")
        )
    return invitation

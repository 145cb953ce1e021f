"""The members of a cooperative: their roles, and how a membership ends."""

import uuid
from datetime import datetime

from pydantic import Field
from sqlmodel import Session, col, select

from trace.accounts import invitations, journal, keys, passwords, sessions
from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Role
from trace.accounts.queries import access_membership
from trace.kit.commands import Command
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_


class ChangeRole(Command):
    """A member may do more, or less, from now on."""

    membership_id: uuid.UUID = Field(description="Whose: `id` of the list of members.")
    role: Role = Field(examples=["viewer"])


def change_role(db: Session, command: ChangeRole, *, by: Actor, now: datetime) -> Membership:
    """Counts from the member's next request on."""
    by.must_be(Role.MANAGER)
    membership = access_membership(db, by, command.membership_id)
    if journal.already(db, "member.role_changed", command, by=by):
        return membership
    if command.role == Role.MANAGER and membership.role != Role.MANAGER:
        by.must_be_present(now=now)
    _refuse_ended(membership)
    if membership.role == Role.MANAGER and command.role != Role.MANAGER:
        _refuse_last_manager(db, membership)
        invitations.withdraw_all_by(db, membership.id, now=now)
        passwords.withdraw_all_by(db, membership.id, now=now)
    membership.role = command.role
    journal.append(db, "member.role_changed", membership.id, command, by=by, now=now)
    return membership


class EndMembership(Command):
    """A member leaves or is sent away. What they wrote stays, under their name."""

    membership_id: uuid.UUID = Field(description="Whose: `id` of the list of members.")


def end_membership(db: Session, command: EndMembership, *, by: Actor, now: datetime) -> Membership:
    """Closes every way in at once: sessions, API keys, invitations and reset links the member made."""
    by.must_be(Role.MANAGER)
    membership = access_membership(db, by, command.membership_id)
    if journal.already(db, "member.ended", command, by=by):
        return membership
    _refuse_ended(membership)
    if membership.role == Role.MANAGER:
        _refuse_last_manager(db, membership)
    membership.ended_at = now
    sessions.end_sessions_in(db, membership.id, now=now)
    keys.revoke_all_by(db, membership.id, now=now)
    invitations.withdraw_all_by(db, membership.id, now=now)
    passwords.withdraw_all_by(db, membership.id, now=now)
    journal.append(db, "member.ended", membership.id, command, by=by, now=now)
    return membership


class EndMemberSessions(Command):
    """A member's phone was lost: nobody stays signed in with it."""

    membership_id: uuid.UUID = Field(description="Whose: `id` of the list of members.")


def end_member_sessions(db: Session, command: EndMemberSessions, *, by: Actor, now: datetime) -> Membership:
    """Only sessions in this cooperative: the others are no business of this manager."""
    by.must_be(Role.MANAGER)
    membership = access_membership(db, by, command.membership_id)
    if journal.already(db, "member.signed_out", command, by=by):
        return membership
    sessions.end_sessions_in(db, membership.id, now=now, but=by.session_id)
    journal.append(db, "member.signed_out", membership.id, command, by=by, now=now)
    return membership


def _refuse_ended(membership: Membership) -> None:
    if membership.ended_at:
        raise Refused(N_("This person is not a member any more. Invite them again first."))


def _refuse_last_manager(db: Session, leaving: Membership) -> None:
    # Two managers may send each other away at the same moment: one of them has to wait and look again.
    hold(db, "managers", leaving.cooperative_id)
    others = select(Membership.id).where(
        Membership.cooperative_id == leaving.cooperative_id,
        Membership.id != leaving.id,
        Membership.role == Role.MANAGER,
        col(Membership.ended_at).is_(None),
    )
    if db.exec(others).first() is None:
        raise Refused(N_("A cooperative needs a manager. Make somebody else a manager first."), field="role")

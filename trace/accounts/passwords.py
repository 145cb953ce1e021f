"""How a password is changed by who knows it, and replaced for who lost it."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, select

from trace.accounts import journal, people, secrets, sessions
from trace.accounts.actor import Actor
from trace.accounts.invitations import LINK_LIVES, Link
from trace.accounts.models import Membership, PasswordReset, Person, Role
from trace.accounts.queries import access_membership
from trace.accounts.rules import LONGEST_PASSWORD, NewPassword
from trace.kit.commands import Command, Personal
from trace.kit.ids import new_id
from trace.kit.problems import Forbidden, NotFound, Refused
from trace.kit.translation import N_
from trace.ledger import commands as ledger

PresentPassword = Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD)]


class ConfirmPassword(Command):
    """The person at the screen shows that they are the one who signed in."""

    password: Annotated[PresentPassword, Personal()]


def confirm_password(db: Session, command: ConfirmPassword, *, by: Actor, now: datetime) -> None:
    _must_know(db, by, command.password, field="password")
    if by.session_id:
        sessions.note_confirmed(db, by.session_id, now=now)


class ChangePassword(Command):
    """A person chooses a new password and proves to know the present one."""

    present: Annotated[PresentPassword, Personal()]
    password: Annotated[NewPassword, Personal()]


def change_password(db: Session, command: ChangePassword, *, by: Actor, now: datetime) -> None:
    """Whoever was signed in with the old one elsewhere is not any more."""
    if by.key_id:
        raise Forbidden(N_("An API key cannot do this. Sign in and do it yourself."))
    person = _must_know(db, by, command.present, field="present")
    people.refuse_own_number(person.phone, command.password)
    person.password_hash = secrets.hash_password(command.password)
    sessions.end_sessions_of(db, person.id, now=now, but=by.session_id)
    _spend_all(db, person.id, now=now)
    if by.session_id:
        sessions.note_confirmed(db, by.session_id, now=now)
    journal.append(db, "password.changed", person.id, command, by=by, now=now)


class OfferReset(Command):
    """A manager makes a link with which a member who lost the password chooses a new one."""

    membership_id: uuid.UUID = Field(description="Whose: `id` of the list of members.")


def offer_reset(db: Session, command: OfferReset, *, by: Actor, now: datetime) -> Link:
    """Sent twice, the second answer carries a fresh token and the first dies.

    Whoever holds the link can sign in as that person, everywhere. So a manager may make one only for
    somebody who belongs to this cooperative and to no other.
    """
    by.must_be(Role.MANAGER)
    by.must_be_present(now=now)
    membership = access_membership(db, by, command.membership_id)
    if membership.ended_at:
        raise Refused(N_("This person is not a member any more. Invite them again first."))
    _refuse_if_elsewhere(db, membership)
    if journal.already(db, "password.reset_offered", command, by=by):
        known = db.get_one(PasswordReset, command.id)
        if known.used_at:
            raise NotFound
        token = secrets.new_token()
        known.token_hash = secrets.token_hash(token)
        return Link(known.id, token, known.expires_at)
    link = _new_link(db, command.id, membership.person_id, made_by=by.membership_id, now=now)
    journal.append(db, "password.reset_offered", membership.id, command, by=by, now=now)
    return link


def offer_reset_as_operator(db: Session, phone: str, *, now: datetime) -> Link:
    """The way out for a last manager, and for people in several cooperatives. The operator knows who asks."""
    person = db.exec(select(Person).where(Person.phone == phone)).first()
    if person is None:
        raise NotFound(N_("Nobody has an account with this number."))
    return _new_link(db, new_id(), person.id, made_by=None, now=now)


class ResetPassword(Command):
    """The person chooses the new password."""

    password: Annotated[NewPassword, Personal()]


def reset_password(db: Session, command: ResetPassword, *, token: str, now: datetime) -> Person:
    """Use the link up; sessions opened with the old password end. Raises NotFound as `open_reset` does."""
    reset = open_reset(db, token, now=now, lock=True)
    person = db.get_one(Person, reset.person_id)
    people.refuse_own_number(person.phone, command.password)
    person.password_hash = secrets.hash_password(command.password)
    sessions.end_sessions_of(db, person.id, now=now)
    _spend_all(db, person.id, now=now)
    if reset.made_by:
        ledger.append(
            db,
            "password.reset",
            subject=person.id,
            command=command,
            cooperative=db.get_one(Membership, reset.made_by).cooperative_id,
            actor=None,
            at=now,
        )
    return person


def open_reset(db: Session, token: str, *, now: datetime, lock: bool = False) -> PasswordReset:
    """What a link stands for. Raises NotFound when it is spent, out of date, or its maker lost the right to it."""
    found = select(PasswordReset).where(PasswordReset.token_hash == secrets.token_hash(token))
    reset = db.exec(found.with_for_update() if lock else found).first()
    if reset is None or reset.used_at or reset.expires_at <= now or not _still_allowed(db, reset):
        raise NotFound(
            N_("This link is used up or too old. Ask the manager of your cooperative for a new one.")
        )
    return reset


def withdraw_all_by(db: Session, membership_id: uuid.UUID, *, now: datetime) -> None:
    """Whoever may not make such links any more leaves none behind."""
    for reset in db.exec(select(PasswordReset).where(PasswordReset.made_by == membership_id)).all():
        reset.used_at = reset.used_at or now


def _must_know(db: Session, by: Actor, password: str, *, field: str) -> Person:
    person = db.get_one(Person, by.person_id)
    if not secrets.password_fits(password, person.password_hash):
        raise Refused(N_("This is not your present password."), field=field)
    return person


def _refuse_if_elsewhere(db: Session, membership: Membership) -> None:
    if _belongs_elsewhere(db, membership.person_id, membership.cooperative_id):
        raise Refused(
            N_(
                "This person belongs to another cooperative too, so you cannot replace the password. "
                "The operator of this site can, with the command “reset-password”."
            )
        )


def _still_allowed(db: Session, reset: PasswordReset) -> bool:
    """A link of the operator always; a manager's while its owner belongs to no other cooperative."""
    if reset.made_by is None:
        return True
    maker = db.get_one(Membership, reset.made_by)
    return not _belongs_elsewhere(db, reset.person_id, maker.cooperative_id)


def _belongs_elsewhere(db: Session, person_id: uuid.UUID, cooperative_id: uuid.UUID) -> bool:
    return any(one.cooperative_id != cooperative_id for one in people.memberships_of(db, person_id))


def _new_link(
    db: Session, id_: uuid.UUID, person_id: uuid.UUID, *, made_by: uuid.UUID | None, now: datetime
) -> Link:
    """The newest link of a person is the only one that works."""
    _spend_all(db, person_id, now=now)
    token = secrets.new_token()
    db.add(
        PasswordReset(
            id=id_,
            person_id=person_id,
            token_hash=secrets.token_hash(token),
            made_by=made_by,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    return Link(id_, token, now + LINK_LIVES)


def _spend_all(db: Session, person_id: uuid.UUID, *, now: datetime) -> None:
    unspent = select(PasswordReset).where(
        PasswordReset.person_id == person_id, col(PasswordReset.used_at).is_(None)
    )
    for reset in db.exec(unspent).all():
        reset.used_at = now

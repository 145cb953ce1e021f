"""Signing in and out: opaque tokens in cookies, their hashes in the database."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from trace.accounts import people, secrets
from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Membership, Person, Role, SignInSession
from trace.accounts.rules import LONGEST_PASSWORD, PhoneNumber
from trace.kit.commands import Command, Personal
from trace.kit.ids import new_id
from trace.kit.problems import NotFound, Refused
from trace.kit.translation import N_

# Growers' phones stay signed in: a lost session in a field without signal costs a record.
IDLE: Final = timedelta(days=30)
_SEEN_AGAIN: Final = timedelta(days=1)


class SignIn(Command):
    """A phone number and its password."""

    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[str, Personal(), Field(min_length=1, max_length=LONGEST_PASSWORD)]


def who_signs_in(db: Session, command: SignIn) -> uuid.UUID:
    """The membership in which they worked last; the same refusal for an unknown number and a wrong password."""
    person = people.person_who_knows(db, command.phone, command.password)
    if person is None:
        raise Refused(N_("The phone number and the password do not fit each other."), field="password")
    mine = people.memberships_of(db, person.id)
    if not mine:
        raise Refused(
            N_("You do not belong to any cooperative at the moment. Ask a manager for an invitation.")
        )
    return mine[0].id


def strengthen(db: Session, person_id: uuid.UUID, password: str) -> None:
    """Hash again what was hashed with an older setting, now that the password is at hand."""
    person = db.get_one(Person, person_id)
    if secrets.is_outdated(person.password_hash):
        person.password_hash = secrets.hash_password(password)


def open_session(db: Session, membership: Membership, *, device: str, now: datetime) -> str:
    """Start a session and answer its token, which only the cookie will know."""
    token = secrets.new_token()
    _forget_dead(db, membership.person_id, now=now)
    db.add(
        SignInSession(
            id=new_id(),
            token_hash=secrets.token_hash(token),
            person_id=membership.person_id,
            membership_id=membership.id,
            device=device_family(device),
            opened_at=now,
            confirmed_at=now,
            seen_at=now,
        )
    )
    return token


def end_token(db: Session, token: str, *, now: datetime) -> None:
    """Signing out, or in again: the cookie that was there before is worth nothing any more."""
    found = db.exec(select(SignInSession).where(SignInSession.token_hash == secrets.token_hash(token)))
    for session in found.all():
        session.ended_at = session.ended_at or now


def end_session(db: Session, session_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """One of a person's own; nobody else's can be named here."""
    session = db.get(SignInSession, session_id)
    if session is None or session.person_id != by.person_id:
        raise NotFound
    session.ended_at = session.ended_at or now


def end_sessions_of(
    db: Session, person_id: uuid.UUID, *, now: datetime, but: uuid.UUID | None = None
) -> None:
    """All of a person's, in every cooperative: after a new password nobody stays signed in with the old one."""
    for session in db.exec(_alive(now).where(SignInSession.person_id == person_id)).all():
        if session.id != but:
            session.ended_at = now


def end_sessions_in(
    db: Session, membership_id: uuid.UUID, *, now: datetime, but: uuid.UUID | None = None
) -> None:
    """Those that work in one cooperative at the moment."""
    for session in db.exec(_alive(now).where(SignInSession.membership_id == membership_id)).all():
        if session.id != but:
            session.ended_at = now


def sessions_of(db: Session, person_id: uuid.UUID, *, now: datetime) -> list[SignInSession]:
    found = _alive(now).where(SignInSession.person_id == person_id)
    return list(db.exec(found.order_by(col(SignInSession.seen_at).desc())).all())


def sessions_in(db: Session, membership_id: uuid.UUID, *, now: datetime) -> list[SignInSession]:
    found = _alive(now).where(SignInSession.membership_id == membership_id)
    return list(db.exec(found.order_by(col(SignInSession.seen_at).desc())).all())


def switch(db: Session, membership_id: uuid.UUID, *, by: Actor) -> None:
    """Work in another cooperative of the same person, with the same session."""
    to = db.get(Membership, membership_id)
    if to is None or to.person_id != by.person_id or to.ended_at or by.session_id is None:
        raise NotFound
    db.get_one(SignInSession, by.session_id).membership_id = to.id


def note_confirmed(db: Session, session_id: uuid.UUID, *, now: datetime) -> None:
    db.get_one(SignInSession, session_id).confirmed_at = now


def note_seen(db: Session, session_id: uuid.UUID, *, now: datetime) -> None:
    session = db.get(SignInSession, session_id)
    if session:
        session.seen_at = now


def actor_of_token(db: Session, token: str, *, now: datetime) -> tuple[Actor, bool] | None:
    """Whom a cookie speaks for, and whether it is time to note that it was seen again."""
    row = db.exec(
        select(SignInSession, Membership, Person.name, Cooperative)
        .join(Membership, col(SignInSession.membership_id) == Membership.id)
        .join(Person, col(Person.id) == SignInSession.person_id)
        .join(Cooperative, col(Cooperative.id) == Membership.cooperative_id)
        .where(
            SignInSession.token_hash == secrets.token_hash(token),
            col(SignInSession.ended_at).is_(None),
            SignInSession.seen_at > now - IDLE,
            col(Membership.ended_at).is_(None),
        )
    ).first()
    if row is None:
        return None
    session, membership, person_name, cooperative = row
    actor = Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=cooperative.id,
        role=Role(membership.role),
        name=person_name,
        cooperative_name=cooperative.name,
        illustration=cooperative.illustration,
        session_id=session.id,
        confirmed_at=session.confirmed_at,
    )
    return actor, now - session.seen_at > _SEEN_AGAIN


def _alive(now: datetime) -> SelectOfScalar[SignInSession]:
    return select(SignInSession).where(
        col(SignInSession.ended_at).is_(None), SignInSession.seen_at > now - IDLE
    )


def _forget_dead(db: Session, person_id: uuid.UUID, *, now: datetime) -> None:
    """When and with what somebody signed in long ago is nobody's business."""
    dead = delete(SignInSession).where(
        col(SignInSession.person_id) == person_id, col(SignInSession.seen_at) <= now - IDLE
    )
    db.execute(dead)


_FAMILIES: Final = (
    ("Zalo", r"Zalo"),
    ("Edge", r"Edg/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS: Final = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
)


def device_family(user_agent: str) -> str:
    """“Chrome · Android”: enough to recognise one's own phone in a list, too little to follow anybody."""
    browser = next((name for name, mark in _FAMILIES if re.search(mark, user_agent)), "")
    system = next((name for name, mark in _SYSTEMS if re.search(mark, user_agent)), "")
    return " · ".join(part for part in (browser, system) if part) or "?"

"""Signing in and out: opaque tokens in cookies, their hashes in the database, guesses slowed down."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from trace.accounts import secrets
from trace.accounts.actor import Actor
from trace.accounts.models import ApiKey, Attempt, Cooperative, Membership, Person, Role, Scope, SignInSession
from trace.accounts.rules import PhoneNumber
from trace.kit.commands import Command, Personal
from trace.kit.ids import new_id
from trace.kit.problems import Refused, TooMany
from trace.kit.translation import N_

# Growers' phones stay signed in: a lost session in a field without signal costs a record.
IDLE: Final = timedelta(days=30)
_SEEN_AGAIN: Final = timedelta(days=1)
_WINDOW: Final = timedelta(minutes=5)
GUESSES_PER_PERSON: Final = 10
GUESSES_PER_ADDRESS: Final = 40


class SignIn(Command):
    """A phone number and its password."""

    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[str, Personal(), Field(min_length=1, max_length=200)]


def person_who_signs_in(db: Session, command: SignIn) -> Person | None:
    """The person, or None; an unknown number takes as long as a wrong password."""
    person = db.exec(select(Person).where(Person.phone == command.phone)).first()
    fits = secrets.password_fits(command.password, person.password_hash if person else None)
    return person if fits else None


def memberships_of(db: Session, person_id: uuid.UUID) -> list[Membership]:
    found = select(Membership).where(Membership.person_id == person_id, col(Membership.ended_at).is_(None))
    return list(db.exec(found.order_by(col(Membership.joined_at))).all())


def open_session(db: Session, membership: Membership, *, device: str, now: datetime) -> str:
    """Start a session and answer its token, which only the cookie will know."""
    token = secrets.new_token()
    db.add(
        SignInSession(
            id=new_id(),
            token_hash=secrets.token_hash(token),
            person_id=membership.person_id,
            membership_id=membership.id,
            device=device_family(device),
            opened_at=now,
            seen_at=now,
        )
    )
    return token


def end_session(db: Session, session_id: uuid.UUID, *, now: datetime) -> None:
    session = db.get(SignInSession, session_id)
    if session and session.ended_at is None:
        session.ended_at = now


def end_sessions_of(
    db: Session, person_id: uuid.UUID, *, now: datetime, but: uuid.UUID | None = None
) -> None:
    """After a password change or the end of a membership nobody stays signed in with the old one."""
    open_ones = select(SignInSession).where(
        SignInSession.person_id == person_id,
        col(SignInSession.ended_at).is_(None),
    )
    for session in db.exec(open_ones).all():
        if session.id != but:
            session.ended_at = now


def actor_of_token(db: Session, token: str, *, now: datetime) -> tuple[Actor, bool] | None:
    """Whom a cookie speaks for, and whether its `seen_at` is due to be renewed."""
    row = db.exec(
        _with_cooperative(SignInSession.id, SignInSession.seen_at)
        .join(SignInSession, col(SignInSession.membership_id) == Membership.id)
        .where(
            SignInSession.token_hash == secrets.token_hash(token),
            col(SignInSession.ended_at).is_(None),
            SignInSession.seen_at > now - IDLE,
        )
    ).first()
    if row is None:
        return None
    membership, person_name, cooperative, session_id, seen_at = row
    return _actor(membership, person_name, cooperative, session_id=session_id), now - seen_at > _SEEN_AGAIN


def actor_of_key(db: Session, key: str) -> Actor | None:
    """Whom an API key speaks for: the manager who made it, or a reader if the key may only read."""
    row = db.exec(
        _with_cooperative(ApiKey.scope)
        .join(ApiKey, col(ApiKey.made_by) == Membership.id)
        .where(ApiKey.key_hash == secrets.token_hash(key), col(ApiKey.revoked_at).is_(None))
    ).first()
    if row is None:
        return None
    membership, person_name, cooperative, scope = row
    return _actor(membership, person_name, cooperative, role=Role.VIEWER if scope == Scope.READ else None)


def _with_cooperative(*columns: object):  # type: ignore[no-untyped-def]
    return (
        select(Membership, Person.name, Cooperative, *columns)
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Cooperative, col(Cooperative.id) == Membership.cooperative_id)
        .where(col(Membership.ended_at).is_(None))
    )


def _actor(
    membership: Membership,
    person_name: str,
    cooperative: Cooperative,
    *,
    role: Role | None = None,
    session_id: uuid.UUID | None = None,
) -> Actor:
    return Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=membership.cooperative_id,
        role=role or Role(membership.role),
        name=person_name,
        cooperative_name=cooperative.name,
        illustration=cooperative.illustration,
        session_id=session_id,
    )


def renew(db: Session, session_id: uuid.UUID, *, now: datetime) -> None:
    session = db.get(SignInSession, session_id)
    if session:
        session.seen_at = now


def slow_down(db: Session, subjects: dict[str, int], *, now: datetime) -> None:
    """Raise TooMany when any subject has failed too often lately. Delays only: nobody is locked out."""
    for subject, limit in subjects.items():
        recent = (
            select(func.count())
            .select_from(Attempt)
            .where(Attempt.subject == subject, Attempt.at > now - _WINDOW)
        )
        if db.exec(recent).one() >= limit:
            raise TooMany(int(_WINDOW.total_seconds()))


def note_failure(db: Session, subjects: dict[str, int], *, now: datetime) -> None:
    db.execute(delete(Attempt).where(col(Attempt.at) <= now - _WINDOW))
    for subject in subjects:
        db.add(Attempt(id=new_id(), subject=subject, at=now))


def refusal() -> Refused:
    """The same words for an unknown number and a wrong password."""
    return Refused(N_("The phone number and the password do not fit each other."), field="password")


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

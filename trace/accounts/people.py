"""Persons: known by their phone number, recognised by their password."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, select

from trace.accounts import secrets
from trace.accounts.models import Membership, Person, Role, SignInSession
from trace.kit.database import hold
from trace.kit.ids import new_id
from trace.kit.problems import Refused
from trace.kit.translation import N_


def person_who_knows(db: Session, phone: str, password: str) -> Person | None:
    """The person, or None; an unknown number takes as long as a wrong password."""
    person = db.exec(select(Person).where(Person.phone == phone)).first()
    fits = secrets.password_fits(password, person.password_hash if person else None)
    return person if fits else None


def known_or_new(db: Session, *, phone: str, name: str, password: str, now: datetime) -> Person:
    """Somebody who joins or registers: known by this number and the password they have here, or new."""
    hold(db, "phone", phone)
    known = db.exec(select(Person).where(Person.phone == phone)).first()
    if known is None:
        refuse_own_number(phone, password)
        known = Person(
            id=new_id(),
            phone=phone,
            name=name,
            password_hash=secrets.hash_password(password),
            registered_at=now,
        )
        db.add(known)
        db.flush()  # the membership points to it
    elif not secrets.password_fits(password, known.password_hash):
        raise Refused(
            N_(
                "This number has an account here. Give the password of that account, or ask a manager for a new one."
            ),
            field="password",
        )
    return known


def refuse_own_number(phone: str, password: str) -> None:
    if phone[-8:] in password.replace(" ", "").replace(".", ""):
        raise Refused(
            N_("A phone number is no password. Choose something others do not know."), field="password"
        )


def join(db: Session, cooperative: uuid.UUID, person: uuid.UUID, role: Role, *, now: datetime) -> Membership:
    """The person's place in the cooperative; whoever left and comes back takes the old place again."""
    known = db.exec(
        select(Membership).where(Membership.cooperative_id == cooperative, Membership.person_id == person)
    ).first()
    if known is None:
        known = Membership(
            id=new_id(), cooperative_id=cooperative, person_id=person, role=role, joined_at=now
        )
    elif known.ended_at is None:
        raise Refused(N_("You are a member of this cooperative already. Sign in instead."), field="phone")
    known.role, known.ended_at = role, None
    db.add(known)
    db.flush()  # the session and the journal point to it
    return known


def memberships_of(db: Session, person_id: uuid.UUID) -> list[Membership]:
    """Where a person belongs, the cooperative they worked in last before the others."""
    last_seen = (
        select(SignInSession.seen_at)
        .where(SignInSession.membership_id == col(Membership.id))
        .order_by(col(SignInSession.seen_at).desc())
        .limit(1)
        .correlate(Membership)
        .scalar_subquery()
    )
    found = select(Membership).where(Membership.person_id == person_id, col(Membership.ended_at).is_(None))
    return list(db.exec(found.order_by(last_seen.desc().nulls_last(), col(Membership.joined_at))).all())

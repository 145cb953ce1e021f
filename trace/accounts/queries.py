"""Questions about cooperatives and the people in them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Membership, Person, Role
from trace.accounts.rules import phone_for_people
from trace.kit.paging import Paging
from trace.kit.problems import NotFound


class Owned(Protocol):
    """A row that belongs to one cooperative."""

    cooperative_id: uuid.UUID


Row = TypeVar("Row", bound=Owned)


def own(db: Session, by: Actor, kind: type[Row], id_: uuid.UUID) -> Row:
    """The cooperative's own row. Whoever asks cannot tell what is absent from what is another cooperative's."""
    found = db.get(kind, id_)
    if found is None or found.cooperative_id != by.cooperative_id:
        raise NotFound
    return found


def cooperative(db: Session, cooperative_id: uuid.UUID) -> Cooperative:
    """The cooperative; its existence is certain, because ids of cooperatives come from our own rows."""
    return db.get_one(Cooperative, cooperative_id)


@dataclass(frozen=True)
class Member:
    """A person's place in a cooperative, with what only its managers see of the person."""

    id: uuid.UUID
    name: str
    phone: str
    role: Role
    joined_at: datetime
    ended_at: datetime | None

    @property
    def spoken_phone(self) -> str:
        return phone_for_people(self.phone)


def members(db: Session, by: Actor, asked: Paging | None = None) -> list[Member]:
    """Members and former members, the newest first, all or a page; phone numbers are for managers alone."""
    by.must_be(Role.MANAGER)
    found = _members().where(Membership.cooperative_id == by.cooperative_id)
    id_ = col(Membership.id)
    rows = db.exec(asked.newest(found, id_) if asked else found.order_by(id_.desc())).all()
    return [_member(membership, name, phone) for membership, name, phone in rows]


def member(db: Session, by: Actor, membership_id: uuid.UUID) -> Member:
    by.must_be(Role.MANAGER)
    access_membership(db, by, membership_id)
    return _member(*db.exec(_members().where(Membership.id == membership_id)).one())


def access_membership(db: Session, by: Actor, membership_id: uuid.UUID) -> Membership:
    return own(db, by, Membership, membership_id)


def manager_of(db: Session, cooperative_id: uuid.UUID) -> Actor:
    """The cooperative's first manager, for whom the operator of the site reads; it always has one."""
    found = cooperative(db, cooperative_id)
    membership, name = db.exec(
        select(Membership, Person.name)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(
            Membership.cooperative_id == cooperative_id,
            Membership.role == Role.MANAGER,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).first() or (None, "")
    if membership is None:
        raise NotFound
    return Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=cooperative_id,
        role=Role.MANAGER,
        name=name,
        cooperative_name=found.name,
        illustration=found.illustration,
        reads_only=True,
    )


@dataclass(frozen=True)
class Belonging:
    """One cooperative that a person may work in."""

    membership_id: uuid.UUID
    cooperative_name: str
    role: Role


def belongings(db: Session, person_id: uuid.UUID) -> list[Belonging]:
    rows = db.exec(
        select(Membership.id, Cooperative.name, Membership.role)
        .join(Cooperative, col(Cooperative.id) == Membership.cooperative_id)
        .where(Membership.person_id == person_id, col(Membership.ended_at).is_(None))
        .order_by(Cooperative.name)
    ).all()
    return [Belonging(membership_id, name, Role(role)) for membership_id, name, role in rows]


def phone_of(db: Session, person_id: uuid.UUID) -> str:
    return db.get_one(Person, person_id).phone


def _members() -> Select[Membership, str, str]:
    return select(Membership, Person.name, Person.phone).join(Person, col(Person.id) == Membership.person_id)


def _member(membership: Membership, name: str, phone: str) -> Member:
    return Member(
        membership.id, name, phone, Role(membership.role), membership.joined_at, membership.ended_at
    )

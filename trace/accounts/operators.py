"""What the operator does at the command line in the name of a manager."""

from sqlmodel import Session, col, select

from trace.accounts import rules
from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Membership, Person, Role


class NoSuchManagerError(ValueError):
    """Nobody manages a cooperative under this number, or several cooperatives fit."""


def manager_of(db: Session, phone: str, *, cooperative: str | None = None) -> Actor:
    """The manager who signs in with this number; with several cooperatives, that of the given name."""
    rows = db.exec(
        select(Membership, Person.name, Cooperative)
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Cooperative, col(Cooperative.id) == Membership.cooperative_id)
        .where(
            Person.phone == str(rules.phone(phone)),
            Membership.role == Role.MANAGER,
            col(Membership.ended_at).is_(None),
        )
    ).all()
    fitting = [row for row in rows if cooperative in (None, row[2].name)]
    if len(fitting) != 1:
        names = ", ".join(sorted(row[2].name for row in rows)) or "none"
        raise NoSuchManagerError(f"One cooperative is needed; this number manages: {names}.")
    membership, name, managed = fitting[0]
    return Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=managed.id,
        role=Role(membership.role),
        name=name,
        cooperative_name=managed.name,
        illustration=managed.illustration,
    )

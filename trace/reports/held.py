"""What is held about the person of a household, for whoever of them asks."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from trace.accounts import queries as accounts
from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person, Role
from trace.farms import queries as farms
from trace.farms.models import Household, Plot
from trace.farms.queries import Given
from trace.kit.clock import day_in_vietnam
from trace.ledger import queries as ledger
from trace.ledger.queries import Entry
from trace.records.models import Record


@dataclass(frozen=True, slots=True)
class Work:
    """Records of one kind that name the household as the hands that did the work."""

    kind: str
    count: int
    with_faces: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is stored under a household; what others wrote freely is not searched."""

    household: Household
    account: tuple[str, str] | None
    plots: tuple[str, ...]
    consents: tuple[Given, ...]
    work: tuple[Work, ...]
    said: tuple[Entry, ...]


def held(db: Session, by: Actor, household_id: uuid.UUID) -> Held:
    """For the person, by the account of their own, and for managers, who answer in the person's name."""
    household = farms.access_household(db, by, household_id)
    if household.membership_id != by.membership_id:
        by.must_be(Role.MANAGER)
    plots = select(col(Plot.code)).where(col(Plot.household_id) == household_id).order_by(col(Plot.code))
    return Held(
        household=household,
        account=_account(db, household),
        plots=tuple(db.execute(plots).scalars()),
        consents=tuple(farms.consents(db, household_id)),
        work=tuple(_work(db, household_id)),
        said=tuple(ledger.entries_of(db, household_id)),
    )


def _account(db: Session, household: Household) -> tuple[str, str] | None:
    """Name and telephone number with which the person signs in."""
    if household.membership_id is None:
        return None
    person_id = db.get_one(Membership, household.membership_id).person_id
    return db.get_one(Person, person_id).name, accounts.phone_of(db, person_id)


def _work(db: Session, household_id: uuid.UUID) -> list[Work]:
    faces = func.count().filter(col(Record.faces).is_(True))
    first, last = func.min(col(Record.happened_at)), func.max(col(Record.happened_at))
    rows = db.execute(
        select(col(Record.kind), func.count(), faces, first, last)
        .where(col(Record.household_id) == household_id)
        .group_by(col(Record.kind))
        .order_by(col(Record.kind))
    )
    return [
        Work(kind, count, shown, day_in_vietnam(begun), day_in_vietnam(ended))
        for kind, count, shown, begun, ended in rows
    ]

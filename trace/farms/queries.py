"""Questions about growing areas, households and plots."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.accounts.queries import own
from trace.farms.models import (
    Channel,
    Consent,
    ConsentWithdrawal,
    Ending,
    GrowingArea,
    Household,
    Plot,
    Purpose,
)
from trace.farms.wordings import Wording, wording
from trace.kit.paging import Paging
from trace.places.rules import fold

T = TypeVar("T", GrowingArea, Household, Plot)


def access_area(db: Session, by: Actor, area_id: uuid.UUID) -> GrowingArea:
    return own(db, by, GrowingArea, area_id)


def access_household(db: Session, by: Actor, household_id: uuid.UUID) -> Household:
    return own(db, by, Household, household_id)


def access_plot(db: Session, by: Actor, plot_id: uuid.UUID) -> Plot:
    return own(db, by, Plot, plot_id)


def areas(db: Session, by: Actor) -> list[GrowingArea]:
    """By name."""
    found = db.exec(select(GrowingArea).where(GrowingArea.cooperative_id == by.cooperative_id)).all()
    return sorted(found, key=lambda area: (fold(area.name), area.id))


def households(db: Session, by: Actor) -> list[Household]:
    """By code."""
    found = db.exec(select(Household).where(Household.cooperative_id == by.cooperative_id)).all()
    return sorted(found, key=lambda household: fold(household.code))


def plots(db: Session, by: Actor) -> list[Plot]:
    """By code."""
    found = db.exec(select(Plot).where(Plot.cooperative_id == by.cooperative_id)).all()
    return sorted(found, key=lambda plot: fold(plot.code))


def newest(db: Session, kind: type[T], by: Actor, asked: Paging) -> list[T]:
    """One page of a list, newest first."""
    wanted = select(kind).where(kind.cooperative_id == by.cooperative_id)
    return list(db.exec(asked.newest(wanted, col(kind.id))).all())


def is_standing() -> ColumnElement[bool]:
    """In a query of consents: nobody has taken it back."""
    withdrawn = exists().where(col(ConsentWithdrawal.consent_id) == col(Consent.id)).correlate(Consent)
    return ~withdrawn


def agreed(household_id: Any, purpose: Purpose) -> ColumnElement[bool]:
    """In a query: whether the person of this household agrees at this moment. `household_id` is a column."""
    return exists().where(
        col(Consent.household_id) == household_id, col(Consent.purpose) == purpose, is_standing()
    )


def households_in_photos(db: Session, cooperative_id: uuid.UUID) -> frozenset[str]:
    """Codes of the households whose person may be seen in photographs."""
    wanted = select(Household.code).where(
        Household.cooperative_id == cooperative_id, agreed(col(Household.id), Purpose.PHOTO)
    )
    return frozenset(db.exec(wanted))


def household_of(db: Session, by: Actor) -> Household | None:
    """The household whose person signs in with this account."""
    return db.exec(
        select(Household).where(
            Household.membership_id == by.membership_id, Household.cooperative_id == by.cooperative_id
        )
    ).first()


@dataclass(frozen=True, slots=True)
class Given:
    """A consent with what became of it. Names of those who wrote it down are for members."""

    id: uuid.UUID
    purpose: Purpose
    wording: Wording
    channel: Channel
    sheet_id: uuid.UUID | None
    given_at: datetime
    given_before: str
    ended_at: datetime | None
    ended_because: Ending | None
    ended_before: str | None


def consents(db: Session, household_id: uuid.UUID) -> list[Given]:
    """Every consent the person of a household ever gave, the newest first."""
    ender, ended_by = aliased(Membership), aliased(Person)
    rows = db.execute(
        sa_select(Consent, ConsentWithdrawal, col(Person.name), col(ended_by.name))
        .join(Membership, col(Membership.id) == col(Consent.recorded_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(ConsentWithdrawal, col(ConsentWithdrawal.consent_id) == col(Consent.id))
        .outerjoin(ender, col(ender.id) == col(ConsentWithdrawal.recorded_by))
        .outerjoin(ended_by, col(ended_by.id) == col(ender.person_id))
        .where(col(Consent.household_id) == household_id)
        .order_by(col(Consent.received_at).desc(), col(Consent.id).desc())
    )
    return [_given(*row) for row in rows]


def _given(
    consent: Consent, ending: ConsentWithdrawal | None, before: str, ended_before: str | None
) -> Given:
    return Given(
        id=consent.id,
        purpose=Purpose(consent.purpose),
        wording=wording(consent.purpose, consent.wording),
        channel=Channel(consent.channel),
        sheet_id=consent.sheet_id,
        given_at=consent.received_at,
        given_before=before,
        ended_at=ending.received_at if ending else None,
        ended_because=Ending(ending.because) if ending else None,
        ended_before=ended_before,
    )

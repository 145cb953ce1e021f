"""Questions about growing areas, households and plots."""

import uuid
from typing import TypeVar

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.farms.models import GrowingArea, Household, Plot
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

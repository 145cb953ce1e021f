"""Questions about feeding recipes, and the days on which one still waits for somebody's word."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Person
from trace.farms.models import Plot
from trace.kit.clock import VIETNAM, day_in_vietnam, in_vietnam
from trace.kit.problems import NotFound
from trace.records.models import CropCycle
from trace.records.recipe_models import FeedingRecipe, RecipeCycle, RecipeDay, RecipeLine

# What is older is written down like any other work that nobody wrote down.
_PROPOSED_BACK: Final = timedelta(days=13)


class Line(NamedTuple):
    fertiliser: str
    amount: Decimal
    unit: str


class Fed(NamedTuple):
    """A plot that a recipe feeds."""

    cycle_id: uuid.UUID
    plot_code: str
    closed: bool


@dataclass(frozen=True)
class Recipe:
    """What is fed, where and from when until when."""

    id: uuid.UUID
    name: str
    clock: str
    litres: Decimal | None
    ec: Decimal | None
    ph: Decimal | None
    from_on: date
    until_on: date | None
    made_by: str
    stopped_at: datetime | None
    lines: tuple[Line, ...]
    plots: tuple[Fed, ...]


@dataclass(frozen=True)
class Proposal:
    """A day whose feeding nobody has confirmed or forgone yet on these plots."""

    recipe: Recipe
    day: date
    plots: tuple[Fed, ...]


def recipes(db: Session, by: Actor) -> list[Recipe]:
    """Newest first, those that were stopped, too. Three statements."""
    return _recipes(db, col(FeedingRecipe.cooperative_id) == by.cooperative_id)


def recipe(db: Session, by: Actor, recipe_id: uuid.UUID) -> Recipe:
    found = _recipes(
        db, col(FeedingRecipe.cooperative_id) == by.cooperative_id, col(FeedingRecipe.id) == recipe_id
    )
    if not found:
        raise NotFound
    return found[0]


def _recipes(db: Session, *asked: ColumnElement[bool]) -> list[Recipe]:
    rows = db.execute(
        select(FeedingRecipe, col(Person.name).label("made_by"))
        .join(Membership, col(Membership.id) == col(FeedingRecipe.made_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(*asked)
        .order_by(col(FeedingRecipe.id).desc())
    ).all()
    lines: dict[uuid.UUID, list[Line]] = defaultdict(list)
    for line in db.execute(
        select(RecipeLine)
        .join(FeedingRecipe, col(FeedingRecipe.id) == col(RecipeLine.recipe_id))
        .where(*asked)
        .order_by(col(RecipeLine.recipe_id), col(RecipeLine.position))
    ).scalars():
        lines[line.recipe_id].append(Line(line.fertiliser, line.amount, line.unit))
    plots: dict[uuid.UUID, list[Fed]] = defaultdict(list)
    for row in db.execute(
        select(
            col(RecipeCycle.recipe_id), col(RecipeCycle.cycle_id), col(Plot.code), col(CropCycle.closed_at)
        )
        .join(FeedingRecipe, col(FeedingRecipe.id) == col(RecipeCycle.recipe_id))
        .join(CropCycle, col(CropCycle.id) == col(RecipeCycle.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(*asked)
        .order_by(col(Plot.code))
    ):
        plots[row.recipe_id].append(Fed(row.cycle_id, row.code, row.closed_at is not None))
    return [
        Recipe(
            id=stored.id,
            name=stored.name,
            clock=stored.clock,
            litres=stored.litres,
            ec=stored.ec,
            ph=stored.ph,
            from_on=stored.from_on,
            until_on=stored.until_on,
            made_by=made_by,
            stopped_at=stored.stopped_at,
            lines=tuple(lines[stored.id]),
            plots=tuple(plots[stored.id]),
        )
        for stored, made_by in rows
    ]


def moment(recipe: Recipe, day: date) -> datetime:
    """When the recipe's time comes on a day."""
    hour, minute = map(int, recipe.clock.split(":"))
    return datetime.combine(day, time(hour, minute), VIETNAM)


def proposals(db: Session, asked: Sequence[Recipe], *, now: datetime) -> list[Proposal]:
    """What waits, newest day first: up to two weeks back, and today once the recipe's time has come. One statement."""
    since = day_in_vietnam(now) - _PROPOSED_BACK
    said = {
        (row.recipe_id, row.cycle_id, row.day)
        for row in db.execute(
            select(col(RecipeDay.recipe_id), col(RecipeDay.cycle_id), col(RecipeDay.day)).where(
                col(RecipeDay.recipe_id).in_([recipe.id for recipe in asked]), col(RecipeDay.day) >= since
            )
        )
    }
    found = []
    for recipe in asked:
        for day in _days(recipe, since, now=now):
            plots = tuple(
                plot
                for plot in recipe.plots
                if not plot.closed and (recipe.id, plot.cycle_id, day) not in said
            )
            if plots:
                found.append(Proposal(recipe, day, plots))
    return sorted(found, key=lambda proposal: proposal.day, reverse=True)


def _days(recipe: Recipe, since: date, *, now: datetime) -> list[date]:
    """The days on which the recipe's time came while it ran."""
    until = _last(recipe, in_vietnam(now))
    if recipe.stopped_at:
        until = min(until, _last(recipe, in_vietnam(recipe.stopped_at)))
    if recipe.until_on:
        until = min(until, recipe.until_on)
    first = max(recipe.from_on, since)
    return [first + timedelta(days=number) for number in range((until - first).days + 1)]


def _last(recipe: Recipe, moment: datetime) -> date:
    """The last day whose feeding lies before this moment."""
    come = f"{moment:%H:%M}" >= recipe.clock
    return moment.date() if come else moment.date() - timedelta(days=1)


def said_about(db: Session, recipe_id: uuid.UUID) -> list[tuple[date, str, str | None, str]]:
    """The last days somebody spoke about: the day, the plot, why it was not done, who said so."""
    rows = db.execute(
        select(col(RecipeDay.day), col(Plot.code), col(RecipeDay.not_done_because), col(Person.name))
        .join(CropCycle, col(CropCycle.id) == col(RecipeDay.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Membership, col(Membership.id) == col(RecipeDay.said_by))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(RecipeDay.recipe_id) == recipe_id)
        .order_by(col(RecipeDay.day).desc(), col(Plot.code))
        .limit(60)
    )
    return [(row.day, row.code, row.not_done_because, row.name) for row in rows]

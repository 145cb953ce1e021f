"""Feeding recipes: started, confirmed day by day, stopped. A recipe proposes; only a person says that it was done."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.accounts.queries import own
from trace.catalogue.measures import Measure
from trace.kit.commands import Command, Day, Doubted, Line
from trace.kit.database import hold
from trace.kit.ids import derived_id
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_
from trace.records import queries
from trace.records import recipe_queries as recipes
from trace.records.choices import FeedingMethod, IrrigationMethod
from trace.records.kinds import AnyWork, RecordFertilising, RecordIrrigation
from trace.records.models import Record
from trace.records.queries import Cycle
from trace.records.recipe_models import FeedingRecipe, RecipeCycle, RecipeDay, RecipeLine
from trace.records.recipe_queries import Recipe
from trace.records.together import record_together
from trace.records.work import Amount, Reading, Reason

_MOST_RECORDS: Final = 300


def _each_once(given: tuple[uuid.UUID, ...]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(given))


def _in_order(given: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(sorted(set(given)))


Plots = Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once), Field(min_length=1, max_length=60)]
Days = Annotated[tuple[Day, ...], AfterValidator(_in_order), Field(min_length=1, max_length=31)]


class Fed(BaseModel):
    """One fertiliser, and how much of it each plot gets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fertiliser: Line = Field(description="As on the bag.", examples=["KNO3"])
    amount: Amount = Field(description="On each plot.", examples=["2.5"])
    unit: Measure = Field(description="Of the amount.")


class StartRecipe(Command):
    """The same feeding every day, until somebody stops it."""

    name: Line = Field(examples=["Châm phân nuôi quả"])
    lines: list[Fed] = Field(min_length=1, max_length=8, description="What is mixed in.")
    litres: Amount | None = Field(None, description="Water on each plot.")
    ec: Reading | None = Field(None, description="mS/cm, as it is to be mixed.")
    ph: Annotated[Reading, Field(le=14)] | None = None
    clock: str = Field(
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Time of day in Vietnam.", examples=["06:15"]
    )
    cycle_ids: Plots = Field(description="The crop cycles that are fed.")
    from_on: Day = Field(description="The first day.", examples=["2026-11-10"])
    until_on: Day | None = Field(None, description="The last day, where it is known.")


class StopRecipe(Command):
    """From now on nothing more is proposed. What waits until then can still be confirmed."""

    recipe_id: uuid.UUID = Field(description="The recipe.")


class ConfirmFeeding(Doubted):
    """On these days these plots were fed as the recipe says."""

    recipe_id: uuid.UUID = Field(description="The recipe.")
    days: Days = Field(description="The days that it was done on.", examples=[["2026-11-10"]])
    cycle_ids: Plots = Field(description="The crop cycles that were fed.")
    ec: Reading | None = Field(
        None, description="As it was measured, mS/cm. It is not taken from the recipe."
    )
    ph: Annotated[Reading, Field(le=14)] | None = Field(None, description="As it was measured.")


class ForgoFeeding(Command):
    """On these days these plots were not fed, and why."""

    recipe_id: uuid.UUID = Field(description="The recipe.")
    days: Days = Field(description="The days that it was not done on.", examples=[["2026-11-10"]])
    cycle_ids: Plots = Field(description="The crop cycles that were not fed.")
    reason: Reason = Field(examples=["Trời mưa"])


def start_recipe(db: Session, command: StartRecipe, *, by: Actor, now: datetime) -> FeedingRecipe:
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "recipe.started", command, by=by):
        return db.get_one(FeedingRecipe, known)
    if command.until_on and command.until_on < command.from_on:
        raise Refused(N_("The last day cannot come before the first."), field="until_on")
    for cycle_id in command.cycle_ids:
        if queries.access_cycle(db, by, cycle_id).closed_at:
            raise Refused(N_("One of these cycles is closed."), field="cycle_ids")
    made = FeedingRecipe(
        cooperative_id=by.cooperative_id,
        made_by=by.membership_id,
        made_at=now,
        **command.model_dump(exclude={"lines", "cycle_ids"}),
    )
    db.add(made)
    db.flush()  # its lines and plots point to it
    for position, line in enumerate(command.lines):
        db.add(RecipeLine(recipe_id=made.id, position=position, **line.model_dump()))
    for cycle_id in command.cycle_ids:
        db.add(RecipeCycle(recipe_id=made.id, cycle_id=cycle_id))
    journal.append(db, "recipe.started", made.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return made


def stop_recipe(db: Session, command: StopRecipe, *, by: Actor, now: datetime) -> FeedingRecipe:
    by.must_be(Role.RECORDER)
    recipe = own(db, by, FeedingRecipe, command.recipe_id)
    if journal.already(db, "recipe.stopped", command, by=by):
        return recipe
    hold(db, "recipe", recipe.id)
    if recipe.stopped_at:
        raise Refused(N_("This recipe was stopped already."), field="recipe_id")
    recipe.stopped_by, recipe.stopped_at = by.membership_id, now
    journal.append(db, "recipe.stopped", recipe.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return recipe


def confirm_feeding(db: Session, command: ConfirmFeeding, *, by: Actor, now: datetime) -> list[Record]:
    """One record for each day, plot and line, all or none; a day that was confirmed before is left as it is."""
    by.must_be(Role.RECORDER)
    own(db, by, FeedingRecipe, command.recipe_id)
    if journal.already(db, "recipe.confirmed", command, by=by):
        return []
    hold(db, "recipe", command.recipe_id)
    recipe = recipes.recipe(db, by, command.recipe_id)
    waiting = _waiting(db, by, recipe, command, now=now)
    cycles = {cycle.id: cycle for cycle in queries.open_cycles(db, by)}
    written = [
        record for day, cycle_id in waiting for record in _records(recipe, command, day, cycles[cycle_id])
    ]
    if len(written) > _MOST_RECORDS:
        raise Refused(N_("These are too many records at once. Confirm fewer days."), field="days")
    made = record_together(db, written, by=by, now=now)
    _say(db, recipe, waiting, None, by=by, now=now)
    journal.append(db, "recipe.confirmed", recipe.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return made


def forgo_feeding(db: Session, command: ForgoFeeding, *, by: Actor, now: datetime) -> uuid.UUID:
    """The recipe's id. Nothing enters the diary: what was not done is no work."""
    by.must_be(Role.RECORDER)
    own(db, by, FeedingRecipe, command.recipe_id)
    if journal.already(db, "recipe.forgone", command, by=by):
        return command.recipe_id
    hold(db, "recipe", command.recipe_id)
    recipe = recipes.recipe(db, by, command.recipe_id)
    waiting = _waiting(db, by, recipe, command, now=now)
    _say(db, recipe, waiting, command.reason, by=by, now=now)
    journal.append(db, "recipe.forgone", recipe.id, command, by=by, now=now)
    db.flush()  # the answer is read back from the tables
    return recipe.id


def _waiting(
    db: Session, by: Actor, recipe: Recipe, command: ConfirmFeeding | ForgoFeeding, *, now: datetime
) -> list[tuple[date, uuid.UUID]]:
    """Of the days and plots named, those about which nothing was said yet."""
    for cycle_id in command.cycle_ids:
        queries.access_cycle(db, by, cycle_id)
    proposed = recipes.proposals(db, [recipe], now=now)
    found = [
        (proposal.day, plot.cycle_id)
        for proposal in proposed
        for plot in proposal.plots
        if proposal.day in command.days and plot.cycle_id in command.cycle_ids
    ]
    if not found:
        raise Conflict(
            N_("Nothing of this waits any more. Somebody may have confirmed it before you."), field="days"
        )
    return found


def _records(recipe: Recipe, command: ConfirmFeeding, day: date, cycle: Cycle) -> Iterator[AnyWork]:
    happened_at = recipes.moment(recipe, day)

    def id_(part: object) -> uuid.UUID:
        return derived_id(command.id, cycle.id, day, part)

    if recipe.litres:
        yield RecordIrrigation(
            id=id_("water"),
            cycle_id=cycle.id,
            happened_at=happened_at,
            household_id=cycle.household_id,
            method=IrrigationMethod.DRIP,
            litres=recipe.litres,
            sure=command.sure,
        )
    for position, (fertiliser, amount, unit) in enumerate(recipe.lines):
        yield RecordFertilising(
            id=id_(position),
            cycle_id=cycle.id,
            happened_at=happened_at,
            household_id=cycle.household_id,
            fertiliser=fertiliser,
            amount=Decimal(amount),
            unit=Measure(unit),
            method=FeedingMethod.DRIP,
            ec=command.ec,
            ph=command.ph,
            sure=command.sure,
        )


def _say(
    db: Session,
    recipe: Recipe,
    waiting: Sequence[tuple[date, uuid.UUID]],
    reason: str | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    for day, cycle_id in waiting:
        db.add(
            RecipeDay(
                recipe_id=recipe.id,
                cycle_id=cycle_id,
                day=day,
                not_done_because=reason,
                said_by=by.membership_id,
                said_at=now,
            )
        )

"""The JSON door to feeding recipes."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.records import recipe_commands as commands
from trace.records import recipe_queries as recipes
from trace.records.recipe_queries import Recipe

router = APIRouter(prefix="/api/v1", tags=["records"])


class FedRead(ReadModel):
    """One fertiliser of a recipe, on each plot."""

    fertiliser: str
    amount: Decimal
    unit: str


class WaitingRead(ReadModel):
    """A day that nobody has confirmed or forgone yet on these cycles."""

    day: date
    cycle_ids: list[uuid.UUID]


class RecipeRead(ReadModel):
    """What is fed every day. It is a plan: only confirmed days are in the diary."""

    id: uuid.UUID
    name: str
    clock: str = Field(examples=["06:15"])
    litres: Decimal | None
    ec: Decimal | None
    ph: Decimal | None
    from_on: date
    until_on: date | None
    stopped_at: datetime | None
    lines: list[FedRead]
    cycle_ids: list[uuid.UUID]
    waiting: list[WaitingRead] = Field(description="Up to two weeks back, newest first.")


@router.post(
    "/recipes",
    status_code=201,
    responses=WRITING,
    operation_id="records_start_recipe",
    summary="Start a feeding recipe",
)
def post_recipe(command: commands.StartRecipe, by: By, db: Db, now: Now) -> RecipeRead:
    """It proposes the same feeding every day until it is stopped, and writes nothing by itself."""
    return _told(db, by, commands.start_recipe(db, command, by=by, now=now).id, now)


@router.get("/recipes", responses=READING, operation_id="records_list_recipes", summary="List recipes")
def list_recipes(by: By, db: Reads, now: Now) -> list[RecipeRead]:
    """Newest first, stopped ones, too."""
    return _read(db, recipes.recipes(db, by), now)


@router.post(
    "/recipes/stop", responses=WRITING, operation_id="records_stop_recipe", summary="Stop a feeding recipe"
)
def post_stop(command: commands.StopRecipe, by: By, db: Db, now: Now) -> RecipeRead:
    """What waits until now can still be confirmed."""
    return _told(db, by, commands.stop_recipe(db, command, by=by, now=now).id, now)


@router.post(
    "/recipes/confirm",
    responses=WRITING,
    operation_id="records_confirm_feeding",
    summary="Confirm what a recipe proposes",
)
def post_confirm(command: commands.ConfirmFeeding, by: By, db: Db, now: Now) -> RecipeRead:
    """Each day, plot and line becomes a record at the recipe's time, as late as the server's clock says it is."""
    commands.confirm_feeding(db, command, by=by, now=now)
    return _told(db, by, command.recipe_id, now)


@router.post(
    "/recipes/forgo",
    responses=WRITING,
    operation_id="records_forgo_feeding",
    summary="Say that a proposed feeding was not done",
)
def post_forgo(command: commands.ForgoFeeding, by: By, db: Db, now: Now) -> RecipeRead:
    """With the reason; nothing enters the diary."""
    commands.forgo_feeding(db, command, by=by, now=now)
    return _told(db, by, command.recipe_id, now)


def _told(db: Db, by: Actor, recipe_id: uuid.UUID, now: datetime) -> RecipeRead:
    return _read(db, [recipes.recipe(db, by, recipe_id)], now)[0]


def _read(db: Reads, found: list[Recipe], now: datetime) -> list[RecipeRead]:
    waiting = recipes.proposals(db, found, now=now)
    return [
        RecipeRead(
            **{
                name: getattr(one, name)
                for name in RecipeRead.model_fields
                if hasattr(one, name) and name != "lines"
            },
            lines=[
                FedRead(fertiliser=line.fertiliser, amount=line.amount, unit=line.unit) for line in one.lines
            ],
            cycle_ids=[plot.cycle_id for plot in one.plots],
            waiting=[
                WaitingRead(day=proposal.day, cycle_ids=[plot.cycle_id for plot in proposal.plots])
                for proposal in waiting
                if proposal.recipe.id == one.id
            ],
        )
        for one in found
    ]

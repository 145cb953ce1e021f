"""Tables of feeding recipes: what is to be fed every day until somebody stops it."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from trace.catalogue.measures import Measure
from trace.kit.tables import Table, Thousandths, one_of


class FeedingRecipe(Table, table=True):
    """A plan that repeats daily. It proposes records and writes none; changed, it is stopped and made anew."""

    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="until_after_from"),
        CheckConstraint("(stopped_at IS NULL) = (stopped_by IS NULL)", name="stopped_by_somebody"),
    )

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    name: str = Field(max_length=120)
    clock: str = Field(max_length=5, description="Time of day in Vietnam, 06:15.")
    litres: Decimal | None = Field(sa_type=Thousandths, description="Water on each plot.")
    ec: Decimal | None = Field(sa_type=Thousandths, description="mS/cm, as it is to be mixed.")
    ph: Decimal | None = Field(sa_type=Thousandths)
    from_on: date
    until_on: date | None
    made_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    made_at: datetime
    stopped_by: uuid.UUID | None = Field(default=None, foreign_key="membership.id", ondelete="RESTRICT")
    stopped_at: datetime | None = None


class RecipeLine(Table, table=True):
    """One fertiliser of a recipe, for each of its plots."""

    __table_args__ = (one_of("unit", Measure), CheckConstraint("amount > 0", name="amount_positive"))

    recipe_id: uuid.UUID = Field(primary_key=True, foreign_key="feeding_recipe.id", ondelete="RESTRICT")
    position: int = Field(primary_key=True)
    fertiliser: str = Field(max_length=120)
    amount: Decimal = Field(sa_type=Thousandths)
    unit: str = Field(max_length=2)


class RecipeCycle(Table, table=True):
    """A crop cycle that is fed by a recipe."""

    recipe_id: uuid.UUID = Field(primary_key=True, foreign_key="feeding_recipe.id", ondelete="RESTRICT")
    cycle_id: uuid.UUID = Field(
        primary_key=True, foreign_key="crop_cycle.id", ondelete="RESTRICT", index=True
    )


class RecipeDay(Table, table=True):
    """What somebody said about a day on which a recipe proposed records: it was done, or it was not, and why."""

    recipe_id: uuid.UUID = Field(primary_key=True, foreign_key="feeding_recipe.id", ondelete="RESTRICT")
    cycle_id: uuid.UUID = Field(primary_key=True, foreign_key="crop_cycle.id", ondelete="RESTRICT")
    day: date = Field(primary_key=True)
    not_done_because: str | None = Field(max_length=500, description="None: it was done.")
    said_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    said_at: datetime

"""The JSON door to growing areas, households and plots."""

import uuid
from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.farms import commands, queries
from trace.farms.models import GrowingArea, Household, Plot, PlotKind
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Files, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1", tags=["farms"])


class AreaRead(ReadModel):
    """A growing area; null where nothing was said."""

    id: uuid.UUID
    name: str
    puc: str | None = Field(description="Mã số vùng trồng", examples=["VN-HDOR-9001"])
    crop: str | None
    area_m2: Decimal | None = Field(examples=["12000"])
    commune_code: str = Field(examples=["11065"])
    commune_label: str = Field(
        description="As it was called when it was stored.", examples=["xã Trường Tân, TP Hải Phòng"]
    )
    added_at: datetime


class HouseholdRead(ReadModel):
    """A grower's household. Only members see its name and telephone number."""

    id: uuid.UUID
    code: str = Field(description="What shoppers see.", examples=["TV-07"])
    name: str = Field(description="Of the person who stands for it; empty where that person was erased.")
    phone: str | None = Field(description="E.164")
    membership_id: uuid.UUID | None = Field(description="The person's own account.")
    portrait_id: uuid.UUID | None = Field(description="A photograph.")
    added_at: datetime


class PlotRead(ReadModel):
    """A greenhouse or a piece of land."""

    id: uuid.UUID
    area_id: uuid.UUID
    household_id: uuid.UUID | None
    code: str = Field(examples=["NM-A1"])
    kind: PlotKind
    area_m2: Decimal = Field(examples=["1000"])
    added_at: datetime


@router.post(
    "/areas",
    status_code=201,
    response_model=AreaRead,
    responses=WRITING,
    operation_id="farms_add_area",
    summary="Add a growing area",
)
def add_area(command: commands.AddArea, by: By, db: Db, now: Now) -> GrowingArea:
    """An unusual code or size is asked about: send it again with `sure`."""
    return commands.add_area(db, command, by=by, now=now)


@router.post(
    "/areas/change",
    response_model=AreaRead,
    responses=WRITING,
    operation_id="farms_change_area",
    summary="Correct what is said about a growing area",
)
def change_area(command: commands.ChangeArea, by: By, db: Db, now: Now) -> GrowingArea:
    """Every fact is sent, not only the changed ones. What was said before stays in the journal."""
    return commands.change_area(db, command, by=by, now=now)


@router.get(
    "/areas",
    response_model=PageOf[AreaRead],
    responses=READING,
    operation_id="farms_list_areas",
    summary="List growing areas",
)
def list_areas(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first."""
    items, following = asked.cut(queries.newest(db, GrowingArea, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/areas/{area_id}",
    response_model=AreaRead,
    responses=READING,
    operation_id="farms_show_area",
    summary="Show a growing area",
)
def show_area(area_id: uuid.UUID, by: By, db: Reads) -> GrowingArea:
    return queries.access_area(db, by, area_id)


@router.post(
    "/households",
    status_code=201,
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_add_household",
    summary="Add a household",
)
def add_household(command: commands.AddHousehold, by: By, db: Db, now: Now) -> Household:
    """Shoppers see its code; the journal holds neither its name nor its number."""
    return commands.add_household(db, command, by=by, now=now)


@router.post(
    "/households/change",
    response_model=HouseholdRead,
    responses=WRITING,
    operation_id="farms_change_household",
    summary="Correct what is said about a household",
)
def change_household(command: commands.ChangeHousehold, by: By, db: Db, store: Files, now: Now) -> Household:
    """Every fact is sent, not only the changed ones. Another name is another person: consents end with it."""
    return commands.change_household(db, command, store=store, by=by, now=now)


@router.get(
    "/households",
    response_model=PageOf[HouseholdRead],
    responses=READING,
    operation_id="farms_list_households",
    summary="List households",
)
def list_households(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first."""
    items, following = asked.cut(queries.newest(db, Household, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/households/{household_id}",
    response_model=HouseholdRead,
    responses=READING,
    operation_id="farms_show_household",
    summary="Show a household",
)
def show_household(household_id: uuid.UUID, by: By, db: Reads) -> Household:
    return queries.access_household(db, by, household_id)


@router.post(
    "/plots",
    status_code=201,
    response_model=PlotRead,
    responses=WRITING,
    operation_id="farms_add_plot",
    summary="Add a plot or greenhouse",
)
def add_plot(command: commands.AddPlot, by: By, db: Db, now: Now) -> Plot:
    """An unusual size is asked about: send it again with `sure`."""
    return commands.add_plot(db, command, by=by, now=now)


@router.post(
    "/plots/change",
    response_model=PlotRead,
    responses=WRITING,
    operation_id="farms_change_plot",
    summary="Correct what is said about a plot",
)
def change_plot(command: commands.ChangePlot, by: By, db: Db, now: Now) -> Plot:
    """Every fact is sent, not only the changed ones. What was said before stays in the journal."""
    return commands.change_plot(db, command, by=by, now=now)


@router.get(
    "/plots",
    response_model=PageOf[PlotRead],
    responses=READING,
    operation_id="farms_list_plots",
    summary="List plots and greenhouses",
)
def list_plots(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first."""
    items, following = asked.cut(queries.newest(db, Plot, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/plots/{plot_id}",
    response_model=PlotRead,
    responses=READING,
    operation_id="farms_show_plot",
    summary="Show a plot",
)
def show_plot(plot_id: uuid.UUID, by: By, db: Reads) -> Plot:
    return queries.access_plot(db, by, plot_id)

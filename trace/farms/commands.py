"""Adding growing areas, households and plots, and setting right what is said about them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.communes import CommuneCode
from trace.accounts.models import Role
from trace.accounts.queries import access_membership
from trace.accounts.rules import PhoneNumber
from trace.farms import rules
from trace.farms.consents import lose_the_person
from trace.farms.models import Ending, GrowingArea, Household, Plot, PlotKind
from trace.farms.queries import access_area, access_household, access_plot, households, plots
from trace.farms.rules import Area, AreaUnit, Code, OptionalPuc
from trace.kit.commands import Command, Doubted, Line, OptionalLine, Personal
from trace.kit.database import hold
from trace.kit.files import FileStore
from trace.kit.problems import Doubtful, Fault, Refused
from trace.kit.translation import N_
from trace.places import queries as places
from trace.places.rules import fold

_UNUSUAL: Final = N_("About {area} m² is unusual. Check number and unit.")


class AddArea(Doubted):
    """A growing area: land on which the cooperative's plots lie."""

    name: Line = Field(examples=["Vùng dưa Trường Tân"])
    puc: OptionalPuc = Field(
        None, description="Mã số vùng trồng, if one was given.", examples=["VN-HDOR-9001"]
    )
    crop: OptionalLine = Field(None, examples=["Dưa lưới"])
    area: Area | None = Field(None, examples=["1.2"])
    area_unit: AreaUnit = AreaUnit.M2
    commune_code: CommuneCode = Field(
        description="Commune, ward or special zone since 1 July 2025.", examples=["11065"]
    )


class ChangeArea(AddArea):
    """What is said about a growing area is set right."""

    area_id: uuid.UUID = Field(description="Which growing area.")


class AddHousehold(Command):
    """A grower's household. Shoppers see the code; more only with the consent of the person named here."""

    code: Code = Field(description="Public.", examples=["TV-07"])
    name: Annotated[
        Line,
        Personal(),
        Field(description="The one person who stands for the household.", examples=["Phạm Thị Bình"]),
    ]
    phone: Annotated[PhoneNumber | None, Personal(), Field(description="For members only.")] = None
    # Personal, too: a journal that names the account would still tell whose household an erased one was.
    membership_id: Annotated[
        uuid.UUID | None, Personal(), Field(description="The person's own account, if there is one.")
    ] = None


class ChangeHousehold(AddHousehold):
    """What is said about a household is set right. Another name is another person: consents and portrait end."""

    household_id: uuid.UUID = Field(description="Which household.")


class AddPlot(Doubted):
    """A greenhouse or a piece of land that carries one crop at a time."""

    area_id: uuid.UUID = Field(description="The growing area it lies in.")
    household_id: uuid.UUID | None = Field(None, description="Who grows there; none: the cooperative itself.")
    code: Code = Field(description="Public.", examples=["NM-A1"])
    kind: PlotKind = Field(examples=["greenhouse"])
    area: Area = Field(examples=["1000"])
    area_unit: AreaUnit = AreaUnit.M2


class ChangePlot(AddPlot):
    """What is said about a plot is set right."""

    plot_id: uuid.UUID = Field(description="Which plot.")


def add_area(db: Session, command: AddArea, *, by: Actor, now: datetime) -> GrowingArea:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "area.added", command, by=by):
        return db.get_one(GrowingArea, known)
    _ask_about_area(command)
    area = GrowingArea(
        id=command.id,
        cooperative_id=by.cooperative_id,
        name=command.name,
        puc=command.puc,
        crop=command.crop,
        area_m2=_area_m2(command),
        commune_code=command.commune_code,
        commune_label=places.label(command.commune_code),
        added_at=now,
    )
    db.add(area)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "area.added", area.id, command, by=by, now=now)
    return area


def change_area(db: Session, command: ChangeArea, *, by: Actor, now: datetime) -> GrowingArea:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "area.changed", command, by=by):
        return db.get_one(GrowingArea, known)
    area = access_area(db, by, command.area_id)
    _ask_about_area(command)
    area.name, area.puc, area.crop = command.name, command.puc, command.crop
    area.area_m2 = _area_m2(command)
    if area.commune_code != command.commune_code:
        # The label is how the commune was called when it was stored; it moves only with the code.
        area.commune_code, area.commune_label = command.commune_code, places.label(command.commune_code)
    journal.append(db, "area.changed", area.id, command, by=by, now=now)
    return area


def add_household(db: Session, command: AddHousehold, *, by: Actor, now: datetime) -> Household:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "household.added", command, by=by):
        return db.get_one(Household, known)
    _check_household(db, command, None, by=by)
    household = Household(
        id=command.id,
        cooperative_id=by.cooperative_id,
        code=command.code,
        name=command.name,
        phone=command.phone,
        membership_id=command.membership_id,
        portrait_id=None,
        added_at=now,
    )
    db.add(household)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "household.added", household.id, command, by=by, now=now)
    return household


def change_household(
    db: Session, command: ChangeHousehold, *, store: FileStore, by: Actor, now: datetime
) -> Household:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "household.changed", command, by=by):
        return db.get_one(Household, known)
    household = access_household(db, by, command.household_id)
    _check_household(db, command, household.id, by=by)
    if fold(command.name) != fold(household.name):
        lose_the_person(db, household, Ending.RENAMED, store=store, by=by, now=now)
    household.code, household.name, household.phone = command.code, command.name, command.phone
    household.membership_id = command.membership_id
    journal.append(db, "household.changed", household.id, command, by=by, now=now)
    return household


def add_plot(db: Session, command: AddPlot, *, by: Actor, now: datetime) -> Plot:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "plot.added", command, by=by):
        return db.get_one(Plot, known)
    _check_plot(db, command, None, by=by)
    plot = Plot(
        id=command.id,
        cooperative_id=by.cooperative_id,
        area_id=command.area_id,
        household_id=command.household_id,
        code=command.code,
        kind=command.kind,
        area_m2=rules.square_metres(command.area, command.area_unit),
        added_at=now,
    )
    db.add(plot)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "plot.added", plot.id, command, by=by, now=now)
    return plot


def change_plot(db: Session, command: ChangePlot, *, by: Actor, now: datetime) -> Plot:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "plot.changed", command, by=by):
        return db.get_one(Plot, known)
    plot = access_plot(db, by, command.plot_id)
    _check_plot(db, command, plot.id, by=by)
    plot.area_id, plot.household_id = command.area_id, command.household_id
    plot.code, plot.kind = command.code, command.kind
    plot.area_m2 = rules.square_metres(command.area, command.area_unit)
    journal.append(db, "plot.changed", plot.id, command, by=by, now=now)
    return plot


def _area_m2(command: AddArea) -> Decimal | None:
    return None if command.area is None else rules.square_metres(command.area, command.area_unit)


def _ask_about_area(command: AddArea) -> None:
    doubts = []
    if command.puc and (doubt := rules.doubt_about_puc(command.puc)):
        doubts.append(Fault("puc", doubt, {}, "doubtful"))
    area_m2 = _area_m2(command)
    if area_m2 is not None and not rules.is_usual_area(area_m2):
        doubts.append(_unusual(area_m2))
    _ask(command, doubts)


def _check_plot(db: Session, command: AddPlot, plot_id: uuid.UUID | None, *, by: Actor) -> None:
    access_area(db, by, command.area_id)
    if command.household_id:
        access_household(db, by, command.household_id)
    hold(db, "plot codes", by.cooperative_id)
    others = [plot.code for plot in plots(db, by) if plot.id != plot_id]
    if rules.taken(command.code, others):
        raise Refused(N_("Another plot has the code {code} already."), field="code", code=command.code)
    area_m2 = rules.square_metres(command.area, command.area_unit)
    _ask(command, [] if rules.is_usual_plot(area_m2, command.kind) else [_unusual(area_m2)])


def _check_household(
    db: Session, command: AddHousehold, household_id: uuid.UUID | None, *, by: Actor
) -> None:
    hold(db, "household codes", by.cooperative_id)
    others = [household for household in households(db, by) if household.id != household_id]
    if rules.taken(command.code, [one.code for one in others]):
        raise Refused(N_("Another household has the code {code} already."), field="code", code=command.code)
    if command.membership_id:
        access_membership(db, by, command.membership_id)
        if other := next((one for one in others if one.membership_id == command.membership_id), None):
            raise Refused(
                N_("This account belongs to the household {code} already."),
                field="membership_id",
                code=other.code,
            )


def _unusual(area_m2: Decimal) -> Fault:
    return Fault("area", _UNUSUAL, {"area": round(area_m2)}, "doubtful")


def _ask(command: Doubted, doubts: Sequence[Fault]) -> None:
    if doubts and not command.sure:
        raise Doubtful(list(doubts))

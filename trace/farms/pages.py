"""Pages on which members see growing areas, households and plots, and managers look after them."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import communes
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.accounts.queries import members
from trace.accounts.rules import phone_for_people
from trace.farms import commands, queries
from trace.farms.models import GrowingArea, Household, Plot
from trace.farms.rules import AreaUnit, next_code
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_
from trace.places.queries import Match
from trace.places.rules import mentions

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/areas")
def show_areas(request: Request, by: By, db: Reads) -> Response:
    return page(request, "farms/areas.html", areas=queries.areas(db, by))


@router.get("/areas/new")
def new_area(request: Request, by: By, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _area_form(request, blank(language, id=new_id(), area_unit=AreaUnit.M2))


@router.post("/areas/new")
def add_area(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    typed = communes.typed(form)
    draft = bind(commands.AddArea, form, language, **_code_of(typed))
    candidates = typed.settle(draft)
    if carry_out(db, draft, lambda command: commands.add_area(db, command, by=by, now=now)):
        return go("/app/areas", flash=N_("The growing area was added."))
    return _area_form(request, draft, candidates=candidates)


@router.get("/areas/{area_id}/edit")
def edit_area(request: Request, area_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    area = queries.access_area(db, by, area_id)
    facts = area.model_dump(include={"name", "puc", "crop", "commune_code"})
    draft = blank(
        language,
        id=new_id(),
        area=area.area_m2,
        area_unit=AreaUnit.M2,
        commune=area.commune_label,
        **facts,
    )
    return _area_form(request, draft, area=area)


@router.post("/areas/{area_id}/edit")
def change_area(
    request: Request, area_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    area = queries.access_area(db, by, area_id)
    typed = communes.typed(form)
    draft = bind(commands.ChangeArea, form, language, area_id=area_id, **_code_of(typed))
    candidates = typed.settle(draft)
    if carry_out(db, draft, lambda command: commands.change_area(db, command, by=by, now=now)):
        return go("/app/areas", flash=N_("Changed. What stood there before is kept."))
    return _area_form(request, draft, area=area, candidates=candidates)


@router.get("/households")
def show_households(request: Request, by: By, db: Reads) -> Response:
    found = [
        (household, phone_for_people(household.phone) if household.phone else "")
        for household in queries.households(db, by)
    ]
    return page(request, "farms/households.html", households=found)


@router.get("/households/new")
def new_household(request: Request, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    code = next_code([household.code for household in _by_age(queries.households(db, by))], "TV-01")
    return _household_form(request, db, by, blank(language, id=new_id(), code=code))


@router.post("/households/new")
def add_household(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(commands.AddHousehold, form, language)
    if carry_out(db, draft, lambda command: commands.add_household(db, command, by=by, now=now)):
        return go("/app/households", flash=N_("The household was added."))
    return _household_form(request, db, by, draft)


@router.get("/households/{household_id}/edit")
def edit_household(
    request: Request, household_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    household = queries.access_household(db, by, household_id)
    phone = phone_for_people(household.phone) if household.phone else None
    facts = household.model_dump(include={"code", "name", "membership_id"})
    draft = blank(language, id=new_id(), phone=phone, **facts)
    return _household_form(request, db, by, draft, household=household)


@router.post("/households/{household_id}/edit")
def change_household(
    request: Request,
    household_id: uuid.UUID,
    by: By,
    form: Form,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.MANAGER)
    household = queries.access_household(db, by, household_id)
    draft = bind(commands.ChangeHousehold, form, language, household_id=household_id)
    if carry_out(
        db, draft, lambda command: commands.change_household(db, command, store=store, by=by, now=now)
    ):
        return go(f"/app/households/{household_id}", flash=N_("Changed."))
    return _household_form(request, db, by, draft, household=household)


@router.get("/plots")
def show_plots(request: Request, by: By, db: Reads, q: str = "") -> Response:
    """`q` finds plots by their code, their area or their household."""
    areas = {area.id: area for area in queries.areas(db, by)}
    households = {household.id: household for household in queries.households(db, by)}

    def said_of(plot: Plot) -> str:
        household = households.get(plot.household_id) if plot.household_id else None
        names = (household.code, household.name) if household else ()
        return " ".join((plot.code, areas[plot.area_id].name, *names))

    return page(
        request,
        "farms/plots.html",
        q=q,
        plots=[plot for plot in queries.plots(db, by) if mentions(said_of(plot), q)],
        areas=areas,
        households=households,
    )


@router.get("/plots/new")
def new_plot(request: Request, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    plots, areas = _by_age(queries.plots(db, by)), queries.areas(db, by)
    last = plots[-1] if plots else None
    draft = blank(
        language,
        id=new_id(),
        code=next_code([plot.code for plot in plots], "NM-01"),
        kind=last.kind if last else None,
        area_id=last.area_id if last else areas[0].id if len(areas) == 1 else None,
        area_unit=AreaUnit.M2,
    )
    return _plot_form(request, db, by, draft)


@router.post("/plots/new")
def add_plot(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(commands.AddPlot, form, language)
    if carry_out(db, draft, lambda command: commands.add_plot(db, command, by=by, now=now)):
        return go("/app/plots", flash=N_("The plot was added."))
    return _plot_form(request, db, by, draft)


@router.get("/plots/{plot_id}/edit")
def edit_plot(request: Request, plot_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    plot = queries.access_plot(db, by, plot_id)
    facts = plot.model_dump(include={"area_id", "household_id", "code", "kind"})
    draft = blank(language, id=new_id(), area=plot.area_m2, area_unit=AreaUnit.M2, **facts)
    return _plot_form(request, db, by, draft, plot=plot)


@router.post("/plots/{plot_id}/edit")
def change_plot(
    request: Request, plot_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    plot = queries.access_plot(db, by, plot_id)
    draft = bind(commands.ChangePlot, form, language, plot_id=plot_id)
    if carry_out(db, draft, lambda command: commands.change_plot(db, command, by=by, now=now)):
        return go("/app/plots", flash=N_("Changed. What stood there before is kept."))
    return _plot_form(request, db, by, draft, plot=plot)


def _area_form(
    request: Request,
    draft: Draft[Any],
    *,
    area: GrowingArea | None = None,
    candidates: Sequence[Match] = (),
) -> Response:
    return page(
        request, "farms/area_form.html", status=draft.status, draft=draft, area=area, candidates=candidates
    )


def _household_form(
    request: Request, db: Session, by: By, draft: Draft[Any], *, household: Household | None = None
) -> Response:
    accounts = [(one.id, one.name) for one in members(db, by) if one.ended_at is None]
    return page(
        request,
        "farms/household_form.html",
        status=draft.status,
        draft=draft,
        household=household,
        accounts=accounts,
    )


def _plot_form(
    request: Request,
    db: Session,
    by: By,
    draft: Draft[Any],
    *,
    plot: Plot | None = None,
) -> Response:
    return page(
        request,
        "farms/plot_form.html",
        status=draft.status,
        draft=draft,
        plot=plot,
        areas=[(area.id, area.name) for area in queries.areas(db, by)],
        households=[(household.id, household.spoken) for household in queries.households(db, by)],
    )


def _code_of(typed: communes.Typed) -> dict[str, str]:
    """Of what was found out about the commune, the part that a growing area keeps."""
    return {name: value for name, value in typed.given.items() if name == "commune_code"}


H = TypeVar("H", Household, Plot)


def _by_age(found: list[H]) -> list[H]:
    return sorted(found, key=lambda one: one.id)

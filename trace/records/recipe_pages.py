"""Pages of feeding recipes: what repeats daily, what of it waits for somebody's word, and the end of it."""

import uuid
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue.measures import Measure
from trace.catalogue.words import MEASURES
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_, say
from trace.records import queries, rules
from trace.records import recipe_commands as commands
from trace.records import recipe_queries as recipes
from trace.records.writing import common

router = APIRouter(prefix="/app/recipes", include_in_schema=False)

_ROWS: Final = range(4)  # more fertilisers are rarely mixed; the API takes more


@router.get("")
def recipe_list(request: Request, by: By, db: Reads, now: Now) -> Response:
    found = recipes.recipes(db, by)
    waiting = recipes.proposals(db, found, now=now)
    return page(
        request,
        "records/recipes.html",
        running=[one for one in found if one.stopped_at is None],
        stopped=[one for one in found if one.stopped_at],
        waiting={one.id: sum(proposal.recipe.id == one.id for proposal in waiting) for one in found},
        **common(now),
    )


@router.get("/new")
def new_recipe(request: Request, by: By, db: Reads, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = blank(
        language,
        id=new_id(),
        name=say(N_("Daily feeding"), language),
        clock="06:15",
        from_on=day_in_vietnam(now),
        **{f"lines.{row}.unit": Measure.KG for row in _ROWS},
    )
    return _form(request, db, by, draft, now=now)


@router.post("/new")
def start(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.StartRecipe, form, language, ["unit"])
    made = carry_out(db, draft, lambda command: commands.start_recipe(db, command, by=by, now=now))
    if made is None:
        return _form(request, db, by, draft, now=now)
    return go(
        f"/app/recipes/{made.id}", flash=N_("The recipe runs. It asks every day; nobody is written for.")
    )


@router.get("/{recipe_id}")
def show_recipe(
    request: Request, by: By, recipe_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    """What was measured is not filled in: a reading saved by habit would be a false statement."""
    return _show(request, db, by, recipe_id, blank(language, id=new_id()), now=now)


@router.post("/{recipe_id}/confirm")
def confirm(
    request: Request, by: By, recipe_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    recipes.recipe(db, by, recipe_id)
    draft = bind(commands.ConfirmFeeding, form, language, recipe_id=recipe_id)
    done = carry_out(db, draft, lambda command: commands.confirm_feeding(db, command, by=by, now=now))
    if done is None:
        ticked = set(form.getlist("days")) | set(form.getlist("cycle_ids"))
        return _show(request, db, by, recipe_id, draft, now=now, ticked=ticked)
    return go(f"/app/recipes/{recipe_id}", flash=N_("Saved in the diary."))


@router.post("/{recipe_id}/forgo")
def forgo(
    request: Request, by: By, recipe_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    recipe = recipes.recipe(db, by, recipe_id)
    draft = bind(
        commands.ForgoFeeding,
        form,
        language,
        recipe_id=recipe_id,
        cycle_ids=[plot.cycle_id for plot in recipe.plots],
    )
    if carry_out(db, draft, lambda command: commands.forgo_feeding(db, command, by=by, now=now)):
        return go(f"/app/recipes/{recipe_id}", flash=N_("Noted as not done, with the reason."))
    return _show(request, db, by, recipe_id, draft, now=now, ticked=set(form.getlist("days")))


@router.post("/{recipe_id}/stop")
def stop(by: By, recipe_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(commands.StopRecipe, form, language, recipe_id=recipe_id)
    commands.stop_recipe(db, command, by=by, now=now)
    return go("/app/recipes", flash=N_("The recipe is stopped. What it was stays here."))


def _form(request: Request, db: Session, by: Actor, draft: Draft[Any], *, now: datetime) -> Response:
    return page(
        request,
        "records/recipe_form.html",
        status=draft.status,
        draft=draft,
        rows=_ROWS,
        cycles=queries.open_cycles(db, by),
        ticked=draft.many.get("cycle_ids", []),
        units=[(unit, say(word, draft.locale)) for unit, word in MEASURES.items()],
        **common(now),
    )


def _show(
    request: Request,
    db: Session,
    by: Actor,
    recipe_id: uuid.UUID,
    draft: Draft[Any],
    *,
    now: datetime,
    ticked: set[Any] | None = None,
) -> Response:
    """The newest day that waits is ticked; older ones say how late they would be."""
    recipe = recipes.recipe(db, by, recipe_id)
    waiting = recipes.proposals(db, [recipe], now=now)
    late = {one.day: rules.late_days(recipes.moment(recipe, one.day), received_at=now) for one in waiting}
    plots = {plot.cycle_id: plot for proposal in waiting for plot in proposal.plots}
    if ticked is None:
        ticked = {str(one.day) for one in waiting[:1]} | {str(cycle_id) for cycle_id in plots}
    return page(
        request,
        "records/recipe.html",
        status=draft.status,
        recipe=recipe,
        waiting=waiting,
        late=late,
        plots=list(plots.values()),
        ticked=ticked,
        said=recipes.said_about(db, recipe_id),
        draft=draft,
        fresh_id=new_id(),
        **common(now),
    )

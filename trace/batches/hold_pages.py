"""Pages on which batches are held back and a manager decides."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import holding, holds, queries
from trace.farms import queries as farms
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.translation import N_
from trace.records import queries as records

router = APIRouter(prefix="/app/holds", include_in_schema=False)


@router.get("")
def show_holds(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut(holds.all_held(db, by, asked))
    return page(request, "batches/holds.html", holds=found, following=following, is_first=asked.after is None)


@router.get("/new")
def new_hold(
    request: Request,
    by: By,
    db: Reads,
    language: Language,
    plot: uuid.UUID | None = None,
    cycle: uuid.UUID | None = None,
    batch: uuid.UUID | None = None,
) -> Response:
    by.must_be(Role.MANAGER)
    given = {"plot_id": plot, "cycle_id": cycle, "batch_id": batch}
    named = next((name for name, value in given.items() if value), None)
    draft = blank(language, id=new_id(), named=named, **given)
    return _form(request, db, by, draft)


@router.post("/new")
def place_hold(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(holding.PlaceHold, form, language)
    placed = carry_out(db, draft, lambda command: holding.place_hold(db, command, by=by, now=now))
    if placed is None:
        return _form(request, db, by, draft)
    return go(f"/app/holds/{placed.id}", flash=N_("On hold from now on. The public pages say so."))


@router.get("/{hold_id}")
def show_hold(request: Request, hold_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    return _sheet(request, db, by, hold_id, blank(language, id=new_id()))


@router.post("/{hold_id}")
def decide_hold(
    request: Request, hold_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(holding.DecideHold, form, language, hold_id=hold_id)
    if carry_out(db, draft, lambda command: holding.decide_hold(db, command, by=by, now=now)):
        return go(f"/app/holds/{hold_id}", flash=N_("Your decision is kept with its reason."))
    return _sheet(request, db, by, hold_id, draft)


def _form(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    """The form; what the address named stands fast, otherwise plots and open cycles are offered."""
    named = _named(db, by, draft)
    return page(
        request,
        "batches/hold_form.html",
        status=draft.status,
        draft=draft,
        named=named,
        plots=[] if named else [(plot.id, plot.code) for plot in farms.plots(db, by)],
        cycles=[]
        if named
        else [(one.id, f"{one.plot_code} · {one.name}") for one in records.open_cycles(db, by)],
    )


def _named(db: Session, by: Actor, draft: Draft[Any]) -> tuple[str, str] | None:
    """The field and the name of the one thing that the form was opened for."""
    field = draft.values.get("named", "")
    one = _as_uuid(draft.values.get(field, ""))
    if field == "batch_id" and one:
        return field, queries.access_batch(db, by, one).lot_code
    if field == "cycle_id" and one:
        cycle = records.cycle(db, by, one)
        return field, f"{cycle.plot_code} · {cycle.name}"
    if field == "plot_id" and one:
        return field, farms.access_plot(db, by, one).code
    return None


def _as_uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _sheet(request: Request, db: Session, by: Actor, hold_id: uuid.UUID, draft: Draft[Any]) -> Response:
    held = holds.held(db, by, hold_id)
    return page(request, "batches/hold.html", status=draft.status, held=held, draft=draft)

"""Pages of crop cycles: the list, opening, the diary as a notebook, closing."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import queries as catalogue
from trace.farms import queries as farms
from trace.kit.clock import day_in_vietnam, in_vietnam
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Paging
from trace.kit.translation import N_, say
from trace.records import calendar_queries, queries, timeline
from trace.records.commands import CloseCycle, OpenCycle, close_cycle, open_cycle
from trace.records.models import Kind
from trace.records.writing import common

router = APIRouter(include_in_schema=False)


@router.get("/app/cycles")
def cycle_list(request: Request, by: By, db: Reads, now: Now) -> Response:
    return page(
        request,
        "records/cycles.html",
        open_cycles=queries.open_cycles(db, by),
        closed_cycles=queries.closed_cycles(db, by),
        **common(now),
    )


@router.get("/app/cycles/new")
def opening(
    request: Request, by: By, db: Reads, now: Now, language: Language, plot: uuid.UUID | None = None
) -> Response:
    by.must_be(Role.RECORDER)
    name = say(N_("Crop {month}"), language, month=f"{in_vietnam(now):%m/%Y}")
    return _opening(request, db, by, blank(language, id=new_id(), name=name, plot_id=plot), now=now)


@router.post("/app/cycles/new")
def open_new(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(OpenCycle, form, language)
    cycle = carry_out(db, draft, lambda command: open_cycle(db, command, by=by, now=now))
    if cycle is None:
        return _opening(request, db, by, draft, now=now)
    return go(f"/app/cycles/{cycle.id}", flash=N_("The cycle is open. Its work can be written down now."))


@router.get("/app/cycles/{cycle_id}")
def diary(
    request: Request,
    by: By,
    cycle_id: uuid.UUID,
    db: Reads,
    now: Now,
    harvest: uuid.UUID | None = None,
    begins: Annotated[uuid.UUID | None, Query(alias="from")] = None,
) -> Response:
    """Newest first, in pages; `harvest` is one just written, which may become a batch."""
    cycle = queries.cycle(db, by, cycle_id)
    start = queries.access_record(db, by, begins) if begins else None
    lines, following = timeline.page_of_cycle(db, cycle_id, Paging(), to=by, start=start)
    fresh = next((line for line in lines if line.id == harvest), None) if harvest else None
    return page(
        request,
        "records/cycle.html",
        cycle=cycle,
        plan=calendar_queries.plan(db, by, cycle, today=day_in_vietnam(now)),
        lines=[line for line in lines if line.kind != Kind.RETRACTION],
        following=following,
        begins=begins,
        fresh=fresh if fresh and fresh.kind == Kind.HARVEST and fresh.stands else None,
        **common(now),
    )


@router.get("/app/cycles/{cycle_id}/close")
def closing(
    request: Request, by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    return _closing(request, db, by, cycle_id, blank(language, id=new_id()), now=now)


@router.post("/app/cycles/{cycle_id}/close")
def close(
    request: Request, by: By, cycle_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(CloseCycle, form, language, cycle_id=cycle_id)
    if carry_out(db, draft, lambda command: close_cycle(db, command, by=by, now=now)):
        return go(f"/app/cycles/{cycle_id}", flash=N_("The cycle is closed."))
    return _closing(request, db, by, cycle_id, draft, now=now)


def _opening(request: Request, db: Session, by: Actor, draft: Draft[Any], *, now: datetime) -> Response:
    return page(
        request,
        "records/open.html",
        status=draft.status,
        draft=draft,
        plots=[(plot.id, plot.code) for plot in farms.plots(db, by)],
        products=[(product.id, product.name) for product in catalogue.products(db, by)],
        **common(now),
    )


def _closing(
    request: Request,
    db: Session,
    by: Actor,
    cycle_id: uuid.UUID,
    draft: Draft[Any],
    *,
    now: datetime,
) -> Response:
    cycle = queries.cycle(db, by, cycle_id)
    return page(request, "records/close.html", status=draft.status, cycle=cycle, draft=draft, **common(now))

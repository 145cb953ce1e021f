"""The page of what waits for a second pair of eyes, and the button beside each record."""

import uuid
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, blank
from trace.kit.pages import go, page
from trace.kit.paging import Asked, Paging
from trace.kit.problems import Fault, Malformed, Problem
from trace.kit.translation import N_
from trace.records import queries
from trace.records.confirmations import ConfirmRecord, confirm_record, waiting
from trace.records.writing import common

router = APIRouter(include_in_schema=False)


@router.get("/app/confirmations")
def waiting_page(request: Request, by: By, db: Reads, now: Now, language: Language, asked: Asked) -> Response:
    by.must_be(Role.RECORDER)
    return _waiting(request, db, by, blank(language), asked, now=now)


@router.post("/app/confirmations")
def confirm_ticked(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    """Each ticked record by a command of its own; what is refused comes back, the others stay confirmed."""
    by.must_be(Role.RECORDER)
    draft: Draft[Any] = blank(language)
    ticked = [value for value in form.getlist("record_ids") if isinstance(value, str)]
    if not ticked:
        draft.refuse(Malformed([Fault("record_ids", N_("Tick what you have looked at."))]))
    for value in ticked:
        try:
            with db.begin_nested():
                confirm_record(db, ConfirmRecord(record_id=_uuid(value)), by=by, now=now)
        except Problem as problem:
            draft.refuse(problem)
    if draft.errors:
        return _waiting(request, db, by, draft, Paging(), now=now)
    return go("/app/confirmations", flash=N_("Confirmed. Your name stands beside it."))


@router.post("/app/records/{record_id}/confirm")
def confirm(record_id: uuid.UUID, by: By, db: Db, now: Now) -> Response:
    record = queries.access_record(db, by, record_id)
    confirm_record(db, ConfirmRecord(record_id=record_id), by=by, now=now)
    where = f"/app/cycles/{record.cycle_id}#r-{record_id}" if record.cycle_id else "/app/confirmations"
    return go(where, flash=N_("Confirmed. Your name stands beside it."))


def _waiting(
    request: Request, db: Session, by: Actor, draft: Draft[Any], asked: Paging, *, now: datetime
) -> Response:
    lines, following = waiting(db, by, asked)
    plots = queries.plots_of(db, {line.cycle_id for line in lines if line.cycle_id})
    return page(
        request,
        "records/waiting.html",
        status=draft.status,
        draft=draft,
        lines=lines,
        following=following,
        plots=plots,
        **common(now),
    )


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Malformed([Fault("record_ids", N_("This is not a valid id."))]) from None

"""“Như hôm qua”: the daily work of the last day it was written on, once more after one look."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.clock import VIETNAM
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_
from trace.records import memory, queries, suggestions, timeline
from trace.records.models import Record
from trace.records.together import RepeatWork, repeat_work
from trace.records.writing import common

router = APIRouter(include_in_schema=False)


@router.get("/app/log/{cycle_id}/yesterday")
def like_yesterday(
    request: Request, by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    return _summary(request, db, by, cycle_id, blank(language, id=new_id(), happened_at=now), now=now)


@router.post("/app/log/{cycle_id}/yesterday")
def repeat(
    request: Request, by: By, cycle_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    queries.access_cycle(db, by, cycle_id)
    draft = bind(RepeatWork, form, language)
    if carry_out(db, draft, lambda command: repeat_work(db, command, by=by, now=now)):
        return go("/app", flash=N_("Saved in the diary."))
    left = set(form.getlist("record_ids"))
    return _summary(request, db, by, cycle_id, draft, now=now, ticked=left)


def _summary(
    request: Request,
    db: Session,
    by: Actor,
    cycle_id: uuid.UUID,
    draft: Draft[Any],
    *,
    now: datetime,
    ticked: set[Any] | None = None,
) -> Response:
    """What will be written, each ticked; `ticked` are those that were when the form was sent."""
    cycle = queries.cycle(db, by, cycle_id)
    day = suggestions.last_daily_work(db, [cycle_id], now=now).get(cycle_id)
    lines = []
    if day:
        midnight = datetime.combine(day, time(), VIETNAM)
        lines = timeline.lines(
            db,
            col(Record.cycle_id) == cycle_id,
            col(Record.kind).in_(memory.REPEATED),
            col(Record.happened_at) >= midnight,
            col(Record.happened_at) < midnight + timedelta(days=1),
            queries.stands(),
            to=by,
        )
    return page(
        request,
        "records/yesterday.html",
        status=draft.status,
        cycle=cycle,
        day=day,
        lines=lines,
        ticked={str(line.id) for line in lines} if ticked is None else ticked,
        draft=draft,
        **common(now),
    )

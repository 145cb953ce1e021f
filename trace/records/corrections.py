"""Pages on which a record is corrected or taken back; the old one stays visible."""

import uuid
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.doors import Language, Now, Reads
from trace.kit.forms import Draft, bind, blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.records import commands, memory, queries, timeline
from trace.records.kinds import Retract
from trace.records.models import Record
from trace.records.writing import Sent, common, known, work_form

router = APIRouter(include_in_schema=False)


@router.get("/app/records/{record_id}/correct")
def correction_form(
    request: Request, by: By, record_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    old = commands.correctable(db, by, record_id)
    line = timeline.one(db, record_id, to=by)
    spoken = " ".join(map(str, line.document_ids))
    draft = blank(language, id=new_id(), document_ids=spoken, **memory.values_of(db, old))
    return work_form(
        request,
        db,
        by,
        _cycle(db, by, old),
        old.kind,
        draft,
        now=now,
        language=language,
        photo_ids=line.photo_ids,
        corrects=old,
    )


@router.post("/app/records/{record_id}/correct")
def correct(sent: Sent, record_id: uuid.UUID) -> Response:
    old = queries.access_record(sent.db, sent.by, record_id)
    draft, photo_ids = sent.bound(known(old.kind), cycle_id=old.cycle_id, corrects_id=old.id)
    if sent.carried_out(draft):
        return go(
            f"/app/cycles/{old.cycle_id}",
            flash=N_("Corrected. The old record stays visible, struck out."),
        )
    return work_form(
        sent.request,
        sent.db,
        sent.by,
        _cycle(sent.db, sent.by, old),
        old.kind,
        draft,
        now=sent.now,
        language=sent.language,
        photo_ids=photo_ids,
        corrects=old,
    )


@router.get("/app/records/{record_id}/retract")
def retraction_form(
    request: Request, by: By, record_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    commands.correctable(db, by, record_id)
    return _retraction(request, db, by, record_id, blank(language, id=new_id()), now=now)


@router.post("/app/records/{record_id}/retract")
def retract(sent: Sent, record_id: uuid.UUID) -> Response:
    old = queries.access_record(sent.db, sent.by, record_id)
    draft = bind(Retract, sent.form, sent.language, corrects_id=record_id)
    if sent.carried_out(draft):
        return go(
            f"/app/cycles/{old.cycle_id}", flash=N_("Taken back. The record stays visible, struck out.")
        )
    return _retraction(sent.request, sent.db, sent.by, record_id, draft, now=sent.now)


def _cycle(db: Session, by: Actor, record: Record) -> queries.Cycle:
    if record.cycle_id is None:
        raise NotFound
    return queries.cycle(db, by, record.cycle_id)


def _retraction(
    request: Request,
    db: Session,
    by: Actor,
    record_id: uuid.UUID,
    draft: Draft[Any],
    *,
    now: datetime,
) -> Response:
    line = timeline.one(db, record_id, to=by)
    return page(request, "records/retract.html", status=draft.status, line=line, draft=draft, **common(now))

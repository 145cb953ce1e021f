"""Pages on which a record is corrected or taken back; the old one stays visible."""

import uuid
from collections.abc import Sequence
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
from trace.kit.translation import N_, Locale
from trace.records import commands, memory, queries, timeline
from trace.records.kinds import Retract
from trace.records.models import Kind, Record
from trace.records.writing import Sent, common, diary_of, site_form, work_form

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
    return _form(request, db, by, old, draft, line.photo_ids, now=now, language=language)


@router.post("/app/records/{record_id}/correct")
def correct(sent: Sent, record_id: uuid.UUID) -> Response:
    old = queries.access_record(sent.db, sent.by, record_id)
    if old.kind == Kind.RETRACTION:
        raise NotFound
    where = {"cycle_id": old.cycle_id} if old.cycle_id else {}
    draft, photo_ids = sent.bound(old.kind, corrects_id=old.id, **where)
    if sent.carried_out(draft):
        return go(diary_of(old), flash=N_("Corrected. The old record stays visible, struck out."))
    return _form(sent.request, sent.db, sent.by, old, draft, photo_ids, now=sent.now, language=sent.language)


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
        return go(diary_of(old), flash=N_("Taken back. The record stays visible, struck out."))
    return _retraction(sent.request, sent.db, sent.by, record_id, draft, now=sent.now)


def _form(
    request: Request,
    db: Session,
    by: Actor,
    old: Record,
    draft: Draft[Any],
    photo_ids: Sequence[uuid.UUID],
    *,
    now: datetime,
    language: Locale,
) -> Response:
    if old.cycle_id is None:
        return site_form(
            request,
            db,
            by,
            old.kind,
            draft,
            now=now,
            language=language,
            photo_ids=photo_ids,
            corrects=old,
        )
    cycle = queries.cycle(db, by, old.cycle_id)
    return work_form(
        request,
        db,
        by,
        cycle,
        old.kind,
        draft,
        now=now,
        language=language,
        photo_ids=photo_ids,
        corrects=old,
    )


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
    return page(
        request,
        "records/retract.html",
        status=draft.status,
        line=line,
        draft=draft,
        back=f"/app/cycles/{line.cycle_id}" if line.cycle_id else "/app/site",
        **common(now),
    )

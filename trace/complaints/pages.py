"""Members' pages of complaints."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.complaints import commands, queries, words
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.translation import N_

router = APIRouter(prefix="/app/complaints", include_in_schema=False)


@router.get("")
def show_complaints(request: Request, by: By, db: Reads, asked: Asked, *, closed: bool = False) -> Response:
    found, following = asked.cut(queries.complaints(db, by, asked, closed=closed))
    return page(
        request,
        "complaints/complaints.html",
        complaints=found,
        following=following,
        is_first=asked.after is None,
        closed=closed,
        matters=words.MATTERS,
    )


@router.get("/{complaint_id}")
def show_complaint(
    request: Request, complaint_id: uuid.UUID, by: By, db: Reads, language: Language
) -> Response:
    return _sheet(request, db, by, complaint_id, blank(language, id=new_id()))


@router.post("/{complaint_id}")
def reply(
    request: Request, complaint_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(commands.Reply, form, language, complaint_id=complaint_id)
    if carry_out(db, draft, lambda command: commands.reply(db, command, by=by, now=now)):
        return go(f"/app/complaints/{complaint_id}", flash=N_("The sender reads it behind their link."))
    return _sheet(request, db, by, complaint_id, draft)


def _sheet(request: Request, db: Session, by: Actor, complaint_id: uuid.UUID, draft: Draft[Any]) -> Response:
    return page(
        request,
        "complaints/complaint.html",
        status=draft.status,
        told=queries.complaint(db, by, complaint_id),
        draft=draft,
        matters=words.MATTERS,
    )

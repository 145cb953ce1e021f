"""Pages on which a recall is started, seen whole on one screen, and decided about."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import as_id, new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.recalls import commands, queries, scope, words
from trace.recalls.models import Cause

router = APIRouter(prefix="/app/recalls", include_in_schema=False)
# A form holds no more fields than a person reads; the API leaves out of a longer list.
_MOST_IN_A_FORM = 80


@router.get("")
def show_recalls(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut([_Line(*one) for one in queries.recalls(db, by, asked)])
    return page(
        request,
        "recalls/recalls.html",
        lines=found,
        following=following,
        is_first=asked.after is None,
        causes=words.CAUSES,
    )


@router.get("/new")
def new_recall(
    request: Request,
    by: By,
    db: Reads,
    language: Language,
    cause: Annotated[Cause | None, Query()] = None,
    of: Annotated[uuid.UUID | None, Query()] = None,
) -> Response:
    """From the page of whatever the cause is; without one, how to get there."""
    by.must_be(Role.MANAGER)
    return _start(request, db, by, blank(language, id=new_id(), cause=cause, cause_id=of))


@router.post("/new")
def start_recall(request: Request, form: Form, by: By, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(commands.StartRecall, form, language)
    started = carry_out(db, draft, lambda command: commands.start_recall(db, command, by=by, now=now))
    if started is None:
        return _start(request, db, by, draft)
    return go(f"/app/recalls/{started.id}", flash=N_("This is all that is touched. Look, then decide."))


@router.get("/{recall_id}")
def show_recall(request: Request, recall_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    return _sheet(request, db, by, recall_id, blank(language, id=new_id(), action="recall"))


@router.post("/{recall_id}")
def decide_recall(
    request: Request, recall_id: uuid.UUID, form: Form, by: By, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(commands.DecideRecall, form, language, ("batch_id",), recall_id=recall_id)
    if carry_out(db, draft, lambda command: commands.decide_recall(db, command, by=by, now=now)):
        return go(f"/app/recalls/{recall_id}", flash=N_("Decided. Now tell everybody in the list below."))
    return _sheet(request, db, by, recall_id, draft)


class _Line:
    """A recall and when it was first decided about, as the list shows it."""

    def __init__(self, recall: Any, decided_at: Any) -> None:
        self.recall, self.decided_at, self.id = recall, decided_at, recall.id


def _start(request: Request, db: Session, by: Actor, draft: Draft[Any]) -> Response:
    typed, cause_id = draft.values.get("cause", ""), as_id(draft.values.get("cause_id", ""))
    cause = Cause(typed) if typed in list(Cause) else None
    touched = 0
    if cause and cause_id:
        touched = len(scope.touched(db, by, cause, cause_id, draft.locale))
    elif typed or draft.values.get("cause_id"):
        raise NotFound
    return page(
        request,
        "recalls/new.html",
        status=draft.status,
        draft=draft,
        cause=cause,
        touched=touched,
        causes=words.CAUSES,
    )


def _sheet(request: Request, db: Session, by: Actor, recall_id: uuid.UUID, draft: Draft[Any]) -> Response:
    sheet = queries.sheet(db, by, recall_id, draft.locale)
    return page(
        request,
        "recalls/recall.html",
        status=draft.status,
        sheet=sheet,
        draft=draft,
        most=_MOST_IN_A_FORM,
        causes=words.CAUSES,
        address=words.ADDRESSES[Cause(sheet.recall.cause)],
        actions=words.ACTIONS,
    )

"""Pages on which members read the lists of pesticides and managers import them."""

import uuid
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import list_queries as queries
from trace.catalogue import lists, words
from trace.catalogue.list_reading import LIMIT_MB
from trace.catalogue.list_rules import Standing
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.files import FileStore
from trace.kit.forms import Draft, Form, bind, blank, carry_out, files
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Fault, Malformed
from trace.kit.translation import N_, Locale, say

router = APIRouter(prefix="/app/pesticide-lists", include_in_schema=False)

_SHOWN: Final = 100
_CHOOSE_AGAIN: Final = N_("Choose the file once more: a browser does not keep it.")


@router.get("")
def show_lists(request: Request, by: By, db: Reads, now: Now) -> Response:
    return page(
        request,
        "catalogue/lists.html",
        lists=queries.lists(db, by),
        current={one.id for one in queries.in_force(db, by, day_in_vietnam(now)).values()},
        words=words,
    )


@router.get("/import")
def new_list(request: Request, by: By, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _form(request, blank(language))


@router.post("/import")
def import_list(
    request: Request, by: By, form: Form, db: Db, store: Files, now: Now, language: Language
) -> Response:
    """First a file, and the answer is what it would change; then its digest, and the list is imported."""
    by.must_be(Role.MANAGER)
    if "file_sha256" not in form:
        return _preview(request, by, form, db, store, language)
    draft = bind(lists.ImportList, form, language)
    made = carry_out(db, draft, lambda command: lists.import_list(db, store, command, by=by, now=now))
    if made:
        return go(f"/app/pesticide-lists/{made.id}", flash=N_("The list was imported."))
    return _form(request, draft)


@router.get("/{list_id}")
def show_list(
    request: Request, list_id: uuid.UUID, by: By, db: Reads, q: str = "", after: int = 0
) -> Response:
    found = queries.access_list(db, by, list_id)
    lines = queries.lines_of(db, list_id, q=q[:120], after=after, limit=_SHOWN + 1)
    return page(
        request,
        "catalogue/list.html",
        list=found,
        lines=lines[:_SHOWN],
        following=lines[_SHOWN - 1].number if len(lines) > _SHOWN else None,
        q=q,
        words=words,
    )


def _preview(
    request: Request, by: Actor, form: FormData, db: Session, store: FileStore, language: Locale
) -> Response:
    """The fields of the import travel on in the form that confirms it."""
    chosen = files(form, "file")
    content = chosen[0].file.read(LIMIT_MB * 1024 * 1024 + 1) if chosen else b""
    # The digest is not known yet: any will do to look at the other fields.
    draft = bind(lists.ImportList, form, language, id=new_id(), file_sha256="0" * 64, replaces_id=None)
    try:
        standing = Standing(draft.values.get("standing", ""))
    except ValueError:
        standing = Standing.ALLOWED
    try:
        found = lists.preview_list(db, store, content, standing, by=by)
    except Malformed as problem:
        return _form(request, draft.refuse(problem))
    if draft.command is None:
        return _form(request, draft.refuse(Malformed([Fault("file", _CHOOSE_AGAIN)])))
    return page(
        request,
        "catalogue/list_preview.html",
        command=draft.command,
        found=found,
        shown=_SHOWN,
        words=words,
    )


def _form(request: Request, draft: Draft[Any]) -> Response:
    return page(
        request,
        "catalogue/list_form.html",
        status=draft.status,
        draft=draft,
        standings=_standings(draft.locale),
        limit_mb=LIMIT_MB,
    )


def _standings(language: Locale) -> list[tuple[str, str]]:
    return [(value, say(name, language)) for value, name in words.STANDINGS.items()]

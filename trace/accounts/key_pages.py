"""Managers' pages about API keys."""

import uuid

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import keys
from trace.accounts.actor import Actor
from trace.accounts.answers import confirm_first
from trace.accounts.doors import By
from trace.accounts.models import Role, Scope
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/keys")
def key_list(request: Request, by: By, db: Reads, now: Now, language: Language) -> Response:
    draft = blank(language, id=new_id(), scope=Scope.READ)
    return _list(request, db, by, draft, now=now)


@router.post("/keys")
def make_key(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    if first := confirm_first(by, now=now, then="/app/keys"):
        return first
    draft = bind(keys.MakeKey, form, language)
    made = carry_out(db, draft, lambda command: keys.make_key(db, command, by=by, now=now))
    if made is None:
        return _list(request, db, by, draft, now=now)
    return page(request, "accounts/key.html", key=made.key, name=made.row.name, scope=made.row.scope)


@router.post("/keys/{key_id}/revoke")
def revoke_key(by: By, key_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language) -> Response:
    keys.revoke_key(db, pressed(keys.RevokeKey, form, language, key_id=key_id), by=by, now=now)
    return go("/app/keys", flash=N_("The key is revoked. Programs that use it are refused from now on."))


def _list(request: Request, db: Session, by: Actor, draft: Draft[keys.MakeKey], *, now: Now) -> Response:
    """Each key, whether it works, and an id for the form that revokes it; above them the form for a new one."""
    shown = [(row, keys.works(row, now=now), new_id()) for row in keys.keys_of(db, by)]
    return page(request, "accounts/keys.html", status=draft.status, draft=draft, keys=shown)

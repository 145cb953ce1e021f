"""A person's own pages: everything else, signed-in devices, password, which cooperative to work in."""

import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import guesses, passwords, queries, sessions
from trace.accounts.answers import again, count_try, own_page
from trace.accounts.doors import By
from trace.kit.database import Database
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Form, bind, blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Problem
from trace.kit.translation import N_

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/more")
def more(request: Request, by: By, db: Reads) -> Response:
    return page(request, "accounts/more.html", belongings=queries.belongings(db, by.person_id))


@router.post("/switch/{membership_id}")
def switch(by: By, membership_id: uuid.UUID, db: Db) -> Response:
    sessions.switch(db, membership_id, by=by)
    return go("/app", flash=N_("You now work in the other cooperative."))


@router.get("/sessions")
def session_list(request: Request, by: By, db: Reads, now: Now) -> Response:
    mine = sessions.sessions_of(db, by.person_id, now=now)
    return page(request, "accounts/sessions.html", sessions=mine)


@router.post("/sessions/{session_id}/end")
def end_session(by: By, session_id: uuid.UUID, db: Db, now: Now) -> Response:
    sessions.end_session(db, session_id, by=by, now=now)
    return go("/app/sessions", flash=N_("That device is signed out."))


@router.post("/sessions/end-others")
def end_other_sessions(by: By, db: Db, now: Now) -> Response:
    sessions.end_sessions_of(db, by.person_id, now=now, but=by.session_id)
    return go("/app/sessions", flash=N_("All other devices are signed out."))


@router.get("/password")
def password_form(request: Request, by: By, language: Language) -> Response:  # noqa: ARG001 - members only
    return page(request, "accounts/password.html", draft=blank(language, id=new_id()))


@router.post("/password")
def change_password(request: Request, by: By, form: Form, now: Now, language: Language) -> Response:
    draft = bind(passwords.ChangePassword, form, language)
    if draft.command is None:
        return page(request, "accounts/password.html", status=422, draft=draft)
    database: Database = request.app.state.database
    try:
        tries = count_try(request, now=now, phone=_phone(database, by))
        with database.write() as db:
            passwords.change_password(db, draft.command, by=by, now=now)
            guesses.take_back(db, tries)
    except Problem as problem:
        return again(request, "accounts/password.html", draft, problem)
    return go("/app/sessions", flash=N_("The new password is stored. Other devices are signed out."))


@router.get("/confirm")
def confirm_form(request: Request, by: By, language: Language, next: str = "/app") -> Response:  # noqa: A002, ARG001
    return page(request, "accounts/confirm.html", draft=blank(language, next=own_page(next)))


@router.post("/confirm")
def confirm(request: Request, by: By, form: Form, now: Now, language: Language) -> Response:
    draft = bind(passwords.ConfirmPassword, form, language)
    draft.values["next"] = own_page(draft.values.get("next", ""))
    if draft.command is None:
        return page(request, "accounts/confirm.html", status=422, draft=draft)
    database: Database = request.app.state.database
    try:
        tries = count_try(request, now=now, phone=_phone(database, by))
        with database.write() as db:
            passwords.confirm_password(db, draft.command, by=by, now=now)
            guesses.take_back(db, tries)
    except Problem as problem:
        return again(request, "accounts/confirm.html", draft, problem)
    return go(draft.values["next"])


def _phone(database: Database, by: By) -> str:
    with database.read() as db:
        return queries.phone_of(db, by.person_id)

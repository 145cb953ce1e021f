"""Pages behind one-time links: joining a cooperative, choosing a new password."""

from typing import Any, NoReturn

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import guesses, invitations, passwords, people, queries
from trace.accounts.answers import again, count_try, signed_in
from trace.accounts.models import Person
from trace.kit.database import Database
from trace.kit.doors import Language, Now
from trace.kit.forms import Form, bind, blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import NotFound, Problem
from trace.kit.translation import N_

router = APIRouter(include_in_schema=False)


@router.get("/join/{token}")
def invitation(request: Request, token: str, now: Now, language: Language) -> Response:
    invited_to = _invited_to(request, token, now=now)
    return page(request, "accounts/join.html", draft=blank(language, id=new_id()), **invited_to)


@router.post("/join/{token}")
def join(request: Request, token: str, form: Form, now: Now, language: Language) -> Response:
    draft = bind(invitations.Join, form, language)
    database: Database = request.app.state.database
    if draft.command is None:
        invited_to = _invited_to(request, token, now=now)
        return page(request, "accounts/join.html", status=422, draft=draft, **invited_to)
    try:
        tries = count_try(request, now=now, phone=draft.command.phone)
        with database.write() as db:
            membership = invitations.join(db, draft.command, token=token, now=now)
            guesses.take_back(db, tries)
            return signed_in(request, db, membership, "/app", now=now)
    except NotFound:
        raise
    except Problem as problem:
        return again(request, "accounts/join.html", draft, problem, **_invited_to(request, token, now=now))


@router.get("/reset/{token}")
def reset_form(request: Request, token: str, now: Now, language: Language) -> Response:
    person = _resets(request, token, now=now)
    return page(request, "accounts/reset.html", draft=blank(language, id=new_id()), person=person)


@router.post("/reset/{token}")
def reset(request: Request, token: str, form: Form, now: Now, language: Language) -> Response:
    person = _resets(request, token, now=now)
    draft = bind(passwords.ResetPassword, form, language)
    if draft.command is None:
        return page(request, "accounts/reset.html", status=422, draft=draft, person=person)
    database: Database = request.app.state.database
    try:
        with database.write() as db:
            known = passwords.reset_password(db, draft.command, token=token, now=now)
            mine = people.memberships_of(db, known.id)
            if not mine:
                return go("/sign-in", flash=N_("The new password is stored."))
            return signed_in(request, db, mine[0], "/app", now=now)
    except NotFound:
        raise
    except Problem as problem:
        return again(request, "accounts/reset.html", draft, problem, person=person)


def _invited_to(request: Request, token: str, *, now: Now) -> dict[str, Any]:
    database: Database = request.app.state.database
    try:
        with database.read() as db:
            found = invitations.open_invitation(db, token, now=now)
            return {"cooperative": queries.cooperative(db, found.cooperative_id).name, "role": found.role}
    except NotFound as problem:
        _count_and_raise(request, problem, now=now)


def _resets(request: Request, token: str, *, now: Now) -> str:
    database: Database = request.app.state.database
    try:
        with database.read() as db:
            found = passwords.open_reset(db, token, now=now)
            return db.get_one(Person, found.person_id).name
    except NotFound as problem:
        _count_and_raise(request, problem, now=now)


def _count_and_raise(request: Request, problem: NotFound, *, now: Now) -> NoReturn:
    """A wrong link is a guess; too many of them are answered with TooMany. Right ones never wait."""
    count_try(request, now=now)
    raise problem

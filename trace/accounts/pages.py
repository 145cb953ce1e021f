"""Pages on which people register, sign in, leave, and choose their language; and all pages of the room."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import (
    commands,
    communes,
    cooperative_pages,
    guesses,
    key_pages,
    link_pages,
    member_pages,
    own_pages,
    sessions,
)
from trace.accounts.answers import address_of, again, count_try, own_page, signed_in
from trace.accounts.doors import Somebody, drop_session_cookie, session_token
from trace.accounts.models import Membership
from trace.kit.database import Database
from trace.kit.doors import Config, Db, Language, Now
from trace.kit.forms import Form, bind, blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Problem
from trace.kit.translation import COOKIE, N_

router = APIRouter(include_in_schema=False)
for _others in (link_pages, own_pages, member_pages, key_pages, cooperative_pages):
    router.include_router(_others.router)


@router.get("/register")
def registration(request: Request, language: Language) -> Response:
    return page(request, "accounts/register.html", draft=blank(language, id=new_id()), candidates=[])


@router.post("/register")
def register(request: Request, form: Form, config: Config, now: Now, language: Language) -> Response:
    place = communes.typed(form)
    draft = bind(commands.RegisterCooperative, form, language, **place.given)
    candidates = place.settle(draft)
    if draft.command is None:
        return page(request, "accounts/register.html", status=422, draft=draft, candidates=candidates)
    database: Database = request.app.state.database
    try:
        tries = count_try(request, now=now, phone=draft.command.phone)
        new_ones = guesses.limit_on_registrations(config.data, address=address_of(request))
        guesses.count(database, [new_ones], now=now)
        with database.write() as db:
            membership = commands.register_cooperative(db, draft.command, now=now)
            guesses.take_back(db, tries)
            return signed_in(request, db, membership, "/app", now=now)
    except Problem as problem:
        return again(request, "accounts/register.html", draft, problem, candidates=[])


@router.get("/sign-in")
def sign_in_form(request: Request, who: Somebody, language: Language, next: str = "/app") -> Response:  # noqa: A002
    if who:
        return go(own_page(next))
    return page(request, "accounts/sign_in.html", draft=blank(language, next=own_page(next)))


@router.post("/sign-in")
def sign_in(request: Request, form: Form, now: Now, language: Language) -> Response:
    draft = bind(sessions.SignIn, form, language)
    draft.values["next"] = own_page(draft.values.get("next", ""))
    if draft.command is None:
        return page(request, "accounts/sign_in.html", status=422, draft=draft)
    database: Database = request.app.state.database
    try:
        tries = count_try(request, now=now, phone=draft.command.phone)
        # The password is compared outside a writing transaction: it takes long, and others want to write.
        with database.read() as db:
            membership_id = sessions.who_signs_in(db, draft.command)
        with database.write() as db:
            guesses.take_back(db, tries)
            membership = db.get_one(Membership, membership_id)
            sessions.strengthen(db, membership.person_id, draft.command.password)
            return signed_in(request, db, membership, draft.values["next"], now=now)
    except Problem as problem:
        return again(request, "accounts/sign_in.html", draft, problem)


@router.post("/sign-out")
def sign_out(request: Request, db: Db, now: Now) -> Response:
    sessions.end_token(db, session_token(request), now=now)
    answer = go("/", flash=N_("You are signed out."))
    drop_session_cookie(request, answer)
    return answer


@router.get("/language")
def language(request: Request, to: str = "vi", back: str = "/") -> Response:  # noqa: ARG001
    answer = go(own_page(back, "/"))
    answer.set_cookie(COOKIE, "en" if to == "en" else "vi", max_age=31_536_000, samesite="lax", path="/")
    return answer

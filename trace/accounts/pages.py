"""Pages on which people register, sign in, join and leave."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import commands, queries, sessions
from trace.accounts.doors import By, Somebody, drop_session_cookie, set_session_cookie
from trace.accounts.models import Membership
from trace.accounts.secrets import keyed, server_key
from trace.kit.database import Database
from trace.kit.doors import Config, Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank
from trace.kit.pages import go, page
from trace.kit.problems import Problem
from trace.kit.translation import COOKIE, N_
from trace.places import queries as places

router = APIRouter(include_in_schema=False)


@router.get("/register")
def registration(request: Request, language: Language) -> Response:
    return page(request, "accounts/register.html", draft=blank(language), candidates=[])


@router.post("/register")
def register(request: Request, form: Form, db: Db, now: Now, language: Language) -> Response:
    draft = bind(commands.RegisterCooperative, form, language)
    candidates = places.search(draft.values.get("commune", "")[:80]) if "commune_code" in draft.errors else []
    if draft.command is None:
        return page(request, "accounts/register.html", status=422, draft=draft, candidates=candidates)
    try:
        with db.begin_nested():
            membership = commands.register_cooperative(db, draft.command, now=now)
    except Problem as problem:
        return page(
            request,
            "accounts/register.html",
            status=problem.status,
            draft=draft.refuse(problem),
            candidates=[],
        )
    return _signed_in(request, db, membership, "/app", now=now)


@router.get("/sign-in")
def sign_in_form(request: Request, who: Somebody, language: Language, next: str = "/app") -> Response:  # noqa: A002
    if who:
        return go(_own(next))
    return page(request, "accounts/sign_in.html", draft=blank(language, next=_own(next)))


@router.post("/sign-in")
def sign_in(request: Request, form: Form, config: Config, now: Now, language: Language) -> Response:
    draft = bind(sessions.SignIn, form, language)
    if draft.command is None:
        return page(request, "accounts/sign_in.html", status=422, draft=draft)
    database: Database = request.app.state.database
    subjects = _guessing(request, config, draft.command.phone)
    with database.read() as db:
        sessions.slow_down(db, subjects, now=now)
        person = sessions.person_who_signs_in(db, draft.command)
        places_of = sessions.memberships_of(db, person.id) if person else []
    with database.write() as db:
        if not places_of:
            sessions.note_failure(db, subjects, now=now)
            return page(request, "accounts/sign_in.html", status=409, draft=draft.refuse(sessions.refusal()))
        return _signed_in(request, db, places_of[0], _own(draft.values.get("next", "")), now=now)


@router.post("/sign-out")
def sign_out(request: Request, by: By, db: Db, now: Now) -> Response:
    if by.session_id:
        sessions.end_session(db, by.session_id, now=now)
    answer = go("/", flash=N_("You are signed out."))
    drop_session_cookie(request, answer)
    return answer


@router.get("/join/{token}")
def invitation(request: Request, token: str, db: Reads, now: Now, language: Language) -> Response:
    found = commands.open_invitation(db, token, now=now)
    cooperative = queries.cooperative(db, found.cooperative_id)
    return page(
        request, "accounts/join.html", draft=blank(language), cooperative=cooperative, role=found.role
    )


@router.post("/join/{token}")
def join(request: Request, token: str, form: Form, db: Db, now: Now, language: Language) -> Response:
    draft = bind(commands.Join, form, language)
    found = commands.open_invitation(db, token, now=now)
    cooperative = queries.cooperative(db, found.cooperative_id)
    if draft.command is None:
        return _join_again(request, draft, cooperative, found.role, 422)
    try:
        with db.begin_nested():
            membership = commands.join(db, draft.command, token=token, now=now)
    except Problem as problem:
        return _join_again(request, draft.refuse(problem), cooperative, found.role, problem.status)
    return _signed_in(request, db, membership, "/app", now=now)


@router.get("/language")
def language(request: Request, to: str = "vi", back: str = "/") -> Response:  # noqa: ARG001
    answer = go(_own(back, "/"))
    answer.set_cookie(COOKIE, "en" if to == "en" else "vi", max_age=31_536_000, samesite="lax", path="/")
    return answer


def _join_again(
    request: Request, draft: Draft[commands.Join], cooperative: object, role: str, status: int
) -> Response:
    return page(request, "accounts/join.html", status=status, draft=draft, cooperative=cooperative, role=role)


def _signed_in(request: Request, db: Session, membership: Membership, to: str, *, now: Now) -> Response:
    token = sessions.open_session(db, membership, device=request.headers.get("user-agent", ""), now=now)
    answer = go(to)
    set_session_cookie(request, answer, token)
    return answer


def _guessing(request: Request, config: Config, phone: str) -> dict[str, int]:
    """What is counted when a guess fails: the number that is tried, and where the tries come from."""
    key = server_key(config.data)
    address = request.client.host if request.client else ""
    return {
        keyed(key, "phone", phone): sessions.GUESSES_PER_PERSON,
        keyed(key, "address", address): sessions.GUESSES_PER_ADDRESS,
    }


def _own(address: str, otherwise: str = "/app") -> str:
    """A page of ours to go on to; an address that leads elsewhere is dropped."""
    parts = urlsplit(address.replace("\\", "/"))
    safe = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )
    return address if safe and not any(ord(letter) < 33 for letter in address) else otherwise

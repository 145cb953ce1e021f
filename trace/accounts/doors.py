"""How a route learns who is asking."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from trace.accounts import sessions
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.kit.database import Database
from trace.kit.doors import Now
from trace.kit.guards import SAFE_METHODS
from trace.kit.problems import Forbidden, SignInNeeded
from trace.kit.translation import N_
from trace.settings import Settings


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this host and to TLS; without TLS browsers refuse the prefix."""
    return "__Host-sid" if settings.secure else "sid"


def set_session_cookie(request: Request, answer: Response, token: str) -> None:
    settings: Settings = request.app.state.settings
    answer.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(sessions.IDLE.total_seconds()),
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


def drop_session_cookie(request: Request, answer: Response) -> None:
    settings: Settings = request.app.state.settings
    answer.delete_cookie(
        cookie_name(settings), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


def who_asks(request: Request, now: Now) -> Actor | None:
    """The person behind a session cookie or an API key, looked up in a transaction of its own."""
    actor = _by_key(request) if "authorization" in request.headers else _by_cookie(request, now)
    request.state.actor = actor
    return actor


def _by_cookie(request: Request, now: Now) -> Actor | None:
    token = request.cookies.get(cookie_name(request.app.state.settings))
    if not token:
        return None
    database: Database = request.app.state.database
    with database.read() as db:
        found = sessions.actor_of_token(db, token, now=now)
    if found is None:
        return None
    actor, due = found
    if due and actor.session_id:
        with database.write() as db:
            sessions.renew(db, actor.session_id, now=now)
    return actor


def _by_key(request: Request) -> Actor:
    scheme, _, key = request.headers["authorization"].partition(" ")
    database: Database = request.app.state.database
    with database.read() as db:
        actor = sessions.actor_of_key(db, key.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise SignInNeeded
    if not request.url.path.startswith("/api/"):
        raise Forbidden(N_("An API key opens only the addresses under /api/."))
    return actor


def _must_be_signed_in(request: Request, actor: Annotated[Actor | None, Depends(who_asks)]) -> Actor:
    if actor is None:
        raise SignInNeeded
    if request.method not in SAFE_METHODS and actor.session_id is None and actor.role == Role.VIEWER:
        raise Forbidden
    return actor


Somebody = Annotated[Actor | None, Depends(who_asks)]
By = Annotated[Actor, Depends(_must_be_signed_in)]

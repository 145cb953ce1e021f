"""How a route learns who is asking."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import BackgroundTasks, Depends, Request
from starlette.responses import Response

from trace.accounts import keys, sessions
from trace.accounts.actor import Actor
from trace.kit.database import Database
from trace.kit.doors import Now
from trace.kit.guards import SAFE_METHODS
from trace.kit.problems import Forbidden, SignInNeeded
from trace.kit.translation import N_
from trace.settings import Settings

# The server decides when a session has been idle too long; the cookie lives as long as browsers allow.
_COOKIE_LIVES: Final = 400 * 24 * 60 * 60


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this host and to TLS; without TLS browsers refuse the prefix."""
    return "__Host-sid" if settings.secure else "sid"


def set_session_cookie(request: Request, answer: Response, token: str) -> None:
    settings: Settings = request.app.state.settings
    answer.set_cookie(
        cookie_name(settings),
        token,
        max_age=_COOKIE_LIVES,
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


def session_token(request: Request) -> str:
    return request.cookies.get(cookie_name(request.app.state.settings), "")


def who_asks(request: Request, now: Now, after: BackgroundTasks) -> Actor | None:
    """The person behind an API key or a session cookie, looked up in a transaction of its own.

    That they were seen is noted after the answer: most requests write nothing, none has to wait for it,
    and none waits for itself when its own transaction is open already.
    """
    if "authorization" in request.headers:
        actor: Actor | None = _by_key(request, now, after)
    else:
        actor = _by_cookie(request, now, after)
    request.state.actor = actor
    return actor


def _by_cookie(request: Request, now: datetime, after: BackgroundTasks) -> Actor | None:
    token = session_token(request)
    if not token:
        return None
    database: Database = request.app.state.database
    with database.read() as db:
        found = sessions.actor_of_token(db, token, now=now)
    if found is None:
        return None
    actor, due = found
    if due:
        after.add_task(_note_seen, database, actor, now)
    return actor


def _by_key(request: Request, now: datetime, after: BackgroundTasks) -> Actor:
    scheme, _, key = request.headers["authorization"].partition(" ")
    database: Database = request.app.state.database
    found = None
    if scheme.lower() == "bearer":
        with database.read() as db:
            found = keys.actor_of_key(db, key.strip(), now=now)
    if found is None:
        raise SignInNeeded
    actor, due = found
    if due:
        after.add_task(_note_seen, database, actor, now)
    if not request.url.path.startswith("/api/"):
        raise Forbidden(N_("An API key opens only the addresses under /api/."))
    if actor.reads_only and request.method not in SAFE_METHODS:
        raise Forbidden(N_("This key may only read. Make one that may write."))
    return actor


def _note_seen(database: Database, actor: Actor, now: datetime) -> None:
    with database.write() as db:
        if actor.key_id:
            keys.note_use(db, actor.key_id, now=now)
        elif actor.session_id:
            sessions.note_seen(db, actor.session_id, now=now)


def _must_be_signed_in(actor: Annotated[Actor | None, Depends(who_asks)]) -> Actor:
    if actor is None:
        raise SignInNeeded
    return actor


Somebody = Annotated[Actor | None, Depends(who_asks)]
By = Annotated[Actor, Depends(_must_be_signed_in)]

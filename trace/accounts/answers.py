"""Answers that several pages of accounts give."""

import re
import uuid
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import guesses, sessions
from trace.accounts.actor import Actor
from trace.accounts.doors import session_token, set_session_cookie
from trace.accounts.models import Membership
from trace.kit import qr
from trace.kit.database import Database
from trace.kit.forms import Draft
from trace.kit.pages import go, page
from trace.kit.problems import Problem, TooMany
from trace.settings import Settings


def again(request: Request, template: str, draft: Draft[Any], problem: Problem, **values: Any) -> Response:
    """The form once more, with what was typed and why it was refused."""
    answer = page(request, template, status=problem.status, draft=draft.refuse(problem), **values)
    if isinstance(problem, TooMany):
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer


def signed_in(request: Request, db: Session, membership: Membership, to: str, *, now: datetime) -> Response:
    """On to a page, with a new session; the one that the browser had before ends."""
    sessions.end_token(db, session_token(request), now=now)
    token = sessions.open_session(db, membership, device=request.headers.get("user-agent", ""), now=now)
    answer = go(to)
    set_session_cookie(request, answer, token)
    return answer


def count_try(request: Request, *, now: datetime, phone: str | None = None) -> list[uuid.UUID]:
    """Count a try at a password or an invitation before looking at it; raises TooMany."""
    settings: Settings = request.app.state.settings
    database: Database = request.app.state.database
    counted = guesses.limits(settings.data, address=address_of(request), phone=phone)
    return guesses.count(database, counted, now=now)


def count_guess(request: Request, *, now: datetime) -> None:
    """Count a link or a code that opened nothing; raises TooMany."""
    settings: Settings = request.app.state.settings
    database: Database = request.app.state.database
    guesses.count(database, [guesses.limit_on_links(settings.data, address=address_of(request))], now=now)


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def confirm_first(by: Actor, *, now: datetime, then: str) -> Response | None:
    """On to the page that asks for the password again, or None when it was given lately."""
    return None if by.confirmed(now=now) else go(f"/app/confirm?next={quote(then)}")


def link_page(request: Request, template: str, address: str, **values: Any) -> Response:
    """A page that shows a one-time link once, with its QR code for the phone across the table."""
    drawn = qr.svg(qr.matrix(address), title=address)
    return page(request, template, link=address, qr=Markup(drawn), **values)  # noqa: S704 - drawn by us


def own_page(address: str, otherwise: str = "/app") -> str:
    """A page of ours to go on to; an address that leads elsewhere, or is longer than any of ours, is dropped."""
    return address if _OWN_PAGE.fullmatch(address) else otherwise


# Browsers read `//host` and `/\host` as another site, and skip the spaces and controls in between.
_OWN_PAGE: Final = re.compile(r"/(?!/)[^\x00-\x20\\]{0,2000}")

"""The delivery note behind a buyer's link, and what the buyer answers there without an account."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import guesses
from trace.accounts.answers import address_of, count_guess
from trace.accounts.models import Cooperative
from trace.accounts.rules import phone_for_people
from trace.evidence import uploads
from trace.evidence.commands import keep_pictures
from trace.kit.clock import day_in_vietnam
from trace.kit.database import Database
from trace.kit.doors import Config, Files, Language, Now
from trace.kit.forms import Draft, Form, bind, blank, files
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import NotFound, Problem, TooMany
from trace.kit.translation import Locale
from trace.shipments import answers, links, queries, words
from trace.shipments.queries import Sent

router = APIRouter(include_in_schema=False)


@router.get("/delivery/{token}")
@router.get("/en/delivery/{token}")
def show_delivery(request: Request, token: str, now: Now, language: Language) -> Response:
    return _page(request, token, _blank(language, now=now), now=now)


@router.post("/delivery/{token}")
@router.post("/en/delivery/{token}")
def answer_delivery(
    request: Request,
    token: str,
    form: Form,
    now: Now,
    language: Language,
    config: Config,
    store: Files,
) -> Response:
    """Only what is complete is counted against the sender, so a fault in a field costs nobody a try."""
    database: Database = request.app.state.database
    draft = bind(answers.AnswerByLink, form, language, {"batch_id"})
    if draft.command is None:
        return _page(request, token, draft, now=now)
    try:
        with database.read() as db:
            links.of_token(db, token, now=now)
        day = day_in_vietnam(now).isoformat()
        limit = guesses.limit_on_reports(config.data, address=address_of(request), day=day)
        guesses.count(database, [limit], now=now)
        # Pictures are looked at before the transaction: that takes long, and others wait for it.
        pictures = uploads.pictures(uploads.look_at_all(files(form, "photos")), field="photos")
        with database.write() as db:
            link = links.of_token(db, token, now=now)
            by = links.maker(db, link)
            kept = keep_pictures(db, store, pictures[: answers.MOST_PHOTOS], by=by, now=now)
            command = draft.command.model_copy(update={"photo_ids": tuple(one.id for one in kept)})
            answers.answer_by_link(db, command, link=link, by=by, now=now)
    except NotFound:
        count_guess(request, now=now)
        raise
    except TooMany as problem:
        made = _page(request, token, draft.refuse(problem), now=now)
        made.headers["Retry-After"] = str(problem.retry_after)
        return made
    except Problem as problem:
        return _page(request, token, draft.refuse(problem), now=now)
    return go(f"{_prefix(language)}/delivery/{token}")


def _page(request: Request, token: str, draft: Draft[Any], *, now: Now) -> Response:
    """What the paper says, and below it the form or what was answered. A wrong link is a guess, and guesses count."""
    database: Database = request.app.state.database
    path = f"/delivery/{token}"
    try:
        with database.read() as db:
            link = links.of_token(db, token, now=now)
            sent = queries.sent(db, link.shipment_id)
            made = page(
                request,
                "shipments/delivery.html",
                status=draft.status,
                draft=draft,
                sent=sent,
                words=words,
                until=link.expires_at,
                published=queries.published_of(db, [line.batch_id for line in sent.lines]),
                action=f"{_prefix(draft.locale)}{path}",
                prefix=_prefix(draft.locale),
                other_language_url=path if draft.locale == "en" else f"/en{path}",
                **_sender(db, sent),
            )
    except NotFound:
        count_guess(request, now=now)
        raise
    # The address opens the note for whoever has it: no other site is told where somebody came from.
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["X-Robots-Tag"] = "noindex"
    return made


def _sender(db: Session, sent: Sent) -> dict[str, Any]:
    """Whom to ask by telephone. Nobody shall call a made-up number: it may be a stranger's."""
    cooperative = db.get_one(Cooperative, sent.shipment.cooperative_id)
    return {
        "sender": cooperative.name,
        "hotline": phone_for_people(cooperative.hotline),
        "number": cooperative.hotline,
        "callable": not cooperative.illustration,
    }


def _blank(language: Locale, *, now: Now) -> Draft[Any]:
    return blank(language, id=new_id(), happened_at=now)


def _prefix(locale: Locale) -> str:
    return "/en" if locale == "en" else ""

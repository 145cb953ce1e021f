"""The form behind “Report wrong information”, and the page behind the sender's link."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts import guesses
from trace.accounts.answers import address_of, count_guess
from trace.accounts.models import Cooperative
from trace.accounts.rules import phone_for_people
from trace.batches.recalled import called_back
from trace.complaints import commands, queries, rules, sheets, words
from trace.complaints.rules import Age
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam
from trace.kit.database import Database
from trace.kit.doors import Config, Language, Now
from trace.kit.forms import Draft, Form, bind, blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import NotFound, Problem, Refused, TooMany
from trace.kit.translation import N_, Locale
from trace.settings import Settings

router = APIRouter(include_in_schema=False)
# A field that people do not see; programs fill in whatever there is.
TRAP = "website"


@router.get("/b/{code}/report")
@router.get("/en/b/{code}/report")
def form(request: Request, code: str, now: Now, language: Language) -> Response:
    return _form(request, _code(code), blank(language, id=new_id()), now=now)


@router.post("/b/{code}/report")
@router.post("/en/b/{code}/report")
def report(request: Request, code: str, form: Form, now: Now, language: Language, config: Config) -> Response:
    """Only what is complete is counted against the sender, so a fault in a field costs nobody a try."""
    code = _code(code)
    database: Database = request.app.state.database
    draft = bind(commands.Report, form, language)
    if draft.command is None:
        return _form(request, code, draft, now=now)
    try:
        sheet = _sheet(config, draft, code, draft.command.id, now=now)
        with database.read() as db:
            queries.published(db, code)
        limit = guesses.limit_on_reports(
            config.data, address=address_of(request), day=day_in_vietnam(now).isoformat()
        )
        guesses.count(database, [limit], now=now)
        with database.write() as db:
            batch = queries.published(db, code)
            commands.report(db, draft.command, batch=batch, token=sheet.token, now=now)
    except NotFound:
        raise
    except TooMany as problem:
        draft.command, draft.status = None, problem.status
        return _form(request, code, draft, now=now, retry_after=problem.retry_after)
    except Problem as problem:
        return _form(request, code, draft.refuse(problem), now=now)
    return go(f"{_prefix(language)}/complaint/{sheet.token}")


@router.get("/complaint/{token}")
@router.get("/en/complaint/{token}")
def answer(request: Request, token: str, now: Now, language: Language, config: Config) -> Response:
    """What was sent and what was answered. A wrong link is a guess, and guesses are counted."""
    database: Database = request.app.state.database
    try:
        with database.read() as db:
            told = queries.of_link(db, token)
            cooperative = db.get_one(Cooperative, told.complaint.cooperative_id)
            path = f"/complaint/{token}"
            return page(
                request,
                "complaints/answer.html",
                told=told,
                matters=words.MATTERS,
                link=f"{config.public_url}{_prefix(language)}{path}",
                prefix=_prefix(language),
                other_language_url=path if language == "en" else f"/en{path}",
                **_caller(cooperative),
            )
    except NotFound:
        count_guess(request, now=now)
        raise


def _code(typed: str) -> str:
    examined = shortcodes.examine(typed)
    if not examined.valid:
        raise NotFound
    return examined.code


def _sheet(
    config: Settings, draft: Draft[commands.Report], code: str, form_id: uuid.UUID, *, now: Now
) -> sheets.Sheet:
    """The sheet of a form that a person filled in. Raises Refused, and the form comes back as it was typed."""
    found = sheets.read(config.data, draft.values.get("sheet", ""), code=code, form_id=form_id)
    age = rules.age(found.handed_out, now) if found else Age.OLD
    if found is None or age == Age.OLD:
        draft.values.pop("sheet", None)
        raise Refused(N_("This form was out of date. Please look at it and send it once more."))
    if draft.values.get(TRAP):
        raise Refused(N_("Leave this field empty."), field=TRAP)
    if age == Age.SOON:
        raise Refused(N_("That was very quick. Please read it once more and send it again."))
    return found


def _form(
    request: Request, code: str, draft: Draft[Any], *, now: Now, retry_after: int | None = None
) -> Response:
    """The form, filled with what was typed; a sheet that fits it still is kept, with its time and its link."""
    settings: Settings = request.app.state.settings
    database: Database = request.app.state.database
    with database.read() as db:
        batch = queries.published(db, code)
        lot_code, cooperative = batch.lot_code, db.get_one(Cooperative, batch.cooperative_id)
        calling = _caller(cooperative)
        recalled = called_back(db, [batch.id]).get(batch.id)
    form_id = draft.values.setdefault("id", str(new_id()))
    if not _fits(settings, draft.values.get("sheet", ""), code, form_id):
        draft.values["sheet"] = sheets.hand_out(settings.data, code=code, form_id=form_id, now=now)
    made = page(
        request,
        "complaints/report.html",
        status=draft.status,
        draft=draft,
        code=code,
        lot_code=lot_code,
        called_back=recalled.telling if recalled else None,
        matters=words.MATTERS,
        trap=TRAP,
        prefix=_prefix(draft.locale),
        full=retry_after is not None,
        **calling,
    )
    if retry_after is not None:
        made.headers["Retry-After"] = str(retry_after)
    return made


def _fits(settings: Settings, sheet: str, code: str, form_id: str) -> bool:
    try:
        return sheets.read(settings.data, sheet, code=code, form_id=uuid.UUID(form_id)) is not None
    except ValueError:
        return False


def _caller(cooperative: Cooperative) -> dict[str, Any]:
    """Whom to ask by telephone. Nobody shall call a made-up number: it may be a stranger's."""
    return {
        "cooperative": cooperative.name,
        "hotline": phone_for_people(cooperative.hotline),
        "callable": not cooperative.illustration,
    }


def _prefix(locale: Locale) -> str:
    return "/en" if locale == "en" else ""

"""Pages of crop calendars: what a crop needs and when, and how one cycle stands against it."""

import uuid
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import NotFound
from trace.kit.translation import N_, Locale, say
from trace.records import calendar_commands as commands
from trace.records import calendar_queries as calendars
from trace.records import queries, words
from trace.records.calendar_queries import Calendar
from trace.records.calendar_rules import CountsFrom
from trace.records.kinds import COMMANDS
from trace.records.writing import common

router = APIRouter(include_in_schema=False)

COUNTED: Final[dict[str, str]] = {
    CountsFrom.PLANTING: N_("days after planting"),
    CountsFrom.SOWING: N_("days after sowing"),
    CountsFrom.FLOWERING: N_("days after flowering"),
    CountsFrom.YEAR: N_("months of the year"),
}


@router.get("/app/calendars")
def calendar_list(request: Request, by: By, db: Reads, now: Now) -> Response:
    found = calendars.calendars(db, by).values()
    return page(request, "records/calendars.html", calendars=found, counted=COUNTED, **common(now))


@router.get("/app/calendars/new")
def new_calendar(request: Request, by: By, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _calendar_form(request, blank(language, id=new_id()), now=now)


@router.post("/app/calendars/new")
def add_calendar(request: Request, by: By, form: Form, db: Db, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    draft = bind(commands.AddCalendar, form, language)
    key = carry_out(db, draft, lambda command: commands.add_calendar(db, command, by=by, now=now))
    if key is None:
        return _calendar_form(request, draft, now=now)
    return go(f"/app/calendars/{key}", flash=N_("The calendar is there. Now add its steps."))


@router.get("/app/calendars/{crop}")
def show_calendar(request: Request, by: By, crop: str, db: Reads, now: Now) -> Response:
    found = calendars.calendar(db, by, crop)
    return page(
        request,
        "records/calendar.html",
        calendar=found,
        counted=COUNTED[found.counts_from],
        fresh_id=new_id(),
        **common(now),
    )


@router.post("/app/calendars/{crop}/reset")
def reset(by: By, crop: str, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(commands.ResetCalendar, form, language, crop=crop)
    commands.reset_calendar(db, command, by=by, now=now)
    return go(f"/app/calendars/{crop}", flash=N_("The calendar is again as it came."))


@router.get("/app/calendars/{crop}/steps/new")
def new_step(request: Request, by: By, crop: str, db: Reads, now: Now, language: Language) -> Response:
    by.must_be(Role.MANAGER)
    return _step_form(request, calendars.calendar(db, by, crop), blank(language, id=new_id()), now=now)


@router.post("/app/calendars/{crop}/steps/new")
def add_step(
    request: Request, by: By, crop: str, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    found = calendars.calendar(db, by, crop)
    draft = bind(commands.AddStep, form, language, crop=crop)
    if carry_out(db, draft, lambda command: commands.add_step(db, command, by=by, now=now)):
        return go(f"/app/calendars/{crop}", flash=N_("The step was added."))
    return _step_form(request, found, draft, now=now, works=form.getlist("works"))


@router.get("/app/calendars/{crop}/steps/{step}")
def edit_step(
    request: Request, by: By, crop: str, step: str, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    calendar = calendars.calendar(db, by, crop)
    found = calendar.step(step)
    draft = blank(
        language,
        id=new_id(),
        kind=found.kind,
        opens=found.opens,
        closes=found.closes,
        title=say(found.title, language) if found.ours else found.title,
        note=say(found.note, language) if found.ours else found.note,
    )
    return _step_form(request, calendar, draft, now=now, works=list(found.works), step=step)


@router.post("/app/calendars/{crop}/steps/{step}")
def change_step(
    request: Request, by: By, crop: str, step: str, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.MANAGER)
    calendar = calendars.calendar(db, by, crop)
    calendar.step(step)
    draft = bind(commands.ChangeStep, form, language, crop=crop, step=step)
    if carry_out(db, draft, lambda command: commands.change_step(db, command, by=by, now=now)):
        return go(f"/app/calendars/{crop}", flash=N_("The step was changed."))
    return _step_form(request, calendar, draft, now=now, works=form.getlist("works"), step=step)


@router.post("/app/calendars/{crop}/steps/{step}/remove")
def remove_step(by: By, crop: str, step: str, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(commands.RemoveStep, form, language, crop=crop, step=step)
    commands.remove_step(db, command, by=by, now=now)
    return go(f"/app/calendars/{crop}", flash=N_("The step was removed."))


@router.get("/app/cycles/{cycle_id}/calendar")
def cycle_calendar(
    request: Request, by: By, cycle_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    """Every step of the cycle with its days, and the way to another calendar."""
    return _cycle_calendar(request, db, by, cycle_id, None, now=now, language=language)


@router.post("/app/cycles/{cycle_id}/calendar")
def choose_calendar(
    request: Request, by: By, cycle_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.ChooseCalendar, form, language, cycle_id=cycle_id)
    if carry_out(db, draft, lambda command: commands.choose_calendar(db, command, by=by, now=now)):
        return go(f"/app/cycles/{cycle_id}/calendar", flash=N_("The cycle follows this calendar now."))
    return _cycle_calendar(request, db, by, cycle_id, draft, now=now, language=language)


@router.get("/app/cycles/{cycle_id}/calendar/{step}/skip")
def skipping(
    request: Request, by: By, cycle_id: uuid.UUID, step: str, db: Reads, now: Now, language: Language
) -> Response:
    by.must_be(Role.RECORDER)
    return _skipping(request, db, by, cycle_id, step, blank(language, id=new_id()), now=now)


@router.post("/app/cycles/{cycle_id}/calendar/{step}/skip")
def skip(
    request: Request,
    by: By,
    cycle_id: uuid.UUID,
    step: str,
    form: Form,
    db: Db,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    draft = bind(commands.SkipStep, form, language, cycle_id=cycle_id, step=step)
    if carry_out(db, draft, lambda command: commands.skip_step(db, command, by=by, now=now)):
        return go(f"/app/cycles/{cycle_id}/calendar", flash=N_("Skipped, with the reason."))
    return _skipping(request, db, by, cycle_id, step, draft, now=now)


@router.post("/app/cycles/{cycle_id}/calendar/{step}/resume")
def resume(
    by: By, cycle_id: uuid.UUID, step: str, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(commands.ResumeStep, form, language, cycle_id=cycle_id, step=step)
    commands.resume_step(db, command, by=by, now=now)
    return go(f"/app/cycles/{cycle_id}/calendar", flash=N_("This step is to be done again."))


def _calendar_form(request: Request, draft: Draft[Any], *, now: datetime) -> Response:
    counts = [(value, say(word, draft.locale)) for value, word in COUNTED.items()]
    return page(
        request, "records/calendar_form.html", status=draft.status, draft=draft, counts=counts, **common(now)
    )


def _step_form(
    request: Request,
    calendar: Calendar,
    draft: Draft[Any],
    *,
    now: datetime,
    works: list[Any] | None = None,
    step: str | None = None,
) -> Response:
    return page(
        request,
        "records/step_form.html",
        status=draft.status,
        calendar=calendar,
        counted=COUNTED[calendar.counts_from],
        draft=draft,
        kinds=[(kind, say(words.KINDS[kind], draft.locale)) for kind in COMMANDS],
        pruning=words.PRUNING,
        works=works or [],
        step=step,
        **common(now),
    )


def _cycle_calendar(
    request: Request,
    db: Session,
    by: Actor,
    cycle_id: uuid.UUID,
    draft: Draft[Any] | None,
    *,
    now: datetime,
    language: Locale,
) -> Response:
    cycle = queries.cycle(db, by, cycle_id)
    plan = calendars.plan(db, by, cycle, today=day_in_vietnam(now))
    found = calendars.calendars(db, by).values()
    if draft is None:
        draft = blank(language, id=new_id(), crop=plan.calendar.key if plan else None)
    return page(
        request,
        "records/cycle_calendar.html",
        status=draft.status,
        cycle=cycle,
        plan=plan,
        counted=COUNTED[plan.calendar.counts_from] if plan else "",
        choices=[(one.key, one.crop) for one in found],
        draft=draft,
        fresh_id=new_id(),
        **common(now),
    )


def _skipping(
    request: Request,
    db: Session,
    by: Actor,
    cycle_id: uuid.UUID,
    step: str,
    draft: Draft[Any],
    *,
    now: datetime,
) -> Response:
    cycle = queries.cycle(db, by, cycle_id)
    plan = calendars.plan(db, by, cycle, today=day_in_vietnam(now))
    if plan is None:
        raise NotFound
    return page(
        request,
        "records/skip.html",
        status=draft.status,
        cycle=cycle,
        step=plan.calendar.step(step),
        draft=draft,
        **common(now),
    )

"""Pages on which laboratory tests are written down, looked at, corrected and withdrawn."""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.batches import holds
from trace.batches import queries as batches
from trace.evidence.doors import Chosen
from trace.evidence.papers import keep_paper
from trace.farms import queries as farms
from trace.kit.doors import Db, Files, Language, Now, Reads
from trace.kit.forms import Draft, Form, bind, blank, carry_out
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.paging import Asked
from trace.kit.problems import Problem
from trace.kit.translation import N_, Locale
from trace.laboratory import commands, queries, words
from trace.laboratory.models import Sample, Verdict
from trace.laboratory.queries import About, Tested
from trace.laboratory.rows import FEWEST, MORE, MOST, count, filled, rows_of
from trace.records import queries as records

router = APIRouter(prefix="/app/tests", include_in_schema=False)
_TARGETS = ("area_id", "plot_id", "cycle_id", "batch_id")


@router.get("")
def show_tests(
    request: Request,
    by: By,
    db: Reads,
    asked: Asked,
    area: uuid.UUID | None = None,
    plot: uuid.UUID | None = None,
    cycle: uuid.UUID | None = None,
    batch: uuid.UUID | None = None,
) -> Response:
    """All tests, or those about one thing: of a batch those of its crop and its ground as well."""
    given = dict(zip(_TARGETS, (area, plot, cycle, batch), strict=True))
    named = _named(db, by, given)
    found, following = asked.cut(queries.tests(db, by, asked, About(**given)))
    return page(
        request,
        "laboratory/tests.html",
        found=found,
        following=following,
        is_first=asked.after is None,
        named=named,
        words=words,
    )


@router.get("/new")
def new_test(
    request: Request,
    by: By,
    db: Reads,
    language: Language,
    area: uuid.UUID | None = None,
    plot: uuid.UUID | None = None,
    cycle: uuid.UUID | None = None,
    batch: uuid.UUID | None = None,
) -> Response:
    by.must_be(Role.RECORDER)
    given = dict(zip(_TARGETS, (area, plot, cycle, batch), strict=True))
    named = _named(db, by, given)
    sample = Sample.PRODUCE if cycle or batch else None
    draft = blank(language, id=new_id(), named=named[0] if named else None, sample=sample, **given)
    return _form(request, db, by, draft)


@router.post("/new")
def record_test(
    request: Request,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    return _record(request, db, by, form, _paper(db, store, chosen, by=by, now=now), language, now=now)


@router.get("/{test_id}")
def show_test(request: Request, test_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    return _sheet(request, db, by, test_id, blank(language, id=new_id()))


@router.get("/{test_id}/correct")
def correct_test(request: Request, test_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    by.must_be(Role.RECORDER)
    tested = queries.test(db, by, test_id)
    facts: dict[str, Any] = tested.test.model_dump(
        include=set(commands.RecordTest.model_fields) - {"id", "corrects_id", "correction_reason"}
    )
    named = next(name for name in _TARGETS if facts[name])
    facts |= {"taken_by": tested.taken_by, "named": named}
    draft = blank(language, id=new_id(), **facts)
    draft.values |= filled(tested.results)
    return _form(request, db, by, draft, corrects=tested, rows=len(tested.results))


@router.post("/{test_id}/correct")
def replace_test(
    request: Request,
    test_id: uuid.UUID,
    by: By,
    form: Form,
    chosen: Chosen,
    db: Db,
    store: Files,
    now: Now,
    language: Language,
) -> Response:
    by.must_be(Role.RECORDER)
    tested = queries.test(db, by, test_id)
    paper = _paper(db, store, chosen, by=by, now=now)
    return _record(request, db, by, form, paper, language, now=now, corrects=tested)


@router.post("/{test_id}/withdraw")
def withdraw_test(
    request: Request, test_id: uuid.UUID, by: By, form: Form, db: Db, now: Now, language: Language
) -> Response:
    draft = bind(commands.WithdrawTest, form, language, test_id=test_id)
    if carry_out(db, draft, lambda command: commands.withdraw_test(db, command, by=by, now=now)):
        return go(
            f"/app/tests/{test_id}", flash=N_("It does not count any more. Holds stay until you decide.")
        )
    return _sheet(request, db, by, test_id, draft)


def _record(
    request: Request,
    db: Session,
    by: Actor,
    form: FormData,
    paper: tuple[dict[str, Any], Problem | None],
    language: Locale,
    *,
    now: Now,
    corrects: Tested | None = None,
) -> Response:
    kept, problem = paper
    rows = rows_of(form, language)
    given = {"corrects_id": corrects.id} if corrects else {}
    draft = bind(commands.RecordTest, form, language, parameters=rows.parameters, **given, **kept)
    draft.values |= {name: str(value or "") for name, value in kept.items()}
    if problem:
        draft.refuse(problem)
    if "more" in form:
        # Only more room was asked for: nothing is wrong yet with what is not finished.
        draft.errors, draft.status = {}, 200
        return _form(request, db, by, draft, corrects=corrects, rows=min(count(form) + MORE, MOST))
    if rows.errors:
        draft.command, draft.status = None, draft.status if draft.errors else 422
    command = draft.command
    made = carry_out(db, draft, lambda command: commands.record_test(db, command, by=by, now=now))
    if made is None:
        draft.errors = rows.with_errors(draft.errors)
        if draft.doubts and command:
            draft.doubts = rows.doubts(commands.contradictions(command.parameters), language)
        return _form(request, db, by, draft, corrects=corrects, rows=count(form))
    if made.verdict == Verdict.FAIL:
        return go(
            f"/app/tests/{made.id}",
            flash=N_("Kept. It failed: its batches are on hold until a manager decides."),
        )
    return go(f"/app/tests/{made.id}", flash=N_("The test is kept."))


def _paper(
    db: Session, store: Files, chosen: Chosen, *, by: Actor, now: Now
) -> tuple[dict[str, Any], Problem | None]:
    """The file of the form, kept at once, so that a fault elsewhere does not lose it."""
    try:
        kept = keep_paper(db, store, chosen, "file", by=by, now=now)
    except Problem as problem:
        return {}, problem
    return ({"document_id": None, "photo_id": None} | kept if kept else {}), None


def _named(db: Session, by: Actor, given: dict[str, uuid.UUID | None]) -> tuple[str, str, uuid.UUID] | None:
    """The field, the name and the id of the one thing that a page is about."""
    if one := given["batch_id"]:
        return "batch_id", batches.access_batch(db, by, one).lot_code, one
    if one := given["cycle_id"]:
        cycle = records.cycle(db, by, one)
        return "cycle_id", f"{cycle.plot_code} · {cycle.name}", one
    if one := given["plot_id"]:
        return "plot_id", farms.access_plot(db, by, one).code, one
    if one := given["area_id"]:
        return "area_id", farms.access_area(db, by, one).name, one
    return None


def _form(
    request: Request,
    db: Session,
    by: Actor,
    draft: Draft[Any],
    *,
    corrects: Tested | None = None,
    rows: int = FEWEST,
) -> Response:
    """The form; what the address named stands fast, otherwise areas, plots and open cycles are offered."""
    field = draft.values.get("named", "")
    one = _as_uuid(draft.values.get(field, "")) if field in _TARGETS else None
    named = _named(db, by, dict.fromkeys(_TARGETS) | {field: one}) if one else None
    return page(
        request,
        "laboratory/form.html",
        status=draft.status,
        draft=draft,
        corrects=corrects,
        rows=max(rows, FEWEST),
        most=MOST,
        named=named,
        areas=[] if named else [(area.id, area.name) for area in farms.areas(db, by)],
        plots=[] if named else [(plot.id, plot.code) for plot in farms.plots(db, by)],
        cycles=[]
        if named
        else [(cycle.id, f"{cycle.plot_code} · {cycle.name}") for cycle in records.open_cycles(db, by)],
        words=words,
    )


def _as_uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _sheet(request: Request, db: Session, by: Actor, test_id: uuid.UUID, draft: Draft[Any]) -> Response:
    return page(
        request,
        "laboratory/test.html",
        status=draft.status,
        tested=queries.test(db, by, test_id),
        held=holds.caused_by(db, [test_id]),
        draft=draft,
        words=words,
    )

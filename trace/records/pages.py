"""The way to a written record in three taps."""

import uuid
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Language, Now, Reads
from trace.kit.forms import blank
from trace.kit.ids import as_id, new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_
from trace.places.rules import fold
from trace.records import calendar_queries, input_choice, memory, queries, several, suggestions
from trace.records.models import Kind
from trace.records.queries import Cycle
from trace.records.suggestions import Suggested
from trace.records.writing import Sent, common, known, work_form

router = APIRouter(include_in_schema=False)

SAVED: Final = N_("Saved in the diary.")
# Daily work under the thumb; the order never changes, so that it is found without reading.
_OFTEN: Final = (
    *(Kind.IRRIGATION, Kind.FERTILISING, Kind.SPRAYING),
    *(Kind.INSPECTION, Kind.PRUNING, Kind.HARVEST),
)
_SELDOM: Final = (
    (N_("Growing"), (Kind.SOWING, Kind.PLANTING, Kind.POLLINATION, Kind.TRAPS, Kind.OTHER)),
    (N_("After the harvest"), (Kind.HANDLING, Kind.SALE)),
)


@router.get("/app/log")
def choose_work(request: Request, by: By, db: Reads, now: Now, cycle: uuid.UUID | None = None) -> Response:
    """The cycle this member wrote about last is chosen already: the next tap is the kind of work."""
    by.must_be(Role.RECORDER)
    cycles = queries.open_cycles(db, by)
    by_id = {one.id: one for one in cycles}
    wanted = [cycle, queries.last_used_cycle(db, by), *by_id]
    chosen = next((by_id[one] for one in wanted if one in by_id), None)
    return page(
        request,
        "records/log.html",
        cycles=cycles,
        chosen=chosen,
        suggested=_suggested(db, by, chosen, now=now) if chosen else None,
        often=_OFTEN,
        seldom=_SELDOM,
        **common(now),
    )


def _suggested(db: Session, by: Actor, cycle: Cycle, *, now: datetime) -> Suggested:
    plan = calendar_queries.plan(db, by, cycle, today=day_in_vietnam(now))
    repeatable = suggestions.last_daily_work(db, [cycle.id], now=now)
    return suggestions.suggested(cycle, plan, repeatable.get(cycle.id))


@router.get("/app/log/{cycle_id}/{kind}")
def record_form(
    request: Request,
    by: By,
    cycle_id: uuid.UUID,
    kind: str,
    db: Reads,
    now: Now,
    language: Language,
    like: uuid.UUID | None = None,
    step: str = "",
    chosen: str = "",
) -> Response:
    """`step` names what the cycle's calendar waits for, and fills in what is known of it; `chosen` is an input."""
    by.must_be(Role.RECORDER)
    cycle = queries.cycle(db, by, cycle_id)
    earlier = memory.alike(db, cycle.plot_id, known(kind))
    plan = calendar_queries.plan(db, by, cycle, today=day_in_vietnam(now)) if step else None
    planned = next((one for one in plan.steps if one.step.key == step), None) if plan else None
    values = {"household_id": memory.likely_household(earlier, cycle.household_id)}
    values |= memory.first_values(kind, earlier, like)
    if planned and planned.step.kind == kind:
        values |= suggestions.values_for(planned.step, language)
    if (input_id := as_id(chosen)) and input_choice.uses_inputs(kind):
        values |= input_choice.filled_in(db, by, kind, cycle_id, input_id)
    draft = blank(language, id=new_id(), happened_at=now, **values)
    return work_form(
        request,
        db,
        by,
        cycle,
        kind,
        draft,
        now=now,
        language=language,
        earlier=earlier,
        like=like,
        planned=planned,
        several=several.offered(db, by, cycle, kind),
    )


@router.get("/app/log/{cycle_id}/{kind}/inputs")
def choose_input(
    request: Request, by: By, cycle_id: uuid.UUID, kind: str, db: Reads, now: Now, q: str = ""
) -> Response:
    """The whole list, where it is longer than a form can show."""
    by.must_be(Role.RECORDER)
    cycle = queries.cycle(db, by, cycle_id)
    found = input_choice.offered(db, by, known(kind), cycle_id, None)
    return page(
        request,
        "records/inputs.html",
        cycle=cycle,
        kind=kind,
        found=[one for one in found.every if fold(q) in fold(f"{one.trade_name} {one.active_ingredient}")]
        if found
        else [],
        q=q,
        **common(now),
    )


@router.post("/app/log/{cycle_id}/{kind}")
def record(sent: Sent, cycle_id: uuid.UUID, kind: str) -> Response:
    cycle = queries.cycle(sent.db, sent.by, cycle_id)
    draft, photo_ids = sent.bound(known(kind), cycle_id=cycle_id)
    others = several.offered(sent.db, sent.by, cycle, kind, sent.form)
    written = (
        several.write(
            sent.db,
            sent.by,
            sent.form,
            kind,
            cycle,
            draft,
            others,
            photo_ids=photo_ids,
            now=sent.now,
        )
        if others.ticked
        else sent.carried_out(draft)
    )
    if written is None:
        return work_form(
            sent.request,
            sent.db,
            sent.by,
            cycle,
            kind,
            draft,
            now=sent.now,
            language=sent.language,
            photo_ids=photo_ids,
            several=others,
        )
    if kind == Kind.HARVEST:  # the next thing to do is a batch
        return go(f"/app/cycles/{cycle_id}?harvest={written.id}", flash=SAVED)
    return go("/app", flash=SAVED)

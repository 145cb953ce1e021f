"""Today's page, and the way from there to a written record in three taps."""

import uuid
from datetime import datetime
from typing import Final

from babel.dates import format_date
from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.catalogue import queries as catalogue
from trace.farms import queries as farms
from trace.kit.clock import in_vietnam
from trace.kit.doors import Language, Now, Reads
from trace.kit.forms import blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_, Locale
from trace.records import memory, queries, rules, timeline
from trace.records.models import Kind, Record
from trace.records.queries import Cycle
from trace.records.writing import Sent, common, known, work_form

router = APIRouter(include_in_schema=False)

SAVED: Final = N_("Saved in the diary.")
# Daily work under the thumb; the order never changes, so that it is found without reading.
_OFTEN_FIRST: Final = (
    *(Kind.IRRIGATION, Kind.FERTILISING, Kind.SPRAYING, Kind.INSPECTION, Kind.HARVEST),
    *(Kind.PRUNING, Kind.POLLINATION, Kind.PLANTING, Kind.SOWING, Kind.OTHER),
)
_DAILY: Final = (Kind.IRRIGATION, Kind.FERTILISING, Kind.SPRAYING, Kind.INSPECTION)
_TILES: Final = 3


@router.get("/app")
def today(request: Request, by: By, db: Reads, now: Now, language: Language) -> Response:
    midnight = in_vietnam(now).replace(hour=0, minute=0, second=0, microsecond=0)
    written = timeline.lines(
        db, col(Record.cooperative_id) == by.cooperative_id, col(Record.received_at) >= midnight
    )
    cycles = queries.open_cycles(db, by)
    return page(
        request,
        "records/today.html",
        day=_spoken(now, language),
        cycles=[(cycle, _likely_work(cycle, now)) for cycle in cycles],
        steps=[] if cycles else _first_steps(db, by),
        plots=queries.plots_of(db, {line.cycle_id for line in written}),
        written=sorted(written, key=lambda line: line.received_at, reverse=True),
        **common(now),
    )


def _first_steps(db: Session, by: Actor) -> list[tuple[str, str, bool]]:
    """What stands between a new cooperative and its first record, with an address and whether it is done."""
    return [
        (N_("Add a product"), "/app/products/new", bool(catalogue.products(db, by))),
        (N_("Add a growing area"), "/app/areas/new", bool(farms.areas(db, by))),
        (N_("Add a greenhouse or plot"), "/app/plots/new", bool(farms.plots(db, by))),
        (N_("Open a crop cycle"), "/app/cycles/new", False),
    ]


@router.get("/app/log")
def choose_work(request: Request, by: By, db: Reads, now: Now, cycle: uuid.UUID | None = None) -> Response:
    """The cycle this member wrote about last is chosen already: the next tap is the kind of work."""
    by.must_be(Role.RECORDER)
    cycles = queries.open_cycles(db, by)
    by_id = {one.id: one for one in cycles}
    wanted = [cycle, queries.last_used_cycle(db, by), *by_id]
    chosen = next((by_id[one] for one in wanted if one in by_id), None)
    return page(request, "records/log.html", cycles=cycles, chosen=chosen, kinds=_OFTEN_FIRST, **common(now))


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
) -> Response:
    by.must_be(Role.RECORDER)
    cycle = queries.cycle(db, by, cycle_id)
    earlier = memory.alike(db, cycle.plot_id, known(kind))
    values = {"household_id": cycle.household_id, **memory.first_values(kind, earlier, like)}
    draft = blank(language, id=new_id(), happened_at=now, **values)
    return work_form(
        request, db, by, cycle, kind, draft, now=now, language=language, earlier=earlier, like=like
    )


@router.post("/app/log/{cycle_id}/{kind}")
def record(sent: Sent, cycle_id: uuid.UUID, kind: str) -> Response:
    cycle = queries.cycle(sent.db, sent.by, cycle_id)
    draft, photo_ids = sent.bound(known(kind), cycle_id=cycle_id)
    written = sent.carried_out(draft)
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
        )
    if kind == Kind.HARVEST:  # the next thing to do is a batch
        return go(f"/app/cycles/{cycle_id}?harvest={written.id}", flash=SAVED)
    return go("/app", flash=SAVED)


def _spoken(now: datetime, language: Locale) -> str:
    """“Thứ Ba, 10/11”: the day as people say it."""
    pattern = "EEEE, d/M" if language == "vi" else "EEEE, d MMMM"
    said = format_date(in_vietnam(now).date(), pattern, locale=language)
    return said[:1].upper() + said[1:]


def _likely_work(cycle: Cycle, now: datetime) -> list[Kind]:
    """What a grower probably comes to write about this cycle."""
    if cycle.planted_on is None:
        return [Kind.PLANTING, *_DAILY][:_TILES]
    days = (in_vietnam(now).date() - cycle.planted_on).days
    ripe = [Kind.HARVEST] if days >= rules.GROWING_DAYS.low else []
    return [*ripe, *_DAILY][:_TILES]

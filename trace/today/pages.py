"""Today's page: what is to be done, what should not be forgotten, and what was written."""

from datetime import datetime
from typing import Final

from babel.dates import format_date
from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.catalogue import queries as catalogue
from trace.farms import queries as farms
from trace.kit.clock import day_in_vietnam, in_vietnam
from trace.kit.doors import Language, Now, Reads
from trace.kit.pages import page
from trace.kit.translation import N_, Locale
from trace.records import calendar_queries, queries, rules, suggestions, timeline
from trace.records.models import Kind, Record
from trace.records.queries import Cycle
from trace.records.writing import common
from trace.today.reminders import Asked, reminders

router = APIRouter(include_in_schema=False)

_DAILY: Final = (Kind.IRRIGATION, Kind.FERTILISING, Kind.SPRAYING, Kind.INSPECTION)
_TILES: Final = 3


@router.get("/app")
def today(request: Request, by: By, db: Reads, now: Now, language: Language) -> Response:
    midnight = in_vietnam(now).replace(hour=0, minute=0, second=0, microsecond=0)
    written = timeline.lines(
        db,
        col(Record.cooperative_id) == by.cooperative_id,
        col(Record.received_at) >= midnight,
        to=by,
    )
    cycles = queries.open_cycles(db, by)
    plans = calendar_queries.plans(db, by, cycles, today=day_in_vietnam(now))
    repeatable = suggestions.last_daily_work(db, [cycle.id for cycle in cycles], now=now)
    cycles.sort(key=lambda cycle: cycle.id in plans and plans[cycle.id].over)
    return page(
        request,
        "today/today.html",
        day=_spoken(now, language),
        cycles=[(cycle, _likely_work(cycle, now)) for cycle in cycles],
        reminders=reminders(Asked(db, by, now, cycles, plans)),
        plans=plans,
        repeatable=repeatable,
        steps=[] if cycles else _first_steps(db, by),
        plots=queries.plots_of(db, {line.cycle_id for line in written if line.cycle_id}),
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

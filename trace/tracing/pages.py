"""Pages on which anything is traced: a box to search by, and one screen with picture and table."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from trace.accounts.doors import By
from trace.kit.doors import Language, Reads
from trace.kit.downloads import saved
from trace.kit.pages import page
from trace.kit.translation import Locale
from trace.tracing import finding, leaving, starts
from trace.tracing.picture import drawn, picture
from trace.tracing.scope import downstream, upstream
from trace.tracing.sheet import TYPE, sheet
from trace.tracing.things import Of, Scope, Start, Thing
from trace.tracing.words import KINDS, kilograms, sentence

router = APIRouter(prefix="/app/trace", include_in_schema=False)
_REASONS: Final = 5
_ROWS: Final = 500
_GOODS: Final = leaving.GOODS | {Of.RECEIPT}


@router.get("")
def search(request: Request, by: By, db: Reads, q: Annotated[str, Query(max_length=120)] = "") -> Response:
    hits = finding.find(db, by, q)
    if len(hits) == 1:
        start = hits[0].start
        return RedirectResponse(f"/app/trace/{start.kind}/{start.id}", status_code=303)
    return page(request, "tracing/search.html", q=q, hits=hits, kinds=KINDS)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. Numbers are those of the bars."""

    thing: Thing
    number: int | None
    traced: Decimal | None
    reasons: list[str]
    more: int


@router.get("/{of}/{thing_id}")
def trace(request: Request, of: Of, thing_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    start = starts.access(db, by, Start(of, thing_id))
    up, down = upstream(db, by.cooperative_id, start), downstream(db, by.cooperative_id, start)
    numbers = {one.id: number for number, one in enumerate(drawn(up, down), start=1)}
    first = up.things[up.start.id]
    return page(
        request,
        "tracing/trace.html",
        first=first,
        first_number=numbers.get(first.id),
        picture=picture(up, down, language),
        above=[_line(one, up, numbers, language) for one in up.touched[:_ROWS]],
        below=[_line(one, down, numbers, language) for one in down.touched[:_ROWS]],
        cut_off=max(len(up.touched), len(down.touched)) > _ROWS,
        rows=_ROWS,
        kinds=KINDS,
        recallable=first.kind not in _GOODS,
    )


@router.get("/{of}/{thing_id}/table.csv")
def table(of: Of, thing_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    start = starts.access(db, by, Start(of, thing_id))
    up, down = upstream(db, by.cooperative_id, start), downstream(db, by.cooperative_id, start)
    return saved(sheet(up, down, language), TYPE, f"trace-{thing_id}.csv")


def _line(one: Thing, scope: Scope, numbers: dict[uuid.UUID, int], language: Locale) -> Line:
    reasons = scope.because(one.id)
    return Line(
        thing=one,
        number=numbers.get(one.id),
        traced=None if one.traced is None else kilograms(one.traced),
        reasons=[sentence(reason, scope, language) for reason in reasons[:_REASONS]],
        more=max(len(reasons) - _REASONS, 0),
    )

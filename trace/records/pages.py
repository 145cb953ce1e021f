"""The way to a written record in three taps."""

import uuid
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.doors import Language, Now, Reads
from trace.kit.forms import blank
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.translation import N_
from trace.records import memory, queries
from trace.records.models import Kind
from trace.records.writing import Sent, common, known, work_form

router = APIRouter(include_in_schema=False)

SAVED: Final = N_("Saved in the diary.")
# Daily work under the thumb; the order never changes, so that it is found without reading.
_OFTEN_FIRST: Final = (
    *(Kind.IRRIGATION, Kind.FERTILISING, Kind.SPRAYING, Kind.INSPECTION, Kind.HARVEST),
    *(Kind.PRUNING, Kind.POLLINATION, Kind.PLANTING, Kind.SOWING, Kind.OTHER),
)


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

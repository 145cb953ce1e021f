"""The JSON door to the diary."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import Field
from sqlmodel import col

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.kit.commands import Doubted, ReadModel
from trace.kit.doors import Db, Language, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf, Paging
from trace.kit.translation import Locale, say
from trace.kit.unions import kind_route
from trace.records import queries, timeline
from trace.records.commands import CloseCycle, OpenCycle, close_cycle, open_cycle, record_work
from trace.records.confirmations import ConfirmRecord, confirm_record, waiting
from trace.records.examples import EXAMPLES
from trace.records.facts import Fact
from trace.records.kinds import AnySiteWork, AnyWork, Retract
from trace.records.levels import Level
from trace.records.models import Kind, Record
from trace.records.timeline import Line
from trace.records.together import RepeatWork, WriteTogether, record_together, repeat_work

router = APIRouter(prefix="/api/v1", tags=["records"], route_class=kind_route(frozenset(Kind)))


class CycleRead(ReadModel):
    """A crop cycle. Sowing, planting and plants are what its records say, or what was said at its opening."""

    id: uuid.UUID
    plot_id: uuid.UUID
    plot_code: str
    product_id: uuid.UUID
    product_name: str
    name: str
    variety: str | None
    sown_on: date | None
    planted_on: date | None
    plant_count: int | None
    harvest_from: date | None = Field(
        description="The latest end of the pre-harvest intervals of its sprayings."
    )
    re_entry_until: datetime | None = Field(
        description="The latest moment before which nobody goes in without protection, as its sprayings say."
    )
    opened_at: datetime
    closed_at: datetime | None


class FactRead(ReadModel):
    """One thing that a record says."""

    name: str = Field(examples=["trade_name"])
    label: str = Field(description="In the language asked for.", examples=["Pesticide"])
    value: str = Field(
        description="Numbers exact, with a point, several apart by spaces; dates as yyyy-mm-dd."
    )
    unit: str


class RecordRead(ReadModel):
    """A record with its three clocks and what became of it."""

    id: uuid.UUID
    cycle_id: uuid.UUID | None = Field(description="Null for site work.")
    plot_id: uuid.UUID | None = Field(description="Of site work on one plot.")
    area_id: uuid.UUID | None = Field(description="Of site work in one growing area.")
    kind: Kind
    happened_at: datetime = Field(description="When it was done, as the writer says.")
    recorded_at: datetime = Field(description="When it was written, by the device's clock.")
    received_at: datetime = Field(description="When the server took it in.")
    late_days: int = Field(
        description="Whole days between `happened_at` and `received_at`; 0 within 24 hours."
    )
    clock_ahead: bool = Field(
        description="The device's clock was ahead of the server's by more than 5 minutes."
    )
    clock_offset_seconds: int | None = Field(
        description="How far the device's clock was ahead of the server's when it sent this, negative when behind; "
        "null where it did not say. Beyond 300 `recorded_at` is not to be trusted."
    )
    written_by: uuid.UUID = Field(description="The membership.")
    household_code: str | None
    note: str
    facts: list[FactRead]
    photo_ids: list[uuid.UUID]
    document_ids: list[uuid.UUID] = Field(description="Voice notes, for members only.")
    evidence: Level = Field(description="How well it is backed, worked out from facts at each reading.")
    confirmed_at: datetime | None
    confirmer: str | None = Field(description="Who confirmed it; never the writer.")
    photos_public: bool
    faces: bool = Field(description="Somebody can be recognised in the photographs.")
    corrects_id: uuid.UUID | None
    correction_reason: str | None
    corrected_by_id: uuid.UUID | None
    retracted: bool = Field(
        description="`corrected_by_id` is a retraction: this should not have been written."
    )


class Closing(Doubted):
    """The crop is over. `sure` when an unusually small harvest is all there was."""


@router.post(
    "/cycles",
    status_code=201,
    responses=WRITING,
    operation_id="records_open_cycle",
    summary="Open a crop cycle",
)
def post_cycle(command: OpenCycle, by: By, db: Db, now: Now) -> CycleRead:
    """A crop on a plot, about which work can be written down from now on."""
    made = open_cycle(db, command, by=by, now=now)
    return CycleRead.model_validate(queries.cycle(db, by, made.id))


@router.get("/cycles", responses=READING, operation_id="records_list_cycles", summary="List crop cycles")
def list_cycles(by: By, db: Reads, asked: Asked) -> PageOf[CycleRead]:
    """Newest first, open and closed."""
    found, following = asked.cut(queries.cycles(db, by, asked))
    return PageOf(items=[CycleRead.model_validate(one) for one in found], next=following)


@router.get(
    "/cycles/{cycle_id}",
    responses=READING,
    operation_id="records_read_cycle",
    summary="Read a crop cycle",
)
def read_cycle(cycle_id: uuid.UUID, by: By, db: Reads) -> CycleRead:
    """One crop cycle with what its records say about it."""
    return CycleRead.model_validate(queries.cycle(db, by, cycle_id))


@router.post(
    "/cycles/{cycle_id}/close",
    responses=WRITING,
    operation_id="records_close_cycle",
    summary="Close a crop cycle",
)
def post_close(cycle_id: uuid.UUID, command: Closing, by: By, db: Db, now: Now) -> CycleRead:
    """From now on it takes corrections only."""
    close_cycle(db, CloseCycle(cycle_id=cycle_id, **command.model_dump()), by=by, now=now)
    return CycleRead.model_validate(queries.cycle(db, by, cycle_id))


@router.get(
    "/cycles/{cycle_id}/records",
    responses=READING,
    operation_id="records_list_records",
    summary="Read the diary of a cycle",
)
def list_records(
    cycle_id: uuid.UUID, by: By, db: Reads, language: Language, asked: Asked
) -> PageOf[RecordRead]:
    """Newest work first, with every correction and what it corrects. `next` begins the following page."""
    queries.access_cycle(db, by, cycle_id)
    found, following = timeline.page_of_cycle(db, cycle_id, asked, to=by, start=_start(db, by, asked))
    return PageOf(items=[_read(line, language) for line in found], next=following)


@router.get(
    "/site/records",
    responses=READING,
    operation_id="records_list_site_records",
    summary="Read the records of the site",
)
def list_site_records(by: By, db: Reads, language: Language, asked: Asked) -> PageOf[RecordRead]:
    """Hygiene, waste, people, audits, complaints, newest first; each as far as this member may see it."""
    found, following = timeline.page_of(
        db, *queries.of_the_site(by), asked=asked, to=by, start=_start(db, by, asked)
    )
    return PageOf(items=[_read(line, language) for line in found], next=following)


def _start(db: Reads, by: Actor, asked: Paging) -> Record | None:
    return queries.access_record(db, by, asked.after) if asked.after else None


@router.post(
    "/records",
    status_code=201,
    responses=WRITING,
    operation_id="records_record_work",
    summary="Write a record",
)
def post_record(
    command: Annotated[
        AnyWork | AnySiteWork | Retract, Body(discriminator="kind", openapi_examples=EXAMPLES)
    ],
    by: By,
    db: Db,
    now: Now,
    language: Language,
) -> RecordRead:
    """Work that was done, a correction (`corrects_id`) or a retraction. Sending the same `id` again is safe."""
    made = record_work(db, command, by=by, now=now)
    return _read(timeline.one(db, made.id, to=by), language)


@router.post(
    "/records/together",
    status_code=201,
    responses=WRITING,
    operation_id="records_write_together",
    summary="Write several records, all or none",
)
def post_together(asked: WriteTogether, by: By, db: Db, now: Now, language: Language) -> list[RecordRead]:
    """One work on several plots, or several works. What is wrong with one names its plot. Sending the same
    ids again is safe.
    """
    return _all(db, by, record_together(db, asked.records, by=by, now=now), language)


@router.post(
    "/records/repeat",
    status_code=201,
    responses=WRITING,
    operation_id="records_repeat_work",
    summary="Write daily work once more",
)
def post_repeat(command: RepeatWork, by: By, db: Db, now: Now, language: Language) -> list[RecordRead]:
    """Readings, notes and photographs are not repeated; sprayings and harvests cannot be."""
    return _all(db, by, repeat_work(db, command, by=by, now=now), language)


@router.get(
    "/records/{record_id}",
    responses=READING,
    operation_id="records_read_record",
    summary="Read a record",
)
def read_record(record_id: uuid.UUID, by: By, db: Reads, language: Language) -> RecordRead:
    """One record and what became of it."""
    queries.access_record(db, by, record_id)
    return _read(timeline.one(db, record_id, to=by), language)


@router.post(
    "/confirmations",
    status_code=201,
    responses=WRITING,
    operation_id="records_confirm_record",
    summary="Confirm what somebody else wrote",
)
def post_confirmation(command: ConfirmRecord, by: By, db: Db, now: Now, language: Language) -> RecordRead:
    """A second person of the cooperative says that it was so. A person signed in, never an API key."""
    made = confirm_record(db, command, by=by, now=now)
    return _read(timeline.one(db, made.record_id, to=by), language)


@router.get(
    "/confirmations/waiting",
    responses=READING,
    operation_id="records_list_unconfirmed",
    summary="List what waits for this person to confirm it",
)
def list_waiting(by: By, db: Reads, language: Language, asked: Asked) -> PageOf[RecordRead]:
    """Records that stand, that nobody confirmed and that somebody else wrote, newest first."""
    found, following = waiting(db, by, asked)
    return PageOf(items=[_read(line, language) for line in found], next=following)


def _all(db: Db, by: Actor, records: list[Record], language: Locale) -> list[RecordRead]:
    ids = [record.id for record in records]
    read = {line.id: line for line in timeline.lines(db, col(Record.id).in_(ids), to=by)}
    return [_read(read[one], language) for one in ids]


def _read(line: Line, language: Locale) -> RecordRead:
    told = {name: getattr(line, name) for name in RecordRead.model_fields if name != "facts"}
    return RecordRead(**told, facts=[_fact(fact, language) for fact in line.facts])


def _fact(fact: Fact, language: Locale) -> FactRead:
    value = " ".join(map(_exact, fact.value)) if isinstance(fact.value, tuple) else _exact(fact.value)
    return FactRead(
        name=fact.name,
        label=say(fact.label, language),
        value=say(value, language) if fact.ours else value,
        unit=say(fact.unit, language),
    )


def _exact(value: str | Decimal | int | date) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

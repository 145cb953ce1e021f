"""JSON door of traces."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from trace.accounts.doors import By
from trace.kit.commands import ReadModel
from trace.kit.doors import Language, Reads
from trace.kit.openapi import READING
from trace.kit.translation import Locale
from trace.tracing import finding, starts
from trace.tracing.scope import downstream, upstream
from trace.tracing.things import Because, Of, Scope, Start, Thing, Why
from trace.tracing.words import kilograms, sentence

router = APIRouter(prefix="/api/v1/trace", tags=["tracing"])


class HitRead(ReadModel):
    """Something to trace from."""

    kind: Of
    id: uuid.UUID
    name: str
    about: str | None


class BecauseRead(ReadModel):
    """One connection: `source` lies upstream of `into`."""

    why: Why
    source_id: uuid.UUID
    into_id: uuid.UUID
    kg: Decimal | None = Field(description="Of the source, to the gram.", examples=["120"])
    at: datetime | None
    text: str = Field(examples=["vì 120 kg của TMD-DL-261108-01 đã vào TMD-DL-261109-01"])


class ThingRead(ReadModel):
    """Something that is touched, how much of it, and why."""

    kind: Of
    id: uuid.UUID
    name: str
    kg: Decimal | None = Field(description="All that it weighed.")
    share: str | None = Field(
        description="Exact. Downstream, how much of it is of the start; upstream, how much of the start is of it.",
        examples=["31/50"],
    )
    traced_kg: Decimal | None = Field(description="The share in kilograms, to the gram.")
    because: list[BecauseRead] = Field(description="One step towards the start, the heaviest first.")


class TraceRead(ReadModel):
    """Everything upstream and downstream of one thing, each in the order of the way from it."""

    start: HitRead
    upstream: list[ThingRead]
    downstream: list[ThingRead]


@router.get("", responses=READING, operation_id="tracing_find_starts", summary="Find what to trace")
def find(
    by: By, db: Reads, q: Annotated[str, Query(max_length=120, description="A code or a name.")] = ""
) -> list[HitRead]:
    """Batches, boxes and pallets by the codes on them, plots, lots, inputs, households, crops, partners and
    shipments by number; marks need not be typed."""
    return [
        HitRead(kind=one.start.kind, id=one.start.id, name=one.name, about=one.about)
        for one in finding.find(db, by, q)
    ]


@router.get(
    "/{of}/{thing_id}", responses=READING, operation_id="tracing_read_trace", summary="Trace one thing"
)
def trace(of: Of, thing_id: uuid.UUID, by: By, db: Reads, language: Language) -> TraceRead:
    """What it came of and what became of it, as far as boxes, pallets and those whom it was sent to, in words.

    What was taken back leads nowhere; an input that was used after a harvest did not touch it.
    """
    start = starts.access(db, by, Start(of, thing_id))
    up, down = upstream(db, by.cooperative_id, start), downstream(db, by.cooperative_id, start)
    first = up.things[up.start.id]
    return TraceRead(
        start=HitRead(kind=first.kind, id=first.id, name=first.name, about=None),
        upstream=[_thing(one, up, language) for one in up.touched],
        downstream=[_thing(one, down, language) for one in down.touched],
    )


def _thing(one: Thing, scope: Scope, language: Locale) -> ThingRead:
    return ThingRead(
        kind=one.kind,
        id=one.id,
        name=one.name,
        kg=one.kg,
        share=None if one.part is None else str(one.part),
        traced_kg=None if one.traced is None else kilograms(one.traced),
        because=[_because(reason, scope, language) for reason in scope.because(one.id)],
    )


def _because(one: Because, scope: Scope, language: Locale) -> BecauseRead:
    return BecauseRead(
        why=one.why,
        source_id=one.source,
        into_id=one.into,
        kg=None if one.kg is None else kilograms(one.kg),
        at=one.at,
        text=sentence(one, scope, language),
    )

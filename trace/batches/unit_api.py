"""JSON door of boxes and pallets."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from trace.accounts.doors import By
from trace.batches import queries, unit_queries, units
from trace.batches.unit_models import UnitKind
from trace.batches.unit_queries import Packed
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1", tags=["batches"])


class ContentRead(ReadModel):
    """A part of a batch in a box; of a pallet, in one of its boxes."""

    box_id: uuid.UUID
    batch_id: uuid.UUID
    lot_code: str = Field(examples=["TMD-DL-261108-01"])
    kg: Decimal = Field(examples=["12.5"])
    pieces: int | None


class UnitRead(ReadModel):
    """A box or a pallet. One that was taken apart still says what it held."""

    id: uuid.UUID
    kind: UnitKind
    code: str = Field(description="Short code of ours.", examples=["7K3M9Q2M"])
    sscc: str | None = Field(
        description="GS1 AI (00); null where the cooperative had no GS1 company prefix.",
        examples=["095212345600000005"],
    )
    happened_at: datetime = Field(description="When it was packed, as the writer says.")
    received_at: datetime
    packed_by: uuid.UUID = Field(description="The membership.")
    packed_with_id: uuid.UUID | None = Field(
        description="Of equal boxes packed at once: the first of them, which lists the others."
    )
    note: str
    pallet_id: uuid.UUID | None = Field(description="Of a box: the pallet on which it stands now.")
    contents: list[ContentRead]
    taken_apart_at: datetime | None
    taken_apart_reason: str | None


@router.post(
    "/boxes", status_code=201, responses=WRITING, operation_id="batches_pack_box", summary="Pack a box"
)
def pack_box(command: units.PackBox, by: By, db: Db, now: Now) -> UnitRead:
    """Put parts of batches into a box; never more than is left of a batch and lies in no other box.

    With `boxes`, so many that hold the same, each with its own code and SSCC; the answer is the first of
    them, and `packed_with` of the list of units finds all of them.
    What is in boxes cannot be graded, split, lost or otherwise taken until its box is taken apart.
    """
    return _read(unit_queries.packed(db, by, units.pack_box(db, command, by=by, now=now).id))


@router.post(
    "/pallets",
    status_code=201,
    responses=WRITING,
    operation_id="batches_load_pallet",
    summary="Load a pallet",
)
def load_pallet(command: units.LoadPallet, by: By, db: Db, now: Now) -> UnitRead:
    """Put boxes onto a pallet. A box stands on one pallet at a time."""
    return _read(unit_queries.packed(db, by, units.load_pallet(db, command, by=by, now=now).id))


@router.post(
    "/units/take-apart",
    responses=WRITING,
    operation_id="batches_take_unit_apart",
    summary="Take a box or a pallet apart",
)
def take_apart(command: units.TakeApart, by: By, db: Db, now: Now) -> UnitRead:
    """What was in it is loose again. Its code and its SSCC are never given again."""
    return _read(unit_queries.packed(db, by, units.take_apart(db, command, by=by, now=now).id))


@router.get("/units", responses=READING, operation_id="batches_list_units", summary="List boxes and pallets")
def list_units(
    by: By,
    db: Reads,
    asked: Asked,
    batch: Annotated[uuid.UUID | None, Query(description="Only those that hold or held some of it.")] = None,
    packed_with: Annotated[
        uuid.UUID | None, Query(description="Only the equal boxes that were packed at once with this one.")
    ] = None,
) -> PageOf[UnitRead]:
    """The newest first, those that were taken apart included."""
    if batch:
        queries.access_batch(db, by, batch)
    found, following = asked.cut(unit_queries.units(db, by, asked, batch_id=batch, packed_with=packed_with))
    return PageOf(items=[_read(one) for one in found], next=following)


@router.get(
    "/units/{unit_id}", responses=READING, operation_id="batches_read_unit", summary="Read one box or pallet"
)
def read_unit(unit_id: uuid.UUID, by: By, db: Reads) -> UnitRead:
    """With what is in it; of a pallet, box by box."""
    return _read(unit_queries.packed(db, by, unit_id))


def _read(packed: Packed) -> UnitRead:
    return UnitRead.model_validate(
        {
            **packed.unit.model_dump(),
            "pallet_id": packed.pallet_id,
            "taken_apart_at": packed.taken_apart_at,
            "taken_apart_reason": packed.taken_apart_reason,
            "contents": [ContentRead.model_validate(one) for one in packed.contents],
        }
    )

"""What backs each record, read for the rule of levels: photographs with their times and places, voice notes."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from trace.evidence.models import Photo
from trace.farms.models import GrowingArea, Plot
from trace.places import queries as places
from trace.records.evidence_models import RecordDocument
from trace.records.levels import Shot
from trace.records.models import CropCycle, Record, RecordPhoto


@dataclass(slots=True)
class Pictured:
    """The photographs of one record in their order, with what each of them can show."""

    photo_ids: list[uuid.UUID] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)


def pictured(db: Session, asked: Iterable[ColumnElement[bool]]) -> Mapping[uuid.UUID, Pictured]:
    """One statement, however many records there are."""
    found: dict[uuid.UUID, Pictured] = defaultdict(Pictured)
    plot_id = func.coalesce(col(CropCycle.plot_id), col(Record.plot_id))
    rows = db.execute(
        select(
            col(RecordPhoto.record_id),
            col(RecordPhoto.photo_id),
            col(Photo.taken_at),
            col(Photo.added_at),
            col(Photo.rough_latitude),
            col(Photo.rough_longitude),
            col(GrowingArea.commune_code),
        )
        .join(Record, col(Record.id) == col(RecordPhoto.record_id))
        .join(Photo, col(Photo.id) == col(RecordPhoto.photo_id))
        .outerjoin(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .outerjoin(Plot, col(Plot.id) == plot_id)
        .outerjoin(GrowingArea, col(GrowingArea.id) == func.coalesce(col(Plot.area_id), col(Record.area_id)))
        .where(*asked)
        .order_by(col(RecordPhoto.record_id), col(RecordPhoto.position))
    )
    for row in rows:
        one = found[row.record_id]
        one.photo_ids.append(row.photo_id)
        one.shots.append(Shot(row.taken_at, row.added_at, _in_place(row)))
    return found


def _in_place(row: Any) -> bool | None:
    """Whether the photograph was taken about where the growing area is; None when nobody can tell."""
    if row.rough_latitude is None or row.rough_longitude is None or row.commune_code is None:
        return None
    commune = places.commune(row.commune_code)
    if commune is None or commune.centre is None:
        return None
    return commune.centre.reaches(float(row.rough_latitude), float(row.rough_longitude))


def voice_notes(
    db: Session, asked: Iterable[ColumnElement[bool]]
) -> Mapping[uuid.UUID, tuple[uuid.UUID, ...]]:
    found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = defaultdict(tuple)
    rows = db.execute(
        select(col(RecordDocument.record_id), col(RecordDocument.document_id))
        .join(Record, col(Record.id) == col(RecordDocument.record_id))
        .where(*asked)
        .order_by(col(RecordDocument.record_id), col(RecordDocument.position))
    )
    for record_id, document_id in rows:
        found[record_id] += (document_id,)
    return found

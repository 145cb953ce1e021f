"""The JSON door to photographs."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from pydantic import Field

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence import commands, queries
from trace.evidence.models import Photo
from trace.evidence.pictures import Picture
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Files, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/photos", tags=["evidence"])


class PhotoRead(ReadModel):
    """A photograph. Both sizes are WebP, at /app/photos/{id}/large.webp and …/small.webp."""

    id: uuid.UUID
    sha256: str = Field(description="Of the bytes of the large size, at most 1600 points a side.")
    width: int
    height: int
    small_sha256: str = Field(description="Of the bytes of the small size, at most 480 points a side.")
    small_width: int
    small_height: int
    added_at: datetime


def _picture(
    by: By, file: Annotated[UploadFile, File(description="A JPEG, PNG or WebP picture of at most 20 MB.")]
) -> Picture:
    by.must_be(Role.RECORDER)
    return commands.look_at_all([file], field="file")[0]


@router.post(
    "",
    status_code=201,
    response_model=PhotoRead,
    responses=WRITING,
    operation_id="evidence_keep_photo",
    summary="Keep a photograph",
)
def keep_photo(
    by: By, picture: Annotated[Picture, Depends(_picture)], db: Db, store: Files, now: Now
) -> Photo:
    """Place, device and every other metadata are removed. The same picture sent again is the same photograph."""
    return commands.keep_pictures(db, store, [picture], by=by, now=now)[0]


@router.get(
    "",
    response_model=PageOf[PhotoRead],
    responses=READING,
    operation_id="evidence_list_photos",
    summary="List photographs",
)
def list_photos(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first."""
    items, following = asked.cut(queries.photos(db, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/{photo_id}",
    response_model=PhotoRead,
    responses=READING,
    operation_id="evidence_show_photo",
    summary="Show a photograph's facts",
)
def show_photo(by: By, photo_id: uuid.UUID, db: Reads) -> Photo:
    return queries.access_photo(db, by, photo_id)

"""The JSON door to photographs and documents."""

import dataclasses
import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from pydantic import Field

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence import commands, documents, queries, uploads
from trace.evidence.attachments import Attachment
from trace.evidence.exif import TellsTime, rough
from trace.evidence.models import Document, MediaType, Photo
from trace.evidence.pictures import Picture
from trace.kit.commands import Moment, ReadModel
from trace.kit.doors import Db, Files, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf
from trace.kit.problems import Fault, Malformed
from trace.kit.translation import N_

router = APIRouter(prefix="/api/v1", tags=["evidence"])


class PhotoRead(ReadModel):
    """A photograph. Both sizes are WebP, at /app/photos/{id}/large.webp and …/small.webp."""

    id: uuid.UUID
    sha256: str = Field(description="Of the bytes of the large size, at most 1600 points a side.")
    width: int
    height: int
    small_sha256: str = Field(description="Of the bytes of the small size, at most 480 points a side.")
    small_width: int
    small_height: int
    original_sha256: str | None = Field(
        description="Of the file as it came. A manager downloads it at /app/photos/{id}/original."
    )
    taken_at: datetime | None = Field(description="Null where neither the file nor the app said it.")
    taken_told_by: TellsTime | None = Field(description="`file`: its EXIF; `app`: whoever sent it.")
    place_known: bool = Field(description="About where it was taken is kept, and told to nobody.")
    added_at: datetime


def _picture(
    by: By,
    file: Annotated[UploadFile, File(description="A JPEG, PNG or WebP picture of at most 20 MB.")],
    taken_at: Annotated[
        Moment | None,
        Form(description="When an app took it, with its zone. The file's own EXIF is believed first."),
    ] = None,
    latitude: Annotated[
        float | None,
        Form(
            ge=-90, le=90, description="Where an app took it, if the person allowed that; kept to about 1 km."
        ),
    ] = None,
    longitude: Annotated[float | None, Form(ge=-180, le=180)] = None,
) -> Picture:
    by.must_be(Role.RECORDER)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise Malformed([Fault(missing, N_("A place needs both its latitude and its longitude."))])
    place = rough(latitude, longitude) if latitude is not None and longitude is not None else None
    picture = uploads.pictures(uploads.look_at_all([file]), field="file")[0]
    return dataclasses.replace(picture, taken=picture.taken.or_as_the_app_says(taken_at, place))


@router.post(
    "/photos",
    status_code=201,
    response_model=PhotoRead,
    responses=WRITING,
    operation_id="evidence_keep_photo",
    summary="Keep a photograph",
)
def keep_photo(
    by: By, picture: Annotated[Picture, Depends(_picture)], db: Db, store: Files, now: Now
) -> Photo:
    """What is shown has no place, device or other metadata. The same picture sent again is the same photograph,
    with the time and place it came with first."""
    return commands.keep_pictures(db, store, [picture], by=by, now=now)[0]


@router.get(
    "/photos",
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
    "/photos/{photo_id}",
    response_model=PhotoRead,
    responses=READING,
    operation_id="evidence_show_photo",
    summary="Show a photograph's facts",
)
def show_photo(by: By, photo_id: uuid.UUID, db: Reads) -> Photo:
    return queries.access_photo(db, by, photo_id)


class DocumentRead(ReadModel):
    """A PDF or a recording. Members download it at /app/documents/{id}/file; it is never shown inside a page."""

    id: uuid.UUID
    sha256: str = Field(description="Of its bytes, which are kept as they came.")
    media_type: MediaType = Field(description="Found out by looking at the bytes.")
    size: int = Field(description="In bytes.")
    added_at: datetime


def _attachment(
    by: By,
    file: Annotated[
        UploadFile,
        File(
            description="A PDF of at most 20 MB, or a recording of at most 10 MB: WebM, Ogg, M4A, AAC, MP3 or WAV."
        ),
    ],
) -> Attachment:
    by.must_be(Role.RECORDER)
    return uploads.attachments(uploads.look_at_all([file]), field="file")[0]


@router.post(
    "/documents",
    status_code=201,
    response_model=DocumentRead,
    responses=WRITING,
    operation_id="evidence_keep_document",
    summary="Keep a document",
)
def keep_document(
    by: By, attachment: Annotated[Attachment, Depends(_attachment)], db: Db, store: Files, now: Now
) -> Document:
    """Kept byte for byte; its name and the media type that the sender states do not count. Sent again, it is the same."""
    return documents.keep_attachments(db, store, [attachment], by=by, now=now)[0]


@router.get(
    "/documents",
    response_model=PageOf[DocumentRead],
    responses=READING,
    operation_id="evidence_list_documents",
    summary="List documents",
)
def list_documents(by: By, db: Reads, asked: Asked) -> dict[str, object]:
    """Newest first."""
    items, following = asked.cut(queries.documents(db, by, asked))
    return {"items": items, "next": following}


@router.get(
    "/documents/{document_id}",
    response_model=DocumentRead,
    responses=READING,
    operation_id="evidence_show_document",
    summary="Show a document's facts",
)
def show_document(by: By, document_id: uuid.UUID, db: Reads) -> Document:
    return queries.access_document(db, by, document_id)

"""Photographs as members' pages show them, and documents as members download them."""

import uuid
from typing import Final, Literal

from fastapi import APIRouter, Request, Response

from trace.accounts.doors import By
from trace.evidence import queries
from trace.evidence.attachments import ENDINGS
from trace.evidence.models import MediaType
from trace.kit.doors import Files, Reads
from trace.kit.ranges import part

router = APIRouter(include_in_schema=False)

# Opened by mistake as a page, it would still run nothing and reach nothing.
_SEALED: Final = "default-src 'none'; sandbox"

Size = Literal["large", "small"]


@router.get("/app/photos/{photo_id}/{size}.webp")
def show(by: By, photo_id: uuid.UUID, size: Size, db: Reads, store: Files) -> Response:
    photo = queries.access_photo(db, by, photo_id)
    content = store.read(photo.sha256 if size == "large" else photo.small_sha256)
    # An id always means the same bytes; `private` keeps them out of caches that people share.
    return Response(
        content, media_type="image/webp", headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )


@router.get("/app/documents/{document_id}/file")
def download(request: Request, by: By, document_id: uuid.UUID, db: Reads, store: Files) -> Response:
    """Always a download, never a page; an <audio> element plays a recording from here all the same."""
    document = queries.access_document(db, by, document_id)
    name = f"{document.sha256[:12]}.{ENDINGS[MediaType(document.media_type)]}"
    answer = part(request, store.read(document.sha256), media_type=document.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = _SEALED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

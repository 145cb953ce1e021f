"""Photographs as members' pages show them, and documents as members download them."""

import uuid
from typing import Final, Literal

from fastapi import APIRouter, Request, Response

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence import queries
from trace.evidence.attachments import ENDINGS
from trace.evidence.models import MediaType
from trace.kit.doors import Files, Reads
from trace.kit.files import FileStore
from trace.kit.pages import page
from trace.kit.problems import NotFound
from trace.kit.ranges import part
from trace.kit.translation import N_

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


@router.get("/app/photos/{photo_id}")
def photo(request: Request, by: By, photo_id: uuid.UUID, db: Reads) -> Response:
    """The photograph with what it says of itself, for whoever has to judge it."""
    return page(request, "evidence/photo.html", photo=queries.access_photo(db, by, photo_id))


@router.get("/app/photos/{photo_id}/original")
def original(request: Request, by: By, photo_id: uuid.UUID, db: Reads, store: Files) -> Response:
    """The file as it came, with its place and device: for managers, when somebody doubts the photograph."""
    photo = queries.access_photo(db, by, photo_id)
    by.must_be(Role.MANAGER)
    if photo.original_sha256 is None or photo.original_type is None:
        raise NotFound(N_("This photo was kept before originals were."))
    ending = photo.original_type.rpartition("/")[2]
    return _as_download(request, store, photo.original_sha256, photo.original_type, ending)


@router.get("/app/documents/{document_id}/file")
def download(request: Request, by: By, document_id: uuid.UUID, db: Reads, store: Files) -> Response:
    """An <audio> element plays a recording from here, too."""
    document = queries.access_document(db, by, document_id)
    ending = ENDINGS[MediaType(document.media_type)]
    return _as_download(request, store, document.sha256, document.media_type, ending)


def _as_download(request: Request, store: FileStore, sha256: str, media_type: str, ending: str) -> Response:
    """Bytes as they came from somewhere: always a download under a name of ours, never a page."""
    answer = part(request, store.read(sha256), media_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.{ending}"'
    answer.headers["Content-Security-Policy"] = _SEALED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

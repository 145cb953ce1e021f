"""Photographs as members' pages show them."""

import uuid
from typing import Literal

from fastapi import APIRouter, Response

from trace.accounts.doors import By
from trace.evidence import queries
from trace.kit.doors import Files, Reads

router = APIRouter(include_in_schema=False)

Size = Literal["large", "small"]


@router.get("/app/photos/{photo_id}/{size}.webp")
def show(by: By, photo_id: uuid.UUID, size: Size, db: Reads, store: Files) -> Response:
    photo = queries.access_photo(db, by, photo_id)
    content = store.read(photo.sha256 if size == "large" else photo.small_sha256)
    # An id always means the same bytes; `private` keeps them out of caches that people share.
    return Response(
        content, media_type="image/webp", headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )

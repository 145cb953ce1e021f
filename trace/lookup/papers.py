"""Papers that a manager released for strangers: always a download, never a page."""

import uuid

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.batches.models import Batch, State
from trace.batches.queries import by_code
from trace.certificates import queries as certificates
from trace.certificates.rules import Standing
from trace.evidence import queries as evidence
from trace.evidence.attachments import ENDINGS
from trace.evidence.models import MediaType
from trace.kit import shortcodes
from trace.kit.doors import Files, Reads
from trace.kit.files import FileStore
from trace.kit.problems import NotFound
from trace.laboratory import queries as laboratory
from trace.lookup import answers
from trace.lookup.pages import GETS

router = APIRouter(include_in_schema=False)


@router.api_route("/b/{code}/certificates/{certificate_id}/file", methods=GETS)
def certificate(request: Request, db: Reads, store: Files, code: str, certificate_id: uuid.UUID) -> Response:
    """Of a certificate that stands on the page of this batch; one that was withdrawn gives no paper away."""
    for claim in certificates.shown_on(db, _published(db, code).id):
        stated = claim.certificate
        if stated.id == certificate_id and stated.file_public and claim.standing != Standing.WITHDRAWN:
            return _download(request, db, store, stated.document_id, stated.photo_id)
    raise NotFound


@router.api_route("/b/{code}/tests/{test_id}/file", methods=GETS)
def test(request: Request, db: Reads, store: Files, code: str, test_id: uuid.UUID) -> Response:
    """Of a report that counts for this batch."""
    for one in laboratory.shown_on(db, _published(db, code).id):
        if one.id == test_id and one.test.file_public and one.stands:
            return _download(request, db, store, one.test.document_id, one.test.photo_id)
    raise NotFound


def _published(db: Session, code: str) -> Batch:
    examined = shortcodes.examine(code)
    batch = by_code(db, examined.code) if examined.valid else None
    if batch is None or batch.state != State.PUBLISHED:
        raise NotFound
    return batch


def _download(
    request: Request,
    db: Session,
    store: FileStore,
    document_id: uuid.UUID | None,
    photo_id: uuid.UUID | None,
) -> Response:
    if document_id and (document := evidence.document(db, document_id)):
        name = f"{document.sha256[:12]}.{ENDINGS[MediaType(document.media_type)]}"
        return _answer(request, store, document.sha256, document.media_type, name)
    if photo_id and (photo := evidence.photo(db, photo_id)):
        return _answer(request, store, photo.sha256, "image/webp", f"{photo.sha256[:12]}.webp")
    raise NotFound


def _answer(request: Request, store: FileStore, digest: str, media_type: str, name: str) -> Response:
    try:
        return answers.download(request, digest, store.read(digest), media_type=media_type, name=name)
    except FileNotFoundError as error:
        raise NotFound from error

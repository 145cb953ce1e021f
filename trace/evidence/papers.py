"""A paper as people hand it over: the PDF they were sent, or a photograph of the sheet."""

import uuid
from datetime import datetime
from typing import Final

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.evidence.attachments import PDF, Attachment
from trace.evidence.commands import keep_pictures
from trace.evidence.documents import keep_attachments
from trace.evidence.doors import ChosenFiles
from trace.evidence.pictures import Picture
from trace.evidence.queries import access_document, access_photo
from trace.evidence.uploads import Oversized
from trace.kit.files import FileStore
from trace.kit.problems import Fault, Malformed
from trace.kit.translation import N_

_NEITHER: Final = N_("Send the PDF, or a photograph of the paper. This file is neither, or it is damaged.")


def keep_paper(
    db: Session, store: FileStore, chosen: ChosenFiles, field: str, *, by: Actor, now: datetime
) -> dict[str, uuid.UUID]:
    """What a command says about the first file of the field, as its `document_id` or `photo_id`; {} without one."""
    for one in chosen.found.get(field, [])[:1]:
        if isinstance(one, Picture):
            return {"photo_id": keep_pictures(db, store, [one], by=by, now=now)[0].id}
        if isinstance(one, Oversized) or (isinstance(one, Attachment) and one.media_type in PDF):
            kept = keep_attachments(db, store, chosen.documents(field, PDF)[:1], by=by, now=now)
            return {"document_id": kept[0].id}
        raise Malformed([Fault(field, _NEITHER, {}, "paper")])
    return {}


def access_paper(
    db: Session, by: Actor, *, document_id: uuid.UUID | None, photo_id: uuid.UUID | None
) -> None:
    """Raises NotFound unless what is named is there and the cooperative's own."""
    if document_id:
        access_document(db, by, document_id)
    if photo_id:
        access_photo(db, by, photo_id)

"""Keeping documents: a PDF or a recording as it came, each once in a cooperative."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field
from sqlmodel import Session, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.evidence.attachments import Attachment
from trace.evidence.models import Document, MediaType
from trace.kit.commands import Command
from trace.kit.database import hold
from trace.kit.files import FileStore


class KeepDocument(Command):
    """A document came in; the journal holds the hash of its bytes and what they are, not its name."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    media_type: MediaType
    size: int = Field(gt=0, description="In bytes.")


def keep_attachments(
    db: Session, store: FileStore, attachments: Sequence[Attachment], *, by: Actor, now: datetime
) -> list[Document]:
    """Keep them, in their order and each once; one that is known already is not kept again."""
    by.must_be(Role.RECORDER)
    # In one order for everybody: two people who send the same files never wait for each other in a circle.
    kept = {
        attachment.sha256: _keep(db, store, attachment, by=by, now=now)
        for attachment in sorted(attachments, key=lambda attachment: attachment.sha256)
    }
    return [kept[sha256] for sha256 in dict.fromkeys(attachment.sha256 for attachment in attachments)]


def _keep(db: Session, store: FileStore, attachment: Attachment, *, by: Actor, now: datetime) -> Document:
    hold(db, "document", attachment.sha256)
    known = db.exec(
        select(Document).where(
            Document.cooperative_id == by.cooperative_id, Document.sha256 == attachment.sha256
        )
    ).first()
    if known:
        return known
    command = KeepDocument(
        sha256=store.keep(attachment.content),
        media_type=attachment.media_type,
        size=len(attachment.content),
    )
    document = Document(
        **command.model_dump(), cooperative_id=by.cooperative_id, added_by=by.membership_id, added_at=now
    )
    db.add(document)
    db.flush()  # whoever asked for it is about to point to it
    journal.append(db, "document.kept", document.id, command, by=by, now=now)
    return document

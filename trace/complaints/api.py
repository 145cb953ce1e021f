"""JSON door of complaints, for members; the form of the public page is the only way in for strangers."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from trace.accounts.doors import By
from trace.complaints import commands, queries
from trace.complaints.models import Matter
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/complaints", tags=["complaints"])
Closed = Annotated[bool, Query(description="Those that are closed, instead of those that are open.")]


class ReplyRead(ReadModel):
    """What the cooperative answered."""

    id: uuid.UUID
    text: str
    closes: bool
    written_by: uuid.UUID = Field(description="The membership.")
    written_at: datetime


class ComplaintRead(ReadModel):
    """What somebody without an account said about a batch, and the answers."""

    id: uuid.UUID
    batch_id: uuid.UUID
    code: str = Field(description="Of the batch.")
    matter: Matter
    text: str
    contact: str | None = Field(description="For members only, if the sender gave it.")
    sent_at: datetime
    is_open: bool
    replies: list[ReplyRead]


@router.post(
    "/reply", responses=WRITING, operation_id="complaints_reply", summary="Answer a complaint, or close it"
)
def reply(command: commands.Reply, by: By, db: Db, now: Now) -> ComplaintRead:
    """Needs a manager. The sender reads it behind their link; nothing follows the reply that closes."""
    return _read(queries.complaint(db, by, commands.reply(db, command, by=by, now=now).id))


@router.get("", responses=READING, operation_id="complaints_list_complaints", summary="List complaints")
def list_complaints(by: By, db: Reads, asked: Asked, *, closed: Closed = False) -> PageOf[ComplaintRead]:
    """Open ones, or closed ones; the newest first. Needs a recorder."""
    found, following = asked.cut(queries.complaints(db, by, asked, closed=closed))
    return PageOf(items=[_read(one) for one in found], next=following)


@router.get(
    "/{complaint_id}",
    responses=READING,
    operation_id="complaints_read_complaint",
    summary="Read one complaint",
)
def read_complaint(complaint_id: uuid.UUID, by: By, db: Reads) -> ComplaintRead:
    """With every answer. Needs a recorder."""
    return _read(queries.complaint(db, by, complaint_id))


def _read(told: queries.Told) -> ComplaintRead:
    return ComplaintRead.model_validate(
        {
            **told.complaint.model_dump(),
            "code": told.code,
            "contact": told.contact,
            "is_open": told.is_open,
            "replies": [ReplyRead.model_validate(one) for one in told.replies],
        }
    )

"""The JSON door to the people of a cooperative."""

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from trace.accounts import invitations
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.commands import ReadModel
from trace.kit.doors import Config, Db, Now
from trace.kit.openapi import WRITING

router = APIRouter(prefix="/api/v1", tags=["accounts"])


class LinkRead(ReadModel):
    """An invitation as only its maker sees it, once."""

    id: uuid.UUID
    role: Role
    token: str = Field(description="Shown here only; the server keeps its hash.")
    link: str = Field(description="What to send, or to show as a QR code.")
    expires_at: datetime


@router.post(
    "/invitations",
    status_code=201,
    responses=WRITING,
    operation_id="accounts_invite_member",
    summary="Invite a member",
)
def invite_member(command: invitations.Invite, by: By, db: Db, now: Now, config: Config) -> LinkRead:
    """A link that lets one person join within a day. Sent again, the answer carries a new link and the old one dies."""
    made = invitations.invite(db, command, by=by, now=now)
    return LinkRead(
        id=made.id,
        role=command.role,
        token=made.token,
        link=f"{config.public_url}/join/{made.token}",
        expires_at=made.expires_at,
    )

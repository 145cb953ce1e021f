"""The JSON door to a cooperative, its people and its API keys."""

import uuid
from datetime import date, datetime
from typing import Final

from fastapi import APIRouter
from pydantic import Field

from trace.accounts import commands, invitations, keys, members, passwords, queries
from trace.accounts.doors import By
from trace.accounts.models import ApiKey, Cooperative, Invitation, Role, Scope
from trace.kit.commands import ReadModel
from trace.kit.doors import Config, Db, Now, Reads
from trace.kit.openapi import WRITING, problems
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1", tags=["accounts"])
_MANAGERS_READING: Final = problems(401, 403, 404, 422)


class CooperativeRead(ReadModel):
    """A cooperative as it shows itself to everybody."""

    id: uuid.UUID
    name: str = Field(examples=["HTX Dưa lưới Trường Tân"])
    tax_code: str = Field(examples=["0801234560"])
    hotline: str = Field(description="E.164", examples=["+842203888999"])
    gln: str | None
    gs1_prefix: str | None
    street: str | None
    commune_code: str = Field(examples=["11065"])
    commune_label: str = Field(examples=["xã Trường Tân, TP Hải Phòng"])
    former_label: str | None = Field(description="The address before 1 July 2025.")
    illustration: bool = Field(description="Made up for the demo.")


class BelongingRead(ReadModel):
    """A cooperative that the person works in."""

    membership_id: uuid.UUID
    cooperative_name: str
    role: Role


class MeRead(ReadModel):
    """Who asks, and what they may do."""

    membership_id: uuid.UUID = Field(description="What records say in `written_by`.")
    name: str
    role: Role = Field(description="A key that may only read has the role of a viewer.")
    by_key: bool = Field(description="Whether an API key was used and not a session.")
    cooperative: CooperativeRead
    belongings: list[BelongingRead] = Field(description="All cooperatives of the person; empty for a key.")


class MemberRead(ReadModel):
    """A person's place in the cooperative. Names and numbers are personal data: keep them to yourself."""

    id: uuid.UUID
    name: str
    phone: str = Field(description="E.164", examples=["+84912345678"])
    role: Role
    joined_at: datetime
    ended_at: datetime | None


class InvitationRead(ReadModel):
    """An invitation, without its link."""

    id: uuid.UUID
    role: Role
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


class InvitationLinkRead(ReadModel):
    """An invitation as only its maker sees it, once."""

    id: uuid.UUID
    role: Role
    token: str = Field(description="Shown here only; the server keeps its hash.")
    link: str = Field(description="What to send, or to show as a QR code.")
    expires_at: datetime


class ResetLinkRead(ReadModel):
    """A link for a new password as only its maker sees it, once."""

    id: uuid.UUID
    link: str = Field(description="What to send to the member, or to show as a QR code.")
    expires_at: datetime


class KeyRead(ReadModel):
    """An API key, without its secret part."""

    id: uuid.UUID
    name: str
    scope: Scope
    prefix: str = Field(description="How the key begins.", examples=["htx_live_Ab3dE5f"])
    made_at: datetime
    used_on: date | None = Field(description="The last day on which it was used, in Vietnam.")
    revoked_at: datetime | None
    works: bool = Field(description="False when revoked, or not used for half a year.")


class NewKeyRead(KeyRead):
    """An API key as only its maker sees it, once."""

    key: str = Field(description="Send it as `Authorization: Bearer …`. Shown here only.")


@router.get(
    "/me",
    responses=problems(401),
    operation_id="accounts_read_me",
    summary="Who am I?",
)
def read_me(by: By, db: Reads) -> MeRead:
    """The person or key behind this request, and the cooperative it speaks for."""
    return MeRead(
        membership_id=by.membership_id,
        name=by.name,
        role=by.role,
        by_key=by.key_id is not None,
        cooperative=_cooperative(queries.cooperative(db, by.cooperative_id)),
        belongings=[]
        if by.key_id
        else [BelongingRead.model_validate(one) for one in queries.belongings(db, by.person_id)],
    )


@router.post(
    "/cooperative",
    responses=WRITING,
    operation_id="accounts_change_cooperative",
    summary="Change what the cooperative says about itself",
)
def change_cooperative(command: commands.ChangeCooperative, by: By, db: Db, now: Now) -> CooperativeRead:
    """For managers. Everything is said anew; the tax code cannot change."""
    return _cooperative(commands.change_cooperative(db, command, by=by, now=now))


@router.get(
    "/members",
    responses=_MANAGERS_READING,
    operation_id="accounts_list_members",
    summary="List members",
)
def list_members(by: By, db: Reads, asked: Asked) -> PageOf[MemberRead]:
    """For managers: members and former members, the newest first."""
    rows, following = asked.cut(queries.members(db, by, asked))
    return PageOf(items=[MemberRead.model_validate(row) for row in rows], next=following)


@router.post(
    "/members/change-role",
    responses=WRITING,
    operation_id="accounts_change_role",
    summary="Change a member's role",
)
def change_role(command: members.ChangeRole, by: By, db: Db, now: Now) -> MemberRead:
    """Counts from the member's next request on. The last manager stays manager."""
    changed = members.change_role(db, command, by=by, now=now)
    return MemberRead.model_validate(queries.member(db, by, changed.id))


@router.post(
    "/members/end",
    responses=WRITING,
    operation_id="accounts_end_membership",
    summary="End a membership",
)
def end_membership(command: members.EndMembership, by: By, db: Db, now: Now) -> MemberRead:
    """Sessions, API keys and open links of the member end at once; what they wrote stays."""
    ended = members.end_membership(db, command, by=by, now=now)
    return MemberRead.model_validate(queries.member(db, by, ended.id))


@router.post(
    "/members/sign-out",
    responses=WRITING,
    operation_id="accounts_sign_out_member",
    summary="Sign a member out on every device",
)
def sign_out_member(command: members.EndMemberSessions, by: By, db: Db, now: Now) -> MemberRead:
    """For a lost phone."""
    signed_out = members.end_member_sessions(db, command, by=by, now=now)
    return MemberRead.model_validate(queries.member(db, by, signed_out.id))


@router.post(
    "/password-resets",
    status_code=201,
    responses=WRITING,
    operation_id="accounts_offer_reset",
    summary="Make a link for a new password",
)
def offer_reset(command: passwords.OfferReset, by: By, db: Db, now: Now, config: Config) -> ResetLinkRead:
    """For a manager who gave the password lately, and a member who belongs to no other cooperative."""
    made = passwords.offer_reset(db, command, by=by, now=now)
    link = f"{config.public_url}/reset/{made.token}"
    return ResetLinkRead(id=made.id, link=link, expires_at=made.expires_at)


@router.get(
    "/invitations",
    responses=_MANAGERS_READING,
    operation_id="accounts_list_invitations",
    summary="List open invitations",
)
def list_invitations(by: By, db: Reads, now: Now) -> list[InvitationRead]:
    """For managers: those that somebody may still accept. Links are not shown again."""
    by.must_be(Role.MANAGER)
    return [_invitation(row) for row in invitations.open_invitations(db, by, now=now)]


@router.post(
    "/invitations",
    status_code=201,
    responses=WRITING,
    operation_id="accounts_invite_member",
    summary="Invite a member",
)
def invite_member(
    command: invitations.Invite, by: By, db: Db, now: Now, config: Config
) -> InvitationLinkRead:
    """A link that lets one person join within a day. Sent again, the answer has a new link and the old one dies."""
    made = invitations.invite(db, command, by=by, now=now)
    return InvitationLinkRead(
        id=made.id,
        role=command.role,
        token=made.token,
        link=f"{config.public_url}/join/{made.token}",
        expires_at=made.expires_at,
    )


@router.post(
    "/invitations/withdraw",
    responses=WRITING,
    operation_id="accounts_withdraw_invitation",
    summary="Withdraw an invitation",
)
def withdraw_invitation(command: invitations.WithdrawInvitation, by: By, db: Db, now: Now) -> InvitationRead:
    """The link stops working at once."""
    return _invitation(invitations.withdraw_invitation(db, command, by=by, now=now))


@router.get(
    "/keys",
    responses=_MANAGERS_READING,
    operation_id="accounts_list_keys",
    summary="List API keys",
)
def list_keys(by: By, db: Reads, now: Now) -> list[KeyRead]:
    """For managers: every key ever made, the newest first, without its secret part."""
    return [KeyRead.model_validate(_key(row, now=now)) for row in keys.keys_of(db, by)]


@router.post(
    "/keys",
    status_code=201,
    responses=WRITING,
    operation_id="accounts_make_key",
    summary="Make an API key",
)
def make_key(command: keys.MakeKey, by: By, db: Db, now: Now) -> NewKeyRead:
    """For a manager who gave the password lately; a key cannot make keys. The key is in this answer only."""
    made = keys.make_key(db, command, by=by, now=now)
    return NewKeyRead.model_validate({**_key(made.row, now=now), "key": made.key})


@router.post(
    "/keys/revoke",
    responses=WRITING,
    operation_id="accounts_revoke_key",
    summary="Revoke an API key",
)
def revoke_key(command: keys.RevokeKey, by: By, db: Db, now: Now) -> KeyRead:
    """The key stops working at once."""
    return KeyRead.model_validate(_key(keys.revoke_key(db, command, by=by, now=now), now=now))


def _cooperative(row: Cooperative) -> CooperativeRead:
    return CooperativeRead.model_validate(row)


def _invitation(row: Invitation) -> InvitationRead:
    return InvitationRead.model_validate(row)


def _key(row: ApiKey, *, now: datetime) -> dict[str, object]:
    return {**row.model_dump(), "works": keys.works(row, now=now)}

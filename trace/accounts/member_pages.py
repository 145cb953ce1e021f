"""Managers' pages about the members: who belongs, inviting, roles, leaving, lost passwords and phones."""

import uuid
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from trace.accounts import invitations, members, passwords, queries, sessions
from trace.accounts.actor import Actor, PasswordNeeded
from trace.accounts.answers import again, confirm_first, link_page
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.kit.doors import Config, Db, Language, Now, Reads
from trace.kit.forms import Form, bind, blank, pressed
from trace.kit.ids import new_id
from trace.kit.pages import go, page
from trace.kit.problems import Problem
from trace.kit.translation import N_, locale_of

router = APIRouter(prefix="/app", include_in_schema=False)


@router.get("/members")
def member_list(request: Request, by: By, db: Reads, now: Now) -> Response:
    found = queries.members(db, by)
    return page(
        request,
        "accounts/members.html",
        present=[one for one in found if one.ended_at is None],
        former=[one for one in found if one.ended_at],
        invitations=[(one, new_id()) for one in invitations.open_invitations(db, by, now=now)],
    )


@router.get("/members/invite")
def invitation_form(request: Request, by: By, language: Language, role: Role = Role.RECORDER) -> Response:
    by.must_be(Role.MANAGER)
    return page(request, "accounts/invite.html", draft=blank(language, id=new_id(), role=role))


@router.post("/members/invite")
def invite(
    request: Request, by: By, form: Form, db: Db, now: Now, language: Language, config: Config
) -> Response:
    draft = bind(invitations.Invite, form, language)
    if draft.command is None:
        return page(request, "accounts/invite.html", status=422, draft=draft)
    try:
        with db.begin_nested():
            made = invitations.invite(db, draft.command, by=by, now=now)
    except PasswordNeeded:
        return go(f"/app/confirm?next=/app/members/invite%3Frole%3D{draft.command.role}")
    except Problem as problem:
        return again(request, "accounts/invite.html", draft, problem)
    address = f"{config.public_url}/join/{made.token}"
    return link_page(
        request, "accounts/invited.html", address, expires_at=made.expires_at, role=draft.command.role
    )


@router.post("/invitations/{invitation_id}/withdraw")
def withdraw(by: By, invitation_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language) -> Response:
    command = pressed(invitations.WithdrawInvitation, form, language, invitation_id=invitation_id)
    invitations.withdraw_invitation(db, command, by=by, now=now)
    return go("/app/members", flash=N_("The invitation is withdrawn."))


@router.get("/members/{membership_id}")
def member(
    request: Request, by: By, membership_id: uuid.UUID, db: Reads, now: Now, language: Language
) -> Response:
    values = _about(db, by, membership_id, now=now)
    return page(request, "accounts/member.html", draft=blank(language, role=values["member"].role), **values)


@router.get("/members/{membership_id}/role")
@router.get("/members/{membership_id}/reset")
def back_to_member(membership_id: uuid.UUID) -> Response:
    """Where a reload, or the choice of another language, leads after one of the buttons below."""
    return go(f"/app/members/{membership_id}")


@router.post("/members/{membership_id}/role")
def change_role(
    request: Request, by: By, membership_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(members.ChangeRole, form, language, membership_id=membership_id)
    try:
        with db.begin_nested():
            members.change_role(db, command, by=by, now=now)
    except PasswordNeeded:
        return go(f"/app/confirm?next=/app/members/{membership_id}")
    except Problem as problem:
        return _about_again(request, db, by, membership_id, problem, now=now)
    return go(f"/app/members/{membership_id}", flash=N_("The role is changed."))


@router.post("/members/{membership_id}/sign-out")
def sign_out_everywhere(
    by: By, membership_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(members.EndMemberSessions, form, language, membership_id=membership_id)
    members.end_member_sessions(db, command, by=by, now=now)
    return go(f"/app/members/{membership_id}", flash=N_("Signed out on every device."))


@router.post("/members/{membership_id}/reset")
def offer_reset(
    request: Request,
    by: By,
    membership_id: uuid.UUID,
    form: Form,
    db: Db,
    now: Now,
    language: Language,
    config: Config,
) -> Response:
    by.must_be(Role.MANAGER)
    if first := confirm_first(by, now=now, then=f"/app/members/{membership_id}"):
        return first
    command = pressed(passwords.OfferReset, form, language, membership_id=membership_id)
    try:
        with db.begin_nested():
            made = passwords.offer_reset(db, command, by=by, now=now)
    except Problem as problem:
        return _about_again(request, db, by, membership_id, problem, now=now)
    return link_page(
        request,
        "accounts/reset_offered.html",
        f"{config.public_url}/reset/{made.token}",
        expires_at=made.expires_at,
        member=queries.member(db, by, membership_id),
    )


@router.get("/members/{membership_id}/end")
def end_form(request: Request, by: By, membership_id: uuid.UUID, db: Reads, language: Language) -> Response:
    found = queries.member(db, by, membership_id)
    return page(request, "accounts/end_member.html", draft=blank(language, id=new_id()), member=found)


@router.post("/members/{membership_id}/end")
def end(
    request: Request, by: By, membership_id: uuid.UUID, form: Form, db: Db, now: Now, language: Language
) -> Response:
    command = pressed(members.EndMembership, form, language, membership_id=membership_id)
    try:
        with db.begin_nested():
            members.end_membership(db, command, by=by, now=now)
    except Problem as problem:
        return _about_again(request, db, by, membership_id, problem, now=now)
    if membership_id == by.membership_id:
        return go("/", flash=N_("You have left the cooperative."))
    return go("/app/members", flash=N_("The membership has ended. What was written stays."))


def _about(db: Session, by: Actor, membership_id: uuid.UUID, *, now: datetime) -> dict[str, Any]:
    return {
        "member": queries.member(db, by, membership_id),
        "sessions": sessions.sessions_in(db, membership_id, now=now),
        "ids": {"role": new_id(), "sign_out": new_id(), "reset": new_id()},
    }


def _about_again(
    request: Request, db: Session, by: Actor, membership_id: uuid.UUID, problem: Problem, *, now: datetime
) -> Response:
    values = _about(db, by, membership_id, now=now)
    draft = blank(locale_of(request), role=values["member"].role)
    return again(request, "accounts/member.html", draft, problem, **values)

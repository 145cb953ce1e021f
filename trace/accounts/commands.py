"""Registering a cooperative, and how people come to belong to it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from sqlmodel import Session, select

from trace.accounts import secrets
from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Invitation, Membership, Person, Role
from trace.accounts.rules import NewPassword, OptionalGln, PhoneNumber, TaxCode
from trace.kit.commands import Command, Line, OptionalLine, Personal
from trace.kit.database import hold
from trace.kit.ids import new_id
from trace.kit.problems import NotFound, Refused
from trace.kit.translation import N_
from trace.kit.validation import wrong
from trace.ledger import commands as ledger
from trace.places import queries as places_known

LINK_LIVES: Final = timedelta(hours=24)


def _known_commune(code: str) -> str:
    if places_known.commune(code) is None:
        raise wrong("place", N_("Choose the commune from the list."))
    return code


CommuneCode = Annotated[str, AfterValidator(_known_commune)]


class RegisterCooperative(Command):
    """A cooperative and the manager who registers it."""

    name: Line = Field(description="Tên hợp tác xã", examples=["HTX Dưa lưới Trường Tân"])
    tax_code: TaxCode = Field(examples=["0801234560"])
    hotline: PhoneNumber = Field(
        description="An office number; every shopper sees it.", examples=["0220 3888 999"]
    )
    gln: OptionalGln = Field(
        None, description="GS1 location number, if there is one.", examples=["9521234561002"]
    )
    commune_code: CommuneCode = Field(
        description="Commune, ward or special zone since 1 July 2025.", examples=["11065"]
    )
    street: OptionalLine = Field(None, description="House, street, hamlet.")
    former_label: Annotated[
        OptionalLine,
        Field(None, description="The address before 1 July 2025, shown as a second line for two years."),
    ] = None
    manager_name: Annotated[Line, Personal()]
    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[NewPassword, Personal()]


def register_cooperative(
    db: Session, command: RegisterCooperative, *, now: datetime, illustration: bool = False
) -> Membership:
    """Make the cooperative, its first manager and the manager's place in it."""
    if ledger.already(db, "cooperative.registered", command, cooperative=command.id):
        return db.exec(select(Membership).where(Membership.cooperative_id == command.id)).one()
    hold(db, "tax_code", command.tax_code)
    if db.exec(select(Cooperative.id).where(Cooperative.tax_code == command.tax_code)).first():
        raise Refused(
            N_(
                "A cooperative with this tax code is registered here already. Ask its manager for an invitation."
            ),
            field="tax_code",
        )
    person = _new_person(db, command.phone, command.manager_name, command.password, now=now)
    db.add(
        Cooperative(
            id=command.id,
            name=command.name,
            tax_code=command.tax_code,
            hotline=command.hotline,
            gln=command.gln,
            street=command.street,
            commune_code=command.commune_code,
            commune_label=places_known.label(command.commune_code),
            former_label=command.former_label,
            illustration=illustration,
            registered_at=now,
        )
    )
    db.flush()  # the membership points to both
    membership = _join(db, command.id, person.id, Role.MANAGER, now=now)
    ledger.append(
        db,
        "cooperative.registered",
        subject=command.id,
        command=command,
        cooperative=command.id,
        actor=membership.id,
        at=now,
    )
    return membership


class Invite(Command):
    """A manager invites one person, who will be told the link or shown its QR code."""

    role: Role = Role.RECORDER


@dataclass(frozen=True)
class Link:
    """A one-time link; its token is known here only once."""

    id: uuid.UUID
    token: str
    expires_at: datetime


def invite(db: Session, command: Invite, *, by: Actor, now: datetime) -> Link:
    """Make an invitation. Sent twice, the second answer carries a fresh token and the first dies."""
    by.must_be(Role.MANAGER)
    token = secrets.new_token()
    if ledger.already(db, "member.invited", command, cooperative=by.cooperative_id):
        known = db.get_one(Invitation, command.id)
        known.token_hash = secrets.token_hash(token)
        return Link(known.id, token, known.expires_at)
    db.add(
        Invitation(
            id=command.id,
            cooperative_id=by.cooperative_id,
            role=command.role,
            token_hash=secrets.token_hash(token),
            made_by=by.membership_id,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    ledger.append(
        db,
        "member.invited",
        subject=command.id,
        command=command,
        cooperative=by.cooperative_id,
        actor=by.membership_id,
        at=now,
    )
    return Link(command.id, token, now + LINK_LIVES)


class Join(Command):
    """Somebody accepts an invitation. A person known here already gives the password they have."""

    name: Annotated[Line, Personal()]
    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[NewPassword, Personal()]


def join(db: Session, command: Join, *, token: str, now: datetime) -> Membership:
    """Use up the invitation. Raises NotFound for a link that is spent, withdrawn, out of date or never was."""
    invitation = open_invitation(db, token, now=now)
    known = db.exec(select(Person).where(Person.phone == command.phone)).first()
    if known is None:
        known = _new_person(db, command.phone, command.name, command.password, now=now)
    elif not secrets.password_fits(command.password, known.password_hash):
        raise Refused(
            N_(
                "This number has an account here. Give the password of that account, or ask a manager for a new one."
            ),
            field="password",
        )
    membership = _join(db, invitation.cooperative_id, known.id, Role(invitation.role), now=now)
    invitation.used_at = now
    ledger.append(
        db,
        "member.joined",
        subject=membership.id,
        command=command,
        cooperative=invitation.cooperative_id,
        actor=membership.id,
        at=now,
    )
    return membership


def open_invitation(db: Session, token: str, *, now: datetime) -> Invitation:
    found = db.exec(
        select(Invitation).where(Invitation.token_hash == secrets.token_hash(token)).with_for_update()
    ).first()
    if found is None or found.used_at or found.withdrawn_at or found.expires_at <= now:
        raise NotFound(
            N_("This link is used up or too old. Ask the manager of your cooperative for a new one.")
        )
    return found


def _new_person(db: Session, phone: str, name: str, password: str, *, now: datetime) -> Person:
    hold(db, "phone", phone)
    if db.exec(select(Person.id).where(Person.phone == phone)).first():
        raise Refused(N_("This number has an account here already. Sign in with it instead."), field="phone")
    person = Person(
        id=new_id(), phone=phone, name=name, password_hash=secrets.hash_password(password), registered_at=now
    )
    db.add(person)
    db.flush()  # the membership points to it
    return person


def _join(db: Session, cooperative: uuid.UUID, person: uuid.UUID, role: Role, *, now: datetime) -> Membership:
    known = db.exec(
        select(Membership).where(Membership.cooperative_id == cooperative, Membership.person_id == person)
    ).first()
    if known is None:
        known = Membership(
            id=new_id(), cooperative_id=cooperative, person_id=person, role=role, joined_at=now
        )
    elif known.ended_at is None:
        raise Refused(N_("You are a member of this cooperative already. Sign in instead."), field="phone")
    known.role, known.ended_at = role, None
    db.add(known)
    db.flush()  # the session and the journal point to it
    return known

"""Registering a cooperative, and changing what it says about itself."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, select

from trace.accounts import journal, people
from trace.accounts.actor import Actor
from trace.accounts.communes import CommuneCode
from trace.accounts.models import Cooperative, Membership, Role
from trace.accounts.rules import (
    Hotline,
    NewPassword,
    OptionalCompanyPrefix,
    OptionalGln,
    PhoneNumber,
    TaxCode,
)
from trace.kit.commands import Command, Line, OptionalLine, Personal
from trace.kit.database import hold
from trace.kit.problems import Conflict, Refused
from trace.kit.translation import N_
from trace.ledger import commands as ledger
from trace.places import queries as places


class _OfCooperative(Command):
    """What a cooperative says about itself, to its members and to every shopper."""

    name: Line = Field(description="Tên hợp tác xã", examples=["HTX Dưa lưới Trường Tân"])
    hotline: Hotline = Field(
        description="An office number; every shopper sees it.", examples=["0220 3888 999"]
    )
    gln: OptionalGln = Field(
        None, description="GS1 location number, if there is one.", examples=["9521234561002"]
    )
    gs1_prefix: OptionalCompanyPrefix = Field(
        None,
        description="GS1 company prefix, if there is one: boxes then get an SSCC.",
        examples=["952123456"],
    )
    commune_code: CommuneCode = Field(
        description="Commune, ward or special zone since 1 July 2025.", examples=["11065"]
    )
    street: OptionalLine = Field(None, description="House, street, hamlet.", examples=["Thôn Côi Hạ"])
    former_label: OptionalLine = Field(
        None,
        description="The address before 1 July 2025, shown as a second line.",
        examples=["xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương"],
    )


class RegisterCooperative(_OfCooperative):
    """A cooperative and the manager who registers it."""

    tax_code: TaxCode = Field(examples=["0801234560"])
    manager_name: Annotated[Line, Personal()]
    phone: Annotated[PhoneNumber, Personal()]
    password: Annotated[NewPassword, Personal()]


def register_cooperative(
    db: Session, command: RegisterCooperative, *, now: datetime, illustration: bool = False
) -> Membership:
    """Make the cooperative, its first manager and the manager's place in it."""
    if ledger.already(db, "cooperative.registered", command, cooperative=command.id):
        return _registered_by_the_same(db, command)
    hold(db, "tax_code", command.tax_code)
    if db.exec(select(Cooperative.id).where(Cooperative.tax_code == command.tax_code)).first():
        raise Refused(
            N_(
                "A cooperative with this tax code is registered here already. Ask its manager for an invitation."
            ),
            field="tax_code",
        )
    person = people.known_or_new(
        db, phone=command.phone, name=command.manager_name, password=command.password, now=now
    )
    db.add(
        Cooperative(
            id=command.id,
            tax_code=command.tax_code,
            illustration=illustration,
            registered_at=now,
            **_said_about_itself(command),
        )
    )
    db.flush()  # the membership points to it
    membership = people.join(db, command.id, person.id, Role.MANAGER, now=now)
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


def _registered_by_the_same(db: Session, command: RegisterCooperative) -> Membership:
    """What the journal keeps of a registration is known to all: only the password shows who repeats it."""
    person = people.person_who_knows(db, command.phone, command.password)
    mine = people.memberships_of(db, person.id) if person else []
    for membership in mine:
        if membership.cooperative_id == command.id:
            return membership
    raise Conflict(N_("This cooperative is registered already. Sign in instead."))


class ChangeCooperative(_OfCooperative):
    """The cooperative as it is from now on; its tax code stays, because it is who the cooperative is."""


def change_cooperative(db: Session, command: ChangeCooperative, *, by: Actor, now: datetime) -> Cooperative:
    by.must_be(Role.MANAGER)
    cooperative = db.get_one(Cooperative, by.cooperative_id)
    if journal.already(db, "cooperative.changed", command, by=by):
        return cooperative
    for name, value in _said_about_itself(command).items():
        setattr(cooperative, name, value)
    journal.append(db, "cooperative.changed", cooperative.id, command, by=by, now=now)
    return cooperative


def _said_about_itself(command: _OfCooperative) -> dict[str, Any]:
    said = command.model_dump(include=set(_OfCooperative.model_fields) - {"id"})
    return {**said, "commune_label": places.label(command.commune_code)}

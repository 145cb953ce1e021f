"""Adding partners, to whom the cooperative sells and from whom it buys, and setting right what is said of them."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field
from sqlmodel import Session, col, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.communes import CommuneCode
from trace.accounts.models import Role
from trace.accounts.rules import Hotline, OptionalGln, TaxCode
from trace.catalogue.models import Partner, PartnerKind
from trace.catalogue.partner_queries import access_partner
from trace.kit.commands import Command, Line, OptionalLine, Personal, empty_is_none
from trace.kit.database import hold
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.places import queries as places

OptionalTaxCode = Annotated[TaxCode | None, BeforeValidator(empty_is_none)]
OptionalPhone = Annotated[Hotline | None, BeforeValidator(empty_is_none)]
OptionalCommune = Annotated[CommuneCode | None, BeforeValidator(empty_is_none)]


class AddPartner(Command):
    """A buyer or a supplier: one step forward, one step back."""

    kind: PartnerKind = Field(examples=["buyer"])
    # A partner is often one person: a trader at the market, a neighbour.
    name: Annotated[Line, Personal(), Field(examples=["Cửa hàng Nông sản Sạch Hải Dương"])]
    phone: Annotated[OptionalPhone, Personal(), Field(description="Rung in a recall.")] = None
    tax_code: Annotated[OptionalTaxCode, Personal()] = Field(
        None, description="Of a cooperative that is registered here, it tells that the two are one."
    )
    gln: OptionalGln = None
    street: Annotated[OptionalLine, Personal()] = None
    commune_code: OptionalCommune = Field(None, description="Commune, ward or special zone.")


class ChangePartner(AddPartner):
    """What is said about a partner is set right."""

    partner_id: uuid.UUID = Field(description="Which partner.")


_OWN: Final = frozenset({"id", "partner_id"})


def add_partner(db: Session, command: AddPartner, *, by: Actor, now: datetime) -> Partner:
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "partner.added", command, by=by):
        return db.get_one(Partner, known)
    _must_be_new(db, command, by=by)
    partner = Partner(id=command.id, cooperative_id=by.cooperative_id, added_at=now, **_said(command))
    db.add(partner)
    journal.append(db, "partner.added", partner.id, command, by=by, now=now)
    return partner


def change_partner(db: Session, command: ChangePartner, *, by: Actor, now: datetime) -> Partner:
    """The shipments that named the partner name it still, as it is called and reached from now on."""
    by.must_be(Role.RECORDER)
    if known := journal.already(db, "partner.changed", command, by=by):
        return db.get_one(Partner, known)
    partner = access_partner(db, by, command.partner_id)
    _must_be_new(db, command, by=by, besides=partner.id)
    partner.sqlmodel_update(_said(command))
    db.add(partner)
    journal.append(db, "partner.changed", partner.id, command, by=by, now=now)
    return partner


def _said(command: AddPartner) -> dict[str, Any]:
    label = places.label(command.commune_code) if command.commune_code else None
    return {**command.model_dump(exclude=set(_OWN)), "commune_label": label}


def _must_be_new(db: Session, command: AddPartner, *, by: Actor, besides: uuid.UUID | None = None) -> None:
    if command.tax_code is None:
        return
    hold(db, "partner", by.cooperative_id, command.tax_code)
    known = db.exec(
        select(Partner.id).where(
            col(Partner.cooperative_id) == by.cooperative_id, col(Partner.tax_code) == command.tax_code
        )
    ).first()
    if known and known != besides:
        raise Refused(N_("A partner with this tax code is in the list already."), field="tax_code")

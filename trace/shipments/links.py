"""Links for buyers without an account: good for some days, and only for one shipment."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field
from sqlalchemy import select
from sqlmodel import Session, col

from trace.accounts import journal, secrets
from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative, Membership, Person, Role
from trace.kit.commands import Command
from trace.kit.problems import NotFound, Refused
from trace.kit.translation import N_
from trace.shipments import queries
from trace.shipments.models import ShipmentLink

LONGEST_DAYS: Final = 90


class MakeLink(Command):
    """Somebody is to see the delivery note and answer for it."""

    shipment_id: uuid.UUID = Field(description="Which shipment.")
    days: int = Field(7, ge=1, le=LONGEST_DAYS, description="How long the link is good.")


class RevokeLink(Command):
    """The link went to the wrong person, or is not needed any more."""

    link_id: uuid.UUID = Field(description="Which: `id` of the answer that made it.")


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link whose token is known here only once."""

    id: uuid.UUID
    token: str
    expires_at: datetime


def make_link(db: Session, command: MakeLink, *, by: Actor, now: datetime) -> NewLink:
    """Sent twice, the second answer carries a fresh token and the first dies."""
    by.must_be(Role.RECORDER)
    token = secrets.new_token()
    if journal.already(db, "shipment.link_made", command, by=by):
        known = db.get_one(ShipmentLink, command.id)
        known.token_hash = secrets.token_hash(token)
        return NewLink(known.id, token, known.expires_at)
    shipment = queries.access_shipment(db, by, command.shipment_id)
    if queries.sent(db, shipment.id).taken_back_by_id:
        raise Refused(N_("This shipment was taken back, so there is nothing to answer for."))
    expires_at = now + timedelta(days=command.days)
    db.add(
        ShipmentLink(
            id=command.id,
            shipment_id=shipment.id,
            token_hash=secrets.token_hash(token),
            made_by=by.membership_id,
            made_at=now,
            expires_at=expires_at,
        )
    )
    journal.append(db, "shipment.link_made", command.id, command, by=by, now=now)
    return NewLink(command.id, token, expires_at)


def revoke_link(db: Session, command: RevokeLink, *, by: Actor, now: datetime) -> ShipmentLink:
    """At once, for whoever holds it."""
    by.must_be(Role.RECORDER)
    link = access_link(db, by, command.link_id)
    if journal.already(db, "shipment.link_revoked", command, by=by):
        return link
    link.revoked_at = link.revoked_at or now
    db.add(link)
    journal.append(db, "shipment.link_revoked", link.id, command, by=by, now=now)
    return link


def access_link(db: Session, by: Actor, link_id: uuid.UUID) -> ShipmentLink:
    """Raises NotFound for one that is absent and for one of another cooperative's shipment."""
    link = db.get(ShipmentLink, link_id)
    if link is None:
        raise NotFound
    queries.access_shipment(db, by, link.shipment_id)
    return link


def links_of(db: Session, shipment_id: uuid.UUID) -> list[ShipmentLink]:
    """The last that was made first."""
    found = select(ShipmentLink).where(col(ShipmentLink.shipment_id) == shipment_id)
    return list(db.execute(found.order_by(col(ShipmentLink.id).desc())).scalars())


def is_open(link: ShipmentLink, *, now: datetime) -> bool:
    return link.revoked_at is None and now < link.expires_at


def of_token(db: Session, token: str, *, now: datetime) -> ShipmentLink:
    """The same answer for one that is over, was revoked or never was."""
    found: ShipmentLink | None = db.execute(
        select(ShipmentLink).where(col(ShipmentLink.token_hash) == secrets.token_hash(token))
    ).scalar()
    if found is None or not is_open(found, now=now):
        raise NotFound(N_("This link is over or was taken back. Ask the sender for a new one."))
    return found


def maker(db: Session, link: ShipmentLink) -> Actor:
    """For whom a stranger's answer is kept: whoever gave the link away answers for what comes through it."""
    membership, person, cooperative = db.execute(
        select(Membership, Person, Cooperative)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Cooperative, col(Cooperative.id) == col(Membership.cooperative_id))
        .where(col(Membership.id) == link.made_by)
    ).one()
    return Actor(
        membership_id=membership.id,
        person_id=person.id,
        cooperative_id=cooperative.id,
        role=Role.RECORDER,  # as it was when the link was made, whatever became of the member since
        name=person.name,
        cooperative_name=cooperative.name,
        illustration=cooperative.illustration,
    )

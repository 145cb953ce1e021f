"""Questions about partners."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative
from trace.accounts.queries import own
from trace.catalogue.models import Partner
from trace.kit.paging import Paging


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """A partner, and the cooperative of this platform that has the same tax code, if there is one."""

    partner: Partner
    registered_id: uuid.UUID | None

    @property
    def id(self) -> uuid.UUID:
        return self.partner.id


def access_partner(db: Session, by: Actor, partner_id: uuid.UUID) -> Partner:
    return own(db, by, Partner, partner_id)


def partner_list(db: Session, by: Actor, asked: Paging) -> list[KnownPartner]:
    """The last that was added first."""
    wanted = select(col(Partner.id)).where(col(Partner.cooperative_id) == by.cooperative_id)
    ids = db.scalars(asked.newest(wanted, col(Partner.id))).all()
    found = known_partners(db, list(ids))
    return [found[id_] for id_ in ids]


def known_partners(db: Session, partner_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, KnownPartner]:
    """Each of these, which the caller has made sure may be seen."""
    return {one.id: one for one in _known(db, col(Partner.id).in_(partner_ids))}


def known_partner(db: Session, partner_id: uuid.UUID) -> KnownPartner:
    """A single partner, which the caller has made sure exists."""
    return known_partners(db, [partner_id])[partner_id]


def _known(db: Session, asked: ColumnElement[bool]) -> list[KnownPartner]:
    rows = db.execute(
        select(Partner, col(Cooperative.id))
        .outerjoin(Cooperative, col(Cooperative.tax_code) == col(Partner.tax_code))
        .where(asked)
    )
    return [KnownPartner(partner, registered) for partner, registered in rows]
